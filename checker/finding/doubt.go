package finding

import "fmt"

// A Doubt is why there is no verdict. The zero value is none.
type Doubt struct {
	Kind DoubtKind
	Why  string
}

// DoubtKind says who has to do something about it: only a check that the machine has
// spoiled is worth trying again, and what the submission brings about it brings about again.
type DoubtKind string

// The kinds of doubt.
const (
	DoubtMachine      DoubtKind = "machine"           // racelab, its run-time, or the machine failed
	DoubtBudget       DoubtKind = "submission-budget" // the submission takes more than any check may
	DoubtTampering    DoubtKind = "tampering"         // what it left behind contradicts itself: somebody should look
	DoubtUndetermined DoubtKind = "undetermined"      // it does now this and now that, and no schedule decides which
	DoubtUnreadable   DoubtKind = "unreadable"        // something was handed in that nobody can read: it has to be handed in again
)

// WorthAgain reports whether another check of the same submission may say more.
func (v Verdict) WorthAgain() bool {
	return v.Outcome == Inconclusive && (v.Cause == DoubtMachine || v.Cause == "") // older ones do not say
}

// Doubtf is a doubt of a kind.
func Doubtf(kind DoubtKind, format string, args ...any) Doubt {
	return Doubt{kind, fmt.Sprintf(format, args...)}
}
