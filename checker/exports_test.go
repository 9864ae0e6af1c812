package checker

import (
	"maps"
	"os"
	"path/filepath"
	"testing"
)

func TestExportsAreKept(t *testing.T) {
	object := filepath.Join(t.TempDir(), "sync.a")
	if err := os.WriteFile(object, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "exports", "key.json")
	exports := map[string]string{"sync": object}
	if readExports(file) != nil {
		t.Error("there is something at first")
	}
	if keepExports(file, exports, []string{"sync", "time"}); readExports(file) != nil {
		t.Error("kept although time is missing")
	}
	if keepExports(file, exports, []string{"sync", "racelab/checker/labrt/..."}); !maps.Equal(readExports(file), exports) {
		t.Error("not kept")
	}
	if err := os.Remove(object); err != nil {
		t.Fatal(err)
	}
	if readExports(file) != nil {
		t.Error("known although Go's cache has dropped it")
	}
}
