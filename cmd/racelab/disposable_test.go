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
		{sandbox.Exit{TimedOut: true}, "error: the check had not finished after 10m0s"},
		{sandbox.Exit{Code: 3, Stderr: []byte("racelab: the disk is full\n  Free some space.\n")}, "error: the disk is full\n  Free some space."},
		{sandbox.Exit{Code: 2, Stderr: []byte("panic: ...")}, "error: the process of the check ended with status 2"},
		{sandbox.Exit{}, "error: the check printed no verdict"},
	} {
		v, err := verdictOf(ex, c.exit)
		got := ""
		switch {
		case err != nil:
			got = "error: " + err.Error()
		case v.Outcome == finding.Fail:
			got = "fail 0: " + report.Message(v.Findings[0])
		default:
			got = "pass 10: "
		}
		if !strings.HasPrefix(got, c.want) {
			t.Errorf("%+v: %s, want %s", c.exit, got, c.want)
		}
	}
}
