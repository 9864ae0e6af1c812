package contract

import (
	"maps"
	"slices"

	"racelab/checker/finding"
	"racelab/checker/labrt/wire"
)

// A Breach is how a history is not what the reference could do.
type Breach struct {
	Kind finding.AnswerKind
	Call int // the call that is to blame, an index into the history's
	By   int // HeldUp: the call whose callback it waits for; Woken, Early: the first of the last calls
}

// Judge compares a history with what the reference does. ok is true when the
// reference could have done the same.
func (s Spec) Judge(h wire.History) (b Breach, ok bool) {
	if b, found := s.heldUp(h); found {
		return b, false
	}
	explains := explains
	switch {
	case s.Same:
		explains = alike
	case s.Alike:
		explains = asMany
	}
	if s.Crowd || s.Waits || slices.ContainsFunc(s.Runs, func(r wire.History) bool { return explains(r, h) }) {
		return b, true
	}
	if b, found := s.otherMoment(h); found {
		return b, false
	}
	return Breach{Kind: finding.Unexplained, Call: s.odd(h)}, false
}

// otherMoment finds a call that does not return, or not before one of the last calls is
// made, or before that, which with the reference it does in no order.
func (s Spec) otherMoment(h wire.History) (Breach, bool) {
	never := func(c wire.CallRecord, _ int) bool { return pending(c) }
	woken := func(c wire.CallRecord, last int) bool { return pending(c) || waited(c, last) }
	early := func(c wire.CallRecord, last int) bool {
		return last > 0 && !c.Finally && c.Ended > 0 && !woken(c, last)
	}
	by := max(0, firstOfLast(h))
	for _, is := range []struct {
		kind finding.AnswerKind
		so   func(c wire.CallRecord, last int) bool
		by   int
	}{{finding.NoReturn, never, 0}, {finding.Woken, woken, by}, {finding.Early, early, by}} {
		if i := s.unheardOf(h, is.so); i >= 0 {
			return Breach{Kind: is.kind, Call: i, By: is.by}, true
		}
	}
	return Breach{}, false
}

// unheardOf is the first call of which so is true, and with the reference never; -1: there is
// none. The last calls began at last.
func (s Spec) unheardOf(h wire.History, so func(c wire.CallRecord, last int) bool) int {
	last := lastBegan(h)
	for i, c := range h.Calls {
		if so(c, last) && !slices.ContainsFunc(s.Runs, func(r wire.History) bool { return so(r.Calls[i], lastBegan(r)) }) {
			return i
		}
	}
	return -1
}

// Outstanding finds a call that had not returned when the last calls were made, which with the
// reference it has in every order. What comes after that is nobody's fault: one must not make
// the last calls then, such as Close.
func (s Spec) Outstanding(h wire.History) (Breach, bool) {
	by := firstOfLast(h)
	if by < 0 || s.Crowd {
		return Breach{}, false
	}
	i := s.unheardOf(h, func(c wire.CallRecord, last int) bool { return !c.Finally && (pending(c) || waited(c, last)) })
	switch {
	case i < 0:
		return Breach{}, false
	case pending(h.Calls[i]):
		return Breach{Kind: finding.NoReturn, Call: i, By: by}, true
	}
	return Breach{Kind: finding.Woken, Call: i, By: by}, true
}

func pending(c wire.CallRecord) bool { return c.Began > 0 && c.Ended == 0 }

// waited reports whether a call returned only when one of the last calls had been made: the
// first of them began at last.
func waited(c wire.CallRecord, last int) bool { return last > 0 && !c.Finally && c.Ended > last }

// lastBegan is when the first of the last calls began; 0: none was made.
func lastBegan(h wire.History) int {
	if i := firstOfLast(h); i >= 0 {
		return h.Calls[i].Began
	}
	return 0
}

// firstOfLast is the first of the last calls, an index into the history's; -1: none was
// made.
func firstOfLast(h wire.History) int {
	return slices.IndexFunc(h.Calls, func(c wire.CallRecord) bool { return c.Finally && c.Began > 0 })
}

// explains reports whether the reference's run r gives the results of h in an order
// that h allows: a call that had returned before another one began comes before it.
// (Herlihy and Wing, Linearizability, TOPLAS 1990.) The last calls come after all that
// could return.
func explains(r, h wire.History) bool {
	if !alike(r, h) {
		return false
	}
	for i, a := range h.Calls {
		for j, b := range h.Calls {
			if before(a, b) && !before(r.Calls[i], r.Calls[j]) {
				return false
			}
		}
	}
	return true
}

// alike reports whether the same calls have been made with the same results, and the same
// ones waited for the last calls.
func alike(r, h wire.History) bool {
	lastOfR, lastOfH := lastBegan(r), lastBegan(h)
	for i, c := range h.Calls {
		o := r.Calls[i]
		if c.Result != o.Result || pending(c) != pending(o) || (c.Began == 0) != (o.Began == 0) || waited(o, lastOfR) != waited(c, lastOfH) {
			return false
		}
	}
	return true
}

// asMany reports whether as many calls have each result, and the last ones the same.
func asMany(r, h wire.History) bool { return maps.Equal(tally(r), tally(h)) }

// An end is how a call ended, whichever of several like ones it is.
type end struct {
	op                   int
	result               string
	began, ended, waited bool
}

// tally is how often calls ended in each way. The last calls are made once each.
func tally(h wire.History) map[end]int {
	all, last := map[end]int{}, lastBegan(h)
	for _, c := range h.Calls {
		all[end{c.Op, c.Result, c.Began > 0, c.Ended > 0, waited(c, last)}]++
	}
	return all
}

func before(a, b wire.CallRecord) bool {
	return !a.Finally && !b.Finally && a.Ended > 0 && b.Began > 0 && a.Ended < b.Began
}

// odd is the first call, in the order of the returns, up to which no run of the
// reference explains the history.
func (s Spec) odd(h wire.History) int {
	var order []int
	for i, c := range h.Calls {
		if c.Ended > 0 {
			order = append(order, i)
		}
	}
	slices.SortFunc(order, func(i, j int) int { return h.Calls[i].Ended - h.Calls[j].Ended })
	runs := s.Runs
	for _, i := range order {
		runs = slices.DeleteFunc(slices.Clone(runs), func(r wire.History) bool { return !s.canReturn(r, h, i) })
		if len(runs) == 0 {
			return i
		}
	}
	if len(order) == 0 {
		return 0
	}
	return order[len(order)-1]
}

// canReturn reports whether in a run of the reference call i has the result that it has in
// h: where all do the same, whether any call has.
func (s Spec) canReturn(r, h wire.History, i int) bool {
	if !s.Alike {
		return r.Calls[i].Result == h.Calls[i].Result
	}
	return slices.ContainsFunc(r.Calls, func(c wire.CallRecord) bool { return c.Op == h.Calls[i].Op && c.Result == h.Calls[i].Result })
}

// heldUp finds a call that waited for the callback of another although with the
// reference it never does.
func (s Spec) heldUp(h wire.History) (Breach, bool) {
	for by, x := range h.Calls {
		if x.Held == 0 || x.Released == 0 {
			continue
		}
		for i, c := range h.Calls {
			waited := i != by && c.Began > 0 && c.Began < x.Released && (gotOn(c) == 0 || gotOn(c) > x.Released)
			if waited && s.mustGoOn(h, i, by) {
				return Breach{Kind: finding.HeldUp, Call: i, By: by}, true
			}
		}
	}
	return Breach{}, false
}

// gotOn is when a call has called back or returned, whichever is first; 0: it has
// not.
func gotOn(c wire.CallRecord) int {
	if c.Held > 0 {
		return c.Held
	}
	return c.Ended
}

// mustGoOn reports whether, with the reference, call i returns or calls back whenever
// it begins while a callback of call by waits, and may not wait by the contract either.
// A call that waits has done nothing so far: the reference's comes after all that had
// returned.
func (s Spec) mustGoOn(h wire.History, i, by int) bool {
	if s.Same || s.Alike {
		return false
	}
	if s.Crowd {
		return goOn(h, h.Calls[by].Released) < s.atLeast()
	}
	seen := false
	for _, r := range s.Runs {
		c, x := r.Calls[i], r.Calls[by]
		if x.Held == 0 || c.Began < x.Held || c.Began > x.Released || !comesLate(r, h, i, h.Calls[by].Released) {
			continue
		}
		if c.MayWait || gotOn(c) == 0 || gotOn(c) > x.Released {
			return false
		}
		seen = true
	}
	return seen
}

// comesLate reports whether, in the run r of the reference, call i begins after all
// that had returned in h before a moment, with the same results.
func comesLate(r, h wire.History, i, moment int) bool {
	for k, c := range h.Calls {
		o := r.Calls[k]
		if k != i && c.Ended > 0 && c.Ended < moment && (o.Ended == 0 || o.Ended > r.Calls[i].Began || o.Result != c.Result) {
			return false
		}
	}
	return true
}

// atLeast is how many calls of a crowd go on, with the reference, before the first
// callback ends, and may not wait themselves. Which of them those are makes no
// difference: all are alike.
func (s Spec) atLeast() int {
	r, first := s.Runs[0], 0
	for _, c := range r.Calls {
		if c.Released > 0 && (first == 0 || c.Released < first) {
			first = c.Released
		}
	}
	return goOn(r, first)
}

// goOn is how many calls got on before a moment, and may not wait.
func goOn(h wire.History, until int) (n int) {
	for _, c := range h.Calls {
		if at := gotOn(c); at > 0 && at < until && !c.MayWait {
			n++
		}
	}
	return n
}

// Want is what the reference returns from a call in runs that agree with the history
// in all others, at most so many.
func (s Spec) Want(h wire.History, call, most int) []string {
	var want []string
	for _, all := range []bool{true, false} {
		for _, r := range s.Runs {
			agrees := true
			for i, c := range h.Calls {
				agrees = agrees && (i == call || c.Result == r.Calls[i].Result)
			}
			text := r.Calls[call].Result
			if (agrees || !all) && text != h.Calls[call].Result && !slices.Contains(want, text) && len(want) < most {
				want = append(want, text)
			}
		}
		if len(want) > 0 {
			break
		}
	}
	return want
}
