package nightlog_test

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"sync"
	"time"

	"racelab/checker/labrt/contract"
	nightlog "racelab/exercises/11-interleaved-print"
)

// night is where a scenario takes place: two observatories, each with a log.
type night struct {
	log, other        *nightlog.Log
	paper, otherPaper *sheet
	titles            [domes]int // by goroutine: its entries so far
}

// What README.md says.
const (
	mostEntries = 50_000 // and as many calls of Flush
	mostLines   = 10_000
	mostOpen    = 1_000
)

// domes is at least how many goroutines a scenario has.
const domes = 17

// A sheet is what the log of a scenario of several goroutines is written to.
type sheet struct {
	text   string
	slow   bool   // a Write is in two halves, and others may come in between
	before func() // if there is one, each Write begins with it
}

func (s *sheet) Write(p []byte) (int, error) {
	if s.before != nil {
		s.before()
	}
	half := 0
	if s.slow {
		half = len(p) / 2
		s.text += string(p[:half])
		runtime.Gosched()
	}
	s.text += string(p[half:])
	return len(p), nil
}

// has reports whether an entry is on the sheet in one piece. Somebody may be writing.
//
//go:norace
func (s *sheet) has(entry string) bool {
	return strings.HasPrefix(s.text, entry) || strings.Contains(s.text, "\n"+entry)
}

// Contract is what one can do with logs.
func Contract() contract.Contract {
	type ops = []contract.Op[*night]
	terms := contract.Terms[*night]{Ops: ops{
		entering("one line", "21:40 clear"),
		entering("two lines", "21:40 clear, 22:10 a long line, longer than most: "+strings.Repeat("*", 40), "22:20 clouds"),
		{Text: "log.Entry(title, no lines)", Do: func(n *night, _ *contract.Call) { n.log.Entry("dome 0: closed", none) }},
		{Text: "log.Entry(title, one line), log.Flush()", Do: saving},
		{Text: "log.Flush()", Do: func(n *night, c *contract.Call) { c.Return(n.log.Flush()) }},
		{Text: "other.Entry(title, one line)", Calls: true, Do: func(n *night, c *contract.Call) { n.enter(n.other, c, []string{"rain"}) }},
		{Text: "other.Flush()", Do: func(n *night, c *contract.Call) { c.Return(n.other.Flush()) }},

		asking("in the middle of an entry, its dome makes another one, and flushes", nested),
		asking("titles and lines of all sorts, also such as are in the program", named),
		asking("lines and titles that are long, or as long as a number in the program", long),
		asking("a log of 75,000 bytes", func() string { return manyEntries(1_000, strings.Repeat("*", 60)) }),
		counting("as many entries as a number in the program", 20_000, func(n int) string { return manyEntries(n, "") }),
		counting("an entry of as many lines as a number in the program", mostLines-3, manyLines),
		counting("as many entries under way as a number in the program, and one more that is flushed", mostOpen-3, manyOpen),
		asking("256 entries under way, and one more that is flushed", func() string { return cmp.Or(manyOpen(255), manyOpen(256)) }),
		counting("as many logs as a number in the program, while the Write of another one takes long", 3_000, manyLogs),
		asking("logs whose outs are functions, and cannot be compared", functions),
		counting("as many who make an entry and flush, all at once", 100, manyFlush),
		asking("as many entries between two flushes as a counter of few bits has values, of a byte each", cycles),
		counting("as many entries between two flushes as a number in the program, of a byte each", mostEntries-3, cyclesOf),
		counting("as many flushes as a number in the program", mostEntries-2, flushedOften),
		asking("nobody writes for as long as a time in the program, or an entry or a Write takes so long", quiet),
		asking("a Write takes long, and others use other logs", func() string { return slowOut(1) }),
		counting("the Writes of as many logs as a number in the program take long, and another log is used", 300, slowOut),
		asking("a Write takes long, and whoever made an entry before flushes meanwhile", savedMeanwhile),
		asking("three flush, the last of them when the Write of the first ends", crossing),
		asking("Writes that fail, with all sorts of errors", failing),
		asking("two logs whose Writes fail, each with its error", bothFail),
		asking("two domes make an entry and flush while a Write fails", failingTogether),
		asking("logs are begun while others are in use", begun),
		asking("after as many entries as a number in the program, two domes make one each and flush", lastOfMany),
		asking("somebody makes an entry and flushes while others make as many as a number in the program", busy),
		{Text: "log.Flush(), other.Flush(), and what has been written", Finally: true, Do: func(n *night, c *contract.Call) {
			c.Return(n.log.Flush(), n.paper.text, n.other.Flush(), n.otherPaper.text)
		}},
	}}
	for _, slow := range []bool{false, true} {
		text := "log, other := nightlog.New(paper), nightlog.New(paper2)"
		if slow {
			text += " // paper is slow"
		}
		terms.Setups = append(terms.Setups, contract.Setup[*night]{Text: text, Open: func() *night {
			n := &night{paper: &sheet{slow: slow}, otherPaper: new(sheet)}
			n.log, n.other = nightlog.New(n.paper), nightlog.New(n.otherPaper)
			return n
		}})
	}
	return contract.Of(terms)
}

func entering(text string, lines ...string) contract.Op[*night] {
	return contract.Op[*night]{
		Text: fmt.Sprintf("log.Entry(title, %s)", text), Calls: true,
		Do: func(n *night, c *contract.Call) { n.enter(n.log, c, lines) },
	}
}

func none(*nightlog.Entry) {}

// enter makes an entry. Its dome takes its time: others may go on meanwhile.
func (n *night) enter(l *nightlog.Log, c *contract.Call, lines []string) {
	called := 0
	l.Entry(n.title(c.Goroutine()), func(e *nightlog.Entry) {
		called++
		for i, line := range lines {
			if i == len(lines)-1 {
				c.Inside()
			}
			e.Line(line)
		}
	})
	if called != 1 {
		c.Return(fmt.Sprintf("write is called %d times", called))
	}
}

// title is another one for each entry, whatever the order in which they are made.
//
//go:norace
func (n *night) title(dome int) string {
	n.titles[dome]++
	return fmt.Sprintf("dome %d: object %d", dome, n.titles[dome])
}

// saving is somebody who makes an entry and flushes: it is on the paper then, whatever others do.
func saving(n *night, c *contract.Call) {
	title := n.title(c.Goroutine())
	n.log.Entry(title, func(e *nightlog.Entry) { e.Line("saved") })
	c.Between()
	if err := n.log.Flush(); err != nil || !n.paper.has(text(title, "saved")) {
		c.Return("flushed, and not on the paper", err)
	}
}

// text is an entry as it is to be written.
func text(title string, lines ...string) string {
	all := title + "\n"
	for _, line := range lines {
		all += "  " + line + "\n"
	}
	return all
}

// asking makes a call of a question that has no answer where all is right.
func asking(text string, ask func() string) contract.Op[*night] {
	return contract.Op[*night]{Text: text, Apart: true, Do: func(_ *night, c *contract.Call) {
		if wrong := ask(); wrong != "" {
			c.Return(wrong)
		}
	}}
}

func counting(text string, most int, ask func(n int) string) contract.Op[*night] {
	return contract.Op[*night]{Text: text, Apart: true, Do: contractUpTo(most, ask)}
}

func contractUpTo(most int, ask func(n int) string) func(*night, *contract.Call) {
	all := contract.UpTo(most, func(c *contract.Call, n int) {
		if wrong := ask(n); wrong != "" {
			c.Return(fmt.Sprintf("with %d, %s", n, wrong))
		}
	})
	return func(_ *night, c *contract.Call) { all(c) }
}

// entry makes an entry whose lines are there at once.
func entry(l *nightlog.Log, title string, lines ...string) string {
	l.Entry(title, func(e *nightlog.Entry) {
		for _, line := range lines {
			e.Line(line)
		}
	})
	return text(title, lines...)
}

// compare flushes, and compares what has been written with what is to be.
func compare(l *nightlog.Log, paper *bytes.Buffer, want string) string {
	if err := l.Flush(); err != nil {
		return fmt.Sprintf("Flush returns %v", err)
	}
	if got := paper.String(); got != want {
		return fmt.Sprintf("the log is %.200q, and should be %.200q", got, want)
	}
	return ""
}

func nested() string {
	paper := new(bytes.Buffer)
	l := nightlog.New(paper)
	var wrong string
	l.Entry("outer", func(e *nightlog.Entry) {
		e.Line("1")
		want := entry(l, "inner", "2")
		if l.Flush() != nil || !strings.Contains(paper.String(), want) {
			wrong = "an entry is flushed in the middle of another one, and not on the paper"
		}
		e.Line("3")
	})
	if wrong != "" {
		return wrong
	}
	if wrong = compare(l, paper, text("inner", "2")+text("outer", "1", "3")); wrong != "" {
		return compare(l, paper, text("outer", "1", "3")+text("inner", "2")) // they were under way at the same time
	}
	return ""
}

func named() string {
	texts := append(contract.Texts(), "", "\n", "  ", "%d %s %", "\x00", "\xff\xfe", "東京", "a\r\nb", "a\n\n  b\n")
	for _, s := range texts {
		contract.GoesOn()
		paper := new(bytes.Buffer)
		l := nightlog.New(paper)
		want := entry(l, s) + entry(l, "1", s) + entry(l, s, s, "", s) + entry(l, s)
		if wrong := compare(l, paper, want); wrong != "" {
			return wrong
		}
	}
	return ""
}

func long() string {
	for _, n := range append(contract.Numbers(2, 1<<20), 70_000, 1<<16-1) { // with the end of its line the last one fills 16 bits
		for size := n - 1; size <= n+1; size++ {
			contract.GoesOn()
			paper := new(bytes.Buffer)
			l := nightlog.New(paper)
			s := strings.Repeat("7", size)
			want := entry(l, "a", "b") + entry(l, "c", s, "d") + entry(l, s) + entry(l, "e", "f")
			if wrong := compare(l, paper, want); wrong != "" {
				return fmt.Sprintf("with a text of %d bytes, %s", size, wrong)
			}
			want += entry(l, s)
			if wrong := compare(l, paper, want); wrong != "" {
				return fmt.Sprintf("with a text of %d bytes, %s", size, wrong)
			}
		}
	}
	return ""
}

// manyEntries flushes when there is one, and then no more until all are made.
func manyEntries(n int, line string) string {
	paper := new(bytes.Buffer)
	l := nightlog.New(paper)
	var want strings.Builder
	for i := range n + 1 {
		want.WriteString(entry(l, fmt.Sprint(i), line))
		if i == 0 {
			if wrong := compare(l, paper, want.String()); wrong != "" {
				return wrong
			}
		}
	}
	return compare(l, paper, want.String())
}

func manyLines(n int) string {
	lines := make([]string, n+1)
	for i := range lines {
		lines[i] = fmt.Sprint(i)
	}
	paper := new(bytes.Buffer)
	l := nightlog.New(paper)
	want := text("a") + "  " + strings.Join(lines, "\n  ") + "\n"
	l.Entry("a", func(e *nightlog.Entry) {
		for _, line := range lines {
			e.Line(line)
		}
	})
	return compare(l, paper, want)
}

// manyOpen is about entries that are all under way, whose domes wait for each other.
func manyOpen(n int) string {
	paper := new(bytes.Buffer)
	l := nightlog.New(paper)
	goOn := make(chan struct{})
	var open sync.WaitGroup
	for i := range n {
		open.Go(func() {
			l.Entry(fmt.Sprint("dome ", i), func(e *nightlog.Entry) {
				e.Line("begun")
				<-goOn
				e.Line("done")
			})
		})
	}
	contract.Rest(time.Second)
	want := entry(l, "one more", "and complete")
	err := l.Flush()
	early := paper.String()
	close(goOn)
	open.Wait()
	if err != nil || !strings.Contains(early, want) {
		return "what is flushed while entries are under way is not on the paper"
	}
	if err := l.Flush(); err != nil {
		return fmt.Sprintf("Flush returns %v", err)
	}
	got := paper.String()
	for i := range n {
		want := text(fmt.Sprint("dome ", i), "begun", "done")
		if !strings.HasPrefix(got, want) && !strings.Contains(got, "\n"+want) {
			return fmt.Sprintf("of entries that were under way at the same time, this is not in the log in one piece: %q", want)
		}
	}
	return ""
}

func manyLogs(n int) string {
	paper := &stuck{goOn: make(chan struct{})}
	var slow sync.WaitGroup
	var wrong string
	l := nightlog.New(paper)
	slow.Go(func() { wrong = compare(l, &paper.text, entry(l, "slow", strings.Repeat("*", 70))) })
	contract.Rest(time.Second)
	others := logs(n)
	close(paper.goOn)
	slow.Wait()
	return cmp.Or(others, wrong)
}

func logs(n int) string {
	papers := make([]bytes.Buffer, n+1)
	logs := make([]*nightlog.Log, n+1)
	for i := range logs {
		logs[i] = nightlog.New(&papers[i])
		entry(logs[i], fmt.Sprint(i))
	}
	for i, l := range logs {
		if wrong := compare(l, &papers[i], text(fmt.Sprint(i))); wrong != "" {
			return wrong
		}
	}
	return ""
}

// A writer is an out that cannot be compared, nor be the key of a map.
type writer func(p []byte) (int, error)

func (w writer) Write(p []byte) (int, error) { return w(p) }

func functions() string {
	var papers [2]bytes.Buffer
	one, two := nightlog.New(writer(papers[0].Write)), nightlog.New(writer(papers[1].Write))
	wants := [...]string{entry(one, "one", "1"), entry(two, "two", "2")}
	return cmp.Or(compare(one, &papers[0], wants[0]), compare(two, &papers[1], wants[1]))
}

// manyFlush is about more who flush at the same time than a program may have room for.
func manyFlush(n int) string {
	paper := new(sheet)
	paper.slow = true
	l := nightlog.New(paper)
	missing := make([]bool, n)
	var all sync.WaitGroup
	for i := range n {
		all.Go(func() {
			want := entry(l, fmt.Sprint("dome ", i), "saved")
			missing[i] = l.Flush() != nil || !paper.has(want)
		})
	}
	all.Wait()
	for i := range missing {
		if missing[i] {
			return fmt.Sprintf("dome %d has flushed, and its entry was not on the paper", i)
		}
	}
	return ""
}

// A slowly is a paper where a Write takes long.
type slowly struct {
	text  bytes.Buffer
	takes time.Duration
}

func (s *slowly) Write(p []byte) (int, error) {
	contract.Rest(s.takes)
	return s.text.Write(p)
}

func quiet() string {
	for _, d := range append(contract.Times(1_000*time.Hour), time.Hour) {
		for _, pause := range []time.Duration{d, d + time.Second} {
			if wrong := cmp.Or(pausing(pause), slowTogether(pause)); wrong != "" {
				return fmt.Sprintf("after %v, %s", pause, wrong)
			}
		}
	}
	return ""
}

func pausing(pause time.Duration) string {
	paper := new(slowly)
	l := nightlog.New(paper)
	want := entry(l, "a", "b")
	contract.Rest(pause)
	want += entry(l, "c", "d")
	if wrong := compare(l, &paper.text, want); wrong != "" {
		return wrong
	}
	contract.Rest(pause)
	l.Entry("e", func(e *nightlog.Entry) {
		e.Line("f")
		contract.Rest(pause)
		e.Line("g")
	})
	want += text("e", "f", "g")
	if wrong := compare(l, &paper.text, want); wrong != "" {
		return wrong
	}
	paper.takes = pause
	want += entry(l, "h", strings.Repeat("*", 70)) + entry(l, "i")
	return compare(l, &paper.text, want)
}

// slowTogether is about three who make an entry and flush, one after the other, while each
// Write takes long.
func slowTogether(takes time.Duration) string {
	paper := &slowly{takes: takes}
	l := nightlog.New(paper)
	var want [3]string
	var wrong [3]bool
	var domes sync.WaitGroup
	for i := range want {
		domes.Go(func() {
			want[i] = entry(l, fmt.Sprint("dome ", i), strings.Repeat("*", 70))
			wrong[i] = l.Flush() != nil
		})
		contract.Rest(time.Millisecond)
	}
	domes.Wait()
	got := paper.text.String()
	for i := range want {
		if wrong[i] || strings.Count(got, want[i]) != 1 || len(got) != 3*len(want[i]) {
			return fmt.Sprintf("of three who have flushed dome %d is told so: %v; the log is %.300q", i, !wrong[i], got)
		}
	}
	return ""
}

// A stuck is a paper where each Write waits.
type stuck struct {
	text bytes.Buffer
	goOn chan struct{}
}

func (s *stuck) Write(p []byte) (int, error) {
	<-s.goOn
	return s.text.Write(p)
}

// slowOut is about n logs whose out takes long, while an entry is made or when somebody
// flushes: other logs are used, and begun, meanwhile.
func slowOut(n int) string {
	return cmp.Or(slowWith(n, 1), slowWith(n, 70))
}

func slowWith(n, size int) string {
	goOn := make(chan struct{})
	quick := new(bytes.Buffer)
	before := nightlog.New(quick)
	wrong := make([]string, n)
	var waiting sync.WaitGroup
	for i := range n {
		paper := &stuck{goOn: goOn}
		l := nightlog.New(paper)
		waiting.Go(func() {
			want := entry(l, "slow", strings.Repeat("*", size), strings.Repeat("*", size))
			wrong[i] = compare(l, &paper.text, want)
		})
	}
	contract.Rest(time.Second)
	wrong = append(wrong, compare(before, quick, entry(before, "quick", strings.Repeat("*", 70))))
	quicker := new(bytes.Buffer)
	l := nightlog.New(quicker)
	wrong = append(wrong, compare(l, quicker, entry(l, "quick, too")))
	close(goOn)
	waiting.Wait()
	return cmp.Or(wrong...)
}

// savedMeanwhile is about those who flush while somebody else is writing what they want to
// be written, or just not: they are not told that it is on the paper before it is.
func savedMeanwhile() string {
	goOn := make(chan struct{})
	paper := &sheet{before: func() { <-goOn }}
	l := nightlog.New(paper)
	var want [3]string
	var early [3]bool
	var domes sync.WaitGroup
	flushes := make(chan struct{})
	for i := range want {
		domes.Go(func() {
			if i == 2 {
				<-flushes // its entry comes when the first Write is under way
			}
			want[i] = entry(l, fmt.Sprint("dome ", i), "saved")
			<-flushes
			time.Sleep(time.Duration(i) * time.Second)
			early[i] = l.Flush() != nil || !paper.has(want[i])
		})
	}
	contract.Rest(time.Second)
	close(flushes)
	contract.Rest(time.Minute)
	close(goOn)
	domes.Wait()
	for i := range early {
		if early[i] {
			return fmt.Sprintf("dome %d has flushed while another one's Write took long, and its entry was not on the paper", i)
		}
	}
	return ""
}

// crossing is about somebody who comes just when one Write ends, and another one waits for it.
func crossing() string {
	const takes = time.Second
	paper := &sheet{before: func() { contract.Rest(takes) }}
	l := nightlog.New(paper)
	var early [3]bool
	var domes sync.WaitGroup
	for i := range early {
		domes.Go(func() {
			time.Sleep(time.Duration(i) * takes / 2)
			want := entry(l, fmt.Sprint("dome ", i))
			early[i] = l.Flush() != nil || !paper.has(want)
		})
	}
	domes.Wait()
	for i := range early {
		if early[i] {
			return fmt.Sprintf("dome %d has flushed, and its entry was not on the paper", i)
		}
	}
	return ""
}

// A torn is a paper of which some Writes fail, when they have written some of it, all, or
// nothing.
type torn struct {
	text      bytes.Buffer
	good, bad int // how many Writes succeed, and how many fail after that
	errs      []error
	failed    []error // those that were returned
	part      int     // which of these comes first
	takes     time.Duration
}

func (t *torn) Write(p []byte) (int, error) {
	if t.takes > 0 {
		contract.Rest(t.takes)
	}
	switch {
	case t.good > 0:
		t.good--
	case t.bad > 0:
		t.bad--
		err := t.errs[len(t.failed)%len(t.errs)]
		t.failed = append(t.failed, err)
		n, _ := t.text.Write(p[:len(p)*((t.part+len(t.failed))%3)/2])
		return n, err
	}
	return t.text.Write(p)
}

// told reports whether err is an error that a Write returned.
func (t *torn) told(err error) bool {
	for _, failed := range t.failed {
		if j, ok := failed.(jam); ok {
			if got, is := errors.AsType[jam](err); is && len(got) == len(j) {
				return true
			}
		} else if errors.Is(err, failed) {
			return true
		}
	}
	return false
}

// A jam is an error that cannot be compared.
type jam []int

func (j jam) Error() string { return fmt.Sprint("jam ", len(j)) }

var errPaper, errInk = errors.New("no paper"), errors.New("no ink")

func failing() string {
	sizes := []int{30}
	for _, n := range contract.Numbers(2, 1<<17) {
		sizes = append(sizes, n+1) // more than is gathered, perhaps
	}
	for _, errs := range [][]error{
		{errPaper},
		{errPaper, errInk},
		{io.EOF},
		{io.ErrShortWrite},
		{jam{1}, jam{1, 2}},
		{fmt.Errorf("no power: %w", errInk)},
		{errors.New("")},
		{errPaper, jam{1}, fmt.Errorf("no power: %w", errInk)}, // of several types
		{context.DeadlineExceeded},                             // says that it is temporary
	} {
		for good := range 4 {
			for _, bad := range []int{1, 2, 1_000_000} {
				contract.GoesOn()
				if wrong := failingAt(&torn{good: good, bad: bad, errs: errs, part: good}, sizes[0]); wrong != "" {
					return fmt.Sprintf("%d Writes succeed, and the next fails: %s", good, wrong)
				}
			}
		}
	}
	for _, err := range []error{
		io.ErrClosedPipe, io.ErrNoProgress, io.ErrShortBuffer, io.ErrUnexpectedEOF, bufio.ErrBufferFull, context.Canceled, errors.ErrUnsupported,
	} {
		if wrong := failingAt(&torn{bad: 1, errs: []error{err}}, sizes[0]); wrong != "" {
			return wrong
		}
	}
	for _, n := range contract.Counts(2_000) {
		if wrong := failingAt(&torn{good: n, bad: 1, errs: []error{errPaper}}, sizes[0]); wrong != "" {
			return fmt.Sprintf("%d Writes succeed, and the next fails: %s", n, wrong)
		}
	}
	for _, size := range sizes[1:] {
		for good := range 4 {
			contract.GoesOn()
			if wrong := failingAt(&torn{good: good, bad: 1, errs: []error{errPaper}}, size); wrong != "" {
				return fmt.Sprintf("with lines of %d bytes, %d Writes succeed, and the next fails: %s", size, good, wrong)
			}
		}
	}
	return ""
}

// failingAt makes entries until a Flush has told that a Write failed, and some more.
func failingAt(paper *torn, size int) string {
	l := nightlog.New(paper)
	var want string
	after := 0
	for i := 0; after < 6; i++ {
		title, line, called := fmt.Sprint(i), strings.Repeat("*", size*(i%4)), 0
		l.Entry(title, func(e *nightlog.Entry) {
			called++
			e.Line(line)
		})
		want += text(title, line)
		if called != 1 {
			return fmt.Sprintf("write is called %d times", called)
		}
		if i%2 == 0 && after < 3 {
			continue
		}
		err := l.Flush()
		switch {
		case len(paper.failed) == 0 && err != nil:
			return fmt.Sprintf("no Write has failed, and Flush returns %v", err)
		case len(paper.failed) > 0 && !paper.told(err):
			return fmt.Sprintf("Writes have failed with %v, and Flush returns %v", paper.failed, err)
		case len(paper.failed) == 0 && paper.text.String() != want:
			return fmt.Sprintf("Flush returns nil, and the log is %.200q, and should be %.200q", paper.text.String(), want)
		}
		if len(paper.failed) > 0 {
			after++
		}
	}
	return ""
}

func bothFail() string {
	papers := []*torn{{bad: 1, errs: []error{errPaper}}, {bad: 1, errs: []error{errInk}}}
	wrong := make([]string, len(papers))
	var nights sync.WaitGroup
	for i, paper := range papers {
		nights.Go(func() { wrong[i] = failingAt(paper, 30) })
	}
	nights.Wait()
	return wrong[0] + wrong[1]
}

// failingTogether is about who is told of a Write that fails: whoever is not has its entry
// on the paper.
func failingTogether() string {
	for good := range 3 {
		for _, takes := range []time.Duration{0, time.Second} {
			paper := &torn{good: good, bad: 1, errs: []error{errPaper}, takes: takes}
			if wrong := twoTold(paper); wrong != "" {
				return wrong
			}
		}
	}
	return ""
}

// twoTold is about two domes. Where a Write takes long, both have made their entries when
// one flushes, and the other one flushes in the middle of that.
func twoTold(paper *torn) string {
	l := nightlog.New(paper)
	line := strings.Repeat("*", 40)
	if paper.takes > 0 {
		line = "saved"
	}
	var wants [2]string
	var errs [2]error
	var domes sync.WaitGroup
	for i := range wants {
		domes.Go(func() {
			wants[i] = entry(l, fmt.Sprint("dome ", i), line)
			if paper.takes > 0 {
				time.Sleep(time.Duration(i+1) * paper.takes / 2)
			}
			errs[i] = l.Flush()
		})
	}
	domes.Wait()
	got := paper.text.String()
	for i, want := range wants {
		if errs[i] == nil && !strings.HasPrefix(got, want) && !strings.Contains(got, "\n"+want) || errs[i] != nil && !paper.told(errs[i]) {
			return fmt.Sprintf("dome %d is told %v, and the log is %q", i, errs[i], got)
		}
	}
	if err := l.Flush(); (err != nil) != (len(paper.failed) > 0) {
		return fmt.Sprintf("Writes have failed with %v, and Flush returns %v", paper.failed, err)
	}
	return ""
}

func begun() string {
	var wrong [2]string
	var nights sync.WaitGroup
	for i := range wrong {
		nights.Go(func() {
			for range 2 {
				paper := new(bytes.Buffer)
				l := nightlog.New(paper)
				if w := compare(l, paper, entry(l, fmt.Sprint("night ", i), "clear")); w != "" {
					wrong[i] = w
				}
			}
		})
	}
	nights.Wait()
	return wrong[0] + wrong[1]
}

// lastOfMany is about what a program does once in so many entries.
func lastOfMany() string {
	paper := new(sheet)
	l := nightlog.New(paper)
	var want strings.Builder
	for i := range contract.Number(5, 2, 2_000) - 1 {
		want.WriteString(entry(l, fmt.Sprint(i)))
	}
	var entries [2]string
	var missing [2]bool
	var domes sync.WaitGroup
	for i := range entries {
		domes.Go(func() {
			entries[i] = entry(l, fmt.Sprint("dome ", i), "saved")
			missing[i] = l.Flush() != nil || !paper.has(entries[i])
		})
	}
	domes.Wait()
	got, all := paper.text, want.String()
	if missing[0] || missing[1] || got != all+entries[0]+entries[1] && got != all+entries[1]+entries[0] {
		return fmt.Sprintf("of two entries one is not on the paper when it has been flushed, or not in one piece: %.200q", got)
	}
	return ""
}

// busy is about somebody who may always come too late, for others are always ahead.
func busy() string {
	paper := new(sheet)
	l := nightlog.New(paper)
	missing := false
	const slow = "slow\n  saved\n"
	var others strings.Builder
	var domes sync.WaitGroup
	domes.Go(func() {
		for i := range 3 + contract.Largest(1, 2, 300) {
			others.WriteString(entry(l, fmt.Sprint(i)))
		}
	})
	domes.Go(func() {
		entry(l, "slow", "saved")
		missing = l.Flush() != nil || !paper.has(slow)
	})
	domes.Wait()
	if missing {
		return "an entry has been flushed, and is not on the paper"
	}
	if err := l.Flush(); err != nil || strings.Replace(paper.text, slow, "", 1) != others.String() {
		return fmt.Sprintf("Flush returns %v, and the log is %.200q", err, paper.text)
	}
	return ""
}

// cycles is about a log that is taken for unchanged because a counter is where it was. An
// entry without text is one byte.
func cycles() string {
	for _, n := range []int{contract.Cycle(600), 256} {
		if wrong := manyAtOnce(n); wrong != "" {
			return fmt.Sprintf("with %d entries, %.300s", n, wrong)
		}
	}
	return ""
}

// cyclesOf is cycles for a program whose counter begins anew after n-2 or n-1, or that has
// room for so many.
func cyclesOf(n int) string { return cmp.Or(manyAtOnce(n-2), manyAtOnce(n-1), manyAtOnce(n)) }

// manyAtOnce is about n entries, of a byte each, between two flushes.
func manyAtOnce(n int) string {
	paper := new(bytes.Buffer)
	l := nightlog.New(paper)
	want := entry(l, "a")
	if wrong := compare(l, paper, want); wrong != "" {
		return wrong
	}
	contract.Quickly(func() {
		for range n {
			l.Entry("", none)
		}
	})
	return compare(l, paper, want+strings.Repeat("\n", n))
}

func flushedOften(n int) string {
	paper := new(bytes.Buffer)
	l := nightlog.New(paper)
	wrong := ""
	contract.Quickly(func() {
		for i := range n {
			l.Entry("", none)
			if err := l.Flush(); wrong == "" && (err != nil || paper.Len() != i+1) {
				wrong = fmt.Sprintf("Flush number %d returns %v, and there are %d bytes on the paper", i+1, err, paper.Len())
			}
		}
	})
	return wrong
}
