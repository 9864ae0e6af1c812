package testing

import (
	"bytes"
	"fmt"
	"runtime/pprof"
	"strconv"
	"strings"
)

// reported are the goroutines that a test has been charged with already: those that
// can never go on stay for as long as the process.
var reported = map[int]bool{}

// stuckForEver returns a report, in the form of goleak's, of the goroutines that are
// blocked on what no other goroutine can reach any more. The garbage collector tells
// them (package runtime/pprof, goroutineleak), so there is nothing to wait for. It
// returns "" where there are none, or the toolchain cannot tell.
func stuckForEver() string {
	var b strings.Builder
	for block := range strings.SplitSeq(leakProfile(), "\n\n") {
		header, stack, _ := strings.Cut(block, "\n")
		id, state, ok := leakedHeader(header)
		if !ok || reported[id] {
			continue
		}
		reported[id] = true
		top, _, _ := strings.Cut(stack, "(")
		fmt.Fprintf(&b, " Goroutine %d in state %s, with %s on top of the stack:\n%s\n", id, state, top, strings.TrimSpace(stack))
	}
	if b.Len() == 0 {
		return ""
	}
	return "found unexpected goroutines:\n[" + strings.TrimPrefix(b.String(), " ") + "]"
}

// isStuck reports whether the goroutine of that number can never go on.
func isStuck(number int64) bool {
	for line := range strings.Lines(leakProfile()) {
		if id, _, ok := leakedHeader(line); ok && int64(id) == number {
			return true
		}
	}
	return false
}

// leakProfile lists all goroutines; "" where the toolchain cannot tell.
func leakProfile() string {
	profile := pprof.Lookup("goroutineleak")
	if profile == nil {
		return ""
	}
	var all bytes.Buffer
	if err := profile.WriteTo(&all, 2); err != nil {
		return ""
	}
	return all.String()
}

// leakedHeader reads "goroutine 7 [chan receive (leaked)]:". Something like
// ", 2 minutes" may stand after the state.
func leakedHeader(line string) (id int, state string, ok bool) {
	rest, ok := strings.CutPrefix(line, "goroutine ")
	number, rest, ok2 := strings.Cut(rest, " [")
	state, _, ok3 := strings.Cut(rest, " (leaked)")
	id, err := strconv.Atoi(number)
	return id, state, ok && ok2 && ok3 && err == nil
}
