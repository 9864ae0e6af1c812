// Package explore drives a learner's program through many chosen interleavings:
// strategies that say which schedules to run, budgets, a minimiser, and the
// processes in which they run. The entry is Test.
//
// It deals in facts: endings, traces, counts. What they mean for the learner is
// told elsewhere, and nothing here knows an exercise.
//
// # Strategies
//
// A schedule is a list of choices. Reversal runs all interleavings of a test,
// each about once. Search runs those with few preemptions, the simplest first
// (Musuvathi and Qadeer, PLDI 2007), for programs that have too many. Sampler
// deals seeds to the run-time, which chooses by PCT (Burckhardt et al., ASPLOS
// 2010), POS (Yuan, Yang and Gu, CAV 2018) or uniformly. Plan, which a test gets
// by default, takes them in turn; where there are timers it also lets one goroutine
// be slow, at each of its steps (Delays). All is determined by the options: answers are
// taken in the order in which jobs were sent.
//
// # Which schedules are one interleaving
//
// Two steps are independent when they are of different goroutines and touch no
// object together, or commute by their classes. Schedules that differ in the
// order of independent steps alone lead to the same state: every goroutine
// stands at the same place and knows the same, and the race detector has seen
// the same edges. They are one interleaving, and one of them is enough.
//
// It has a hash (type past): each goroutine has a rolling hash of its steps, and
// of what was done to the objects that they touch as far as that does not
// commute with them; the sum over all goroutines is the same for all orders of
// independent steps. Goroutines are known by who started them as the
// how-manieth, not by number, and objects need no name: which one a goroutine
// touches follows from its own past. That somebody who waited was woken is no
// step: it follows from the order of steps on the objects waited for. A select
// waits for several: while it may, a step on one of them counts as one on all.
// Waiting for a wait group commutes with those who are done (see classOf). The
// clock goes on by itself only when nobody can, so the time follows as well. That
// it goes on although somebody can is a step of its own, which touches all: it is
// dependent on every other. It counts as a preemption, and Reversal leaves it out.
//
// # Search
//
// It runs a schedule "picks, then stay", and queues for every choice that it
// came by, from its last pick on, what could have been chosen instead. It drops
// an alternative that leads to a place which it knows, reached with no more
// preemptions; a place is the state's hash and who went last (state caching by
// happens-before: Musuvathi and Qadeer, MSR-TR-2007-12).
//
// Why nothing is lost within the bound. What can happen after a place, with how
// many preemptions, follows from the state and who went last, since to go on
// with somebody else is a preemption if that one could have gone on. So of two
// schedules that come by the same place, the one that has used fewer
// preemptions can do all that the other can. When an alternative is dropped, or
// a schedule followed no further because it comes by a known place, that
// place's alternatives are queued already, or the place itself is, with no more
// preemptions: by induction over preemptions, then length, each place that can
// be reached within a bound is reached. Places that are only run through count
// as known, because their alternatives are queued at that moment; the queue is
// ordered by preemptions; and an item whose place was come by in the meantime,
// with no more of them, is not run.
//
// # Reversal
//
// It looks in each schedule for pairs of dependent steps that nothing else
// orders, and queues one in which the later comes first (dynamic partial-order
// reduction: Flanagan and Godefroid, POPL 2005). Who must go instead, at the
// earlier one's choice, is told by source sets, and sleep sets keep most
// interleavings from being run twice (Abdulla, Aronis, Jonsson and Sagonas, POPL
// 2014). The order in which queued schedules are run makes no difference: those
// who sleep are those whose turn was queued before.
//
// What came before a step is known from the objects, and from who appears among
// the candidates after whose step. Where that is not certain nothing is taken to
// have come before: then a pair that cannot be reversed is tried in vain. But a
// goroutine counts as one that must go only if it was a candidate; so nothing is
// left out for an order that was not seen. An unlock and the lock that waits for
// it cannot be reversed; the two locks can.
//
// Steps that a goroutine was never allowed to take are not looked at. So
// Reversal claims nothing for a test in which any schedule crashes or leaves a
// goroutine; which fails anyhow.
//
// # What is asked of the run-time
//
// The class of a step must not claim that two commute when their order makes an
// edge for the race detector. Who can go on must follow from the state. It does
// not where somebody is left out for doing something in vain; then nothing is
// claimed (see tired and leftOut). And no claim stands that any schedule, a
// sample above all, contradicts: Coverage.Contradicted.
//
// # What it does not promise
//
// Nothing is claimed beyond the facts of Coverage. Programs that the schedule
// does not determine (map iteration, random numbers) are recognised when a
// schedule does not do again what it did before; a failure that was not
// reproduced says so.
package explore
