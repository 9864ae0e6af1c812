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
`
	const want = `	a.n++
	P.Reads(1); a.n = P.Writes(1, P.Read(a.n) - ( int64(len(k)))) // races
	P.Reads(1); a.n = P.Writes(1, P.Read(a.n) + 1) // races
	P.Reads(1); a.m[k] = P.Writes(1, P.Read(a.m[k]) * ( 3)) // races
	P.Reads(1); a.n = P.Writes[int64](1, 5) // races
	P.Reads(1); a.list = P.Writes[[]int](1, append(a.list, 1)) // races
	P.Reads(1); g().n++ // races
	P.Reads(1); n := a.n // races
	P.Reads(1); if a.n > n { // races
		a.n = 7
	}
	P.Reads(1); switch {
	case ok && a.n > 7: // races
		P.Reads(1); n = P.Writes[int64](1, a.n) // races
	}
	for i := range a.list {
		P.Reads(1); _ = a.list[i] // races
	}
`
	var racing []schedule.Line
	for i, line := range strings.Split(src, "\n") {
		if strings.HasSuffix(line, "// races") {
			racing = append(racing, schedule.Line{Number: i + 1})
		}
	}
	parsed := source.Parse("a", "go1.26", map[string][]byte{"a.go": []byte(src)})
	got, err := Rewrite(parsed.Check(nil), [][]schedule.Line{racing})
	if err != nil {
		t.Fatal(err)
	}
	text := strings.ReplaceAll(string(got["a.go"]), ourPrefix+"sched", "P")
	if !strings.Contains(text, want) {
		t.Error(cmp.Diff(want, text))
	}
	for _, line := range []string{"\t\tP.Reads(1); a.n = P.Writes(1, P.Read(a.n) - 1) // races\n", "\tP.Reads(1); return len( // races\n"} {
		if !strings.Contains(text, line) {
			t.Errorf("%q is not in\n%s", line, text)
		}
	}
}
