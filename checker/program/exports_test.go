package program

import (
	"maps"
	"os"
	"path/filepath"
	"testing"

	"racelab/checker/cache"
)

func TestExportsAreKept(t *testing.T) {
	object := filepath.Join(t.TempDir(), "sync.a")
	if err := os.WriteFile(object, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	dir, entry := cache.Dir(t.TempDir()), "exports/key.json"
	exports := map[string]string{"sync": object}
	if loadExports(dir, entry) != nil {
		t.Error("there is something at first")
	}
	if keepExports(dir, entry, exports, []string{"sync", "time"}); loadExports(dir, entry) != nil {
		t.Error("kept although time is missing")
	}
	if keepExports(dir, entry, exports, []string{"sync", "racelab/checker/labrt/..."}); !maps.Equal(loadExports(dir, entry), exports) {
		t.Error("not kept")
	}
	if err := os.WriteFile(object, []byte("!"), 0o644); err != nil || loadExports(dir, entry) != nil {
		t.Error("known although another file is there", err)
	}
	if err := os.Remove(object); err != nil {
		t.Fatal(err)
	}
	if loadExports(dir, entry) != nil {
		t.Error("known although Go's cache has dropped it")
	}
}
