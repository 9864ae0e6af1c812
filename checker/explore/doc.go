// Package explore drives a program through many chosen interleavings: strategies
// that say which schedules to run, budgets, and a minimiser. The entry is Test. A
// Runner runs the schedules; package worker has one.
//
// It deals in facts: endings, traces, counts. What they mean for the learner is
// told elsewhere, and nothing here knows an exercise.
//
// # Strategies
//
// A schedule is a list of choices. DPOR runs all interleavings of a test, each
// about once. BoundedSearch runs those with few preemptions, the simplest first
// (Musuvathi and Qadeer, PLDI 2007), for programs that have too many. Sampler
// deals seeds to the run-time, which chooses by PCT (Burckhardt et al., ASPLOS
// 2010), POS (Yuan, Yang and Gu, CAV 2018) or uniformly; testdata/rare/README.md says
// why not by SURW (ASPLOS 2025). ConflictFirst departs from the simplest schedule to
// steps that conflict, and tries one of several like goroutines. Starvation lets what
// one goroutine tries be in vain. SlowOnce, where there are timers, lets one goroutine
// be slow, at each of its steps. Glance, for small programs, has TwoStops as well, which
// stops two. Plan, which a test gets by default, takes them in turn: first mostly
// those that find, then those that claim. All is determined by the options: answers
// are taken in the order in which jobs were sent.
//
// # Which schedules are one interleaving
//
// Two steps are independent when they are of different goroutines and touch no
// object together, or commute by their classes. Schedules that differ in the
// order of independent steps alone lead to the same state: every goroutine
// stands at the same place and knows the same, and the race detector has seen
// the same happens-before edges. They are one interleaving, and one of them is
// enough.
//
// A state has a hash (type stateHash). Each goroutine has a rolling hash of its
// steps, and of what was done to the objects that they touch as far as that does
// not commute with them. The sum over all goroutines is the same for all orders of
// independent steps. A goroutine is identified by its parent and its index among
// that parent's children, and an object needs no name: which one a goroutine
// touches follows from its own steps. That a blocked goroutine becomes runnable is
// no step: it follows from the order of steps on the objects that it waits for. A
// select waits for several: as long as it does, a step on one of them counts as a
// step on all. To wait for a WaitGroup commutes with the Done of others (see
// classOf). The clock advances by itself only when no goroutine is runnable, so the
// time follows as well. When it advances although one is, that is a step of its
// own, which is dependent on every other step. It counts as a preemption, and DPOR
// leaves it out.
//
// # BoundedSearch
//
// It runs a schedule "picks, then stay", and queues for each choice after its last
// pick what could have been chosen instead. It drops an alternative that leads to a
// visited place, reached with no more preemptions; a place is the state's hash and
// the goroutine that went last (state caching by happens-before: Musuvathi and
// Qadeer, MSR-TR-2007-12).
//
// Why nothing is lost within the bound. What can happen after a place, with how
// many preemptions, follows from the state and the goroutine that went last, since
// to go on with another one is a preemption if that one is still runnable. So of two
// schedules that come by the same place, the one that has used fewer preemptions
// can do all that the other can. When an alternative is dropped, or a schedule is
// followed no further because it comes by a visited place, that place's
// alternatives are queued already, or the place itself is, with no more
// preemptions: by induction over preemptions, then length, each place that can be
// reached within a bound is reached. Places that are only run through count as
// visited, because their alternatives are queued at that moment; the queue is
// ordered by preemptions; and an item whose place was visited in the meantime, with
// no more of them, is not run.
//
// # DPOR
//
// It looks in each schedule for pairs of dependent steps with no other
// happens-before edge between them, and queues a schedule in which the later comes
// first (dynamic partial-order reduction: Flanagan and Godefroid, POPL 2005). Which
// goroutine must go instead, at the earlier one's choice, is told by source sets,
// and sleep sets keep most interleavings from being run twice (Abdulla, Aronis,
// Jonsson and Sagonas, POPL 2014). The order in which queued schedules are run makes
// no difference: a goroutine sleeps if its turn was queued before.
//
// What happens before a step is known from the objects, and from which goroutine
// becomes runnable after which step. Where that is not certain, no edge is assumed:
// then a pair that cannot be reversed is tried in vain. But a goroutine counts as
// one that must go only if it was runnable; so nothing is left out for an order that
// was not seen. An unlock and the lock that waits for it cannot be reversed; the two
// locks can.
//
// Steps that a goroutine was never allowed to take are not looked at. So DPOR
// claims nothing for a test in which any schedule crashes or leaves a goroutine;
// such a test fails anyhow.
//
// # What is asked of the run-time
//
// The class of a step must not claim that two steps commute when their order makes
// an edge for the race detector. Which goroutines are runnable must follow from the
// state. It does not where a spinning goroutine is left out; then nothing is
// claimed (see spins and leftOut). And no claim stands that any schedule, above all
// a sample, contradicts: Coverage.Contradicted.
//
// # What it does not promise
//
// Nothing is claimed beyond the facts of Coverage. What a program leaves to chance, such
// as random numbers and the order of its maps, follows from wire.Job.Luck: it is the same
// in all schedules but the sampled ones, and claims are about that luck alone. A program
// that the schedule does not determine is recognised when a schedule does not do again
// what it did before; a failure that was not reproduced says so.
package explore
