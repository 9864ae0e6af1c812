package native

import (
	"bytes"
	"os"
	"syscall"
	"testing"

	"racelab/checker/detect/testevent"
	"racelab/checker/finding"
	"racelab/checker/labrt/wire"
	"racelab/checker/program"
	"racelab/checker/sandbox"
)

// An execution that was cut short must never count as one that showed nothing,
// whatever else it showed: a potential deadlock may be no error in the end.
func TestDiagnoseExplainsHowItEnded(t *testing.T) {
	record, err := os.ReadFile("../detect/testevent/testdata/lock.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	log, err := testevent.Parse(bytes.NewReader(record), "NONCE")
	if err != nil {
		t.Fatal(err)
	}
	log.Results, log.Done = nil, false // it never came that far; its lock order was reported
	p := &program.Program{Tests: []string{"TestRun"}, Sources: finding.Sources{Dir: "/tmp/racelab-1/lab/exercises/99-queue", Editable: []string{"queue.go"}}}

	tests := []struct {
		name  string
		exit  sandbox.Exit
		kind  finding.Kind // beside the lock order; "" when it is our fault
		fault bool
	}{
		{"ended itself", sandbox.Exit{Code: 1}, finding.Panic, false},
		{"ended itself as if all were well", sandbox.Exit{Code: 0}, finding.Panic, false},
		{"killed from outside", sandbox.Exit{Code: -1, Signal: syscall.SIGKILL}, "", true},
		{"too slow", sandbox.Exit{Code: -1, TimedOut: true}, finding.Timeout, false},
		{"our own fault", sandbox.Exit{Code: wire.ExitFault}, "", true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := diagnose(execution{Mode: wire.Lock, Exit: tt.exit, Log: log}, p)
			if (d.doubt.Why != "") != tt.fault {
				t.Errorf("fault = %q", d.doubt.Why)
			}
			kinds := map[finding.Kind]bool{}
			for _, f := range d.findings {
				kinds[f.Kind] = true
			}
			if !kinds[finding.LockOrder] || (tt.kind != "" && !kinds[tt.kind]) {
				t.Errorf("found %v, want a lock order and %q", kinds, tt.kind)
			}
		})
	}
}
