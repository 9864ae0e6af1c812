package report

import "racelab/checker/finding"

// kindWords is how a report speaks of a kind of finding.
type kindWords struct {
	title string // what is wrong, in a few plain words
	why   string // why that is a defect, in one plain sentence
	about string // what `racelab explain` tells about it
}

var kinds = map[finding.Kind]kindWords{
	finding.Build: {
		"The program does not compile",
		"Go builds nothing from a program with an error in it, so there is nothing to run and nothing to judge.",
		"how to read the compiler's messages",
	},
	finding.Policy: {
		"Not allowed in this exercise",
		"The tests and the grading rely on the parts of the exercise that are not yours to change; " +
			"outside of them a fix could only look right.",
		"what an exercise allows, and why",
	},
	finding.DataRace: {
		"Data race",
		"Two goroutines use the same variable, at least one of them writes it, and nothing makes one wait " +
			"for the other: Go then promises nothing about the value, not even that a small change like += is one step.",
		"what a data race is, wrong and right",
	},
	finding.RecursiveLock: {
		"A goroutine locks what it has locked already",
		"A Go mutex does not know who holds it: the second Lock waits for an Unlock that only the same goroutine could do.",
		"why Go has no RLock as in Python",
	},
	finding.LockOrder: {
		"Two locks are taken in both orders",
		"If each of two goroutines holds the lock that the other one wants next, both wait for ever.",
		"lock order, wrong and right",
	},
	finding.Deadlock: {
		"Deadlock",
		"Each of these goroutines waits for something that only another one of them, or nobody, could do: the program hangs for ever.",
		"how goroutines block each other",
	},
	finding.GoroutineLeak: {
		"Goroutine leak",
		"A goroutine that nobody can end keeps its memory, and all that it refers to, until the program ends; " +
			"in a server they add up.",
		"how a goroutine comes to its end",
	},
	finding.Panic: {
		"The program crashed",
		"A panic that is not recovered in its own goroutine ends the whole program, with all other goroutines.",
		"panics and fatal errors of concurrent code",
	},
	finding.WrongResult: {
		"Wrong result",
		"In at least one order in which the goroutines may run, the program does not do what it promises.",
		"right accesses, wrong result",
	},
	finding.LostConcurrency: {
		"The concurrency is gone",
		"The result is right, but the work is done one piece after the other: that is safe, and it is not what was asked for.",
		"how to be safe and still concurrent",
	},
	finding.Timeout: {
		"It did not end in time",
		"The program was still busy when its time was up; racelab cannot prove that it never ends, but it takes far longer than any right fix.",
		"loops that do not end, and slow ones",
	},
	finding.Vet: {
		"go vet objects",
		"This compiles, and yet it is a well-known mistake in concurrent code.",
		"what go vet knows about concurrency",
	},
}

// whyReads is why of a lock that was taken twice for reading: alone, that goes well.
const whyReads = "When another goroutine calls Lock between the two, the second RLock waits for that goroutine, " +
	"and that one waits for the first RLock to be undone."

// why says why a finding matters; "" if that is not known. Not all kinds are bugs.
func why(f finding.Finding) string {
	text := wordsFor(f.Kind).why
	k := keeperOf(f)
	switch {
	case text == "":
		return ""
	case k != nil:
		text = keeperWhy(*k)
	case f.Origin != nil && originWhys[f.Origin.Kind] != "":
		text = originWhys[f.Origin.Kind]
	case f.Fact.Relock.OnlyReads():
		text = whyReads
	case f.Kind == finding.Build:
		return "Why it matters: " + text
	case f.Kind == finding.Policy:
		return "Why racelab insists: " + text
	}
	return "Why this is a bug: " + text
}

// titleOf is what is wrong, in a few plain words.
func titleOf(f finding.Finding) string {
	if k := keeperOf(f); k != nil {
		return keeperTitle(*k)
	}
	if f.Origin != nil && originTitle(*f.Origin) != "" {
		return originTitle(*f.Origin)
	}
	return wordsFor(f.Kind).title
}

// Title names a problem by the finding that heads it: what is wrong, and how.
func Title(f finding.Finding) string {
	title, text := titleOf(f), Message(f)
	switch {
	case f.Origin != nil:
		text = originWords(*f.Origin)
	case f.Fact.Relock != nil: // the title says the rest
		text = relockPlaces(*f.Fact.Relock)
	}
	if text == "" {
		return title
	}
	return title + ": " + text
}

// wordsFor also serves kinds that a newer racelab may have recorded.
func wordsFor(k finding.Kind) kindWords {
	if w, ok := kinds[k]; ok {
		return w
	}
	return kindWords{title: string(k)}
}

// Summary says in a few plain words what a finding of kind k is. A page about
// the kind has it as its title.
func Summary(k finding.Kind) string { return wordsFor(k).title }

// Why says in a plain sentence or two why a finding of kind k matters; "" if that is not
// known.
func Why(k finding.Kind) string { return wordsFor(k).why }

// About says what the page about kind k tells; "" if there is none.
func About(k finding.Kind) string { return wordsFor(k).about }

// detectors is how a report names what saw a defect.
var detectors = map[finding.Detector]string{
	finding.Compiler:   "the Go compiler",
	finding.PolicyRule: "racelab's rules for this exercise",
	finding.GoVet:      "go vet",
	finding.Race:       "the race detector (go test -race)",
	finding.GoDeadlock: "go-deadlock, which watches every Lock and Unlock",
	finding.Goleak:     "goleak, which looks for goroutines when a test ends",
	finding.Runtime:    "the Go run-time",
	finding.Tests:      "the exercise's tests",
	finding.Reference:  "comparing with the reference solution",
	finding.Scheduler:  "the controlled scheduler, which decides who goes on",
	finding.Contract:   "comparing what calls return, in scenarios that racelab made up, with what they can return with the reference solution",
}

// detectorName is what saw f. What exploring has seen of deadlocks and leaks is
// told like dumps tell it, and is the scheduler's own sight.
func detectorName(f finding.Finding) string {
	d := f.Detector
	if f.Evidence.Mode == finding.ExploreMode && (d == finding.Runtime || d == finding.Goleak) {
		d = finding.Scheduler
	}
	if name, ok := detectors[d]; ok {
		return name
	}
	return string(d)
}
