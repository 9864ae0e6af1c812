package program

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"

	"racelab/checker/cache"
	"racelab/checker/gotool"
	"racelab/checker/labrt"
	"racelab/checker/source"
	"racelab/checker/stage"
)

// exports returns the files of compiled packages by import path: of what the
// packages import, and of the run-time.
func (b Builder) exports(ctx context.Context, ws *stage.Workspace, packages ...*source.Package) (map[string]string, error) {
	imports := []string{gotool.Runtime, labrt.Module + "/..."}
	for _, p := range packages {
		imports = append(imports, p.Imports()...)
	}
	slices.Sort(imports)
	imports = slices.Compact(imports)
	entry := b.exportsEntry(imports)
	if known := loadExports(b.Cache, entry); known != nil && lacks(known) == "" {
		return known, nil
	}
	exports, err := b.buildExports(ctx, ws, imports)
	if err != nil {
		return nil, err
	}
	if path := lacks(exports); path != "" {
		return nil, fmt.Errorf("the go command could not build %s, which is racelab's own", path)
	}
	keepExports(b.Cache, entry, exports, imports)
	return exports, nil
}

// buildExports has the go command compile what is missing, and says what that is just now: the
// first time it is the standard library, for the race detector.
func (b Builder) buildExports(ctx context.Context, ws *stage.Workspace, imports []string) (map[string]string, error) {
	slow := b.whenSlow()
	defer slow.Stop()
	of := ""
	if !b.warm() {
		if all, err := b.tools(ws).Deps(ctx, imports); err == nil {
			of = fmt.Sprintf(" of %d", all)
		}
	}
	count := 0
	return b.tools(ws).Exports(ctx, imports, func(path string) {
		slow.Stop()
		count++
		b.Progress(fmt.Sprintf("compiling Go's library, once: %d%s, %s", count, of, path))
	})
}

// lacks returns a package of the run-time that was not built; "" if all were. They are
// correct, so that the machine is to blame.
func lacks(exports map[string]string) (missing string) {
	_ = fs.WalkDir(labrt.Source, ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && path.Ext(name) == ".go" {
			if p := labrt.Module + "/" + path.Dir(name); exports[p] == "" {
				missing = p
			}
		}
		return err
	})
	return missing
}

// keepExports keeps what is complete: something may be missing because there was no
// room on the disk.
func keepExports(dir cache.Dir, entry string, exports map[string]string, imports []string) {
	for _, imported := range imports {
		if exports[imported] == "" && !strings.HasSuffix(imported, "/...") {
			return
		}
	}
	kept := map[string]object{}
	for imported, name := range exports {
		info, err := os.Stat(name)
		if err != nil {
			return
		}
		kept[imported] = object{name, info.Size()}
	}
	dir.Keep(entry, kept)
}

// An object is a file in Go's cache. The go command believes in it when it has its size, and
// names it after its content.
type object struct {
	File string `json:"file"`
	Size int64  `json:"size"`
}

// exportsEntry is where the answer of the go command is kept, which costs it a tenth
// of a second to give: the packages stay the same as long as the toolchain does.
func (b Builder) exportsEntry(imports []string) string {
	tc := b.Toolchain
	return "exports/" + cache.Key(map[string][]byte{
		"toolchain": []byte(strings.Join([]string{tc.String(), tc.Experiment(), tc.GOROOT, tc.GOCACHE, tc.GOMODCACHE, tc.CC}, "\n")),
		"runtime":   []byte(b.Runtime),
		"imports":   []byte(strings.Join(imports, "\n")),
	}) + ".json"
}

// loadExports returns what was kept, nil if there is nothing or Go's cache has
// dropped or lost some of it since.
func loadExports(dir cache.Dir, entry string) map[string]string {
	var kept map[string]object
	if !dir.Load(entry, &kept) {
		return nil
	}
	exports := map[string]string{}
	for imported, o := range kept {
		if info, err := os.Stat(o.File); err != nil || info.Size() != o.Size {
			return nil
		}
		exports[imported] = o.File
	}
	return exports
}
