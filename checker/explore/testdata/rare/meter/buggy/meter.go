// Rare: goroutine-leak
// Native: 1 of 100 runs.
// Stop is only heard by a meter that waits for the next request. If the meter has
// answered and is not back yet, Stop takes the default, and the meter runs for ever.

// Package meter counts in a goroutine of its own.
package meter

// Meter counts its requests.
type Meter struct {
	requests chan chan int
	stop     chan struct{}
}

// Start starts a meter.
func Start() *Meter {
	m := &Meter{requests: make(chan chan int), stop: make(chan struct{})}
	go m.run()
	return m
}

func (m *Meter) run() {
	for n := 1; ; n++ {
		select {
		case answer := <-m.requests:
			answer <- n
		case <-m.stop:
			return
		}
	}
}

// Next returns 1, 2, 3 and so on.
func (m *Meter) Next() int {
	answer := make(chan int, 1)
	m.requests <- answer
	return <-answer
}

// Stop ends the meter. It does not wait for that, and is called once.
func (m *Meter) Stop() {
	select {
	case m.stop <- struct{}{}:
	default:
	}
}
