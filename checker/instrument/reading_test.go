package instrument

import (
	"strings"
	"testing"

	"racelab/checker/schedule"
	"racelab/checker/source"

	"github.com/google/go-cmp/cmp"
)

// What a statement on a racing line reads is told where it is clear what that is, and when.
func TestReadsAreTold(t *testing.T) {
	const src = `package a

type bid struct{ bidder, cents int }

type board struct {
	n      int
	latest [2]bid
	names  map[string]int
	at     *int
	text   string
}

var total int

func change(b *board, v bid, named map[string]int, k string) {
	b.n = 1 // races
	b.latest[0] = v // races
	b.names[k] = 1 // races
	*b.at = 2 // races
	total = 3 // races
	b.text = k // races
}

func use(n int) int { return n }

func (b bid) sum() int { return b.cents }

func reads(b *board, k string, c chan int, list []int) (int, bid) {
	if b.n == len(list) { // told
		use(b.n) // told
	}
	x, y := b.n, k // told
	x = use(-b.n) // told
	z := use(b.n) + use(x) // not
	x = use(x) + b.n // not
	x = b.n + b.n // not
	p := &b.n // not
	x = <-c + b.n // not
	v := b.latest[0].cents // not
	all := b.latest // not
	x = use(b.latest[x].sum()) // not
	latest := [2]bid{b.latest[x], {1, 2}} // told
	named := b.names[k] // told
	named, ok := b.names[k] // not
	x = *b.at // told
	if b.n > 1 { x = 1 } // not
	switch b.n { // told
	case x: // not
	}
	func() { x = total }() // told
	x = list[total] // told
	x += total // not
	for b.n > 2 { // not
	}
	b.n = max(b.n, 3) // told
	b.n = int(float64(b.n) * 1.5) // told
	list[b.n] = b.n // not
	_, _, _, _, _, _, _, _ = x, y, z, p, v, all, latest, ok
	if b.text != "" && named > 0 { // told
		return use(total), b.latest[0] // not
	}
	return b.n, // told
		b.latest[0]
}
`
	var racing []schedule.Line
	for i, line := range strings.Split(src, "\n") {
		for _, kind := range []string{"// races", "// told", "// not"} {
			if strings.HasSuffix(line, kind) {
				racing = append(racing, schedule.Line{Number: i + 1})
			}
		}
	}
	parsed := source.Parse("a", "go1.26", map[string][]byte{"a.go": []byte(src)})
	got, err := Rewrite(parsed.Check(anImporter()), [][]schedule.Line{racing})
	if err != nil {
		t.Fatal(err)
	}
	text := strings.ReplaceAll(string(got["a.go"]), ourPrefix+"sched", "P")
	for line := range strings.Lines(text) {
		told := strings.Count(line, "P.Read(")
		if strings.HasSuffix(line, "// told\n") && told != 1 || strings.HasSuffix(line, "// not\n") && told != strings.Count(line, "+= ") && !strings.Contains(line, "+ ( total") {
			t.Errorf("%q", line)
		}
	}
	again := source.Parse("a", "go1.26", map[string][]byte{"a.go": []byte(strings.ReplaceAll(string(got["a.go"]), "racelab/generated", "generated"))})
	if len(again.Files) != 1 || again.Files[0].Err != nil {
		t.Error(cmp.Diff(nil, again.Files[0].Err))
	}
}
