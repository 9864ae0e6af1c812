package explore

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"racelab/checker/labrt/wire"
	"racelab/checker/schedule"

	"github.com/google/go-cmp/cmp"
)

// patience is far more than a player takes of its own time. How long that takes
// on the machine is of no account.
const patience = time.Second

func startChildren(t *testing.T, n int) *Children {
	t.Helper()
	log := filepath.Join(t.TempDir(), "race")
	c := NewChildren(Program{
		Argv: []string{os.Args[0]}, Env: []string{childEnv + "=" + log}, RaceLog: log, Patience: patience, Output: 1000,
	}, n)
	t.Cleanup(c.Close)
	return c
}

// answers runs jobs of the tests given, one after the other but pipelined.
func answers(t *testing.T, c *Children, tests ...int) []Ran {
	t.Helper()
	var jobs []wire.Job
	for i, test := range tests {
		jobs = append(jobs, wire.Job{Test: test, Policy: wire.Random, Seed: uint64(i)})
	}
	var out []Ran
	err := drive(t.Context(), c, &Replay{Jobs: jobs}, func(int) bool { return true }, func(r Ran) { out = append(out, r) })
	if err != nil {
		t.Fatal(err)
	}
	for i, r := range out {
		if r.Job.Seed != uint64(i) || r.Job.ID != i || r.Ending.Job != i {
			t.Errorf("answer %d is to %+v", i, r.Job)
		}
	}
	return out
}

// Whatever a schedule does to its process, it alone is lost.
func TestChildrenLoseOneJobAtATime(t *testing.T) {
	for test, want := range map[int]string{
		playExit: Died, playHalf: Died, playForge: Forged, playTrace: Forged, playWrongJob: Forged, playHang: Hung,
		playClose: Died, playFull: wire.AllEnded,
	} {
		for n := 1; n <= 2; n++ {
			c := startChildren(t, n)
			got := answers(t, c, 0, 0, 0, test, 0, test, test, 0, 0, 0, 0, 0)
			for i, r := range got {
				bad := i == 3 || i == 5 || i == 6
				if end := r.Ending.End; bad && end != want || !bad && end != wire.AllEnded {
					t.Errorf("%d children, play %d: job %d %s", n, test, i, end)
				}
				if r.Answered() && len(r.Trace.Steps) == 0 {
					t.Errorf("%d children, play %d: job %d has no trace", n, test, i)
				}
			}
		}
	}
}

// Work is found out like sleep, and whoever waits to be heard does not hang.
func TestChildrenTellWhoHangs(t *testing.T) {
	c := startChildren(t, 1)
	got := answers(t, c, 0, playSpin, playTalk)
	if got[0].Ending.End != wire.AllEnded || got[1].Ending.End != Hung || got[2].Ending.End != wire.AllEnded {
		t.Errorf("ended as %s, %s, %s", got[0].Ending.End, got[1].Ending.End, got[2].Ending.End)
	}
	if len(got[2].Events) != 100 {
		t.Errorf("heard %d of 100 events", len(got[2].Events))
	}
}

func TestChildrenKeepWhatALostProcessSaid(t *testing.T) {
	c := startChildren(t, 1)
	got := answers(t, c, playExit, playHang, playHalf)
	if r := got[0]; r.Stderr != "fatal error: out of luck\n" || r.Code != 2 {
		t.Errorf("exited: %+v", r)
	}
	if r := got[1]; len(r.Events) != 1 || r.Events[0].Text != "goroutine 1" {
		t.Errorf("hung: %+v", r.Events)
	}
	if r := got[2]; r.Code != -1 {
		t.Errorf("killed: status %d", r.Code)
	}
}

func TestChildrenGiveEachScheduleItsRaces(t *testing.T) {
	c := startChildren(t, 2)
	for i, r := range answers(t, c, playRaces, playRaces, playSim, playRaces, playRaces, playRaces, playSim, playRaces) {
		if len(r.Races) != r.Ending.Races {
			t.Errorf("job %d: %d reports of %d", i, len(r.Races), r.Ending.Races)
		}
		for k, report := range r.Races {
			if want := fmt.Sprintf("report %d of %d\n", k+1, i); !strings.Contains(report, want) {
				t.Errorf("job %d: %q does not hold %q", i, report, want)
			}
		}
	}
}

func TestChildrenReportFaults(t *testing.T) {
	c := startChildren(t, 2)
	if err := drive(t.Context(), c, &Replay{Jobs: []wire.Job{{Test: playFault, Policy: wire.Stay}}}, always, func(Ran) {}); !errors.Is(err, errFault) || !strings.Contains(err.Error(), "racelab: no") {
		t.Errorf("err = %v", err)
	}
	c = NewChildren(Program{Argv: []string{"/nonexistent"}}, 1)
	defer c.Close()
	if err := drive(t.Context(), c, &Replay{Jobs: []wire.Job{{}}}, always, func(Ran) {}); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("err = %v", err)
	}
}

func TestChildrenStopWhenCancelled(t *testing.T) {
	c := startChildren(t, 2)
	ctx, cancel := context.WithCancelCause(t.Context())
	stop := errors.New("stop")
	cancel(stop)
	if err := drive(ctx, c, &Replay{Jobs: []wire.Job{{Test: playHang, Policy: wire.Stay}}}, always, func(Ran) {}); !errors.Is(err, stop) {
		t.Errorf("err = %v", err)
	}
}

// Processes change nothing: the outcome is that of running in this one.
func TestChildrenGiveTheSameOutcome(t *testing.T) {
	explored := func(r Runner) Outcome {
		o, err := Test(t.Context(), r, Target{Name: "TestX"}, Options{Budget: Budget{Schedules: 300}})
		if err != nil {
			t.Fatal(err)
		}
		return o
	}
	c := startChildren(t, 2)
	got, want := explored(c), explored(&simRunner{p: lostUpdate, window: c.Window()})
	if !got.Failures[0].Reproduced || len(want.Failures) != 1 {
		t.Fatalf("failures %+v", got.Failures)
	}
	for _, o := range []*Outcome{&got, &want} {
		for i := range o.Failures {
			o.Failures[i].Minimal.Events = nil
		}
	}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(schedule.Fingerprint{})); diff != "" {
		t.Errorf("not in this process, but in others (+):\n%s", diff)
	}
}

func always(int) bool { return true }
