package gostack

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"racelab/checker/finding"
)

// A Goroutine is one block of a dump.
type Goroutine struct {
	// State is without additions such as "2 minutes" or "durable".
	finding.Goroutine
	// Name is what a schedule calls it: "b"; "" in a dump, where it has its number.
	Name finding.GoroutineName
	// Creator is the number of the goroutine that started this one, 0 if unknown.
	Creator int
	// Minutes is for how long it has been blocked, rounded down.
	Minutes int
	// Leaked is set when the garbage collector has found that it waits for what nobody
	// else can reach: it waits for ever.
	Leaked bool
	// Bubble is the synctest bubble it belongs to, 0 for none.
	Bubble int
	// On is the address of the lock, channel, WaitGroup or Cond that it waits
	// for, as printed; "" where the dump does not show it reliably. Dumps made
	// with SIGQUIT show it most often.
	On string
	// Raw is the block as printed, header included.
	Raw string
}

// Called is what a finding calls the goroutine.
func (g Goroutine) Called() finding.GoroutineName {
	return cmp.Or(g.Name, finding.Numbered(g.ID))
}

// ParseGoroutines reads all blocks of a text, in its order.
func ParseGoroutines(text string) []Goroutine {
	var all []Goroutine
	lines := splitLines(text)
	for i := 0; i < len(lines); {
		g, n, ok := parseGoroutine(lines[i:])
		if !ok {
			i++
			continue
		}
		all = append(all, g)
		i += n
	}
	return all
}

// parseGoroutine reads a header and the stack below it: n lines together.
func parseGoroutine(lines []string) (g Goroutine, n int, ok bool) {
	g, ok = parseHeader(lines[0])
	if !ok {
		return g, 0, false
	}
	stack, body := ParseStack(lines[1:])
	g.SetStack(stack)
	g.Raw = strings.Join(lines[:1+body], "\n")
	return g, 1 + body, true
}

// SetStack fills in what a stack tells about the goroutine.
func (g *Goroutine) SetStack(s Stack) {
	g.Stack, g.CreatedBy, g.Creator = s.Frames, s.CreatedBy, s.Creator
	g.On = s.waitsOn()
}

// parseHeader reads "goroutine 7 [chan receive, 2 minutes, locked to thread]:",
// also with "gp=0xc000… m=nil" after the number.
func parseHeader(line string) (g Goroutine, ok bool) {
	rest, ok := strings.CutPrefix(strings.TrimLeft(line, " "), "goroutine ")
	if !ok {
		return g, false
	}
	rest, ok = strings.CutSuffix(strings.TrimRight(rest, " \r"), "]:")
	before, state, found := strings.Cut(rest, " [")
	if !ok || !found {
		return g, false
	}
	number, _, _ := strings.Cut(before, " ")
	id, err := strconv.Atoi(number)
	if err != nil || id < 0 {
		return g, false
	}
	g.ID = id
	g.SetState(state)
	return g, true
}

func isHeader(line string) bool {
	_, ok := parseHeader(line)
	return ok
}

// additions are what the run-time may write behind a state, in parentheses.
// "(nil chan)" and "(no cases)" are not among them: they are the point.
var additions = []string{" (durable)", " (scan)", leaked}

const leaked = " (leaked)"

// SetState reads what stands in the brackets of a header.
func (g *Goroutine) SetState(s string) {
	s, _, _ = strings.Cut(s, " labels:{")
	parts := strings.Split(s, ", ")
	g.State = parts[0]
	for again := true; again; {
		again = false
		for _, a := range additions {
			var cut bool
			g.State, cut = strings.CutSuffix(g.State, a)
			again = again || cut
			g.Leaked = g.Leaked || cut && a == leaked
		}
	}
	for _, p := range parts[1:] {
		if n, ok := strings.CutSuffix(p, " minutes"); ok {
			g.Minutes, _ = strconv.Atoi(n)
		}
		if n, ok := strings.CutPrefix(p, "synctest bubble "); ok {
			g.Bubble, _ = strconv.Atoi(n)
		}
	}
}

// waiting are the functions whose first argument is what a goroutine waits for.
var waiting = []string{
	"runtime.chanrecv", "runtime.chansend",
	"internal/sync.(*Mutex).lockSlow", "internal/sync.(*Mutex).Lock", "sync.(*Mutex).Lock",
	"sync.(*RWMutex).Lock", "sync.(*RWMutex).RLock",
	"sync.(*WaitGroup).Wait", "sync.(*Cond).Wait",
}

// waitsOn finds the address of what the innermost frames wait for. A question
// mark after an argument means that it may be stale: such a value is not used.
func (s Stack) waitsOn() string {
	for i, f := range s.Frames {
		if !isRuntime(f.Function) {
			break
		}
		arg, _, _ := strings.Cut(s.args[i], ", ")
		if slices.Contains(waiting, f.Function) && isAddress(arg) {
			return arg
		}
	}
	return ""
}

func isRuntime(function string) bool {
	for _, pkg := range []string{"runtime.", "sync.", "internal/sync."} {
		if strings.HasPrefix(function, pkg) {
			return true
		}
	}
	return false
}

func isAddress(arg string) bool {
	digits, ok := strings.CutPrefix(arg, "0x")
	n, err := strconv.ParseUint(digits, 16, 64)
	return ok && err == nil && n != 0
}

// splitLines is strings.Split without the "\r" of other systems.
func splitLines(text string) []string {
	lines := strings.Split(text, "\n")
	for i, l := range lines {
		lines[i] = strings.TrimSuffix(l, "\r")
	}
	return lines
}
