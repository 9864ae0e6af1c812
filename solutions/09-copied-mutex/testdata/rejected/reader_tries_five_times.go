// Rejected: wrong-result
// Feedback: When a booth is slow between its two counts, the office looks a few times and
// then takes a report that does not add up.

package toll

import (
	"runtime"
	"slices"
	"sync/atomic"
)

type line struct{ vehicles, cents atomic.Int64 }
type ledger struct {
	tolls []int
	lines []line
}

func newLedger(tolls []int) *ledger {
	return &ledger{tolls: slices.Clone(tolls), lines: make([]line, len(tolls))}
}
func (l *ledger) record(c Class) {
	l.lines[c].vehicles.Add(1)
	l.lines[c].cents.Add(int64(l.tolls[c]))
}
func (l *ledger) report() (all []Line) {
	for i := range l.lines {
		var v, c int64
		for range 5 {
			v, c = l.lines[i].vehicles.Load(), l.lines[i].cents.Load()
			if v*int64(l.tolls[i]) == c {
				break
			}
			runtime.Gosched()
		}
		all = append(all, Line{int(v), int(c)})
	}
	return all
}

type Bridge struct{ ledger *ledger }
type Booth struct{ ledger *ledger }

func Open(tolls ...int) *Bridge  { return &Bridge{newLedger(tolls)} }
func (b *Bridge) Booth() *Booth  { return &Booth{b.ledger} }
func (b *Bridge) Report() []Line { return b.ledger.report() }
func (b *Bridge) Close() []Line  { return b.ledger.report() }
func (b *Booth) Pass(c Class)    { b.ledger.record(c) }

// Class says what kind of vehicle pays.
type Class int

// The classes, in the order in which a report lists them.
const (
	Motorbike Class = iota
	Car
	Lorry
)

// Line is one line of a report.
type Line struct {
	Vehicles int
	Cents    int
}
