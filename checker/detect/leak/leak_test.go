package leak_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"racelab/checker/detect/gostack"
	"racelab/checker/detect/internal/golden"
	"racelab/checker/detect/leak"
	"racelab/checker/finding"
	"racelab/checker/report"

	"github.com/google/go-cmp/cmp"
)

const recordings = "testdata/*.txt"

var src = finding.Sources{Dir: "/lab/exercises/leaks", Editable: []string{"leaks.go"}}

func parse(t *testing.T, input string) []gostack.Goroutine {
	t.Helper()
	leaked, err := leak.Parse(strings.NewReader(input))
	if err != nil {
		t.Fatal(err)
	}
	return leaked
}

func TestRecorded(t *testing.T) {
	golden.Check(t, recordings, func(t *testing.T, name string, input []byte) []finding.Finding {
		return leak.Findings(parse(t, string(input)), src)
	})
}

// Every goroutine of a recording is parsed completely.
func TestComplete(t *testing.T) {
	for name, input := range golden.Recordings(t, recordings) {
		leaked := parse(t, string(input))
		if want := bytes.Count(input, []byte("Goroutine ")); len(leaked) != want {
			t.Errorf("%s: %d goroutines, want %d", name, len(leaked), want)
		}
		for _, g := range leaked {
			if g.ID == 0 || g.State == "" || len(g.Stack) == 0 || len(g.CreatedBy) != 1 || g.Creator == 0 {
				t.Errorf("%s: %+v", name, g)
			}
			if !strings.HasPrefix(g.Raw, "Goroutine ") || strings.Contains(g.Raw, "]") && !strings.Contains(g.Raw, "[...]") {
				t.Errorf("%s: block\n%s", name, g.Raw)
			}
		}
	}
}

// An indented report says the same as the plain one.
func TestIndented(t *testing.T) {
	files := golden.Recordings(t, recordings)
	plain, indented := parse(t, string(files["testdata/crowd.txt"])), parse(t, string(files["testdata/verify.txt"]))
	if a, b := leak.Findings(plain, src), leak.Findings(indented, src); !cmp.Equal(a, b) {
		t.Errorf("plain and indented differ:\n%s", cmp.Diff(a, b))
	}
}

func TestStates(t *testing.T) {
	const stack = "racelab/exercises/leaks.work()\n\t/lab/exercises/leaks/leaks.go:31 +0x1\ncreated by racelab/exercises/leaks.Crowd in goroutine 2\n\t/lab/exercises/leaks/leaks.go:39 +0x1\n"
	for _, tt := range []struct{ state, want string }{
		{"chan receive, 2 minutes", "it waits to receive from a channel"},
		{"select (durable), synctest bubble 1", "it waits in a select"},
		{"chan send (nil chan)", "it waits to send to a nil channel"},
		{"running", "it runs"},
		{"new in go9.9", "it waits (new in go9.9)"},
	} {
		leaked := parse(t, "[Goroutine 9 in state "+tt.state+", with f on top of the stack:\n"+stack+"]")
		found := report.Words(leak.Findings(leaked, src))
		if len(found) != 1 || !strings.HasSuffix(found[0].Message, ": "+tt.want) {
			t.Errorf("%s: %+v", tt.state, found)
		}
	}
}

// A thousand goroutines at one line are one finding of moderate size.
func TestMany(t *testing.T) {
	var text strings.Builder
	for i := range 1000 {
		fmt.Fprintf(&text, " Goroutine %d in state select, with f on top of the stack:\nleaks.f()\n\t/lab/exercises/leaks/leaks.go:5 +0x1\n", i+10)
	}
	found := report.Words(leak.Findings(parse(t, text.String()), src))
	if len(found) != 1 || !strings.HasPrefix(found[0].Message, "1000 goroutines are") {
		t.Fatalf("%d findings", len(found))
	}
	if e := found[0].Evidence; len(e.Goroutines) > 20 || len(e.Output) > 40_000 {
		t.Errorf("%d goroutines, %d bytes of evidence", len(e.Goroutines), len(e.Output))
	}
}

func TestNothing(t *testing.T) {
	for _, input := range []string{"", "PASS", "Goroutine 7 is fine", "Goroutine x in state y, with z on top of the stack:"} {
		if leaked := parse(t, input); len(leaked) != 0 {
			t.Errorf("%q: %+v", input, leaked)
		}
	}
}

func FuzzParse(f *testing.F) {
	golden.Seed(f, recordings)
	f.Fuzz(func(t *testing.T, input []byte) {
		leaked, err := leak.Parse(bytes.NewReader(input))
		if err != nil {
			t.Fatal(err)
		}
		if found := leak.Findings(leaked, src); (len(found) == 0) != (len(leaked) == 0) {
			t.Errorf("%d findings for %d goroutines", len(found), len(leaked))
		}
	})
}
