package instrument

import (
	"flag"
	"os"
	"testing"

	"racelab/checker/source"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the golden files")

func TestShapes(t *testing.T) {
	src, err := os.ReadFile("testdata/shapes.go.txt")
	if err != nil {
		t.Fatal(err)
	}
	files := map[string][]byte{"shapes.go": src}
	got, err := rewrite("shapes", "", files, source.Exported(exportsOf(t, source.Parse("shapes", "", files).Imports()...)))
	if err != nil {
		t.Fatal(err)
	}
	const golden = "testdata/shapes.golden"
	if *update {
		if err := os.WriteFile(golden, got["shapes.go"], 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got["shapes.go"])); diff != "" {
		t.Errorf("%s\nTo accept it, run the test with -update.", diff)
	}
}
