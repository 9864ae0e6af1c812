package lockorder

import (
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"racelab/checker/detect/gostack"
	"racelab/checker/finding"
)

// Parse reads all reports of a text in which other lines may stand before and
// between them. The error is the reader's.
func Parse(r io.Reader) ([]Report, error) {
	text, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	var p parser
	for line := range strings.Lines(string(text)) {
		p.line(strings.TrimRight(line, "\r\n"))
	}
	p.end()
	p.findEnded()
	return p.reports, nil
}

// What go-deadlock prints, as far as it tells where one is.
const (
	header        = "POTENTIAL DEADLOCK:"
	recursive     = "Recursive locking:"
	inconsistent  = "Inconsistent locking. saw this ordering in one goroutine:"
	current       = "current goroutine "
	grabbedBySame = "Previous place where the lock was grabbed (same goroutine)"
	grabbed       = "Previous place where the lock was grabbed"
	trying        = "Have been trying to lock it again for more than "
	before        = "happened before"
	beforeOther   = "in another goroutine: happened before"
	after         = "happened after"
	now           = "Here is what goroutine "
	others        = "Other goroutines holding locks:"
	allNow        = "All current goroutines:"
)

// A parser reads line by line. take is the acquisition to which frames belong.
type parser struct {
	reports []Report
	report  *Report
	takes   *[]Take  // where "goroutine 7 lock 0x…" opens another one
	take    int      // index in *takes, -1 for none
	dump    []string // the text of goroutines
	dumping bool
	known   int          // lines of the report up to the last one that is certainly its own
	alive   map[int]bool // goroutines of which any report says what they do
}

func (p *parser) line(line string) {
	if _, kind, ok := strings.Cut(line, header); ok {
		p.end()
		p.begin(strings.TrimSpace(kind))
	}
	if p.report == nil {
		p.note(line)
		return
	}
	p.report.raw = append(p.report.raw, line)
	p.report.noteBlank(line)
	switch {
	case line == others:
		p.takes, p.take, p.dumping = &p.report.Others, -1, false
		p.report.whole = true
	case strings.HasPrefix(line, now), line == allNow:
		p.take, p.dumping = -1, line != allNow
		p.note(line)
	case p.dumping:
		p.dump = append(p.dump, line)
	case !p.heading(line) && !p.frame(line):
		return // of the program, or the end of a stack
	}
	p.known = len(p.report.raw)
}

func (p *parser) begin(kind string) {
	p.report, p.known = &Report{Kind: finding.Deadlock}, 1
	switch kind {
	case recursive:
		p.report.Kind = finding.RecursiveLock
	case inconsistent:
		p.report.Kind = finding.LockOrder
	}
	p.takes, p.take = &p.report.Takes, -1
}

func (p *parser) end() {
	if p.report == nil {
		return
	}
	p.report.raw = p.report.raw[:p.known]
	p.report.Now = gostack.ParseGoroutines(strings.Join(p.dump, "\n"))
	if p.report.Kind == finding.RecursiveLock {
		slices.Reverse(p.report.Takes) // go-deadlock prints the later one first
	}
	p.reports = append(p.reports, *p.report)
	*p = parser{reports: p.reports, alive: p.alive}
}

// note remembers a goroutine that go-deadlock found among the living.
func (p *parser) note(line string) {
	rest, ok := strings.CutPrefix(line, now)
	number, _, _ := strings.Cut(rest, " ")
	if id, err := strconv.Atoi(number); ok && err == nil {
		if p.alive == nil {
			p.alive = map[int]bool{}
		}
		p.alive[id] = true
	}
}

// noteBlank counts the empty lines behind the stack of the goroutine that waits.
// One ends the stack; what the holders do comes before the next.
func (r *Report) noteBlank(line string) {
	if line != "" || r.Waited == "" {
		return
	}
	r.whole = r.whole || r.stackEnded
	r.stackEnded = true
}

// findEnded marks those who hold a lock and are gone: a report says of each
// holder that lives what it does. Where two goroutines report at the same time,
// parts of their reports can be in the wrong order, but no part is missing: what
// any of them says counts for all. Numbers of goroutines are not used again.
func (p *parser) findEnded() {
	for _, r := range p.reports {
		last := len(r.Takes) - 1
		if r.Kind != finding.Deadlock || !r.whole || last < 1 {
			continue
		}
		for i := range r.Takes[:last] {
			t := &r.Takes[i]
			t.Ended = t.Goroutine != 0 && t.Goroutine != r.Takes[last].Goroutine && !p.alive[t.Goroutine]
		}
	}
}

// heading reads a line that opens a stack, or says what follows.
func (p *parser) heading(line string) bool {
	switch {
	case line == before, line == after, line == beforeOther:
		p.open(Take{})
	case strings.HasPrefix(line, current):
		t, ok := parseTake(line[len("current "):])
		if !ok {
			return false
		}
		p.open(t)
	case line == grabbedBySame:
		var t Take
		if len(p.report.Takes) > 0 {
			t.Goroutine, t.Lock = p.report.Takes[0].Goroutine, p.report.Takes[0].Lock
		}
		p.open(t)
	case line == grabbed:
		p.take = -1
	case strings.HasPrefix(line, trying):
		p.report.Waited, p.take = line[len(trying):], -1
	default:
		t, ok := parseTake(line)
		if !ok {
			return false
		}
		p.open(t)
	}
	return true
}

func (p *parser) open(t Take) {
	*p.takes = append(*p.takes, t)
	p.take = len(*p.takes) - 1
}

// parseTake reads "goroutine 7 lock 0xc000018480".
func parseTake(line string) (t Take, ok bool) {
	f := strings.Fields(line)
	if len(f) != 4 || f[0] != "goroutine" || f[2] != "lock" || !strings.HasPrefix(f[3], "0x") {
		return t, false
	}
	id, err := strconv.Atoi(f[1])
	return Take{Goroutine: id, Lock: f[3]}, err == nil && id > 0
}

// frameLine matches "bank.go:17 bank.(*Account).Deposit { a.mu.Lock() } <<<<<".
var frameLine = regexp.MustCompile(`^(.+?):(-?\d+) (\S+) (?:\{.*\}|\?\?\?)(?: <<<<<)?$`)

// frame adds a line of a stack. What comes before the caller of Lock, such as
// go-deadlock's own method, tells what was called.
func (p *parser) frame(line string) bool {
	m := frameLine.FindStringSubmatch(line)
	if m == nil || p.take < 0 {
		return false
	}
	printed, err := strconv.Atoi(m[2])
	if err != nil {
		return false
	}
	t := &(*p.takes)[p.take]
	f := Frame{Frame: finding.Frame{Function: m[3], File: m[1]}, Printed: printed, raw: len(p.report.raw) - 1, file: m[1], function: m[3]}
	if len(t.Stack) == 0 && isLocker(f.Function) {
		// Inlining may hide one of the frames, or put them in another order.
		method := finding.ShortFunction(f.Function)
		if strings.HasSuffix(method, "Lock") && (t.Method == "" || strings.HasPrefix(f.Function, "go-deadlock.")) {
			t.Method = method
		}
		p.report.raw[f.raw] = f.text()
		return true
	}
	t.Stack = append(t.Stack, f)
	return true
}

// isLocker reports whether a function, as go-deadlock shortens it, is between
// the caller of Lock and the lock: go-deadlock's, the run-time's stand-ins for
// package sync, or sync.Cond.
func isLocker(short string) bool {
	pkg, _, _ := strings.Cut(short, ".")
	return pkg == "go-deadlock" || pkg == "sync" || pkg == "labrt"
}

// text is the frame as go-deadlock would have printed it, with the true line or
// none.
func (f Frame) text() string {
	if f.Line == 0 {
		return fmt.Sprintf("%s %s", f.file, f.function)
	}
	return fmt.Sprintf("%s:%d %s", f.file, f.Line, f.function)
}
