package gostack

import (
	"io"
	"strings"
)

// Reason is why the run-time printed a dump.
type Reason string

// The reasons. None means that the text tells of no crash; it may still hold
// goroutines, such as those that runtime.Stack returned.
const (
	None  Reason = "none"
	Panic Reason = "panic" // a panic that nobody recovered
	Fatal Reason = "fatal" // a fatal error, which cannot be recovered
	Quit  Reason = "quit"  // SIGQUIT or SIGABRT: somebody asked for the dump
)

// A Dump is what a program printed when it came down.
type Dump struct {
	Reason Reason
	// Message is the cause, without "panic: ": the first panic where several were
	// under way. It may have several lines.
	Message string
	// Also are the panics or the fatal error that followed while the first panic
	// was being handled, in order.
	Also []string
	// Signal is the line "[signal SIGSEGV: …]" without brackets, if there was one.
	Signal string
	// Goroutines has the one that crashed first. For None, all in the text.
	Goroutines []Goroutine
	// Raw is the crash as printed; for None, the whole text.
	Raw string
}

// Parse reads a program's output, in which anything may stand before the crash
// and between its lines. Of several dumps the last counts, since a program ends
// with it; one that the program made itself with debug.Stack is no crash.
// The error is the reader's.
func Parse(r io.Reader) (Dump, error) {
	text, err := io.ReadAll(r)
	if err != nil {
		return Dump{}, err
	}
	return parse(string(text)), nil
}

func parse(text string) Dump {
	lines := splitLines(text)
	p := parser{lines: lines}
	for p.next < len(lines) {
		p.step()
	}
	if p.crash == nil && len(p.message) > 0 && hasCause(p.message) {
		// The output ends with the message: it was cut off, or there is no dump.
		p.crash = newDump(p.message)
		p.start, p.crashed = p.messageAt, p.all[len(p.all):]
	}
	if p.crash == nil {
		return Dump{Reason: None, Goroutines: p.all, Raw: text}
	}
	d := *p.crash
	d.Goroutines = p.crashed
	d.Raw = strings.Join(lines[p.start:], "\n")
	return d
}

// A parser walks over the lines once. A crash is a message, an empty line, and
// a goroutine or the run-time's own stack.
type parser struct {
	lines []string
	next  int

	message   []string // of the crash that may just be beginning
	messageAt int
	blank     bool // the message has ended with an empty line

	all     []Goroutine
	crash   *Dump // the last crash seen
	start   int   // its first line
	crashed []Goroutine
}

// step consumes at least one line.
func (p *parser) step() {
	line := p.lines[p.next]
	if g, n, ok := parseGoroutine(p.lines[p.next:]); ok {
		p.confirm(&g)
		p.next += n
		p.all = append(p.all, g)
		if p.crash != nil {
			p.crashed = append(p.crashed, g)
		}
		return
	}
	switch {
	case p.blank && line == "runtime stack:":
		p.confirm(nil)
	case p.blank && line == "":
	case len(p.message) > 0 && line == "":
		p.blank = true
	case len(p.message) > 0 && !p.blank && continues(line):
		p.message = append(p.message, line)
	default:
		p.begin(line)
	}
	p.next++
}

// begin starts a message if line is the first of one, else forgets that there was one.
func (p *parser) begin(line string) {
	p.message, p.blank = nil, false
	if i := messageStart(line); i >= 0 {
		p.message, p.messageAt = []string{line[i:]}, p.next
	}
}

// confirm makes the message a crash. g is the goroutine that follows it, nil for
// the run-time's own stack.
func (p *parser) confirm(g *Goroutine) {
	if p.blank && hasCause(p.message) && (g == nil || !printedByProgram(*g)) {
		p.crash, p.start, p.crashed = newDump(p.message), p.messageAt, nil
	}
	p.message, p.blank = nil, false
}

// printedByProgram tells a stack that the program asked for from a crash.
func printedByProgram(g Goroutine) bool {
	if len(g.Stack) == 0 {
		return false
	}
	f := g.Stack[0].Function
	return f == "runtime/debug.Stack" || f == "runtime.Stack"
}

// The beginnings of a message. "runtime: " is a preface to a fatal error.
const (
	panicPrefix   = "panic: "
	fatalPrefix   = "fatal error: "
	runtimePrefix = "runtime: "
	quitPrefix    = "SIGQUIT: "
	abortPrefix   = "SIGABRT: "
)

// messageStart returns where in line a message begins, or -1. The program may
// have left its last line unfinished, so that it begins in the middle.
func messageStart(line string) int {
	for _, p := range []string{panicPrefix, fatalPrefix, quitPrefix, abortPrefix, runtimePrefix} {
		if strings.HasPrefix(line, p) {
			return 0
		}
	}
	for _, p := range []string{panicPrefix, fatalPrefix, quitPrefix, abortPrefix} {
		if i := strings.Index(line, p); i >= 0 {
			return i
		}
	}
	return -1
}

// continues reports whether line can be a further line of a message. A panic at
// the beginning of a line is a new one: those that follow a first are indented.
func continues(line string) bool {
	for _, p := range []string{"\t", "[", fatalPrefix, runtimePrefix, "PC=", "signal arrived during"} {
		if strings.HasPrefix(line, p) {
			return true
		}
	}
	return false
}

func hasCause(message []string) bool { return newDump(message).Reason != None }

// newDump reads a message. The run-time indents the further lines of a panic's
// value, and the panics that came later, by one tab.
func newDump(message []string) *Dump {
	d := &Dump{Reason: None}
	var causes [][]string
	for _, line := range message {
		inner := strings.TrimPrefix(line, "\t")
		cause, isPanic := strings.CutPrefix(inner, panicPrefix)
		fatal, isFatal := strings.CutPrefix(line, fatalPrefix)
		switch {
		case isFatal:
			d.Reason = Fatal
			causes = append(causes, []string{fatal})
		case isPanic:
			if d.Reason == None {
				d.Reason = Panic
			}
			causes = append(causes, []string{cause})
		case strings.HasPrefix(line, quitPrefix), strings.HasPrefix(line, abortPrefix):
			d.Reason = Quit
			causes = append(causes, []string{line})
		case strings.HasPrefix(line, "[signal "):
			d.Signal = strings.TrimSuffix(strings.TrimPrefix(line, "["), "]")
		case len(causes) > 0 && strings.HasPrefix(line, "\t"):
			causes[len(causes)-1] = append(causes[len(causes)-1], inner)
		}
	}
	for i, c := range causes {
		text := withoutRecovery(strings.Join(c, "\n"))
		if i == 0 {
			d.Message = text
		} else {
			d.Also = append(d.Also, text)
		}
	}
	return d
}

// withoutRecovery strips what the run-time adds to a panic that was recovered
// on its way, as package testing and WaitGroup.Go do.
func withoutRecovery(message string) string {
	for _, s := range []string{" [recovered, repanicked]", " [recovered]"} {
		message = strings.TrimSuffix(message, s)
	}
	return message
}
