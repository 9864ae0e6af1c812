// Rejected: wrong-result
// Feedback: The lock is shared now, but report hands out the ledger's own slice:
// it goes on changing after the unlock, and the caller can change the books.

package toll

import "sync"

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
	mu    sync.Mutex
	tolls []int // what a vehicle of each class pays
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
	return l.lines
}

// Bridge is a toll bridge on one day.
type Bridge struct {
	ledger *ledger
}

// Open opens the bridge for the day. Of tolls, each class of vehicle has one.
func Open(tolls ...int) *Bridge {
	return &Bridge{ledger: &ledger{
		tolls: tolls,
		lines: make([]Line, len(tolls)),
	}}
}

// Booth opens one more booth. Attendants do so whenever they come to work, and
// every booth then works in a goroutine of its own.
func (b *Bridge) Booth() *Booth {
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
