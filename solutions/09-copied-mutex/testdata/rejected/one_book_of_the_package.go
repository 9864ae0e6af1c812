// Rejected: wrong-result
// Feedback: No lock is copied any more, but there is one ledger for the whole program,
// and whoever opens another bridge takes it away from the first.

package toll

import (
	"slices"
	"sync"
)

// Class says what kind of vehicle pays.
type Class int

// The classes, in the order in which a report lists them.
const (
	Motorbike Class = iota
	Car
	Lorry
)

// Line is one line of a report: how many vehicles of one class have passed, and
// what they paid in all, in cents.
type Line struct {
	Vehicles int
	Cents    int
}

// ledger holds one line per class. A vehicle and its toll are entered together.
type ledger struct {
	mu    sync.Mutex // guards the elements of lines
	tolls []int      // what a vehicle of each class pays; never changes
	lines []Line
}

func (l *ledger) record(c Class) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.lines[c].Vehicles++
	l.lines[c].Cents += l.tolls[c]
}

func (l *ledger) report() []Line {
	l.mu.Lock()
	defer l.mu.Unlock()
	return slices.Clone(l.lines)
}

// book is the ledger of the bridge.
var book *ledger

// Bridge is a toll bridge on one day.
type Bridge struct{}

// Open opens the bridge for the day. Of tolls, each class of vehicle has one.
func Open(tolls ...int) *Bridge {
	book = &ledger{
		tolls: slices.Clone(tolls),
		lines: make([]Line, len(tolls)),
	}
	return &Bridge{}
}

// Booth opens one more booth. Attendants do so whenever they come to work, and
// every booth then works in a goroutine of its own.
func (b *Bridge) Booth() *Booth {
	return &Booth{}
}

// Report says what has been taken so far, by all booths together. The report
// belongs to the caller: it no longer changes.
func (b *Bridge) Report() []Line {
	return book.report()
}

// Close ends the day and returns the last report. The booths have stopped by
// then, and nobody asks the bridge for anything afterwards.
func (b *Bridge) Close() []Line {
	return book.report()
}

// Booth is one lane's booth.
type Booth struct{}

// Pass takes the toll from one vehicle. Every report from then on includes it.
func (b *Booth) Pass(c Class) {
	book.record(c)
}
