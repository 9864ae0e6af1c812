package explore

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"

	"racelab/checker/labrt/wire"
)

// Of tests that are explored several at a time the first that fails is the last one, as it
// is one after the other; and each time the same schedules are run.
func TestUntilFailure(t *testing.T) {
	never := func(Ran) []Symptom { return nil }
	soon := func(Ran) []Symptom { return []Symptom{{Kind: Failed}} }
	const failing = 20
	run := func() []Outcome {
		var tasks []Task
		for i := range 30 {
			o := Options{Strategy: NewGlance(GlanceBudget{Few: 1 + i%7, Preempted: i % 3}, 0), Failures: 1, Symptoms: never}
			if i == failing || i == failing+2 {
				o.Symptoms = soon
			}
			tasks = append(tasks, Task{TestID{Name: "TestX"}, o})
		}
		outcomes, err := UntilFailure(t.Context(), &simRunner{p: lostUpdate, window: 8}, tasks)
		if err != nil {
			t.Fatal(err)
		}
		return outcomes
	}
	first, again := run(), run()
	if len(first) != failing+1 {
		t.Fatalf("%d outcomes, want %d", len(first), failing+1)
	}
	for i, out := range first {
		if (len(out.Failures) > 0) != (i == failing) {
			t.Errorf("test %d: %d failures", i, len(out.Failures))
		}
		if i < failing && out.Coverage.Schedules < 1+i%7 {
			t.Errorf("test %d: %d schedules", i, out.Coverage.Schedules)
		}
		if diff := cmp.Diff(out.Coverage, again[i].Coverage); diff != "" {
			t.Errorf("test %d: -first +again\n%s", i, diff)
		}
	}
	if !first[failing].Failures[0].Reproduced {
		t.Error("the failure was not reproduced")
	}
}

// A scenario whose first schedule is cut short is not tried again: nothing would be known of
// the others either.
func TestAScenarioThatIsTooLong(t *testing.T) {
	endless := simRunner{p: lostUpdate, window: 2}
	task := Task{TestID{Name: "Contract/x", Scenario: "0.1.2"}, Options{Budget: Budget{Steps: 100_000}, Strategy: NewGlance(GlanceBudget{Few: 30}, 0), Failures: 1}}
	outcomes, err := UntilFailure(t.Context(), cutShort{&endless}, []Task{task})
	if err != nil {
		t.Fatal(err)
	}
	if c := outcomes[0].Coverage; c.Schedules != 1 || c.Stopped != StoppedSteps || c.Over == 0 {
		t.Errorf("%+v", c)
	}
}

// cutShort runs jobs, none of which ends within its limit.
type cutShort struct{ *simRunner }

func (r cutShort) Receive(ctx context.Context) (Ran, error) {
	ran, err := r.simRunner.Receive(ctx)
	ran.Ending.End, ran.Ending.Steps = wire.TooLong, wire.DefaultLimit
	return ran, err
}

// When the steps that tests share are spent, each of those that are left has one schedule.
func TestSharedSteps(t *testing.T) {
	shared := &Shared{Steps: 200}
	var tasks []Task
	for range 40 {
		o := Options{Shared: shared, Strategy: NewGlance(GlanceBudget{Few: 5}, 0), Failures: 1, Symptoms: func(Ran) []Symptom { return nil }}
		tasks = append(tasks, Task{TestID{Name: "TestX"}, o})
	}
	outcomes, err := UntilFailure(t.Context(), &simRunner{p: lostUpdate, window: 2}, tasks)
	if err != nil {
		t.Fatal(err)
	}
	first, last := outcomes[0].Coverage, outcomes[len(outcomes)-1].Coverage
	if first.Schedules < 2 || last.Schedules != 1 || last.Stopped != StoppedSteps {
		t.Errorf("the first has %d schedules, the last %d, stopped by %q", first.Schedules, last.Schedules, last.Stopped)
	}
}
