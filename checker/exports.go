package checker

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"racelab/checker/gotool"
	"racelab/checker/labrt"
	"racelab/checker/stage"
)

// An exporter returns the files of the packages that a submission needs, compiled,
// by import path. The go command is asked at the first call, if at all.
type exporter func() (map[string]string, error)

// exports is for what the workspace's sources import, for the run-time, and for
// the other paths.
func (c *check) exports(ctx context.Context, ws *stage.Workspace, others ...string) exporter {
	return sync.OnceValues(func() (map[string]string, error) {
		imports := slices.Concat(ws.Imports(), others, []string{gotool.Runtime, labrt.Module + "/..."})
		slices.Sort(imports)
		imports = slices.Compact(imports)
		file := c.exportsFile(imports)
		if known := readExports(file); known != nil {
			return known, nil
		}
		exports, err := c.builder(ws).Exports(ctx, imports)
		if err != nil {
			return nil, err
		}
		keepExports(file, exports, imports)
		return exports, nil
	})
}

// keepExports keeps what is complete: something may be missing because there was no
// room on the disk. Not being able to keep it costs time and nothing else.
func keepExports(file string, exports map[string]string, imports []string) {
	for _, path := range imports {
		if exports[path] == "" && !strings.HasSuffix(path, "/...") {
			return
		}
	}
	if data, err := json.Marshal(exports); err == nil {
		_ = writeAtomically(file, data)
	}
}

// exportsFile is where the answer of the go command is kept, which costs it a tenth of
// a second to give: the packages stay the same as long as the toolchain does.
func (c *check) exportsFile(imports []string) string {
	tc := c.toolchain
	key := stage.Hash(map[string][]byte{
		"toolchain": []byte(strings.Join([]string{tc.String(), tc.GOROOT, tc.GOCACHE, tc.GOMODCACHE, tc.CC}, "\n")),
		"runtime":   []byte(c.labDir),
		"imports":   []byte(strings.Join(imports, "\n")),
	})
	return filepath.Join(c.cache, "exports", key+".json")
}

// readExports returns what was kept, nil if there is nothing or Go's cache has
// dropped some of it since.
func readExports(file string) map[string]string {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil
	}
	exports := map[string]string{}
	if json.Unmarshal(data, &exports) != nil {
		return nil
	}
	for _, name := range exports {
		if _, err := os.Stat(name); err != nil {
			return nil
		}
	}
	return exports
}
