package explore

import "racelab/checker/labrt/wire"

// walk goes through the trace of an item and queues what could have been chosen
// instead, from the item's own choice on, up to a place that is known already.
// It returns the state in which the schedule has ended, and false when the
// schedule has not come by its item's choice.
func (s *BoundedSearch) walk(it *item, t wire.Trace) (state uint64, ok bool) {
	p, used, known := newStateHash(t.Parents), 0, false
	for i, step := range t.Steps {
		p.see(step)
		if i == it.at && p.place() != it.before {
			return 0, false
		}
		if i > it.at && !known {
			known = !s.plain && !s.known.enter(p.place(), used)
			if !known {
				s.others(it, p, i, step, used)
			}
		}
		if preempts(step, step.G, p.last) {
			used++
		}
		if !known && (i > it.at || i == it.at && !it.pick.Case) {
			s.cases(it, p, i, step, used)
		}
		p.take(step)
	}
	return p.sum, len(t.Steps) > it.at
}

// others queues that another goroutine goes.
func (s *BoundedSearch) others(it *item, p *stateHash, i int, step wire.Step, used int) {
	for _, next := range step.Enabled {
		if next.G == step.G {
			continue
		}
		cost := 0
		if preempts(step, next.G, p.last) {
			cost = 1
		}
		s.offer(item{
			from: it, at: i, before: p.place(), after: p.after(next, 0), used: used + cost,
			pick: wire.Pick{Last: p.last, Steps: *of(p.steps, p.last), To: next.G},
		})
	}
}

// cases queues that a select tries another case first. Where it found none
// ready, or the one it was to try, it would do the same. Used counts the step.
func (s *BoundedSearch) cases(it *item, p *stateHash, i int, step wire.Step, used int) {
	next, ok := chosen(step)
	if !ok || next.Cases < 2 {
		return
	}
	if !s.plain { // which case was tried first does not show in the place
		s.known.enter(p.after(next, step.Case), used)
	}
	if step.Taken < 0 || step.Taken >= next.Cases {
		return
	}
	for c := range next.Cases {
		if c == step.Case || c == step.Taken {
			continue
		}
		s.offer(item{
			from: it, at: i, before: p.place(), after: p.after(next, c), used: used,
			pick: wire.Pick{Last: step.G, Steps: p.steps[step.G] + 1, Case: true, To: c},
		})
	}
}

// offer queues an item, unless its place is known.
func (s *BoundedSearch) offer(it item) {
	if it.used > s.bound {
		s.beyond = true
		return
	}
	if s.plain || s.known.offer(it.after, it.used) {
		s.push(&it)
	}
}

func (s *BoundedSearch) push(it *item) {
	if s.queued >= maxQueued {
		s.cut = true
		return
	}
	for len(s.levels) <= it.used {
		s.levels = append(s.levels, fifo{})
	}
	s.queued++
	s.levels[it.used].push(it)
}
