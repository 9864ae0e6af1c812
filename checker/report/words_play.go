package report

import "racelab/checker/finding"

// Waits says what a goroutine waits to do, and who keeps it from that: "waits to lock
// to.mu, which b holds".
func Waits(w finding.Waiting) string {
	text := waitText(w, 1)
	switch {
	case len(w.For) == 0:
		return text
	case w.Op == finding.OpOnce:
		return text + ", which " + shortList(w.For) + " is still in"
	case len(w.For) == 1 && w.For[0] == w.Goroutine:
		return text + ", which it holds itself"
	}
	return text + ", which " + shortList(w.For) + " " + verbFor("hold", len(w.For))
}

// WhoWaits says who waits for whom at the end of an interleaving, a sentence each.
func WhoWaits(in finding.Interleaving) []string { return waitSentences(in) }

// CanWait reports whether a goroutine can be blocked in an operation: in others it is only
// passed over.
func CanWait(op finding.Op) bool {
	_, ok := waitWords[op]
	return ok
}

// Tried says how many schedules of a test were run, and what that says about the others.
func Tried(c finding.Coverage) string {
	g := coverageGroups(finding.Run{Tests: 1, Coverage: []finding.Coverage{c}})[0]
	return g.scheduled() + g.claim()
}

// FunctionOf is what the source calls the function at a place: "Deposit".
func FunctionOf(l finding.Location) string { return lastName(l.Function) }
