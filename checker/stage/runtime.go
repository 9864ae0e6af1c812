package stage

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"racelab/checker/cache"
	"racelab/checker/labrt"
)

// PrepareRuntime writes the run-time's source into a folder of the cache that is
// named after its content, and returns it. A stable path lets the go command
// build the run-time once for all submissions.
func PrepareRuntime(dir cache.Dir) (string, error) {
	files, err := runtimeFiles()
	if err != nil {
		return "", err
	}
	at := dir.Path("labrt-" + cache.Key(files))
	if _, err := os.Stat(at); err == nil {
		return at, nil
	}
	if err := os.MkdirAll(string(dir), 0o755); err != nil {
		return "", err
	}
	// Another racelab may do the same just now: write aside, then rename.
	aside, err := os.MkdirTemp(string(dir), "tmp-labrt-")
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(aside)
	for name, src := range files {
		path := filepath.Join(aside, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return "", err
		}
		if err := os.WriteFile(path, src, 0o644); err != nil {
			return "", err
		}
	}
	if err := os.Rename(aside, at); err != nil {
		if _, statErr := os.Stat(at); statErr != nil {
			return "", err
		}
	}
	return at, nil
}

// runtimeFiles returns the run-time's source files and its go.mod by path.
func runtimeFiles() (map[string][]byte, error) {
	files := map[string][]byte{}
	mod, err := module.ReadFile("module/labrt.mod.txt")
	if err != nil {
		return nil, err
	}
	files["go.mod"] = mod
	err = fs.WalkDir(labrt.Source, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasSuffix(name, "_test.go") {
			return err
		}
		files[name], err = labrt.Source.ReadFile(name)
		return err
	})
	return files, err
}
