package main

import (
	"strings"
	"syscall"
	"testing"
	"time"

	"racelab/checker/exercise"
	"racelab/checker/finding"
	"racelab/checker/report"
	"racelab/checker/sandbox"
)

// What a submission takes too much of is its own; everything else is racelab's, and never a
// verdict of fail.
func TestVerdictOf(t *testing.T) {
	ex := exercise.Exercise{ID: "01-balance", Manifest: exercise.Manifest{Files: []string{"bank.go"}, Rubric: []exercise.Line{{Points: 10}}}}
	for _, c := range []struct {
		exit sandbox.Exit
		want string
	}{
		{sandbox.Exit{Stdout: []byte(`{"verdict":"pass","score":10}`)}, "pass 10: "},
		{sandbox.Exit{Hungry: true, Code: -1, Signal: syscall.SIGKILL}, "fail 0: compiling and checking this program takes more than 4096 MiB"},
		{sandbox.Exit{Code: -1, Signal: syscall.SIGKILL, CPU: 89 * time.Second}, "fail 0: compiling and checking this program takes longer than 1m30s"},
		{sandbox.Exit{Code: -1, Signal: syscall.SIGKILL, CPU: time.Second}, "error: the process of the check ended with status -1, signal 9"},
		{sandbox.Exit{TimedOut: true}, "submission-budget: the check had not finished after 10m0s"},
		{sandbox.Exit{Code: 3, Stdout: []byte(`{"fault":"the disk is full. Free some space."}`)}, "error: the disk is full. Free some space."},
		{sandbox.Exit{Code: 3}, "error: the process of the check ended with status 3"},
		{sandbox.Exit{Code: 2, Stderr: []byte("running\npanic: no cable\n\ngoroutine 1")}, "error: the process of the check ended with status 2, signal 0 (racelab has crashed: panic: no cable)"},
		{sandbox.Exit{}, "error: the check printed no verdict"},
	} {
		v, err := verdictOf(ex, c.exit)
		got := ""
		switch {
		case err != nil:
			got = "error: " + err.Error()
		case v.Outcome == finding.Fail:
			got = "fail 0: " + report.Message(v.Findings[0])
		case v.Outcome == finding.Inconclusive:
			got = string(v.Cause) + ": " + v.Reason
		default:
			got = "pass 10: "
		}
		if !strings.HasPrefix(got, c.want) {
			t.Errorf("%+v: %s, want %s", c.exit, got, c.want)
		}
	}
}
