package pipe_test

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
	"time"

	"racelab/checker/labrt/contract"
	pipe "racelab/exercises/03-pipe-ends"
)

// lines is where a scenario takes place: a depot and its office, and another depot
// with an office of its own.
type lines struct {
	depot, office           *pipe.Conn
	otherDepot, otherOffice *pipe.Conn
}

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
				receive(c, l.depot)
			}},
			{Text: `other depot.Send("far"); other office.Receive()`, Do: func(l *lines, c *contract.Call) {
				send(c, l.otherDepot, "far")
				c.Between()
				receive(c, l.otherOffice)
			}},
			{Text: "300 messages are sent, and then received", Alone: true, Do: many},
			{Text: "messages of every length at which a buffer may end", Alone: true, Do: lengths},
			{Text: "a message of 10,000 bytes, and one of 70,000", Alone: true, Do: tooLong},
			{Text: "texts of all bytes", Alone: true, Do: allBytes},
			{Text: "one Write of a line fails, each in turn", Alone: true, Do: func(_ *lines, c *contract.Call) { damaged(c, 1) }},
			{Text: "30 Writes of a line fail, from each in turn, and the next ones do not", Alone: true, Do: func(_ *lines, c *contract.Call) { damaged(c, 30) }},
			{Text: "a line fails from one Write on, each in turn", Alone: true, Do: func(_ *lines, c *contract.Call) { damaged(c, forEver) }},
			{Text: `a, b := a pipe; a.Send("17"); a.Close(); b.Close(); b.Receive(), a.Receive(), until io.EOF`, Do: brieflyOpen},
			{Text: "the last Read of a line brings bytes and io.EOF", Alone: true, Do: atOnce},
			{Text: "office.Receive() waits while depot sends to a line that is full", Alone: true, Do: full},
			{Text: "depot.Close() waits for its line, and office goes on", Alone: true, Do: slowClose},
			{Text: "office.Receive() waits for an hour", Apart: true, Do: patient},
			{Text: `depot.Send("last"); office.Send("last, too")`, Finally: true, Do: func(l *lines, c *contract.Call) {
				send(c, l.depot, "last")
				send(c, l.office, "last, too")
			}},
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
func (d *direction) atEnd() bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.closed && len(d.bytes) == 0
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
	return contract.Op[*lines]{Text: name + ".Receive()", Do: func(l *lines, c *contract.Call) { receive(c, at(l)) }}
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
	for _, n := range []int{10_000, 3, 70_000, 4} {
		msg := strings.Repeat("7", n)
		if err := depot.Send(msg); err == nil {
			sent = append(sent, msg)
		} else if n < 10_000 {
			c.Return(n, "bytes are refused")
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
func (d *direction) lose(n int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.bytes = d.bytes[:len(d.bytes)-n]
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

// patient is about a clerk who waits for a message that comes after an hour.
func patient(_ *lines, c *contract.Call) {
	depot, office := sound(false)
	var got string
	var err error
	var waiting sync.WaitGroup
	waiting.Go(func() { got, err = office.Receive() })
	contract.Rest(time.Hour)
	send(c, depot, "17")
	waiting.Wait()
	c.Return(got, err, depot.Close(), office.Close())
	rest(c, office)
	rest(c, depot)
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
