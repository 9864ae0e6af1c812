// Accepted: every booth keeps a book of its own under a lock of its own, and the
// bridge adds the books up.

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

// Bridge is a toll bridge on one day.
type Bridge struct {
	tolls []int // what a vehicle of each class pays

	mu     sync.RWMutex
	booths []*Booth
}

// Open opens the bridge for the day. Of tolls, each class of vehicle has one.
func Open(tolls ...int) *Bridge {
	return &Bridge{tolls: slices.Clone(tolls)}
}

// Booth opens one more booth. Attendants do so whenever they come to work, and
// every booth then works in a goroutine of its own.
func (b *Bridge) Booth() *Booth {
	booth := &Booth{tolls: b.tolls, lines: make([]Line, len(b.tolls))}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.booths = append(b.booths, booth)
	return booth
}

// Report says what has been taken so far, by all booths together. The report
// belongs to the caller: it no longer changes.
func (b *Bridge) Report() []Line {
	b.mu.RLock()
	defer b.mu.RUnlock()
	sum := make([]Line, len(b.tolls))
	for _, booth := range b.booths {
		booth.addTo(sum)
	}
	return sum
}

// Close ends the day and returns the last report. The booths have stopped by
// then, and nobody asks the bridge for anything afterwards.
func (b *Bridge) Close() []Line {
	return b.Report()
}

// Booth is one lane's booth.
type Booth struct {
	tolls []int

	mu    sync.Mutex
	lines []Line
}

// Pass takes the toll from one vehicle. Every report from then on includes it.
func (b *Booth) Pass(c Class) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.lines[c].Vehicles++
	b.lines[c].Cents += b.tolls[c]
}

func (b *Booth) addTo(sum []Line) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for c, line := range b.lines {
		sum[c].Vehicles += line.Vehicles
		sum[c].Cents += line.Cents
	}
}
