package worker

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"racelab/checker/explore"
	"racelab/checker/labrt/wire"
	"racelab/checker/sandbox"
)

// patience is far more than a player takes of its own time. How long that takes
// on the machine is of no account.
const patience = 300 * time.Millisecond

func startPool(t *testing.T, n int) *Pool {
	t.Helper()
	log := filepath.Join(t.TempDir(), "race")
	c := NewPool(Program{
		Sandbox: sandbox.Limited{},
		Argv:    []string{os.Args[0]}, Env: []string{workerEnv + "=" + log}, RaceLog: log, Patience: patience, Output: 1000,
	}, n)
	t.Cleanup(c.Close)
	return c
}

// answers runs jobs of the tests given, one after the other but pipelined.
func answers(t *testing.T, c *Pool, tests ...int) []explore.Ran {
	t.Helper()
	var jobs []wire.Job
	for i, test := range tests {
		jobs = append(jobs, wire.Job{Test: test, Chooser: wire.Random, Seed: uint64(i)})
	}
	out, err := send(t.Context(), c, jobs...)
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
func TestPoolLoseOneJobAtATime(t *testing.T) {
	for test, want := range map[int]wire.EndKind{
		playExit: explore.Died, playHalf: explore.Died, playForge: explore.Forged, playTrace: explore.Forged, playWrongJob: explore.Forged, playHang: explore.Hung,
		playClose: explore.Died, playFull: wire.AllEnded,
	} {
		for n := 1; n <= 2; n++ {
			c := startPool(t, n)
			got := answers(t, c, 0, 0, 0, test, 0, test, test, 0, 0, 0, 0, 0)
			for i, r := range got {
				bad := i == 3 || i == 5 || i == 6
				if end := r.Ending.End; bad && end != want || !bad && end != wire.AllEnded {
					t.Errorf("%d workers, play %d: job %d %s", n, test, i, end)
				}
				if r.Answered() && len(r.Trace.Steps) == 0 {
					t.Errorf("%d workers, play %d: job %d has no trace", n, test, i)
				}
			}
		}
	}
}

// Work is found out like sleep, and whoever waits to be heard does not hang.
func TestPoolTellWhoHangs(t *testing.T) {
	c := startPool(t, 1)
	got := answers(t, c, 0, playSpin, playTalk)
	if got[0].Ending.End != wire.AllEnded || got[1].Ending.End != explore.Hung || got[2].Ending.End != wire.AllEnded {
		t.Errorf("ended as %s, %s, %s", got[0].Ending.End, got[1].Ending.End, got[2].Ending.End)
	}
	if len(got[2].Events) != 100 {
		t.Errorf("heard %d of 100 events", len(got[2].Events))
	}
}

func TestPoolKeepWhatALostProcessSaid(t *testing.T) {
	c := startPool(t, 1)
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

func TestPoolGiveEachScheduleItsRaces(t *testing.T) {
	c := startPool(t, 2)
	for i, r := range answers(t, c, playRaces, playRaces, playWell, playRaces, playRaces, playRaces, playWell, playRaces) {
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

func TestPoolReportFaults(t *testing.T) {
	c := startPool(t, 2)
	if _, err := send(t.Context(), c, wire.Job{Test: playFault, Chooser: wire.Stay}); !errors.Is(err, errFault) || !strings.Contains(err.Error(), "racelab: no") {
		t.Errorf("err = %v", err)
	}
	c = NewPool(Program{Sandbox: sandbox.Limited{}, Argv: []string{"/nonexistent"}}, 1)
	defer c.Close()
	if _, err := send(t.Context(), c, wire.Job{}); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("err = %v", err)
	}
}

func TestPoolStopWhenCancelled(t *testing.T) {
	c := startPool(t, 2)
	ctx, cancel := context.WithCancelCause(t.Context())
	stop := errors.New("stop")
	cancel(stop)
	if _, err := send(ctx, c, wire.Job{Test: playHang, Chooser: wire.Stay}); !errors.Is(err, stop) {
		t.Errorf("err = %v", err)
	}
}

// send runs jobs one after the other but pipelined.
func send(ctx context.Context, p *Pool, jobs ...wire.Job) (rans []explore.Ran, err error) {
	for sent := 0; len(rans) < len(jobs); {
		for sent < len(jobs) && sent-len(rans) < p.Window() {
			jobs[sent].ID = sent
			if err := p.Send(jobs[sent]); err != nil {
				return rans, err
			}
			sent++
		}
		ran, err := p.Receive(ctx)
		if err != nil {
			return rans, err
		}
		rans = append(rans, ran)
	}
	return rans, nil
}
