// Package toll keeps the books of a toll bridge. The booths take the toll from
// the vehicles in their lanes and write it into the ledger; the office asks for
// a report whenever it likes, while the booths are working.
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
//
// A ledger is never copied. A copy would still share the array behind lines,
// because a slice only refers to it, but the mutex would be another one, and two
// mutexes do not exclude each other.
type ledger struct {
	mu    sync.Mutex // guards the elements of lines
	tolls []int      // what a vehicle of each class pays; never changes
	lines []Line
}

// The methods have pointer receivers: with a value receiver, every call would
// work on its own copy of the ledger and lock the copy's mutex.

func (l *ledger) record(c Class) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.lines[c].Vehicles++
	l.lines[c].Cents += l.tolls[c]
}

// report returns a copy of the lines, because the lock no longer protects what
// the caller reads after the unlock.
func (l *ledger) report() []Line {
	l.mu.Lock()
	defer l.mu.Unlock()
	return slices.Clone(l.lines)
}

// Bridge is a toll bridge on one day, with tolls and books of its own.
type Bridge struct {
	ledger *ledger
}

// Open opens the bridge for the day. Of tolls, each class of vehicle has one.
func Open(tolls ...int) *Bridge {
	return &Bridge{ledger: &ledger{
		tolls: slices.Clone(tolls),
		lines: make([]Line, len(tolls)),
	}}
}

// Booth opens one more booth. Attendants do so whenever they come to work, and
// every booth then works in a goroutine of its own.
func (b *Bridge) Booth() *Booth {
	// The pointer is copied, not the ledger: all booths write into the same book
	// and wait at the same lock.
	return &Booth{ledger: b.ledger}
}

// Report says what has been taken so far, by all booths together. The report
// belongs to the caller: it no longer changes.
func (b *Bridge) Report() []Line {
	return b.ledger.report()
}

// Close ends the day and returns the last report. The booths have stopped by
// then, and nobody asks the bridge for anything afterwards.
func (b *Bridge) Close() []Line {
	return b.ledger.report()
}

// Booth is one lane's booth.
type Booth struct {
	ledger *ledger
}

// Pass takes the toll from one vehicle. Every report from then on includes it.
func (b *Booth) Pass(c Class) {
	b.ledger.record(c)
}
