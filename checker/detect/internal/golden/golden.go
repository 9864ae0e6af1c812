// Package golden checks what a parser makes of recorded output. For every
// recording testdata/NAME.txt there is testdata/NAME.golden, which holds the
// parser's findings as JSON, with what package report says of them; go test -update writes them anew.
//
// It is for tests alone.
package golden

import (
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"racelab/checker/finding"
	"racelab/checker/report"
)

var update = flag.Bool("update", false, "write the golden files anew")

// Check calls diagnose for every recording that matches pattern, and compares
// what it returns with the golden file. Evidence.Output is left out: it is a
// copy of the input, and tests of their own look at it.
func Check(t *testing.T, pattern string, diagnose func(t *testing.T, name string, input []byte) []finding.Finding) {
	t.Helper()
	for name, input := range Recordings(t, pattern) {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txt"), func(t *testing.T) {
			found := report.Words(diagnose(t, name, input))
			for i := range found {
				found[i].Evidence.Output = ""
			}
			compare(t, strings.TrimSuffix(name, ".txt")+".golden", found)
		})
	}
}

func compare(t *testing.T, name string, found []finding.Finding) {
	t.Helper()
	got, err := json.MarshalIndent(found, "", "\t")
	if err != nil {
		t.Fatal(err)
	}
	got = append(got, '\n')
	if *update {
		if err := os.WriteFile(name, got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("findings changed (-%s +now):\n%s", name, diff)
	}
}

// Recordings reads the files that match pattern. There must be some.
func Recordings(tb testing.TB, pattern string) map[string][]byte {
	tb.Helper()
	names, err := filepath.Glob(pattern)
	if err != nil || len(names) == 0 {
		tb.Fatalf("no recordings %s (%v)", pattern, err)
	}
	files := map[string][]byte{}
	for _, name := range names {
		if files[name], err = os.ReadFile(name); err != nil {
			tb.Fatal(err)
		}
	}
	return files
}

// Seed adds the recordings, and what they are when cut short, to a fuzz test.
func Seed(f *testing.F, pattern string) {
	f.Helper()
	for _, input := range Recordings(f, pattern) {
		f.Add(input)
		f.Add(input[:len(input)/2])
	}
}
