package program

import (
	"context"
	"os"
	"slices"
	"strings"
	"sync"

	"racelab/checker/cache"
	"racelab/checker/gotool"
	"racelab/checker/labrt"
	"racelab/checker/stage"
)

// An exporter returns the files of the packages that a submission needs, compiled,
// by import path. The go command is asked at the first call, if at all.
type exporter func() (map[string]string, error)

// exports is for what the workspace's sources import, for the run-time, and for
// the other paths.
func (b Builder) exports(ctx context.Context, ws *stage.Workspace, others ...string) exporter {
	return sync.OnceValues(func() (map[string]string, error) {
		imports := slices.Concat(ws.Imports(), others, []string{gotool.Runtime, labrt.Module + "/..."})
		slices.Sort(imports)
		imports = slices.Compact(imports)
		entry := b.exportsEntry(imports)
		if known := loadExports(b.Cache, entry); known != nil {
			return known, nil
		}
		exports, err := b.tools(ws).Exports(ctx, imports)
		if err != nil {
			return nil, err
		}
		keepExports(b.Cache, entry, exports, imports)
		return exports, nil
	})
}

// keepExports keeps what is complete: something may be missing because there was no
// room on the disk.
func keepExports(dir cache.Dir, entry string, exports map[string]string, imports []string) {
	for _, path := range imports {
		if exports[path] == "" && !strings.HasSuffix(path, "/...") {
			return
		}
	}
	dir.Keep(entry, exports)
}

// exportsEntry is where the answer of the go command is kept, which costs it a tenth
// of a second to give: the packages stay the same as long as the toolchain does.
func (b Builder) exportsEntry(imports []string) string {
	tc := b.Toolchain
	return "exports/" + cache.Key(map[string][]byte{
		"toolchain": []byte(strings.Join([]string{tc.String(), tc.GOROOT, tc.GOCACHE, tc.GOMODCACHE, tc.CC}, "\n")),
		"runtime":   []byte(b.Runtime),
		"imports":   []byte(strings.Join(imports, "\n")),
	}) + ".json"
}

// loadExports returns what was kept, nil if there is nothing or Go's cache has
// dropped some of it since.
func loadExports(dir cache.Dir, entry string) map[string]string {
	var exports map[string]string
	if !dir.Load(entry, &exports) {
		return nil
	}
	for _, name := range exports {
		if _, err := os.Stat(name); err != nil {
			return nil
		}
	}
	return exports
}
