package report

import (
	"cmp"
	"fmt"
	"strings"

	"racelab/checker/finding"
)

// keeperOf is the goroutine that a deadlock comes of; nil where there is none, or none is
// known.
func keeperOf(f finding.Finding) *finding.Keeper {
	if f.Kind != finding.Deadlock || f.Fact.Hang == nil {
		return nil
	}
	return f.Fact.Hang.Keeper
}

// comesAgain reports whether k waits on the line that took the lock.
func comesAgain(k finding.Keeper) bool {
	return k.Fate.Self && k.Again.Line > 0 && k.Again.File == k.Place.File && k.Again.Line == k.Place.Line
}

// keepsApart reports whether k waits with its lock in a function that the tests have
// handed in: they want others to get as far, and the lock lets in one at a time.
func keepsApart(k finding.Keeper) bool {
	return !k.Fate.Gone() && !k.Fate.Self && k.Fate.Now != nil && k.Fate.Now.Deeper.File != ""
}

// keeperTitle is what is wrong, in a few words.
func keeperTitle(k finding.Keeper) string {
	title := wordsFor(finding.Deadlock).title + ": "
	switch {
	case k.Fate.Panic != nil:
		return title + "a panic left a lock locked"
	case k.Fate.Gone(), comesAgain(k):
		return title + "a lock is never unlocked"
	case k.Fate.Self:
		return title + "a goroutine waits for a lock that it holds"
	case keepsApart(k):
		return title + "no longer at the same time"
	}
	return title + "a goroutine waits, and others wait for its lock"
}

// keeperWhy is why that is a defect.
func keeperWhy(k finding.Keeper) string {
	switch {
	case k.Fate.Gone(), comesAgain(k):
		return "A lock stays locked until somebody unlocks it. To return, to end or to panic does not unlock it, and whoever locks it " +
			"after that waits for ever."
	case k.Fate.Self && k.Reads:
		return whyReads
	case k.Fate.Self:
		return wordsFor(finding.RecursiveLock).why
	case keepsApart(k):
		return "The lock lets in one goroutine at a time, also for a call that may take long. What could go on at the same time " +
			"now happens one after the other; here one even waits for another that cannot come in, so that nobody goes on."
	}
	return "A goroutine that waits while it holds a lock also keeps out those that could let it go on."
}

// keeperWords say what the goroutine did, and then who waits.
func keeperWords(k finding.Keeper) string {
	did := fmt.Sprintf("goroutine %s %s %s %s", k.Goroutine, lockVerb(k.Reads), lockName(k), lockPlace(k.Place))
	switch {
	case k.Fate.Gone():
		did += " and " + goneWords(k.Fate)
		if k.Fate.Self {
			did += "; now it waits for that lock itself " + atPlace(k.Again)
		}
		return did + keptWords(k, "; ", " for that lock %s, for ever")
	case comesAgain(k):
		return did + " and comes there again without having unlocked it" + keptWords(k, "; ", " for it, too")
	case k.Fate.Self:
		return did + ", and waits for that lock itself" + keptWords(k, "; ", " for it, too")
	case keepsApart(k):
		return fmt.Sprintf("goroutine %s holds %s, %s %s, and %s until others get as far", k.Goroutine, lockName(k), lockVerb(k.Reads),
			lockPlace(k.Place), spotAt(*k.Fate.Now, 1)) + keptWords(k, ". They cannot: ", " for that lock %s")
	}
	return did + ", and " + spotAt(*k.Fate.Now, 1) + keptWords(k, "; ", " for that lock %s meanwhile")
}

// keptLine is a deadlock in a line: what is wrong, and where.
func keptLine(k finding.Keeper) string {
	text := keeperTitle(k) + ": " + shortPlace(k.Place)
	if k.Fate.Panic != nil {
		text += ", with a panic " + atPlace(k.Fate.Panic.Place)
	}
	return text
}

func lockName(k finding.Keeper) string { return cmp.Or(k.Object, "a lock") }

// goneWords say what a goroutine did instead of unlocking.
func goneWords(f finding.Fate) string {
	switch {
	case f.Panic != nil:
		return "panicked " + atPlace(f.Panic.Place) + " before it unlocked it"
	case f.Left != "":
		return "returned from " + f.Left + " without unlocking it"
	}
	return "ended without unlocking it"
}

// keptWords say who waits for the lock; "" if that is only its keeper. In what they wait
// for, %s is the place.
func keptWords(k finding.Keeper, before, forWhat string) string {
	if strings.Contains(forWhat, "%s") {
		forWhat = fmt.Sprintf(forWhat, atPlace(k.At))
	}
	switch len(k.Kept) {
	case 0:
		return ""
	case 1:
		return before + "goroutine " + string(k.Kept[0]) + " waits" + forWhat
	}
	return before + "goroutines " + shortList(k.Kept) + " wait" + forWhat
}
