package contract

import (
	"hash/fnv"
	"time"

	"racelab/checker/labrt/rt"
)

// What a program decides by often stands in its source: after how many letters a carrier
// goes home, or which letter tells it to. The functions of this file tell a contract what is
// there, so that it can ask for just that, and a little more.
//
// The reference solution is asked without any. So what a call returns must be the same
// for all of them, if the program is right.

// Numbers are the numbers in the source of the program under test that are neither less
// than from nor more than to, in order.
func Numbers(from, to int) (all []int) {
	for _, n := range rt.Constants().Numbers {
		if int64(from) <= n && n <= int64(to) {
			all = append(all, int(n))
		}
	}
	return all
}

// Counts are the Numbers of which some loop is made: the lowest up to most that together
// are no more than twice that, for a scenario takes a million steps at most.
func Counts(most int) (all []int) {
	left := 2 * most
	for _, n := range Numbers(2, most) {
		if left -= n; left < 0 {
			break
		}
		all = append(all, n)
	}
	return all
}

// UpTo makes a call that asks for two more than each of the Counts: one may be served while so
// many wait.
func UpTo(most int, ask func(c *Call, n int)) func(*Call) {
	return func(c *Call) {
		for _, n := range Counts(most) {
			ask(c, n+2)
		}
	}
}

// Number is one of the Numbers, in each scenario another one; or otherwise, where there is
// none.
func Number(otherwise, from, to int) int {
	all := Numbers(from, to)
	if len(all) == 0 {
		return otherwise
	}
	h := fnv.New32()
	h.Write([]byte(name()))
	return all[int(h.Sum32()%uint32(len(all)))]
}

// Largest is the largest of the Numbers; or otherwise, where there is none.
func Largest(otherwise, from, to int) int {
	all := Numbers(from, to)
	if len(all) == 0 {
		return otherwise
	}
	return all[len(all)-1]
}

// Cycle is after how many changes a counter is where it was, if the program counts in so
// few bits as its Numbers up to most say: the lowest power of two that is no less. It is a
// small one where there are no such Numbers.
func Cycle(most int) int {
	n, largest := 4, Largest(0, 2, most)
	for n < largest {
		n *= 2
	}
	return n
}

// name is the scenario that is run.
//
//go:norace
func name() string {
	if running == nil {
		return ""
	}
	return running.scenario.String()
}

// Texts are the texts and the characters in the source, the shortest first.
func Texts() (all []string) {
	for _, t := range rt.Constants().Texts {
		all = append(all, string(t))
	}
	return all
}

// Times are the times in the source that are no longer than to, in order.
func Times(to time.Duration) (all []time.Duration) {
	for _, d := range rt.Constants().Times {
		if d <= to {
			all = append(all, d)
		}
	}
	return all
}
