package report

import (
	"slices"
	"testing"

	"racelab/checker/finding"
)

// What is claimed of several tests is claimed of each of them.
func TestCoverageGroups(t *testing.T) {
	all := finding.Coverage{Complete: true, Bound: -1, Schedules: 7}
	two := finding.Coverage{Complete: true, Bound: 2, Schedules: 1400, Sampled: 400}
	some := finding.Coverage{Schedules: 400, Sampled: 300}
	for _, tt := range []struct {
		name     string
		tests    int
		coverage []finding.Coverage
		want     []string
	}{
		{"all", 2, []finding.Coverage{all, all}, []string{"14 schedules, all interleavings there are"}},
		{"skips itself", 2, []finding.Coverage{all, {Skipped: true}}, []string{
			"7 schedules, all interleavings there are", "not explored: testing.Short is true there, and then it skips itself",
		}},
		{"not even begun", 2, []finding.Coverage{all}, []string{"7 schedules, all interleavings there are", "not explored"}},
		{"a bound", 1, []finding.Coverage{two}, []string{"1,400 schedules, among them all interleavings with at most 2 preemptions; 400 were chosen at random"}},
		{"told apart", 4, []finding.Coverage{some, all, some, two}, []string{
			"800 schedules, not all interleavings; 600 were chosen at random",
			"7 schedules, all interleavings there are",
			"1,400 schedules, among them all interleavings with at most 2 preemptions; 400 were chosen at random",
		}},
		{"other bounds", 2, []finding.Coverage{{Complete: true, Schedules: 1}, {Complete: true, Bound: 1, Schedules: 9}}, []string{
			"1 schedule, among them all interleavings without a preemption",
			"9 schedules, among them all interleavings with at most 1 preemption",
		}},
		{"counted", 2, []finding.Coverage{
			{Complete: true, Bound: -1, Schedules: 60, Interleavings: 36},
			{Complete: true, Bound: 2, Schedules: 2000, Interleavings: 1304},
		}, []string{
			"60 schedules, all 36 interleavings there are",
			"2,000 schedules, among them all 1,304 interleavings with at most 2 preemptions",
		}},
		{"one goroutine", 1, []finding.Coverage{{Complete: true, Bound: -1, Schedules: 18, Interleavings: 1}}, []string{
			"18 schedules, there is no other interleaving",
		}},
		{"timers", 2, []finding.Coverage{
			{Complete: true, Bound: -1, Schedules: 20, Interleavings: 6, Timed: true},
			{Complete: true, Bound: 1, Schedules: 400, Interleavings: 96, Sampled: 104, Timed: true},
		}, []string{
			"20 schedules, all 6 interleavings in which no timer overtakes a goroutine",
			"400 schedules, among them all 96 interleavings with at most 1 preemption in which no timer overtakes a goroutine by more than 10 ms; 104 were chosen at random",
		}},
		{"undetermined", 1, []finding.Coverage{{Complete: true, Bound: -1, Schedules: 3, Undetermined: true}}, []string{
			"3 schedules, not all interleavings: the same schedule did not always do the same",
		}},
		{"stopped", 1, []finding.Coverage{{Schedules: 9, Sampled: 4, Cut: 2}}, []string{
			"9 schedules, not all interleavings; 4 were chosen at random; 2 were stopped before their end",
		}},
		{"drawn", 3, []finding.Coverage{
			{Complete: true, Bound: -1, Schedules: 20, Interleavings: 6, Sampled: 16, Drawn: true},
			{Complete: true, Bound: -1, Schedules: 17, Interleavings: 1, Sampled: 16, Drawn: true, Timed: true},
			{Complete: true, Bound: 1, Schedules: 400, Interleavings: 96, Sampled: 104, Drawn: true},
		}, []string{
			"20 schedules, all 6 interleavings, for one choice of random numbers and map orders; 16 with others",
			"17 schedules, there is no other interleaving in which no timer overtakes a goroutine, for one choice of random numbers and map orders; 16 with others",
			"400 schedules, among them all 96 interleavings with at most 1 preemption, for one choice of random numbers and map orders; 104 were chosen at random",
		}},
		{"outside", 3, []finding.Coverage{
			{Schedules: 3, Outside: "starts"},
			{Schedules: 4, Outside: "waits"},
			{Schedules: 5, Outside: "process", OutsideAt: &finding.Location{File: "run.go", Line: 7}},
		}, []string{
			"3 schedules, not all interleavings: code that racelab has not built started a goroutine",
			"4 schedules, not all interleavings: a goroutine waited inside code that racelab has not built",
			"5 schedules, not all interleavings: a child process takes part (run.go:7)",
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, g := range coverageGroups(finding.Run{Mode: "explore", Tests: tt.tests, Coverage: tt.coverage}) {
				got = append(got, g.scheduled()+g.claim())
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}
