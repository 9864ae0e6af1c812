package pipe_test

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	pipe "racelab/exercises/03-pipe-ends"
)

// Three scanners share the depot's end. A message that arrives must be one that
// was sent, and what one scanner sent must arrive in that scanner's order.
func TestSendersShareAnEnd(t *testing.T) {
	depot, office := newPipe(newDirection(), newDirection())
	sent := [][]string{
		{"north 17 to Oslo", "north 18\nfragile"},
		{"south 0042", "south 43 to Lima, and back again"},
		{"yards 71", "yards 72 to Rome"},
	}
	together(len(sent), func(i int) {
		for _, label := range sent[i] {
			if err := depot.Send(label); err != nil {
				t.Errorf("Send(%q): %v", label, err)
			}
		}
	})
	closeEnd(t, depot)
	got := receiveAll(t, office)
	hangUp(t, office, depot)

	checkSame(t, got, slices.Concat(sent...))
	for _, labels := range sent {
		scanner := labels[0][:len("north")]
		mine := slices.DeleteFunc(slices.Clone(got), func(label string) bool {
			return !strings.HasPrefix(label, scanner)
		})
		if !slices.Equal(mine, labels) {
			t.Errorf("scanner %s sent %q, in this order; received: %q", scanner, labels, mine)
		}
	}
}

// Three clerks share the office's end. Which of them gets a message does not
// matter, but exactly one of them gets it, whole.
func TestReceiversShareAnEnd(t *testing.T) {
	depot, office := newPipe(newDirection(), newDirection())
	sent := []string{"17 to Oslo", "0018 to Lima", "", "19 to Rome, fragile", "20", "21 to Cairo"}
	for _, label := range sent {
		if err := depot.Send(label); err != nil {
			t.Errorf("Send(%q): %v", label, err)
		}
	}
	closeEnd(t, depot)

	got := make([][]string, 3)
	together(len(got), func(clerk int) {
		got[clerk] = receiveAll(t, office)
	})
	hangUp(t, office, depot)
	checkSame(t, slices.Concat(got...), sent)
}

// The depot asks and the office answers. The depot's clerk already waits for
// the first answer when the first question is asked.
func TestAskingWhileWaitingForTheAnswer(t *testing.T) {
	toDepot := newDirection()
	depot, office := newPipe(toDepot, newDirection())
	var answers []string
	var wg sync.WaitGroup
	wg.Go(func() { answers = receiveAll(t, depot) })
	wg.Go(func() {
		for _, question := range receiveAll(t, office) {
			if err := office.Send(question + "? yes"); err != nil {
				t.Errorf("Send the answer to %q: %v", question, err)
			}
		}
		closeEnd(t, office)
	})

	toDepot.awaitReader()
	for _, question := range []string{"Oslo", "Lima"} {
		if err := depot.Send(question); err != nil {
			t.Errorf("Send(%q): %v", question, err)
		}
	}
	closeEnd(t, depot)
	wg.Wait()
	checkSame(t, answers, []string{"Oslo? yes", "Lima? yes"})
}

// A message is any text of up to 9999 bytes, and arrives as it was sent, also
// where a Read brings less than it was asked for. What is longer may be refused.
func TestAnyText(t *testing.T) {
	toOffice := newDirection()
	toOffice.pause, toOffice.narrow = 0, true
	depot, office := newPipe(newDirection(), toOffice)
	sent := []string{"46 to Zürich", strings.Repeat("9", 9999), "", "47 to 東京"}
	for _, label := range sent {
		if err := depot.Send(label); err != nil {
			t.Errorf("Send(%.20q), of %d bytes: %v", label, len(label), err)
		}
	}
	for _, label := range []string{strings.Repeat("1", 10_000), "48 to Oslo"} {
		if err := depot.Send(label); err == nil {
			sent = append(sent, label)
		} else if len(label) < 10_000 {
			t.Errorf("Send(%q): %v", label, err)
		}
	}
	closeEnd(t, depot)
	got := receiveAll(t, office)
	hangUp(t, office, depot)
	if !slices.Equal(got, sent) {
		t.Errorf("received %.20q, cut to 20 characters each; want %.20q", got, sent)
	}
}

// The line takes nothing from the first Write. The sender learns what has been
// lost, and is not held up by the next Send.
func TestFailingWrite(t *testing.T) {
	toOffice := newDirection()
	toOffice.refuses = 1
	depot, office := newPipe(newDirection(), toOffice)
	var sent []string
	for _, label := range []string{"17 to Oslo", "18 to Lima"} {
		if err := depot.Send(label); err == nil {
			sent = append(sent, label)
		}
	}
	lost := depot.Close()
	_ = toOffice.close() // where Close has failed, the line may be open still
	got := receiveAll(t, office)
	hangUp(t, office, depot)
	if lost == nil && !slices.Equal(got, sent) {
		t.Errorf("Send and Close reported no error for %q; received %q", sent, got)
	}
}

// The line breaks after one byte, after two, and so on. As long as something is
// missing, whoever receives is not told that everything has arrived.
func TestBrokenLine(t *testing.T) {
	const label = "17"
	for arriving, broken := 1, true; broken; arriving++ {
		toDepot, toOffice := newDirection(), newDirection()
		toOffice.pause = 0
		depot := pipe.New(end{toDepot, toOffice})
		if err := depot.Send(label); err != nil {
			t.Errorf("Send: %v", err)
		}
		closeEnd(t, depot)
		broken = toOffice.cut(arriving)

		office := pipe.New(end{toOffice, toDepot})
		msg, err := office.Receive()
		switch {
		case err == nil && msg != label:
			t.Errorf("the line broke after %d bytes; received %q, which nobody sent", arriving, msg)
		case errors.Is(err, io.EOF):
			t.Errorf("the line broke after %d bytes; Receive: %v, as if nothing were missing", arriving, err)
		case err != nil && !broken:
			t.Errorf("Receive: %v", err)
		}
		_, _ = office.Receive() // io.EOF by now, or the same error
		hangUp(t, office, depot)
	}
}

// checkSame wants the messages of want, each exactly once, in any order.
func checkSame(t *testing.T, got, want []string) {
	t.Helper()
	got, want = slices.Sorted(slices.Values(got)), slices.Sorted(slices.Values(want))
	if !slices.Equal(got, want) {
		t.Errorf("received %d messages, %q; want these %d: %q", len(got), got, len(want), want)
	}
	t.Attr("received", fmt.Sprintf("%q", got))
}

// receiveAll receives until the other end has been closed.
func receiveAll(t *testing.T, c *pipe.Conn) []string {
	var got []string
	for {
		msg, err := c.Receive()
		if errors.Is(err, io.EOF) {
			return got
		}
		if err != nil {
			t.Errorf("Receive: %v", err)
			return got
		}
		got = append(got, msg)
	}
}

func closeEnd(t *testing.T, c *pipe.Conn) {
	if err := c.Close(); err != nil {
		t.Errorf("Close: %v", err)
	}
}

// hangUp closes the direction in which nothing was sent.
func hangUp(t *testing.T, silent, listening *pipe.Conn) {
	closeEnd(t, silent)
	if got := receiveAll(t, listening); len(got) > 0 {
		t.Errorf("received %q, which nobody sent", got)
	}
}

// together calls do(0) … do(n-1) in goroutines that set out at the same time,
// and returns when all of them are done.
func together(n int, do func(i int)) {
	start := make(chan struct{})
	var wg sync.WaitGroup
	for i := range n {
		wg.Go(func() {
			<-start
			do(i)
		})
	}
	close(start)
	wg.Wait()
}

// newPipe returns the two ends of a pipe.
func newPipe(toA, toB *direction) (a, b *pipe.Conn) {
	return pipe.New(end{toA, toB}), pipe.New(end{toB, toA})
}

// An end of a line writes to one direction and reads from the other.
type end struct{ in, out *direction }

func (e end) Read(p []byte) (int, error)  { return e.in.read(p) }
func (e end) Write(p []byte) (int, error) { return e.out.write(p) }
func (e end) Close() error                { return e.out.close() }

// A direction of a line hands bytes on in the order in which they came. It is
// safe for concurrent use, never fills up, and is slow: whoever has used it is
// held up for a moment.
type direction struct {
	mu      sync.Mutex
	changed *sync.Cond
	bytes   []byte
	closed  bool
	awaited bool // a reader has found nothing to read

	pause   time.Duration // how long its user is held up
	narrow  bool          // a Read gets no more than half of what it asks for
	refuses int           // so many Writes fail
}

func newDirection() *direction {
	d := &direction{pause: time.Millisecond}
	d.changed = sync.NewCond(&d.mu)
	return d
}

func (d *direction) write(p []byte) (int, error) {
	if err := d.put(p); err != nil {
		return 0, err
	}
	time.Sleep(d.pause)
	return len(p), nil
}

func (d *direction) put(p []byte) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.closed {
		return io.ErrClosedPipe
	}
	if d.refuses > 0 {
		d.refuses--
		return errors.New("the line is down")
	}
	d.bytes = append(d.bytes, p...)
	d.changed.Broadcast()
	return nil
}

func (d *direction) read(p []byte) (int, error) {
	n, err := d.take(p)
	if n > 0 {
		time.Sleep(d.pause)
	}
	return n, err
}

func (d *direction) take(p []byte) (int, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for len(d.bytes) == 0 && !d.closed {
		d.awaited = true
		d.changed.Broadcast()
		d.changed.Wait()
	}
	if len(d.bytes) == 0 {
		return 0, io.EOF
	}
	if d.narrow {
		p = p[:(len(p)+1)/2]
	}
	n := copy(p, d.bytes)
	d.bytes = d.bytes[n:]
	return n, nil
}

func (d *direction) close() error {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.closed = true
	d.changed.Broadcast()
	return nil
}

// awaitReader waits until somebody has waited for bytes from this direction.
func (d *direction) awaitReader() {
	d.mu.Lock()
	defer d.mu.Unlock()
	for !d.awaited {
		d.changed.Wait()
	}
}

// cut loses all but the first n bytes of those on the way. It reports whether
// there were more.
func (d *direction) cut(n int) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	if len(d.bytes) <= n {
		return false
	}
	d.bytes = d.bytes[:n]
	return true
}
