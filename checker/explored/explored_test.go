package explored

import (
	"testing"

	"racelab/checker/evidence"
	"racelab/checker/explore"
	"racelab/checker/finding"
	"racelab/checker/internal/fixture"
	"racelab/checker/labrt/wire"
	"racelab/checker/program"
	"racelab/checker/sandbox"

	"github.com/google/go-cmp/cmp"
)

// However many workers there are, the same schedules are run and the same is found.
func TestWorkersChangeNothing(t *testing.T) {
	ex := fixture.Exercise(fixture.Test)
	p := fixture.Build(t, ex, fixture.Submit(ex, fixture.Source("sync time", `	var mu sync.Mutex
	var wg sync.WaitGroup
	left, sold := 1, 0
	for range 3 {
		wg.Go(func() {
			mu.Lock()
			some := left > 0
			mu.Unlock()
			time.Sleep(time.Millisecond)
			if some {
				mu.Lock()
				left--
				sold++
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	return 1 - sold`)))
	shown := map[int]evidence.Shown{}
	for _, workers := range []int{1, 2, 3} {
		e := Explorer{Sandbox: sandbox.Limited{}, Exercise: ex, Program: p, Trace: true, Workers: workers}
		var err error
		if shown[workers], err = e.Explore(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if len(shown[1].Findings) == 0 {
		t.Error("nothing is found")
	}
	for _, workers := range []int{2, 3} {
		if diff := cmp.Diff(shown[1], shown[workers]); diff != "" {
			t.Errorf("with %d workers (+) it is not what it is with one (-):\n%s", workers, diff)
		}
	}
}

// A report that the race detector wrote and we cannot read is no finding, and no
// reason to pass either.
func TestAnUnreadableRaceIsAFault(t *testing.T) {
	e := &session{Explorer: Explorer{Program: &program.Program{}}}
	r := explore.Ran{Ending: wire.Ending{End: wire.AllEnded, Races: 1}, Races: []string{"WARNING: something else"}}
	symptoms := e.symptoms("TestX", r)
	if len(symptoms) != 1 || symptoms[0].Kind != explore.Race {
		t.Fatalf("symptoms %v", symptoms)
	}
	if doubt := e.doubtOf("TestX", explore.Failure{Symptom: symptoms[0], Found: r, Minimal: r, Reproduced: true}); doubt.Kind != finding.DoubtTampering {
		t.Error("it is no fault")
	}
}

// A symptom that nobody knows must not pass as one without findings.
func TestUnknownSymptom(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("a symptom that is not known is passed over in silence")
		}
	}()
	(&session{}).ofSymptom("TestX", explore.Failure{Symptom: explore.Symptom{Kind: "unknown"}})
}
