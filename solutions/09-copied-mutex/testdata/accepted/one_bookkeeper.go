// Accepted: a bookkeeper's goroutine alone has the books; booths and office send
// it what they want, and Close sends it home.

package toll

import "slices"

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
	passed chan Class
	asked  chan chan []Line
}

// Open opens the bridge for the day. Of tolls, each class of vehicle has one.
func Open(tolls ...int) *Bridge {
	b := &Bridge{passed: make(chan Class), asked: make(chan chan []Line)}
	go b.keepBooks(slices.Clone(tolls))
	return b
}

// keepBooks works until asked is closed.
func (b *Bridge) keepBooks(tolls []int) {
	lines := make([]Line, len(tolls))
	for {
		select {
		case c := <-b.passed:
			lines[c].Vehicles++
			lines[c].Cents += tolls[c]
		case answer, ok := <-b.asked:
			if !ok {
				return
			}
			answer <- slices.Clone(lines)
		}
	}
}

// Booth opens one more booth. Attendants do so whenever they come to work, and
// every booth then works in a goroutine of its own.
func (b *Bridge) Booth() *Booth {
	return &Booth{passed: b.passed}
}

// Report says what has been taken so far, by all booths together. The report
// belongs to the caller: it no longer changes.
func (b *Bridge) Report() []Line {
	answer := make(chan []Line)
	b.asked <- answer
	return <-answer
}

// Close ends the day and returns the last report. The booths have stopped by
// then, and nobody asks the bridge for anything afterwards.
func (b *Bridge) Close() []Line {
	report := b.Report()
	close(b.asked)
	return report
}

// Booth is one lane's booth.
type Booth struct {
	passed chan<- Class
}

// Pass takes the toll from one vehicle. Every report from then on includes it.
func (b *Booth) Pass(c Class) {
	b.passed <- c
}
