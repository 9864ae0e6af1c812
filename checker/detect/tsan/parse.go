// Package tsan reads the reports of Go's race detector (ThreadSanitizer), from
// the file that GORACE=log_path names or from standard error, and turns data
// races into findings.
//
// It does not promise that silence means anything: the detector sees only races
// that happen, remembers a few accesses to each variable, and drops a report
// when it no longer knows the stack of the earlier access.
package tsan

import (
	"io"
	"strconv"
	"strings"

	"racelab/checker/detect/gostack"
	"racelab/checker/finding"
)

// A Report is one thing that the detector printed.
type Report struct {
	// Warning is what it warns of: DataRace, Deadlock, or Fault.
	Warning string
	// Accesses are the two accesses of a race, the later one first. There are
	// fewer only when the report was cut short.
	Accesses []Access
	// Goroutines are those of the accesses, but for the main goroutine. State is
	// "running" or "finished"; CreatedBy is the stack of the go statement, empty
	// where the detector has lost it.
	Goroutines []finding.Goroutine
	// Raw is the report as printed, without the lines that frame it.
	Raw string
}

// The warnings. Go's run-time does not tell the detector about locks, so that
// it cannot warn of a deadlock between them; the detector's own text could. A
// Fault is about the detector itself: it is out of memory, there were too many
// goroutines, or it is broken. The absence of races means nothing then.
const (
	DataRace = "DATA RACE"
	Deadlock = "DEADLOCK"
	Fault    = "FAULT"
)

// Main is the number of the main goroutine. Other numbers are the detector's
// own: they are not those that goroutine dumps show.
const Main = 1

// An Access is one of the two that race.
type Access struct {
	Write    bool
	Atomic   bool // by package sync/atomic
	Previous bool // it was the earlier one
	Address  string
	// Goroutine is the number of the goroutine, Main for the main goroutine.
	Goroutine int
	// Stack has the innermost frame first; empty when the detector had lost it.
	// Frames that called package sync or sync/atomic are missing: see Findings.
	Stack []finding.Frame
}

// Parse reads all reports of a text in which other lines may stand before,
// between and after them. The error is the reader's.
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
	return p.reports, nil
}

// Faults returns what the detector said about itself; see Fault. When there is
// something, the execution proves neither a race nor its absence beyond the
// races reported.
func Faults(reports []Report) []string {
	var out []string
	for _, r := range reports {
		if r.Warning == Fault {
			out = append(out, r.Raw)
		}
	}
	return out
}

// separator frames each report.
const separator = "=================="

// A parser reads line by line. Within a report, stack is where frames belong.
type parser struct {
	reports  []Report
	current  *Report
	raw      []string
	stack    *[]finding.Frame
	function string // waits for its place
}

func (p *parser) line(line string) {
	switch {
	case strings.HasSuffix(line, "WARNING: "+DataRace):
		p.begin(DataRace, line)
	case strings.HasSuffix(line, "WARNING: "+Deadlock):
		p.begin(Deadlock, line)
	case strings.HasPrefix(line, separator), strings.HasSuffix(line, separator):
		p.end()
	case isFault(line):
		p.reports = append(p.reports, Report{Warning: Fault, Raw: strings.TrimSpace(line)})
	case p.current != nil:
		p.raw = append(p.raw, line)
		p.section(line)
	}
}

func (p *parser) begin(warning, line string) {
	p.end()
	p.current = &Report{Warning: warning}
	p.raw = []string{line}
}

func (p *parser) end() {
	if p.current != nil {
		p.current.Raw = strings.TrimSpace(strings.Join(p.raw, "\n"))
		p.current.markAtomics()
		p.reports = append(p.reports, *p.current)
	}
	*p = parser{reports: p.reports}
}

// section reads a line of a report: the heading of a stack, or a line of one.
func (p *parser) section(line string) {
	if a, ok := parseAccess(line); ok {
		p.current.Accesses = append(p.current.Accesses, a)
		p.open(&p.current.Accesses[len(p.current.Accesses)-1].Stack)
		return
	}
	if g, ok := parseGoroutine(line); ok {
		p.current.Goroutines = append(p.current.Goroutines, g)
		p.open(&p.current.Goroutines[len(p.current.Goroutines)-1].CreatedBy)
		return
	}
	if strings.HasPrefix(line, "Heap block of ") || strings.HasPrefix(line, "Global var ") {
		p.open(nil) // where memory was allocated: Go's run-time does not say
		return
	}
	p.frame(line)
}

func (p *parser) open(stack *[]finding.Frame) { p.stack, p.function = stack, "" }

// frame reads one of a frame's two lines: two blanks and the function, or six
// and the place.
func (p *parser) frame(line string) {
	inner, ok := strings.CutPrefix(line, "  ")
	if !ok || p.stack == nil {
		return
	}
	if !strings.HasPrefix(inner, " ") {
		if f, _, ok := gostack.ParseFunc(inner); ok {
			p.function = f
		}
		return
	}
	if file, number, ok := gostack.ParsePos(inner); ok && p.function != "" {
		*p.stack = append(*p.stack, finding.Frame{Function: p.function, File: file, Line: number})
		p.function = ""
	}
}

// parseAccess reads "Previous write at 0x00c000012345 by goroutine 8:".
func parseAccess(line string) (a Access, ok bool) {
	op, rest, found := strings.Cut(line, " at 0x")
	address, by, found2 := strings.Cut(rest, " by ")
	if !found || !found2 {
		return a, false
	}
	switch op {
	case "Write", "Previous write":
		a.Write = true
	case "Read", "Previous read":
	default:
		return a, false
	}
	a.Previous = strings.HasPrefix(op, "Previous ")
	a.Address = "0x" + strings.TrimLeft(address, "0")
	if by == "main goroutine:" {
		a.Goroutine = Main
		return a, true
	}
	a.Goroutine, ok = number(by, "goroutine ", ":")
	return a, ok
}

// parseGoroutine reads "Goroutine 8 (finished) created at:".
func parseGoroutine(line string) (g finding.Goroutine, ok bool) {
	before, rest, ok := strings.Cut(line, " (")
	state, ok2 := strings.CutSuffix(rest, ") created at:")
	id, ok3 := number(before, "Goroutine ", "")
	return finding.Goroutine{ID: id, State: state}, ok && ok2 && ok3
}

func number(s, prefix, suffix string) (int, bool) {
	s, ok := strings.CutPrefix(s, prefix)
	s, ok2 := strings.CutSuffix(s, suffix)
	n, err := strconv.Atoi(s)
	return n, ok && ok2 && err == nil && n >= 0
}

// faults are the beginnings of what the detector says when it gives up, and
// words of it where the beginning is a process number.
var faults = []string{
	"race: limit on ", "FATAL: ThreadSanitizer", "ERROR: ThreadSanitizer",
	"ThreadSanitizer: CHECK failed", ": nested bug in the same thread",
}

func isFault(line string) bool {
	for _, f := range faults {
		if strings.Contains(line, f) {
			return true
		}
	}
	return false
}

// markAtomics notes which accesses were made by package sync/atomic; the
// detector's text does not say so itself.
func (r *Report) markAtomics() {
	for i, a := range r.Accesses {
		r.Accesses[i].Atomic = len(a.Stack) > 0 && isAtomic(a.Stack[0].Function)
	}
}

func isAtomic(function string) bool {
	return strings.HasPrefix(function, "sync/atomic.") || strings.HasPrefix(function, "internal/runtime/atomic.")
}
