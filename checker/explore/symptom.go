package explore

import "racelab/checker/labrt/wire"

// A Symptom is one thing that is wrong with a schedule. Symptoms can be compared.
type Symptom struct {
	Kind SymptomKind
	// Defect tells several defects of one kind apart, by whatever value the caller
	// likes that can be compared; nil where the kind says it all.
	Defect any
}

// SymptomKind is the sort of thing that is wrong. A caller may have more.
type SymptomKind string

// What Symptoms tells of.
const (
	Race     SymptomKind = "race"     // the race detector has reported something
	Deadlock SymptomKind = "deadlock" // all goroutines are blocked, the test's own too
	Leak     SymptomKind = "leak"     // goroutines are blocked for ever after the test has returned
	Failed   SymptomKind = "failed"   // the test says so
	Crash    SymptomKind = "crash"    // a panic or a fatal error
	Lost     SymptomKind = "lost"     // the process ended: see Died
	Hang     SymptomKind = "hang"     // see Hung
	Forgery  SymptomKind = "forgery"  // see Forged
	Memory   SymptomKind = "memory"   // see Large
)

// ofEnd are the symptoms that the end of a schedule is by itself.
var ofEnd = map[wire.EndKind]SymptomKind{
	wire.Crashed: Crash, Died: Lost, Hung: Hang, Forged: Forgery, Large: Memory,
}

// Symptoms tells what is wrong with a schedule, as far as its ending shows it.
func Symptoms(r Ran) (symptoms []Symptom) {
	add := func(k SymptomKind) { symptoms = append(symptoms, Symptom{Kind: k}) }
	if k, ok := ofEnd[r.Ending.End]; ok {
		add(k)
	}
	if r.Ending.End == wire.Stuck {
		if r.Ending.Over {
			add(Leak)
		} else {
			add(Deadlock)
		}
	}
	if r.Ending.Races > 0 {
		add(Race)
	}
	if r.Ending.Failed && r.Ending.End != wire.Crashed {
		add(Failed)
	}
	return symptoms
}
