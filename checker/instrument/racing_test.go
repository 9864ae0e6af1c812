package instrument

import (
	"strings"
	"testing"

	"racelab/checker/schedule"
	"racelab/checker/source"

	"github.com/google/go-cmp/cmp"
)

// Only statements on racing lines become steps, and no line moves.
func TestRacingLines(t *testing.T) {
	const src = `package a

import "slices"

type s struct{ n int64; m map[string]int; list []int }

func f(a *s, k string, ok bool) int {
	a.n++
	a.n -= int64(len(k)) // races
	a.n++ // races
	a.m[k] *= 3 // races
	a.n = 5 // races
	a.list = append(a.list, 1) // races
	g().n++ // races
	n := a.n // races
	if a.n > n { // races
		a.n = 7
	}
	switch {
	case ok && a.n > 7: // races
		n = a.n // races
	}
	for i := range a.list {
		_ = a.list[i] // races
	}
	go func() {
		a.n-- // races
	}()
	return len( // races
		a.list)
}

func g() *s { return &s{} }

var shared int64

type pair struct{ a, b int64 }

func (p pair) sum() int64 { return p.a + p.b }

func (p *pair) less() int64 { return p.a - p.b }

type whole struct {
	pair
	last pair
	all  [2]int64
	text string
}

// Another goroutine may change what these read.
func k(w *whole, p *pair, m map[string]int64, c chan int64, list []int64, bytes []byte, read func([]int64) int64) {
	var captured, told, nested pair
	var array [2]int64
	go func() { captured.a = 1 }()
	go func() { array[0]++ }()
	inner := &told.b
	go func() { *inner = 2 }()
	_ = nested
	w.last = captured // reads
	w.last = told // reads
	w.all = array // reads
	w.text = string(bytes) // reads
	w.all = [2]int64(list) // reads
	w.a = int64(len(m)) // reads
	w.a = int64(len(c)) // reads
	w.a = slices.Max(list) // reads
	w.a = read(list) // reads
	w.a = p.sum() // reads
	w.a = w.pair.sum() // reads
	w.a = p.less() // writes
	w.a = int64(len(list)) // writes
	w.last = nested // writes
	w.last = (nested) // writes
}

func h(a *s, v int64, list []int, text []byte, counts map[string]int) {
	own, told, kept := v, v, v
	pointer := &told
	func() { kept++ }()
	a.n = v // races
	a.n = own + int64(len(list)) // races
	a.n = told // races
	a.n = kept // races
	func() { a.n = v }() // races
	a.n = shared // races
	shared = own // races
	*pointer = own // races
	a.list = nil // races
	a.list[0] = 1 // races
	list[own] = cap(list) // races
	a.m["k"], own = 1, 2 // races
	a.list = append(list, 1) // races
	a.n = int64(len(string(text))) // races
	a.n = int64(len(counts)) // races
}
`
	const want = `	a.n++
	P.Reads(1); a.n = P.Writes(1, P.Read(a.n) - ( int64(len(k)))) // races
	P.Reads(1); a.n = P.Writes(1, P.Read(a.n) + 1) // races
	P.Reads(1); a.m[k] = P.Writes(1, P.Read(a.m[k]) * ( 3)) // races
	a.n = P.Writes[int64](1, 5) // races
	P.Reads(1); a.list = P.Writes[[]int](1, append(P.Read(a.list), 1)) // races
	P.Reads(1); g().n++ // races
	P.Reads(1); n := P.Read(a.n) // races
	P.Reads(1); if P.Read(a.n) > n { // races
		a.n = 7
	}
	P.Reads(1); switch {
	case ok && a.n > 7: // races
		P.Reads(1); n = P.Writes[int64](1, P.Read(a.n)) // races
	}
	for i := range a.list {
		P.Reads(1); _ = P.Read(a.list[i]) // races
	}
`
	var racing []schedule.Line
	for i, line := range strings.Split(src, "\n") {
		if strings.HasSuffix(line, "// races") || strings.HasSuffix(line, "// reads") || strings.HasSuffix(line, "// writes") {
			racing = append(racing, schedule.Line{Number: i + 1})
		}
	}
	parsed := source.Parse("a", "go1.26", map[string][]byte{"a.go": []byte(src)})
	got, err := Rewrite(parsed.Check(anImporter()), [][]schedule.Line{racing})
	if err != nil {
		t.Fatal(err)
	}
	text := strings.ReplaceAll(string(got["a.go"]), ourPrefix+"sched", "P")
	if !strings.Contains(text, want) {
		t.Error(cmp.Diff(want, text))
	}
	for line := range strings.Lines(text) {
		if reads := strings.Contains(line, "P.Reads("); strings.HasSuffix(line, "// reads\n") && !reads || strings.HasSuffix(line, "// writes\n") && reads {
			t.Errorf("%q", line)
		}
	}
	for _, line := range []string{
		"\ta.n = P.Writes[int64](1, v) // races\n", "\ta.n = P.Writes[int64](1, own + int64(len(list))) // races\n",
		"\tP.Reads(1); a.n = P.Writes[int64](1, told) // races\n", "\tP.Reads(1); a.n = P.Writes[int64](1, kept) // races\n", "\tfunc() { a.n = P.Writes[int64](1, v) }() // races\n",
		"\tP.Reads(1); a.n = P.Writes[int64](1, P.Read(shared)) // races\n", "\tshared = P.Writes[int64](1, own) // races\n",
		"\t*pointer = P.Writes[int64](1, own) // races\n", "\ta.list = P.Writes[[]int](1, nil) // races\n",
		"\tP.Reads(1); a.list[0] = P.Writes[int](1, 1) // races\n", "\tlist[own] = P.Writes[int](1, cap(list)) // races\n",
		"\tP.Reads(1); a.m[\"k\"], own = 1, 2 // races\n",
		"\tP.Reads(1); a.list = P.Writes[[]int](1, append(list, 1)) // races\n",
		"\tP.Reads(1); a.n = P.Writes[int64](1, int64(len(string(text)))) // races\n", "\tP.Reads(1); a.n = P.Writes[int64](1, int64(len(counts))) // races\n",
		"\t\tP.Reads(1); a.n = P.Writes(1, P.Read(a.n) - 1) // races\n", "\tP.Reads(1); return len( // races\n",
	} {
		if !strings.Contains(text, line) {
			t.Errorf("%q is not in\n%s", line, text)
		}
	}
}
