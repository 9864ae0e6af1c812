package interleave

import (
	"strings"
	"testing"

	"racelab/checker/labrt/wire"
	"racelab/checker/report"
	"racelab/checker/source"
)

// Lines that race with each other act on one object: each access is called as its own line has it.
func TestNamesOfAccesses(t *testing.T) {
	const src = `package bank

func (l *ledger) record(c int) {
	l.lines[c].vehicles++
	l.lines[c].cents += l.tolls[c]
	l.last = c
	l.rate, l.old = 1, l.rate
	l.last += 1; l.old = 2
	l.last = max(l.last, 3)
	copy(l.lines, l.lines)
}

func read(b *ledger) {
	use(slices.Clone(b.lines))
	use(b.last)
	use(b.last, b.old)
	use(last)
	for i := range 2 { if i > 0 && b.lines[i-1].cents > 0 {} }
	if b.last > 0 && b != nil {}
}
`
	step := func(op wire.Op, object, line int) wire.Explored {
		return wire.Explored{Op: op, Object: object, Stack: at("record", line)}
	}
	told := func(s wire.Explored, value string) wire.Explored {
		s.Text = value
		return s
	}
	const read, write = wire.OpRead, wire.OpWrite
	steps := []wire.Explored{
		step(read, 1, 4), step(write, 1, 4), step(read, 1, 5), step(write, 1, 5), step(read, 1, 6), step(write, 1, 6),
		step(read, 1, 7), step(write, 1, 7), told(step(read, 1, 8), "1"), step(read, 1, 8), step(write, 1, 8), step(read, 1, 9), step(write, 1, 9), step(read, 1, 10),
		step(read, 1, 14), step(read, 1, 15), step(read, 1, 16), step(read, 1, 17), step(read, 1, 18), told(step(read, 1, 18), "7"), step(read, 1, 19),
	}
	const want = `read l.lines[c].vehicles
write l.lines[c].vehicles
read l.lines[c].cents
write l.lines[c].cents
read
write l.last
read l.rate
write
read l.last: 1
read
write
read l.last
write l.last
read
read
read b.last
read
read
read
read b.lines[i-1].cents: 7
read b.last
`
	n := NewNamer(sources, []*source.File{source.ParseFile("bank.go", []byte(src))})
	r := Record{Steps: steps}
	if got := n.Names(r).Of(1); got != "" {
		t.Errorf("several variables are called %q", got)
	}
	in := r.Interleaving("TestA", n.Names(r), sources)
	n.NameAccesses(r, in.Steps)
	var got strings.Builder
	for _, s := range in.Steps {
		got.WriteString(report.Step(s) + "\n")
	}
	if got.String() != want {
		t.Errorf("got\n%swant\n%s", got.String(), want)
	}

	two := Record{Steps: []wire.Explored{step(write, 1, 6), step(write, 2, 9)}}
	in = two.Interleaving("TestA", n.Names(two), sources)
	n.NameAccesses(two, in.Steps)
	if in.Steps[0].Object != "l.last #1" || in.Steps[1].Object != "l.last #2" {
		t.Errorf("two variables are called %s and %s", in.Steps[0].Object, in.Steps[1].Object)
	}
}
