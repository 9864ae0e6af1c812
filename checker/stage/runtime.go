package stage

import (
	"bytes"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"racelab/checker/cache"
	"racelab/checker/labrt"
)

// PrepareRuntime makes sure that the run-time's source, and nothing else, is in a folder
// of the cache that is named after its content, and returns it. A stable path lets the go
// command build the run-time once for all submissions.
func PrepareRuntime(dir cache.Dir) (string, error) {
	files, err := runtimeFiles()
	if err != nil {
		return "", err
	}
	name := "labrt-" + cache.Key(files)
	if err := removeOthers(dir.Path(name), files); err != nil {
		return "", err
	}
	for _, file := range slices.Sorted(maps.Keys(files)) {
		entry := path.Join(name, file)
		if is, err := os.ReadFile(dir.Path(entry)); err == nil && bytes.Equal(is, files[file]) {
			continue
		}
		// Another racelab may do the same just now: each writes the same.
		if err := dir.Write(entry, files[file]); err != nil {
			return "", err
		}
	}
	return dir.Path(name), nil
}

// removeOthers removes from a folder what is none of its files, such as a link in the place
// of one: the go command would build it, too. The file that another racelab is about to
// rename stays; the go command does not see it.
func removeOthers(root string, files map[string][]byte) error {
	return filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return nil
		case err != nil:
			return err
		case d.IsDir() || strings.HasPrefix(d.Name(), "."):
			return nil
		}
		rel, err := filepath.Rel(root, name)
		if _, ours := files[filepath.ToSlash(rel)]; err != nil || ours && d.Type().IsRegular() {
			return err
		}
		return os.RemoveAll(name)
	})
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
