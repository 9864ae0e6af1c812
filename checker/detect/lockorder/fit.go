package lockorder

import "racelab/checker/finding"

const lockOrder = finding.LockOrder

// maxChoices bounds the search for explanations that fit together. Beyond it
// only what every explanation of a single stack agrees on is used.
const maxChoices = 20_000

// fitting keeps, of the explanations of each stack, those that are part of one
// for the whole report.
func fitting(r Report, candidates [][]candidate) [][]candidate {
	choices := 1
	for i, cs := range candidates {
		candidates[i] = distinct(cs, len(r.Takes[i].Stack))
		if choices *= len(candidates[i]); choices == 0 || choices > maxChoices {
			return candidates
		}
	}
	var fits [][]candidate
	eachChoice(candidates, func(choice []candidate) {
		if consistent(r, choice) {
			fits = append(fits, append([]candidate(nil), choice...))
		}
	})
	fits = prefer(fits, func(choice []candidate) bool { return inOrder(r, choice) })
	if len(fits) == 0 {
		return candidates
	}
	kept := make([][]candidate, len(candidates))
	for _, choice := range fits {
		for i, c := range choice {
			kept[i] = append(kept[i], c)
		}
	}
	return kept
}

// distinct drops candidates that differ from another in nothing that matters:
// the first one recorded is kept.
func distinct(cs []candidate, n int) []candidate {
	var out []candidate
	seen := map[[2]any][]candidate{} // by lock and goroutine
	for _, c := range cs {
		k := [2]any{c.call.Lock, c.call.Goroutine}
		known := false
		for _, o := range seen[k] {
			known = known || c.sameLines(o, n)
		}
		if !known {
			seen[k] = append(seen[k], c)
			out = append(out, c)
		}
	}
	return out
}

// eachChoice calls f with every choice of one candidate for each stack.
func eachChoice(candidates [][]candidate, f func([]candidate)) {
	choice := make([]candidate, len(candidates))
	var choose func(i int)
	choose = func(i int) {
		if i == len(candidates) {
			f(choice)
			return
		}
		for _, c := range candidates[i] {
			choice[i] = c
			choose(i + 1)
		}
	}
	choose(0)
}

// consistent reports whether the calls can be those of one report.
func consistent(r Report, c []candidate) bool {
	switch {
	case r.Kind == finding.RecursiveLock && len(c) == 2:
		return sameLock(c[0], c[1]) && byOne(c[0], c[1]) && c[0].order != c[1].order
	case r.Kind == finding.LockOrder && len(c) == 4:
		return sameLock(c[0], c[3]) && sameLock(c[1], c[2]) && !sameLock(c[0], c[1]) &&
			byOne(c[0], c[1]) && byOne(c[2], c[3])
	case r.Kind == finding.Deadlock && len(c) > 1:
		waiter := c[len(c)-1]
		for i, holder := range c[:len(c)-1] {
			if !sameLock(holder, waiter) || holder.order == waiter.order && r.ownLock(i) {
				return false
			}
		}
	}
	return true
}

func sameLock(a, b candidate) bool { return a.call.Lock == b.call.Lock }
func byOne(a, b candidate) bool    { return a.call.Goroutine == b.call.Goroutine }

// ownLock reports whether the i'th holder is the goroutine that waits.
func (r Report) ownLock(i int) bool {
	return r.Takes[i].Goroutine == r.Takes[len(r.Takes)-1].Goroutine
}

// inOrder reports whether, in each goroutine, what was held was recorded first.
func inOrder(r Report, c []candidate) bool {
	switch {
	case r.Kind == finding.RecursiveLock && len(c) == 2:
		return c[0].order < c[1].order
	case r.Kind == finding.LockOrder && len(c) == 4:
		return c[0].order < c[1].order && c[2].order < c[3].order
	case r.Kind == finding.Deadlock && len(c) > 1:
		for i, holder := range c[:len(c)-1] {
			if r.ownLock(i) && holder.order > c[len(c)-1].order {
				return false
			}
		}
	}
	return true
}
