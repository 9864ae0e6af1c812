package main

import (
	"regexp"
	"testing"

	"racelab/checker/classroom/points"
)

// The points file that docs/POINTS.md shows is one, for the exercises that there are.
func TestDocsPointsFile(t *testing.T) {
	m := regexp.MustCompile("(?s)```toml\n(.*?)```").FindStringSubmatch(readDoc(t, "docs/POINTS.md"))
	if m == nil {
		t.Fatal("docs/POINTS.md shows no points file")
	}
	set, err := newApp(embedded()).set()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := points.Read([]byte(m[1]), set); err != nil {
		t.Error(err)
	}
}
