package evidence

import (
	"slices"

	"racelab/checker/finding"
)

// Fold joins what the modes saw of the same defect. Of a deadlock, the run-time
// knows all goroutines that wait, and go-deadlock knows the one that holds the
// lock. Of any other defect the first finding is kept.
func Fold(findings []finding.Finding) []finding.Finding {
	if slices.ContainsFunc(findings, isDeadlockSeenBy(finding.Runtime)) {
		for _, f := range findings {
			if isDeadlockSeenBy(finding.GoDeadlock)(f) && !slices.ContainsFunc(findings, isExplained) {
				attach(findings, f)
			}
		}
		findings = slices.DeleteFunc(findings, isDeadlockSeenBy(finding.GoDeadlock))
	}
	findings = oneDeadlock(findings)
	var out []finding.Finding
	for _, f := range findings {
		i := slices.IndexFunc(out, func(g finding.Finding) bool { return g.Identity() == f.Identity() })
		if i < 0 {
			out = append(out, f)
			continue
		}
		addSchedule(&out[i], f)
	}
	return out
}

// oneDeadlock leaves out the deadlocks that were seen natively in a test in which
// exploring found one: that one also says which goroutine holds which lock. The same goes
// for goroutines that waited, perhaps for a timer.
func oneDeadlock(findings []finding.Finding) []finding.Finding {
	var explored []string
	for _, f := range findings {
		if IsDeadlock(f) && f.Evidence.Schedule != "" {
			explored = append(explored, f.Evidence.Tests...)
		}
	}
	return slices.DeleteFunc(findings, func(f finding.Finding) bool {
		return (IsDeadlock(f) || onlyWaits(f)) && f.Evidence.Schedule == "" && len(f.Evidence.Tests) > 0 &&
			!slices.ContainsFunc(f.Evidence.Tests, func(t string) bool { return !slices.Contains(explored, t) })
	})
}

// onlyWaits reports whether f is that the program did not end, though no goroutine ran.
func onlyWaits(f finding.Finding) bool {
	return f.Kind == finding.Timeout && f.Fact.Hang != nil &&
		!slices.ContainsFunc(f.Fact.Hang.Groups, func(w finding.Waiters) bool { return w.Doing.Verb != finding.Waits })
}

// addSchedule adds to a finding the schedule in which exploring has seen it too. Of
// schedules of several tests it keeps the one with the fewest preemptions; of several
// scenarios the first, since the finding says what was called in it and what came back.
func addSchedule(f *finding.Finding, seen finding.Finding) {
	e := seen.Evidence
	if e.Schedule == "" {
		return
	}
	for _, test := range e.Tests {
		if !slices.Contains(f.Evidence.Tests, test) && (f.Evidence.Mode == e.Mode || isRace(*f)) {
			f.Evidence.Tests = append(f.Evidence.Tests, test)
		}
	}
	if f.Evidence.Schedule != "" && (e.Scenario != nil || f.Evidence.Scenario != nil || !simpler(e, f.Evidence)) {
		return
	}
	f.Evidence.Schedule, f.Evidence.Strategy, f.Evidence.SchedulesRun = e.Schedule, e.Strategy, e.SchedulesRun
	f.Evidence.Preemptions, f.Evidence.Trace, f.Evidence.Scenario = e.Preemptions, e.Trace, e.Scenario
	f.Origin = seen.Origin
	f.Related = closedFirst(f.Related, seen.Related)
}

// closedFirst adds to the places of a crash where the channel was closed that it is about,
// which exploring alone knows.
func closedFirst(known, seen []finding.Related) []finding.Related {
	isClosed := func(r finding.Related) bool { return r.Role.Kind == finding.RoleClosed }
	if i := slices.IndexFunc(seen, isClosed); i >= 0 && !slices.ContainsFunc(known, isClosed) {
		return append([]finding.Related{seen[i]}, known...)
	}
	return known
}

// simpler reports whether the schedule of a has fewer preemptions than that of b.
// In a replay they are not counted: there all findings have one schedule.
func simpler(a, b finding.Evidence) bool {
	return a.Preemptions != nil && b.Preemptions != nil && *a.Preemptions < *b.Preemptions
}

// isExplained reports whether exploring has seen which goroutine a deadlock comes of.
func isExplained(f finding.Finding) bool { return f.Fact.Hang != nil && f.Fact.Hang.Keeper != nil }

// attach adds the goroutine that holds a lock directly behind the goroutine that
// waits for it. A deadlock at another place, which only go-deadlock saw, is added
// at the end of the first one, since it may be about another lock.
func attach(findings []finding.Finding, seen finding.Finding) {
	waiter := func(r finding.Related) bool { return r.Location == seen.Location }
	i := slices.IndexFunc(findings, func(f finding.Finding) bool {
		return isDeadlockSeenBy(finding.Runtime)(f) && slices.ContainsFunc(f.Related, waiter)
	})
	if i < 0 {
		i = slices.IndexFunc(findings, isDeadlockSeenBy(finding.Runtime))
		findings[i].Related = append(slices.Clone(findings[i].Related),
			finding.Related{Role: finding.Role{Kind: finding.RoleOtherRun}, Location: seen.Location})
	}
	known, at := findings[i].Related, 0
	for j, r := range known {
		if waiter(r) {
			at = j + 1
		}
	}
	findings[i].Related = slices.Insert(slices.Clone(known), at, unknown(known, seen.Related)...)
}

// unknown leaves out what is known: the same of the same place, and that a
// goroutine waits where one is known to wait.
func unknown(known, more []finding.Related) []finding.Related {
	var out []finding.Related
	for _, r := range more {
		waits := r.Role.Kind == finding.RoleHolderNow
		if !slices.ContainsFunc(known, func(k finding.Related) bool { return k.Equal(r) || waits && k.Location == r.Location }) {
			out = append(out, r)
		}
	}
	return out
}

func isDeadlockSeenBy(d finding.Detector) func(finding.Finding) bool {
	return func(f finding.Finding) bool { return IsDeadlock(f) && f.Detector == d }
}

// IsDeadlock reports whether f is a deadlock.
func IsDeadlock(f finding.Finding) bool { return f.Kind == finding.Deadlock }
