// Package explore drives a learner's program through many chosen interleavings:
// strategies that say which schedules to run, budgets, a minimiser, and the
// processes in which they run. The entry is Test.
//
// It deals in facts: endings, traces, counts. What they mean for the learner is
// told elsewhere, and nothing here knows an exercise.
//
// # Strategies
//
// A schedule is a list of choices. Search runs those that differ in more than
// the order of independent steps, by the number of preemptions (Musuvathi and
// Qadeer, PLDI 2007): first all without, then with one, and so on, so that the
// first failing schedule is a simple one. Sampler deals seeds to the run-time,
// which chooses by PCT (Burckhardt et al., ASPLOS 2010), POS (Yuan, Yang and Gu,
// CAV 2018) or uniformly. Plan is what a test gets by default. All is determined
// by the options: answers are taken in the order in which jobs were sent.
//
// # The reduction
//
// The search runs a schedule "picks, then stay", and queues for every choice
// that it came by, from its last pick on, what could have been chosen instead.
// It drops an alternative that leads to a choice which it knows, reached with no
// more preemptions. Choices are known by a hash of the state and of who went
// last. The state's hash is that of the past, as a partial order (Musuvathi and
// Qadeer call it happens-before caching): each goroutine has a rolling hash of its
// steps, and of what was done to the objects that they touch, as far as that
// does not commute with them. The sum over all goroutines is the same for all
// orders of steps that differ in the order of independent steps alone.
//
// Why nothing is lost. (1) Equal hashes, the improbable collision aside, mean
// equal partial orders, and since steps that are not ordered commute, equal
// states: every goroutine stands at the same place and knows the same, and the
// race detector has seen the same edges. Goroutines are known by who started
// them as the how-manieth, not by number, and objects need no name: which one a
// goroutine touches follows from its own past. That somebody waiting was woken
// is no step; it follows from the order of steps on the objects waited for. A
// select waits for several: while it may, a step on one of them counts as one on
// all. The clock goes on only when nobody can, so the time follows as well. (2)
// What can happen after a choice, with how many preemptions, follows from the
// state and who went last: going on with somebody else is a preemption if that
// one could have gone on. So of two schedules that come by the same choice, the
// one that has used fewer preemptions can do all that the other can. (3) When
// an alternative is dropped, or a schedule is followed no further because it comes
// by a known choice, that choice's alternatives are queued already, or the
// choice itself is, with no more preemptions; by induction over the number of
// preemptions, then the length of the schedule, each choice that can be reached
// within a bound is reached. Choices that are only run through count as
// known, because their alternatives are queued at that moment; the queue is
// ordered by preemptions, and an item whose choice was come by in the meantime,
// with no more of them, is not run. A test compares with the search that
// reduces nothing, on many small programs; and Plan lets samples contradict.
//
// What it asks of the run-time: the class of a step must not claim that two
// commute when their order makes an edge for the race detector; and who can go on
// must follow from the state. It does not where polling goroutines are left out
// because they did something in vain: there "all" means all fair schedules, and
// may miss some that differ in when a goroutine was left out.
//
// # What it does not promise
//
// Nothing is claimed beyond the facts of Coverage. Programs that the schedule
// does not determine (map iteration, random numbers) are recognised when a
// schedule does not do again what it did before; a failure that was not
// reproduced says so.
package explore
