package exercise

import (
	"maps"
	"regexp"
	"strings"

	"racelab/checker/steps"
)

// Like finds the rejected fix that shows the same as a program that shows these symptoms, by the
// same steps. Where that is so of several that are not one mistake, there is none, nor where
// nothing was done and it is as broken as before.
func (e Exercise) Like(program map[string][]byte, shows []string) (found Variant, ok bool) {
	known, err := e.Symptoms()
	its, readable := steps.Of(program)
	if err != nil || !readable || len(shows) == 0 {
		return found, false
	}
	seen := placesOf(its, shows)
	before, _ := steps.Of(e.handedOut())
	shownBefore := placesOf(before, known[Broken].Shows)
	if samePlaces(shownBefore, seen) && maps.Equal(before.Exported, its.Exported) {
		return found, false
	}
	var right rights
	most := 0
	for _, v := range e.Variants {
		shown := known[v.ID()].Shows
		if v.Accepted || !maps.EqualFunc(placesOf(its, shown), seen, anywhere) {
			continue // which needs no reading
		}
		wrong, readable := steps.Of(e.Complete(v))
		if !readable || !samePlaces(placesOf(wrong, shown), seen) {
			continue
		}
		if right == nil {
			right = e.rightSteps(before, shownBefore)
		}
		switch n := right.alike(wrong.Exported, its.Exported, seen); {
		case n == 0 || n < most:
		case n > most:
			found, ok, most = v, true, n
		default:
			ok = ok && v.Feedback == found.Feedback
		}
	}
	return found, ok
}

// rights are the steps that each exported function may take.
type rights map[string]map[string]bool

func (r rights) add(name, taken string) {
	if r[name] == nil {
		r[name] = map[string]bool{}
	}
	r[name][taken] = true
}

// rightSteps are those in the reference and in accepted fixes, and those of before where nothing
// that the program showed then points to the function. That one of the fixes gets along without
// any step in a function says nothing about others.
func (e Exercise) rightSteps(before steps.Program, shown seen) rights {
	right := rights{}
	for name, taken := range before.Exported {
		if !shown.names(name) {
			right.add(name, taken)
		}
	}
	reference, _ := steps.Of(e.solved())
	for name, taken := range reference.Exported {
		right.add(name, taken)
	}
	for _, v := range e.Variants {
		if !v.Accepted {
			continue
		}
		fix, _ := steps.Of(e.Complete(v))
		for name, taken := range fix.Exported {
			if taken != "" {
				right.add(name, taken)
			}
		}
	}
	return right
}

// alike is 2 where two programs take the same steps, and 1 where they do so in what is wrong: in
// a function whose steps are those of no right one, or that was seen to fail. The rest of both
// is right then, each in its own way.
func (r rights) alike(a, b map[string]string, shown seen) int {
	same, wrong := true, false
	for name, taken := range a {
		theirs, ok := b[name]
		switch {
		case !ok:
			return 0
		case theirs == taken:
			wrong = wrong || !r[name][taken] || shown.names(name)
		case !r[name][taken] || !r[name][theirs]:
			return 0
		default:
			same = false
		}
	}
	switch {
	case same:
		return 2
	case wrong:
		return 1
	}
	return 0
}

// closure is what the compiler calls a function without a name, behind the name of the one that it is in.
var closure = regexp.MustCompile(`\.(func|gowrap)\d+.*$`)

// seen is what symptoms have in sum: of each kind in each test, where.
type seen map[string]*sites

// sites are exported functions: those that surely were there, and those that lead to a function
// that was.
type sites struct{ surely, maybe map[string]bool }

// placesOf sums symptoms up. Which scenario came to light first does not matter.
func placesOf(p steps.Program, shows []string) seen {
	all := seen{}
	for _, symptom := range shows {
		what, at := symptom, ""
		if i := strings.LastIndex(symptom, " at "); i >= 0 {
			what, at = symptom[:i], symptom[i+len(" at "):]
		}
		if kind, _, ok := strings.Cut(what, " when it is asked for "); ok {
			what = kind + " when it is asked"
		}
		if all[what] == nil {
			all[what] = &sites{map[string]bool{}, map[string]bool{}}
		}
		for place := range strings.SplitSeq(at, " and ") {
			place = closure.ReplaceAllString(place, "")
			if callers := p.Callers[place]; callers != nil && !steps.IsExported(place) {
				maps.Copy(all[what].maybe, callers)
				continue
			}
			all[what].surely[place], all[what].maybe[place] = true, true
		}
	}
	return all
}

// names reports whether what is seen may be in a function.
func (s seen) names(function string) bool {
	for _, at := range s {
		if at.maybe[function] {
			return true
		}
	}
	return false
}

// anywhere compares what is seen without the places.
func anywhere(_, _ *sites) bool { return true }

// samePlaces reports whether two programs may show the same: by which of its callers a function
// failed is not known.
func samePlaces(a, b seen) bool {
	return maps.EqualFunc(a, b, func(a, b *sites) bool { return isWithin(a.surely, b.maybe) && isWithin(b.surely, a.maybe) })
}

func isWithin(a, b map[string]bool) bool {
	for x := range a {
		if !b[x] {
			return false
		}
	}
	return true
}
