package explore

import "racelab/checker/labrt/wire"

// ConflictFirst looks for defects, and claims nothing. Like BoundedSearch it runs
// schedules "picks, then stay", but orders them by how promising their picks are: to
// go on with a goroutine whose next step conflicts with the step just taken comes
// before anything else. And of several like goroutines it tries one. So it needs
// few schedules where the others have many to choose from: all orders of twenty
// goroutines that do the same are no preemptions to BoundedSearch, and are different
// interleavings to DPOR.
type ConflictFirst struct {
	test   int
	levels []fifo // by cost
	queued int
	flying []*item
	known  *visited
}

// What picks cost. A schedule's cost is the sum over its picks.
const (
	costConflict = 1  // the step conflicts with the one just taken, by another goroutine
	costRivals   = 2  // it conflicts with the step that would be taken instead, or is of the same select
	costOther    = 3  // it is independent of both
	costMost     = 12 // of a schedule
)

// NewConflictFirst returns the strategy for a test.
func NewConflictFirst(test int) *ConflictFirst {
	s := &ConflictFirst{test: test, known: newVisited()}
	s.push(&item{at: -1})
	return s
}

// Next returns a schedule that costs least.
func (s *ConflictFirst) Next() (wire.Job, bool) {
	for level := range s.levels {
		for {
			it, ok := s.levels[level].pop()
			if !ok {
				break
			}
			s.queued--
			if it.from != nil && s.known.stale(it.after, it.used) {
				continue
			}
			s.flying = append(s.flying, it)
			return wire.Job{Test: s.test, Chooser: wire.Stay, Picks: it.picks()}, true
		}
	}
	return wire.Job{}, false
}

// Learn queues the alternatives of a schedule that was run.
func (s *ConflictFirst) Learn(r Ran) {
	it := s.flying[0]
	s.flying = s.flying[1:]
	if r.Answered() {
		s.walk(it, r.Trace)
	}
}

// walk goes through the trace of an item and queues what could have been chosen
// instead, after the item's own choice and up to a place that is known already.
func (s *ConflictFirst) walk(it *item, t wire.Trace) {
	p, alike := newStateHash(t.Parents), newLikeness(t)
	var latest wire.Pending
	for i, step := range t.Steps {
		p.see(step)
		if i == it.at && p.place() != it.before {
			return
		}
		if i > it.at {
			if !s.known.enter(p.place(), it.used) {
				return
			}
			s.others(it, p, i, step, latest, alike)
		}
		if i > it.at || !it.pick.Case {
			s.cases(it, p, i, step)
		}
		latest, _ = chosen(step)
		alike.take(latest)
		p.take(step)
	}
}

// others queues that another goroutine goes, one of those that are alike. Timers do
// not overtake goroutines here: see SlowOnce.
func (s *ConflictFirst) others(it *item, p *stateHash, i int, step wire.Step, latest wire.Pending, alike *likeness) {
	goes, _ := chosen(step)
	tried := map[uint64]bool{}
	if goes.G != p.last {
		tried[alike.of(goes)] = true // what went last knows what it has read: no other is like it
	}
	for _, next := range step.Enabled {
		if next.G == step.G || next.G == wire.Clock || tried[alike.of(next)] {
			continue
		}
		tried[alike.of(next)] = true
		s.offer(item{
			from: it, at: i, before: p.place(), after: p.after(next, 0), used: it.used + departure(latest, goes, next),
			pick: wire.Pick{Last: p.last, Steps: *of(p.steps, p.last), To: next.G},
		})
	}
}

// departure is what it costs to go on with next instead of goes.
func departure(latest, goes, next wire.Pending) int {
	switch {
	case next.G != latest.G && conflict(latest, next):
		return costConflict
	case conflict(goes, next):
		return costRivals
	}
	return costOther
}

func conflict(a, b wire.Pending) bool {
	return !commute(classOf(a), classOf(b)) && meet(a.Objects, b.Objects)
}

// cases queues that a select that took a case tries another one first.
func (s *ConflictFirst) cases(it *item, p *stateHash, i int, step wire.Step) {
	next, _ := chosen(step)
	if step.Taken < 0 || step.Taken >= next.Cases {
		return
	}
	for c := range next.Cases {
		if c != step.Case && c != step.Taken {
			s.offer(item{
				from: it, at: i, before: p.place(), after: p.after(next, c), used: it.used + costRivals,
				pick: wire.Pick{Last: step.G, Steps: p.steps[step.G] + 1, Case: true, To: c},
			})
		}
	}
}

func (s *ConflictFirst) offer(it item) {
	if it.used <= costMost && s.known.offer(it.after, it.used) {
		s.push(&it)
	}
}

func (s *ConflictFirst) push(it *item) {
	if s.queued >= maxQueued {
		return
	}
	for len(s.levels) <= it.used {
		s.levels = append(s.levels, fifo{})
	}
	s.queued++
	s.levels[it.used].push(it)
}
