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

// Two clerks wait at each of two offices. Whoever gets the question answers it, and does
// not wait until the other one gets something, too. When the north has hung up, its clerks
// go home, though those of the south still wait.
func TestClerksAnswer(t *testing.T) {
	north, northClerksGoHome := answeredBy(t, 2)
	south, southClerksGoHome := answeredBy(t, 2)
	ask(t, north, "Oslo")
	ask(t, north, "Lima")
	northClerksGoHome()
	ask(t, south, "Rome")
	southClerksGoHome()
}

func ask(t *testing.T, depot *pipe.Conn, question string) {
	t.Helper()
	if err := depot.Send(question); err != nil {
		t.Errorf("Send(%q): %v", question, err)
	}
	if answer, err := depot.Receive(); answer != question+"? yes" || err != nil {
		t.Errorf("asked %q; received %q, %v", question, answer, err)
	}
}

// answeredBy returns the depot's end of a pipe at whose other end clerks answer questions.
// The function hangs up, and returns when they have gone home.
func answeredBy(t *testing.T, clerks int) (depot *pipe.Conn, goHome func()) {
	toDepot, toOffice := newDirection(), newDirection()
	toDepot.pause, toOffice.pause = 0, 0
	depot, office := newPipe(toDepot, toOffice)
	var wg sync.WaitGroup
	for range clerks {
		wg.Go(func() { answer(t, office) })
	}
	return depot, func() {
		closeEnd(t, depot)
		wg.Wait()
		hangUp(t, office, depot)
	}
}

// answer answers questions until the other end has been closed.
func answer(t *testing.T, c *pipe.Conn) {
	for {
		question, err := c.Receive()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Errorf("Receive: %v", err)
			_ = c.Send("what?") // whoever has asked waits for an answer
			return
		}
		if err := c.Send(question + "? yes"); err != nil {
			t.Errorf("Send the answer to %q: %v", question, err)
		}
	}
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

// The line takes nothing from the first Write, or the second, and so on, or from all
// that come after it. The sender learns what has been lost, and is not held up by the
// next Send; and what arrives is what somebody has sent.
func TestFailingWrite(t *testing.T) {
	for first := 1; first <= 4; first++ {
		for _, last := range []int{first, forEver} {
			toOffice := newDirection()
			toOffice.pause, toOffice.fails, toOffice.until = 0, first, last
			depot, office := newPipe(newDirection(), toOffice)
			var sent []string
			labels := []string{"17 to Oslo", "18 to Lima", "19"}
			for _, label := range labels {
				if err := depot.Send(label); err == nil {
					sent = append(sent, label)
				}
			}
			lost := depot.Close()
			got, _ := everything(office) // the line may end in the middle of a frame
			hangUp(t, office, depot)
			where := fmt.Sprintf("Write %d fails", first)
			if last == forEver {
				where = fmt.Sprintf("Write %d and all later ones fail", first)
			}
			if _, all := inOrder(sent, got); lost == nil && !all {
				t.Errorf("%s; Send and Close reported no error for %q; received %q", where, sent, got)
			}
			if i, ok := inOrder(got, labels); !ok {
				t.Errorf("%s; received %q, of which message %d is none of %q, or comes too late", where, got, i, labels)
			}
		}
	}
}

// Two scanners send at the same time, and the line takes nothing from the first Write, or
// the second, and so on. When it is the first, nothing of that message has gone out, and
// its scanner sends it again.
func TestFailingWriteOfTwo(t *testing.T) {
	labels := []string{"17 to Oslo", "18 to Lima"}
	for failing := 1; failing <= 4; failing++ {
		toOffice := newDirection()
		toOffice.pause, toOffice.fails, toOffice.until = 0, failing, failing
		depot, office := newPipe(newDirection(), toOffice)
		refused := make([]error, len(labels))
		together(len(labels), func(i int) {
			refused[i] = depot.Send(labels[i])
			if refused[i] != nil && failing == 1 {
				refused[i] = depot.Send(labels[i])
			}
		})
		lost := depot.Close()
		got, torn := everything(office)
		hangUp(t, office, depot)

		arrived := make([]int, len(labels))
		for _, msg := range got {
			if i := slices.Index(labels, msg); i >= 0 {
				arrived[i]++
			} else {
				t.Errorf("Write %d fails; received %q, which nobody sent", failing, msg)
			}
		}
		for i, label := range labels {
			switch {
			case arrived[i] > 1:
				t.Errorf("Write %d fails; %q arrives %d times", failing, label, arrived[i])
			case arrived[i] == 0 && refused[i] == nil && lost == nil:
				t.Errorf("Write %d fails; Send and Close reported no error for %q, which has not arrived", failing, label)
			case arrived[i] == 1 && refused[i] != nil && torn != nil:
				t.Errorf("Write %d fails, that of another message; %q has arrived, but Send said: %v", failing, label, refused[i])
			}
		}
	}
}

// inOrder reports whether the messages of got are some of all, in their order; if
// not, which is the first that is not.
func inOrder(got, all []string) (i int, ok bool) {
	for i, msg := range got {
		at := slices.Index(all, msg)
		if at < 0 {
			return i, false
		}
		all = all[at+1:]
	}
	return 0, true
}

// A Read fails, and after it nothing more comes. Whoever receives is not told that everything has arrived, and gets
// nothing that nobody has sent.
func TestFailingRead(t *testing.T) {
	const label = "17 to Oslo"
	for failing := 1; failing <= 3; failing++ {
		toOffice := newDirection()
		toOffice.pause, toOffice.readFails = 0, failing
		depot, office := newPipe(newDirection(), toOffice)
		if err := depot.Send(label); err != nil {
			t.Errorf("Send: %v", err)
		}
		closeEnd(t, depot)
		msg, err := office.Receive()
		if err == nil && msg != label || errors.Is(err, io.EOF) {
			t.Errorf("Read %d fails; Receive: %q, %v", failing, msg, err)
		}
		_, _ = office.Receive()
		hangUp(t, office, depot)
	}
}

// The line to the office is full, and a scanner waits until there is room. Meanwhile
// the office sends, and the depot receives.
func TestFullLine(t *testing.T) {
	toOffice := newDirection()
	toOffice.full = true
	depot, office := newPipe(newDirection(), toOffice)
	var wg sync.WaitGroup
	wg.Go(func() {
		if err := depot.Send("17 to Oslo"); err != nil {
			t.Errorf("Send: %v", err)
		}
	})
	toOffice.awaitWriter()
	if err := office.Send("wait"); err != nil {
		t.Errorf("Send: %v", err)
	}
	if msg, err := depot.Receive(); msg != "wait" || err != nil {
		t.Errorf("Receive: %q, %v; want wait", msg, err)
	}
	toOffice.makeRoom()
	wg.Wait()
	closeEnd(t, depot)
	checkSame(t, receiveAll(t, office), []string{"17 to Oslo"})
	hangUp(t, office, depot)
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
	got, err := untilError(c)
	if err != nil {
		t.Errorf("Receive: %v", err)
	}
	return got
}

// everything receives until there is an error, and once more after one that is not
// io.EOF, which it returns.
func everything(c *pipe.Conn) (got []string, end error) {
	if got, end = untilError(c); end != nil {
		_, _ = c.Receive()
	}
	return got, end
}

// untilError receives until there is an error, and returns it if it is not io.EOF.
func untilError(c *pipe.Conn) (got []string, end error) {
	for {
		msg, err := c.Receive()
		switch {
		case errors.Is(err, io.EOF):
			return got, nil
		case err != nil:
			return got, err
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

	pause  time.Duration // how long its user is held up
	narrow bool          // a Read gets no more than half of what it asks for
	full   bool          // a Write waits
	held   bool          // a Write has waited

	fails, until  int // the first and last Write that fails, from 1
	readFails     int // the Read that fails
	writes, reads int
}

var errDown = errors.New("the line is down")

// forEver is more than a test writes.
const forEver = 1_000_000

func newDirection() *direction {
	line := &direction{pause: time.Millisecond}
	line.changed = sync.NewCond(&line.mu)
	return line
}

func (line *direction) write(p []byte) (int, error) {
	if err := line.put(p); err != nil {
		return 0, err
	}
	line.delay()
	return len(p), nil
}

func (line *direction) delay() {
	if line.pause > 0 {
		time.Sleep(line.pause)
	}
}

func (line *direction) put(p []byte) error {
	line.mu.Lock()
	defer line.mu.Unlock()
	if line.closed {
		return io.ErrClosedPipe
	}
	if line.writes++; line.writes >= line.fails && line.writes <= line.until {
		return errDown
	}
	for line.full {
		line.tell(&line.held)
		line.changed.Wait()
	}
	line.bytes = append(line.bytes, p...)
	line.changed.Broadcast()
	return nil
}

func (line *direction) read(p []byte) (int, error) {
	n, err := line.take(p)
	if n > 0 {
		line.delay()
	}
	return n, err
}

func (line *direction) take(p []byte) (int, error) {
	line.mu.Lock()
	defer line.mu.Unlock()
	for len(line.bytes) == 0 && !line.closed {
		line.tell(&line.awaited)
		line.changed.Wait()
	}
	if len(line.bytes) == 0 {
		return 0, io.EOF
	}
	if line.reads++; line.reads == line.readFails {
		line.bytes = nil // and nothing more comes
		return 0, errDown
	}
	if line.narrow {
		p = p[:(len(p)+1)/2]
	}
	n := copy(p, line.bytes)
	line.bytes = line.bytes[n:]
	return n, nil
}

// tell sets a flag that others wait for.
func (line *direction) tell(flag *bool) {
	if !*flag {
		*flag = true
		line.changed.Broadcast()
	}
}

func (line *direction) close() error {
	line.mu.Lock()
	defer line.mu.Unlock()
	line.closed = true
	line.changed.Broadcast()
	return nil
}

// awaitReader waits until somebody has waited for bytes from this direction.
func (line *direction) awaitReader() {
	line.mu.Lock()
	defer line.mu.Unlock()
	for !line.awaited {
		line.changed.Wait()
	}
}

// awaitWriter waits until somebody has waited for room.
func (line *direction) awaitWriter() {
	line.mu.Lock()
	defer line.mu.Unlock()
	for !line.held {
		line.changed.Wait()
	}
}

func (line *direction) makeRoom() {
	line.mu.Lock()
	defer line.mu.Unlock()
	line.full = false
	line.changed.Broadcast()
}

// cut loses all but the first n bytes of those on the way. It reports whether
// there were more.
func (line *direction) cut(n int) bool {
	line.mu.Lock()
	defer line.mu.Unlock()
	if len(line.bytes) <= n {
		return false
	}
	line.bytes = line.bytes[:n]
	return true
}
