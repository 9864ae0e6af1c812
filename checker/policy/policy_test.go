package policy

import (
	"strings"
	"testing"
	"testing/fstest"

	"racelab/checker/exercise"
	"racelab/checker/finding"
	"racelab/checker/report"
	"racelab/checker/source"
	"racelab/checker/submission"
)

func anExercise() exercise.Exercise {
	ex := exercise.Exercise{
		ID:        "01-bank",
		Reference: fstest.MapFS{"bank.go": {Data: []byte("package bank\n")}},
		Dir: fstest.MapFS{
			"bank.go":      {Data: []byte("package edited\n")}, // as in a clone
			"bank_test.go": {Data: []byte("package bank_test\n\nimport \"testing\"\n\nfunc TestA(t *testing.T) {}\n")},
		},
	}
	ex.Files = []string{"bank.go"}
	return ex
}

func submit(src string) submission.Submission {
	return submission.Submission{Files: map[string][]byte{"bank.go": []byte(src)}}
}

func TestCheck(t *testing.T) {
	tests := []struct {
		name, src string
		kind      finding.Kind // "" when it is allowed
		line      int
		message   string
	}{
		{"fine", "package bank\n\nimport \"sync\"\n", "", 0, ""},
		{"usual imports", "package bank\n\nimport (\n\t\"container/list\"\n\t\"math/rand/v2\"\n\t\"golang.org/x/sync/errgroup\"\n)\n", "", 0, ""},
		{"encodings, hashes, a logger", "package bank\n\nimport (\n\t\"encoding/json\"\n\t\"hash/fnv\"\n\t\"log/slog\"\n)\n", "", 0, ""},
		{"what spinning needs", "package bank\n\nimport \"runtime\"\n\nfunc f() { runtime.Gosched(); _ = runtime.NumCPU() }\n", "", 0, ""},
		{"more of runtime", "package bank\n\nimport rt \"runtime\"\n\nfunc f() { rt.Gosched(); rt.Goexit() }\n", finding.Policy, 5, "runtime.Goexit is not allowed here; of that package you may use Gosched, NumCPU and GOMAXPROCS(0)"},
		{"how many processors there are", "package bank\n\nimport \"runtime\"\n\nvar n = runtime.GOMAXPROCS(0)\n", "", 0, ""},
		{"fewer processors", "package bank\n\nimport \"runtime\"\n\nvar n = runtime.GOMAXPROCS(1)\n", finding.Policy, 5, "runtime.GOMAXPROCS is not allowed here"},
		{"processors by another name", "package bank\n\nimport \"runtime\"\n\nvar set = runtime.GOMAXPROCS\n", finding.Policy, 5, "runtime.GOMAXPROCS is not allowed here"},
		{"runtime without its name", "package bank\n\nimport . \"runtime\"\n\nfunc f() { Goexit() }\n", finding.Policy, 3, `"runtime"`},
		{"a directive that is harmless", "package bank\n\n//go:noinline\nfunc f() {}\n", "", 0, ""},
		{"one that begins like it", "package bank\n\n//go:noinlined\nfunc f() {}\n", finding.Policy, 3, "//go:noinlined"},
		{"below a usual import", "package bank\n\nimport (\n\t\"math\"\n\t\"unicode/utf8\"\n)\n", "", 0, ""},
		{"one that begins like a usual one", "package bank\n\nimport \"mathx\"\n", finding.Policy, 3, "mathx"},
		{"os", "package bank\n\nimport \"os\"\n", finding.Policy, 3, `the import "os" is not allowed here (no exercise needs files or the environment; to print, use fmt or log); allowed are bufio`},
		{"cgo", "package bank\n\nimport \"C\"\n", finding.Policy, 3, `"C"`},
		{"unsafe", "package bank\n\nimport u \"unsafe\"\n", finding.Policy, 3, `"unsafe" is not allowed here (sync/atomic has types`},
		{"norace", "package bank\n\n//go:norace\nfunc f() {}\n", finding.Policy, 3, "//go:norace"},
		{"build constraint", "//go:build race\n\npackage bank\n", finding.Policy, 1, "//go:build race"},
		{"old build constraint", "//+build ignore\n\npackage bank\n", finding.Policy, 1, "//+build ignore"},
		{"old build constraint with blanks", "// \t+build race\n\npackage bank\n", finding.Policy, 1, "+build race"},
		{"line directive", "package bank\n//line other.go:1\nfunc f() {}\n", finding.Policy, 2, "//line other.go:1"},
		{"line comment directive", "package bank\n/*line other.go:1*/ func f() {}\n", finding.Policy, 2, "/*line"},
		{"a comment about go", "package bank\n\n// go: is a word, //go:norace a directive\n", "", 0, ""},
		{"another package", "package shop\n", finding.Policy, 1, "called shop; the tests need it to be bank"},
		{"syntax", "package bank\n\nfunc f( {}\n", finding.Build, 3, "expected"},
		{"empty", "", finding.Policy, 0, "empty"},
		{"not UTF-8", "package bank // \xff\n", finding.Policy, 0, "UTF-8"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			sub := submit(tt.src)
			found := Check(anExercise(), sub, source.Parse("racelab/exercises/01-bank", "", sub.Files))
			if tt.kind == "" {
				if len(found) > 0 {
					t.Errorf("found %v", found)
				}
				return
			}
			if len(found) == 0 {
				t.Fatal("nothing found")
			}
			f := found[0]
			if f.Kind != tt.kind || f.Location.Line != tt.line || !strings.Contains(report.Message(f), tt.message) {
				t.Errorf("found %s at line %d: %s", f.Kind, f.Location.Line, report.Message(f))
			}
		})
	}
}
