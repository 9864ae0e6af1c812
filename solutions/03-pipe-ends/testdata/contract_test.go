package pipe_test

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"racelab/checker/labrt/contract"
	pipe "racelab/exercises/03-pipe-ends"
)

// lines is where a scenario takes place: a depot and its office, and another depot
// with an office of its own.
type lines struct {
	depot, office           *pipe.Conn
	otherDepot, otherOffice *pipe.Conn

	receiving [throng]atomic.Bool // by goroutine: each sets its own, which orders nobody
}

// throng is more goroutines than a scenario has.
const throng = 128

// tricky is easy to get wrong: it looks like a header, and has what others use to
// mark the end of a message.
const tricky = "0004\n\"\\n\\\x00\xff\u00fc\r\n"

// longest is longer than most buffers.
var longest = strings.Repeat("0001x", 820)

// Contract is what one can do with both ends of a pipe, while the line is sound. What
// becomes of messages when it is not need not be the same everywhere; see damaged.
func Contract() contract.Contract {
	type ops = []contract.Op[*lines]
	depot := func(l *lines) *pipe.Conn { return l.depot }
	office := func(l *lines) *pipe.Conn { return l.office }
	return contract.Of(contract.Terms[*lines]{
		Setups: []contract.Setup[*lines]{
			{Text: "depot, office := a pipe", Open: func() *lines { return opened(false) }},
			{Text: "depot, office := a pipe, where a Read brings half of what it is asked for, and io.EOF with the last byte", Open: func() *lines { return opened(true) }},
			{Text: "depot, office := a pipe; depot.Send(\"first\"); depot.Send(\"\"); office.Send(\"early\") // and another pipe; other depot.Send(\"old\")", Open: func() *lines {
				l := opened(false)
				_, _ = l.depot.Send("first"), l.depot.Send("")
				_, _ = l.office.Send("early"), l.otherDepot.Send("old")
				return l
			}},
		},
		Ops: ops{
			sending("depot", depot, `"17"`, "17"),
			receiving("office", office),
			sending("depot", depot, `""`, ""),
			sending("depot", depot, fmt.Sprintf("%q", tricky), tricky),
			alone(sending("depot", depot, "4100 bytes", longest)),
			{Text: `depot.Send("a"); depot.Send("b")`, Do: func(l *lines, c *contract.Call) {
				send(c, l.depot, "a")
				c.Between()
				send(c, l.depot, "b")
			}},
			sending("office", office, `"yes"`, "yes"),
			receiving("depot", depot),
			{Text: `depot.Send("?"); depot.Receive()`, Do: func(l *lines, c *contract.Call) {
				send(c, l.depot, "?")
				c.Between()
				l.receive(c, l.depot)
			}},
			{Text: `other depot.Send("far"); other office.Receive()`, Do: func(l *lines, c *contract.Call) {
				send(c, l.otherDepot, "far")
				c.Between()
				receive(c, l.otherOffice)
			}},
			{Text: "300 messages are sent, and then received", Alone: true, Do: many},
			{Text: "messages of every length at which a buffer may end", Alone: true, Do: lengths},
			{Text: "a message of 10,000 bytes, and longer ones", Alone: true, Do: tooLong},
			{Text: "texts of all bytes", Alone: true, Do: allBytes},
			{Text: "one Write of a line fails, each in turn", Alone: true, Do: func(_ *lines, c *contract.Call) { damaged(c, 1) }},
			{Text: "30 Writes of a line fail, from each in turn, and the next ones do not", Alone: true, Do: func(_ *lines, c *contract.Call) { damaged(c, 30) }},
			{Text: "a line fails from one Write on, each in turn", Alone: true, Do: func(_ *lines, c *contract.Call) { damaged(c, forEver) }},
			{Text: `a, b := a pipe; a.Send("17"); a.Close(); b.Close(); b.Receive(), a.Receive(), until io.EOF`, Do: brieflyOpen},
			{Text: "the last Read of a line brings bytes and io.EOF", Alone: true, Do: atOnce},
			{Text: "office.Receive() waits while depot sends to a line that is full", Alone: true, Do: full},
			{Text: "depot.Close() waits for its line, and office goes on", Alone: true, Do: slowClose},
			{Text: "depot has received some messages and waits for one more; depot.Close()", Apart: true, Do: asks(saysGoodbye)},
			{Text: "no Write of a line succeeds; what depot.Send(\"17\") or depot.Close() returns", Apart: true, Do: asks(blames)},
			{Text: "two wait in office.Receive(), for minutes, and for as long as a time in the program", Apart: true, Do: asks(patient)},
			{Text: "as many wait in depot.Receive(), and in depot.Send, as a number in the program", Apart: true, Do: asks(crowds)},
			{Text: "at as many pipes as a number in the program somebody waits in Receive, and at one more a message is sent", Apart: true, Do: asks(manyPipes)},
			{Text: "as many messages as a number in the program, over a line that is full at first", Apart: true, Do: asks(backlogs)},
			{Text: "messages as long as a number in the program", Apart: true, Do: asks(long)},
			{Text: "five send while a Write takes a moment, one waits in Receive, and a Write fails, or two, each in turn", Apart: true, Do: asks(allTold)},
			{Text: "as many Writes fail as a number in the program, one after the other", Apart: true, Do: asks(failures)},
			{Text: "a Write of a line fails, each in turn, and all wait for as long as a time in the program", Apart: true, Do: asks(forgotten)},
			{Text: "three send to a line where a Write takes minutes, or as long as a time in the program", Apart: true, Do: asks(slowLine)},
			{Text: "a line ends within a message, after each byte", Apart: true, Do: asks(cutShort)},
			{Text: "a Read fails, or a line ends within a message, and office.Send(\"yes\")", Alone: true, Do: oneWay},
			{Text: `depot.Send("last"); office.Send("last, too")`, Finally: true, Do: last},
			{Text: "depot.Close()", Finally: true, Do: func(l *lines, c *contract.Call) { c.Return(l.depot.Close()) }},
			{Text: "office.Receive(), until io.EOF", Finally: true, Do: func(l *lines, c *contract.Call) { rest(c, l.office) }},
			{Text: "office.Close()", Finally: true, Do: func(l *lines, c *contract.Call) { c.Return(l.office.Close()) }},
			{Text: "depot.Receive(), until io.EOF", Finally: true, Do: func(l *lines, c *contract.Call) { rest(c, l.depot) }},
			{Text: "the other depot and office close, too", Finally: true, Do: func(l *lines, c *contract.Call) {
				c.Return(l.otherDepot.Close(), l.otherOffice.Close())
				rest(c, l.otherDepot)
				rest(c, l.otherOffice)
			}},
		},
	})
}

func opened(narrow bool) *lines {
	l := &lines{}
	l.depot, l.office = sound(narrow)
	l.otherDepot, l.otherOffice = sound(narrow)
	return l
}

// instant is an end of a line that holds up nobody.
type instant struct{ in, out *direction }

func (e instant) Read(p []byte) (int, error) { return e.in.take(p) }
func (e instant) Close() error               { return e.out.close() }
func (e instant) Write(p []byte) (int, error) {
	if err := e.out.put(p); err != nil {
		return 0, err
	}
	return len(p), nil
}

// hasty is an end of a line where what a Read brings may come together with io.EOF.
type hasty struct{ instant }

func (e hasty) Read(p []byte) (int, error) {
	n, err := e.in.take(p)
	if err == nil && e.in.atEnd() {
		err = io.EOF
	}
	return n, err
}

// atEnd reports whether nothing more comes.
func (line *direction) atEnd() bool {
	line.mu.Lock()
	defer line.mu.Unlock()
	return line.closed && len(line.bytes) == 0
}

// pipeOver returns the ends of a pipe.
func pipeOver(toA, toB *direction) (a, b *pipe.Conn) {
	return pipe.New(instant{toA, toB}), pipe.New(instant{toB, toA})
}

// sound returns the ends of a pipe over a line without faults, which may be one that is
// both narrow and hasty.
func sound(narrow bool) (a, b *pipe.Conn) {
	toA, toB := newDirection(), newDirection()
	if !narrow {
		return pipeOver(toA, toB)
	}
	toA.narrow, toB.narrow = true, true
	return pipe.New(hasty{instant{toA, toB}}), pipe.New(hasty{instant{toB, toA}})
}

func alone(op contract.Op[*lines]) contract.Op[*lines] {
	op.Alone = true
	return op
}

func sending(name string, at func(*lines) *pipe.Conn, text, msg string) contract.Op[*lines] {
	return contract.Op[*lines]{
		Text: fmt.Sprintf("%s.Send(%s)", name, text),
		Do:   func(l *lines, c *contract.Call) { send(c, at(l), msg) },
	}
}

func receiving(name string, at func(*lines) *pipe.Conn) contract.Op[*lines] {
	return contract.Op[*lines]{Text: name + ".Receive()", Do: func(l *lines, c *contract.Call) { l.receive(c, at(l)) }}
}

func send(c *contract.Call, conn *pipe.Conn, msg string) {
	if err := conn.Send(msg); err != nil {
		c.Return(err)
	}
}

func receive(c *contract.Call, conn *pipe.Conn) {
	msg, err := conn.Receive()
	if errors.Is(err, io.EOF) {
		c.Return("io.EOF")
	} else if err != nil {
		c.Return("an error")
	} else {
		c.Return(brief(msg))
	}
}

// receive notes who waits.
func (l *lines) receive(c *contract.Call, conn *pipe.Conn) {
	here := &l.receiving[c.Goroutine()%throng]
	here.Store(true)
	receive(c, conn)
	here.Store(false)
}

// last sends what somebody gets who still waits. It need not be who has waited longest: so
// nobody comes in between.
func last(l *lines, c *contract.Call) {
	send(c, l.depot, "last")
	send(c, l.office, "last, too")
	for i := range l.receiving {
		if l.receiving[i].Load() {
			contract.Rest(someSeconds)
			return
		}
	}
}

// someSeconds is enough for whoever looks now and then whether there is something.
const someSeconds = 3 * time.Second

// brief is a message in few words.
func brief(msg string) string {
	if msg == longest {
		return "4100 bytes"
	}
	if len(msg) > len(tricky) {
		return fmt.Sprintf("%d bytes, which nobody has sent", len(msg))
	}
	return fmt.Sprintf("%q", msg)
}

// rest receives what there is until the end, and then once more.
func rest(c *contract.Call, conn *pipe.Conn) {
	for {
		msg, err := conn.Receive()
		if err != nil {
			_, again := conn.Receive()
			c.Return(errors.Is(err, io.EOF), errors.Is(again, io.EOF))
			return
		}
		c.Return(brief(msg))
	}
}

// arrive sends messages one after the other, then closes, and tells whether they have
// all arrived as they were sent.
func arrive(c *contract.Call, sent []string) {
	depot, office := sound(false)
	for _, msg := range sent {
		send(c, depot, msg)
	}
	c.Return(depot.Close(), office.Close())
	for i, msg := range sent {
		if got, err := office.Receive(); got != msg || err != nil {
			c.Return(fmt.Sprintf("message %d of %d bytes arrives as %d bytes, error: %t", i, len(msg), len(got), err != nil))
		}
	}
	rest(c, office)
	rest(c, depot)
}

func many(_ *lines, c *contract.Call) {
	var sent []string
	for i := range 300 {
		sent = append(sent, fmt.Sprint(i, strings.Repeat("-", i%20)))
	}
	arrive(c, sent)
}

func lengths(_ *lines, c *contract.Call) {
	var sent []string
	for _, n := range []int{0, 1, 9, 10, 99, 100, 127, 128, 255, 256, 511, 999, 1000, 1024, 4092, 4096, 9999, 0, 0} {
		sent = append(sent, strings.Repeat("8", n))
	}
	arrive(c, sent)
}

// tooLong is about messages that may be refused; or else they arrive.
func tooLong(_ *lines, c *contract.Call) {
	depot, office := sound(false)
	var sent []string
	for _, n := range []int{10_000, 3, 65_535, 65_536, 70_000, 4} {
		msg := strings.Repeat("7", n)
		if err := depot.Send(msg); err == nil {
			sent = append(sent, msg)
		} else if n < 10_000 {
			c.Say(n, "bytes are refused")
		}
	}
	c.Return(depot.Close(), office.Close())
	for i, msg := range sent {
		if got, err := office.Receive(); got != msg || err != nil {
			c.Return(fmt.Sprintf("the message of %d bytes arrives as %d bytes, error: %t", len(sent[i]), len(got), err != nil))
		}
	}
	rest(c, office)
	rest(c, depot)
}

// atOnce is about a line of which the end comes with the last bytes, where the last one
// may be missing. Then whoever receives is not told that everything has arrived.
func atOnce(_ *lines, c *contract.Call) {
	for _, last := range []string{"", "1", longest} {
		for missing := range 2 {
			if missing > 0 && last == "" {
				continue // its frame may be one byte, of which nothing is left then
			}
			toDepot, toOffice := newDirection(), newDirection()
			depot := pipe.New(hasty{instant{toDepot, toOffice}})
			sent := []string{"17", last}
			for _, msg := range sent {
				send(c, depot, msg)
			}
			c.Return(depot.Close())
			toOffice.lose(missing)
			office := pipe.New(hasty{instant{toOffice, toDepot}})
			got, end := everything(office)
			if len(got) < 2-missing || !slices.Equal(got, sent[:min(len(got), 2)]) || len(got) < 2 && end == nil {
				c.Return(fmt.Sprintf("%d bytes are missing, and %d messages arrive, error: %t", missing, len(got), end != nil))
			}
			c.Return(office.Close())
			rest(c, depot)
		}
	}
}

// lose loses the last n bytes of those on the way.
func (line *direction) lose(n int) {
	line.mu.Lock()
	defer line.mu.Unlock()
	line.bytes = line.bytes[:len(line.bytes)-n]
}

func allBytes(_ *lines, c *contract.Call) {
	var up, down []byte
	for b := range 256 {
		up, down = append(up, byte(b)), append(down, byte(255-b))
	}
	sent := []string{string(up), string(down), "\n", "\\n", "\\\\n", "\x00", "\x00\x00", "\"", "\xff", " ", "\r\n", "-", ",", "0000", "9999", "\u2028", "=", "\t"}
	for b := range 256 {
		sent = append(sent, string([]byte{byte(b)}))
	}
	arrive(c, sent)
}

// damaged is about a line of which so many Writes fail, one after the other. No message
// may be lost without an error, and nothing may arrive that nobody has sent.
func damaged(c *contract.Call, failing int) {
	const writes = 6
	sent := []string{"17", longest, "", "18", "19", "20"}
	for i := range 40 { // also for one who only notes messages, and has room for some
		sent = append(sent, fmt.Sprint("no. ", i))
	}
	for first := 1; first <= writes; first++ {
		toOffice := newDirection()
		toOffice.fails, toOffice.until = first, first+failing-1
		depot, office := pipeOver(newDirection(), toOffice)
		var taken []string
		for _, msg := range sent {
			if depot.Send(msg) == nil {
				taken = append(taken, msg)
			}
		}
		lost := depot.Close() != nil
		got, end := everything(office)
		if _, ok := inOrder(got, sent); !ok {
			c.Return(fmt.Sprintf("Write %d fails, and something arrives that nobody has sent", first))
		}
		if _, all := inOrder(taken, got); !lost && (!all || len(got) == len(sent) && end != nil) {
			c.Return(fmt.Sprintf("Write %d fails, and not all arrives of which nobody is told that it does not", first))
		}
		_ = office.Close()
		_, _ = everything(depot)
	}
	c.Return("nothing is lost without an error")
}

// asks makes a call of what says in words what is wrong, if anything is.
func asks(about func() (wrong string)) func(*lines, *contract.Call) {
	return func(_ *lines, c *contract.Call) { c.Return(cmp.Or(about(), "what was promised")) }
}

// longTimes are some minutes, and a little more than each time in the program.
func longTimes() []time.Duration {
	all := []time.Duration{2 * time.Minute}
	for _, d := range contract.Times(1_000 * time.Hour) {
		if d >= time.Minute {
			all = append(all, d+time.Minute)
		}
	}
	return all
}

// moment is enough for all to do what they can.
const moment = time.Millisecond

// goHome closes the office and lets the depot receive the end, for whom nothing is left.
func goHome(depot, office *pipe.Conn) {
	_ = office.Close()
	_, _ = everything(depot)
}

// patient is about two clerks who wait for messages that come late.
func patient() string {
	for _, late := range longTimes() {
		depot, office := sound(false)
		got, sent := make([]string, 2), []string{"17", "18"}
		var waiting sync.WaitGroup
		for i := range got {
			waiting.Go(func() {
				msg, err := office.Receive()
				if got[i] = msg; err != nil {
					got[i] = err.Error()
				}
			})
		}
		contract.Rest(late)
		refused := sendAll(depot, sent)
		waiting.Wait()
		lost := depot.Close()
		_, end := everything(office)
		goHome(depot, office)
		slices.Sort(got)
		if err := errors.Join(refused, lost, end); err != nil || !slices.Equal(got, sent) {
			return fmt.Sprintf("after %v, those who have waited for 17 and 18 receive %q, error: %t", late, got, err != nil)
		}
	}
	return ""
}

// saysGoodbye is about Close while somebody waits in Receive, at an end that has been in use.
func saysGoodbye() (wrong string) {
	depot, office := sound(false)
	refused := sendAll(office, numbers(9))
	for range 9 {
		_, err := depot.Receive()
		refused = errors.Join(refused, err)
	}
	var waiting sync.WaitGroup
	waiting.Go(func() {
		if _, err := depot.Receive(); !errors.Is(err, io.EOF) {
			wrong = "who waits is not told of the end"
		}
	})
	contract.Rest(moment)
	refused = errors.Join(refused, depot.Close(), office.Close())
	waiting.Wait()
	if _, err := everything(office); err != nil || refused != nil {
		return "there is an error"
	}
	return wrong
}

// blames is about the error of a line: a caller may ask which one it was.
func blames() string {
	toOffice := newDirection()
	toOffice.fails, toOffice.until = 1, forEver
	depot, office := pipeOver(newDirection(), toOffice)
	told := errors.Join(depot.Send("17"), depot.Close())
	_, _ = everything(office)
	goHome(depot, office)
	if !errors.Is(told, errDown) {
		return fmt.Sprintf("the error is not the line's but %q", told)
	}
	return ""
}

// sendAll sends messages one after the other, until there is an error.
func sendAll(conn *pipe.Conn, all []string) error {
	for _, msg := range all {
		if err := conn.Send(msg); err != nil {
			return err
		}
	}
	return nil
}

// numbers are so many messages.
func numbers(n int) []string {
	all := make([]string, n)
	for i := range all {
		all[i] = fmt.Sprintf("no. %d", i)
	}
	return all
}

// notSame says how messages are not those that were sent, which are in order.
func notSame(got, sent []string) string {
	for i, msg := range got {
		if i >= len(sent) || msg != sent[i] {
			return fmt.Sprintf("of %d messages, what arrives as number %d is none of them, or not the one whose turn it is", len(sent), i)
		}
	}
	if len(got) < len(sent) {
		return fmt.Sprintf("of %d messages %d arrive", len(sent), len(got))
	}
	return ""
}

// manyPipes is about more pipes than a program may have locks for: at each but the last one
// somebody waits.
func manyPipes() string {
	for _, n := range append([]int{3}, contract.Counts(700)...) {
		if wrong := oneMorePipe(n); wrong != "" {
			return fmt.Sprintf("beside %d pipes: %s", n, wrong)
		}
	}
	return ""
}

func oneMorePipe(n int) (wrong string) {
	depots, offices := make([]*pipe.Conn, n), make([]*pipe.Conn, n)
	sent, got := numbers(n), make([]string, n)
	var waiting sync.WaitGroup
	for i := range n {
		depots[i], offices[i] = sound(false)
		waiting.Go(func() { got[i], _ = offices[i].Receive() })
	}
	contract.Rest(moment)
	depot, office := sound(false)
	if err := depot.Send("one more"); err != nil {
		wrong = fmt.Sprint("Send returns ", err)
	}
	if text, err := office.Receive(); text != "one more" || err != nil {
		wrong = fmt.Sprintf("Receive returns %q, %v", text, err)
	}
	closed := errors.Join(depot.Close(), office.Close())
	for i := range n {
		closed = errors.Join(closed, depots[i].Send(sent[i]))
	}
	waiting.Wait()
	for i := range n {
		closed = errors.Join(closed, depots[i].Close(), offices[i].Close())
	}
	for _, conn := range slices.Concat(depots, offices, []*pipe.Conn{depot, office}) {
		_, _ = everything(conn)
	}
	switch {
	case wrong != "":
	case closed != nil:
		wrong = closed.Error()
	case !slices.Equal(got, sent):
		wrong = fmt.Sprintf("those who waited get %q", got)
	}
	return wrong
}

// crowds is about more goroutines at one end than a program may have places for.
func crowds() string {
	for _, n := range append([]int{2}, contract.Counts(300)...) {
		for _, receiversFirst := range []bool{true, false} {
			if wrong := crowd(n+1, receiversFirst); wrong != "" {
				return fmt.Sprintf("%d wait to send, and as many to receive: %s", n+1, wrong)
			}
		}
	}
	return ""
}

// crowd lets so many receivers and so many senders wait at one end, in turn. Then those of
// one kind get what they wait for, while the others still wait.
func crowd(n int, receiversFirst bool) string {
	toDepot, toOffice := newDirection(), newDirection()
	toOffice.full = true
	depot, office := pipeOver(toDepot, toOffice)
	sent, got := numbers(n), make([]string, n)
	errs := make([]error, 2*n)
	var receivers, senders sync.WaitGroup
	for i := range n {
		begin := []func(){
			func() { receivers.Go(func() { got[i], errs[i] = depot.Receive() }) },
			func() { senders.Go(func() { errs[n+i] = depot.Send(sent[i]) }) },
		}
		if receiversFirst { // behind each sender stands a receiver, whose turn comes first
			slices.Reverse(begin)
		}
		for _, one := range begin {
			if one(); i < 4 {
				contract.Rest(moment)
			}
		}
	}
	contract.Rest(moment)
	var refused error
	release := []func(){
		func() { refused = sendAll(office, sent); receivers.Wait() },
		func() { toOffice.makeRoom(); senders.Wait() },
	}
	if !receiversFirst {
		slices.Reverse(release)
	}
	for _, free := range release {
		free()
	}
	lost := depot.Close()
	arrived, end := everything(office)
	goHome(depot, office)
	if err := errors.Join(append(errs, refused, lost, end)...); err != nil {
		return "an error, though the line has none"
	}
	for _, all := range [][]string{got, arrived, sent} {
		slices.Sort(all)
	}
	return cmp.Or(notSame(got, sent), notSame(arrived, sent))
}

// backlogs is about more messages than a program may have room for.
func backlogs() string {
	for _, n := range contract.Counts(11_000) {
		if wrong := backlog(n + 3); wrong != "" { // one may be on its way, and one at each end
			return wrong
		}
	}
	return ""
}

// backlog sends so many messages. For a while the line takes nothing; and whoever receives
// comes when everything has been sent.
func backlog(n int) string {
	toDepot, toOffice := newDirection(), newDirection()
	toOffice.full = true
	depot, office := pipeOver(toDepot, toOffice)
	sent := numbers(n)
	var refused, lost error
	var sender sync.WaitGroup
	sender.Go(func() {
		refused = sendAll(depot, sent)
		lost = depot.Close()
	})
	contract.Rest(moment)
	toOffice.makeRoom()
	sender.Wait()
	contract.Rest(moment)
	got, end := everything(office)
	goHome(depot, office)
	if err := errors.Join(refused, lost, end); err != nil {
		return fmt.Sprintf("of %d messages %d arrive, and there is an error, though the line has none", n, len(got))
	}
	return notSame(got, sent)
}

// long is about messages that a program may be able to carry, or that may just be too
// long: they may be refused, or else they arrive. A Write may fail as well.
func long() string {
	for _, n := range contract.Numbers(2, 1<<24) {
		for _, size := range []int{n - 1, n, n + 1} {
			contract.GoesOn()
			sent := []string{"a", strings.Repeat("7", size), "b"}
			for first := range 4 {
				taken, wrong := fail(sent, first, 1, 0)
				if wrong != "" {
					return fmt.Sprintf("with a message of %d bytes, %s", size, wrong)
				}
				if first == 0 && len(taken) < len(sent) {
					if size < 10_000 {
						return fmt.Sprintf("a message of %d bytes is refused", size)
					}
					break // it may be
				}
			}
		}
	}
	return ""
}

// failures is about a line of which many Writes fail, one after the other, and about one
// that is down from then on. Nobody may wait for ever.
func failures() string {
	for _, n := range append([]int{256}, contract.Counts(1_000)...) {
		for _, failing := range []int{n - 1, n, n + 1} {
			if _, wrong := fail(numbers(n+4), 2, failing, 0); wrong != "" {
				return wrong
			}
		}
	}
	for _, n := range contract.Counts(11_000) {
		if _, wrong := fail(numbers(n+4), 2, forEver, 0); wrong != "" {
			return wrong
		}
	}
	return ""
}

// forgotten is about programs that forget after some time that half a message is on the line.
func forgotten() string {
	for _, d := range longTimes() {
		for first := 1; first <= 4; first++ {
			if _, wrong := fail(numbers(4), first, 1, d); wrong != "" {
				return fmt.Sprintf("%v pass after each Send; %s", d, wrong)
			}
		}
	}
	return ""
}

// fail sends messages to a line of which so many Writes fail, with rests between them.
func fail(sent []string, first, failing int, rest time.Duration) (taken []string, wrong string) {
	toOffice := newDirection()
	toOffice.fails, toOffice.until = first, first+failing-1
	depot, office := pipeOver(newDirection(), toOffice)
	for _, msg := range sent {
		if depot.Send(msg) == nil {
			taken = append(taken, msg)
		}
		if rest > 0 {
			contract.Rest(rest)
		}
	}
	lost := depot.Close() != nil
	got, end := everything(office)
	goHome(depot, office)
	if _, ok := inOrder(got, sent); !ok {
		return taken, fmt.Sprintf("%d Writes fail, from number %d on, and something arrives that nobody has sent", failing, first)
	}
	if _, all := inOrder(taken, got); !lost && (!all || len(got) == len(sent) && end != nil) {
		return taken, fmt.Sprintf("%d Writes fail, from number %d on, and not all arrives of which nobody is told that it does not", failing, first)
	}
	return taken, ""
}

// A slowly is an end of a line where each Write takes long.
type slowly struct {
	instant
	takes time.Duration
}

func (e slowly) Write(p []byte) (int, error) {
	n, err := e.instant.Write(p)
	contract.Rest(e.takes)
	return n, err
}

// slowLine is about a line that takes its time, and three who send: one a long message, and
// then two a short one each.
func slowLine() string {
	for _, takes := range longTimes() {
		toDepot, toOffice := newDirection(), newDirection()
		depot := pipe.New(slowly{instant{toDepot, toOffice}, takes})
		office := pipe.New(instant{toOffice, toDepot})
		sent := []string{longest, "17", "18"}
		errs := make([]error, len(sent))
		var senders sync.WaitGroup
		for i, msg := range sent {
			senders.Go(func() { errs[i] = depot.Send(msg) })
			contract.Rest(moment)
		}
		senders.Wait()
		lost := depot.Close()
		got, end := everything(office)
		goHome(depot, office)
		slices.Sort(got)
		slices.Sort(sent)
		wrong := notSame(got, sent)
		if err := errors.Join(append(errs, lost, end)...); err != nil {
			wrong = cmp.Or(wrong, "there is an error, though the line has none")
		}
		if wrong != "" {
			return fmt.Sprintf("each Write takes %v, and %s", takes, wrong)
		}
	}
	return ""
}

// cutShort is about a line that ends within a message. What has not arrived as a whole has
// not arrived, and whoever receives is not told that this was all.
func cutShort() string {
	for _, size := range []int{19, 200} {
		for arriving, more := 1, true; more; arriving++ {
			var wrong string
			if more, wrong = cut(size, arriving); wrong != "" {
				return wrong
			}
		}
	}
	for _, n := range append([]int{1_000}, contract.Counts(3_000)...) {
		for arriving := max(n-4, 1); arriving < n+12; arriving++ {
			if _, wrong := cut(n+20, arriving); wrong != "" {
				return wrong
			}
		}
	}
	return ""
}

// cut sends a message of so many bytes over a line that breaks when some have arrived, and
// tells whether there were more.
func cut(size, arriving int) (more bool, wrong string) {
	toDepot, toOffice := newDirection(), newDirection()
	depot := pipe.New(instant{toDepot, toOffice})
	msg := strings.Repeat("\xff", size)
	if err := errors.Join(depot.Send(msg), depot.Close()); err != nil {
		wrong = "there is an error, though the line has none"
	}
	more = toOffice.cut(arriving)
	office := pipe.New(instant{toOffice, toDepot})
	got, err := office.Receive()
	_, _ = office.Receive()
	goHome(depot, office)
	switch {
	case err == nil && got != msg:
		wrong = fmt.Sprintf("after %d bytes of a message of %d, received %d bytes, which nobody has sent", arriving, size, len(got))
	case errors.Is(err, io.EOF):
		wrong = fmt.Sprintf("after %d bytes of a message of %d, received io.EOF, as if nothing were missing", arriving, size)
	}
	return more, wrong
}

// oneWay is about a line of which one direction is broken: a Read fails, or the end comes
// too early. The other one is not.
func oneWay(_ *lines, c *contract.Call) {
	for _, readFails := range []int{0, 1} {
		toDepot, toOffice := newDirection(), newDirection()
		depot := pipe.New(instant{toDepot, toOffice})
		send(c, depot, "17 to Oslo")
		c.Return(depot.Close())
		if toOffice.readFails = readFails; readFails == 0 {
			toOffice.lose(1)
		}
		office := pipe.New(instant{toOffice, toDepot})
		_, _ = everything(office)
		send(c, office, "yes")
		c.Return(office.Close())
		rest(c, depot)
	}
}

// full is about a line on which nothing more fits: in the other direction, and on other
// lines, messages go on.
func full(_ *lines, c *contract.Call) {
	toOffice := newDirection()
	toOffice.full = true
	depot, office := pipeOver(newDirection(), toOffice)
	otherDepot, otherOffice := sound(false)
	var waiting sync.WaitGroup
	waiting.Go(func() { _ = depot.Send("17") })
	var got string
	waiting.Go(func() { got, _ = office.Receive() })
	toOffice.awaitWriter()
	send(c, office, "stop")
	receive(c, depot)
	send(c, otherOffice, "go on")
	receive(c, otherDepot)
	toOffice.makeRoom()
	waiting.Wait()
	c.Return(got, depot.Close(), office.Close(), otherDepot.Close(), otherOffice.Close())
	for _, conn := range []*pipe.Conn{depot, office, otherDepot, otherOffice} {
		rest(c, conn)
	}
}

// brieflyOpen is about a pipe that opens and closes while others are open.
func brieflyOpen(_ *lines, c *contract.Call) {
	a, b := sound(false)
	send(c, a, "17")
	c.Return(a.Close(), b.Close())
	rest(c, b)
	rest(c, a)
}

// slow is an end of a line whose Close says that it has begun, and waits.
type slow struct {
	instant
	begin  func()
	closed chan struct{}
}

func (e slow) Close() error {
	err := e.instant.Close()
	e.begin()
	<-e.closed
	return err
}

// slowClose is about a line whose Close takes long at one end. The other end, and other
// lines, need not wait for that.
func slowClose(_ *lines, c *contract.Call) {
	toDepot, toOffice := newDirection(), newDirection()
	begun, closed := make(chan struct{}), make(chan struct{})
	depot := pipe.New(slow{instant{toDepot, toOffice}, sync.OnceFunc(func() { close(begun) }), closed})
	office := pipe.New(instant{toOffice, toDepot})
	send(c, depot, "17")
	var waiting sync.WaitGroup
	var err error
	waiting.Go(func() { err = depot.Close() })
	<-begun
	send(c, office, "yes")
	c.Return(office.Close())
	rest(c, office)
	rest(c, depot)
	brieflyOpen(nil, c)
	close(closed)
	waiting.Wait()
	c.Return(err)
}

// allTold is about several who send while a Write takes a moment, and then fails: whoever is
// not told of it has got through. What comes from the other end is another matter.
func allTold() string {
	for first := 1; first <= 6; first++ {
		for failing := 1; failing <= 2; failing++ {
			if wrong := toldOf(first, failing); wrong != "" {
				return fmt.Sprintf("five send, %d of their Writes fail, from number %d on, and %s", failing, first, wrong)
			}
		}
	}
	return ""
}

func toldOf(first, failing int) string {
	toDepot, toOffice := newDirection(), newDirection()
	toOffice.fails, toOffice.until = first, first+failing-1
	depot, office := pipe.New(slowly{instant{toDepot, toOffice}, moment}), pipe.New(instant{toOffice, toDepot})
	var waits, senders sync.WaitGroup
	waits.Go(func() { _, _ = everything(depot) })
	sent := numbers(5)
	errs := make([]error, len(sent))
	for i, msg := range sent {
		senders.Go(func() { errs[i] = depot.Send(msg) })
	}
	senders.Wait()
	lost := depot.Close() != nil
	got, _ := everything(office)
	_ = office.Close()
	waits.Wait()
	for i, msg := range sent {
		if n := times(got, msg); n > 1 || n == 0 && errs[i] == nil && !lost {
			return fmt.Sprintf("a message of which nobody is told that it is lost arrives %d times", n)
		}
	}
	return ""
}

func times(got []string, msg string) (n int) {
	for _, g := range got {
		if g == msg {
			n++
		}
	}
	return n
}
