package testing

import (
	"bufio"
	"fmt"
	"hash/fnv"
	"maps"
	"os"
	"slices"
	"strconv"
	"testing"

	"racelab/checker/labrt/contract"
	"racelab/checker/labrt/rt"
	"racelab/checker/labrt/sched"
	"racelab/checker/labrt/wire"
)

// report records e: natively at once, while exploring in collected.
func report(e wire.Event) {
	if !rt.Exploring {
		rt.Emit(e)
		return
	}
	collected.add(e)
}

// wantsStacks reports whether messages need their stack.
func wantsStacks() bool { return !rt.Exploring || collected.detail }

// maxJob bounds the line of a job, in bytes: a schedule may have as many picks as
// steps.
const maxJob = 64 << 20

// explore runs the schedules that the parent asks for, and exits when there are no
// more.
func explore(t *testing.T, tests []InternalTest, terms func() contract.Contract) {
	jobs := bufio.NewScanner(os.NewFile(wire.JobFD, "jobs"))
	jobs.Buffer(nil, maxJob)
	for jobs.Scan() {
		job, err := wire.ParseJob(jobs.Text())
		switch {
		case err != nil:
		case job.Scenario != "" && terms != nil:
			err = runScenario(t, &job, terms)
		case job.Scenario != "" || job.Test >= len(tests):
			err = fmt.Errorf("there is no test %d %s", job.Test, job.Scenario)
		default:
			err = runJob(t, &job, tests[job.Test])
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, "racelab:", err)
			os.Exit(wire.ExitFault)
		}
	}
	if err := jobs.Err(); err != nil {
		fmt.Fprintln(os.Stderr, "racelab: cannot read a job:", err)
		os.Exit(wire.ExitFault)
	}
	os.Exit(0)
}

// runScenario runs one schedule of a scenario and records its outcome.
func runScenario(parent *testing.T, job *wire.Job, terms func() contract.Contract) error {
	c := terms()
	if job.Scenario == wire.ListTerms {
		text := c.Terms()
		rt.Emit(wire.Event{Event: wire.Listed, Terms: &text})
		rt.EmitEnding(&wire.Ending{Job: job.ID, End: wire.AllEnded})
		return nil
	}
	run, err := contract.NewRun(c, job)
	if err != nil {
		return err
	}
	ran, err := sched.Run(parent, job, func() {
		sched.Initialise()
		run.Do(terms())
	})
	if err != nil {
		return err
	}
	ran.Ending.History = run.History()
	emitAll(ran.Events)
	rt.EmitEnding(&ran.Ending)
	return nil
}

// runJob runs one schedule of one test and records its outcome.
func runJob(parent *testing.T, job *wire.Job, test InternalTest) error {
	collected.reset(job.Detail)
	var t *T
	ran, err := sched.Run(parent, job, func() {
		sched.Initialise()
		t = newT(test.Name, nil)
		report(wire.Event{Event: wire.Begin, Test: t.name})
		t.runHere(test.F) // a goroutine of its own would be one more column in every interleaving
	})
	if err != nil {
		return err
	}
	events := collected.events()
	if t != nil {
		ran.Ending.Failed, ran.Ending.Skipped = t.Failed(), t.Skipped()
	}
	ran.Ending.Shown = digest(events)
	if job.Detail {
		emitAll(events)
	}
	emitAll(ran.Events)
	rt.EmitEnding(&ran.Ending)
	return nil
}

func emitAll(events []wire.Event) {
	for _, e := range events {
		rt.Emit(e)
	}
}

// digest identifies what a test observed and which of its checks failed, in
// whatever order.
func digest(events []wire.Event) string {
	shown := map[string]string{}
	for _, e := range events {
		switch {
		case e.Event == wire.Attr:
			shown["attr "+e.Test+" "+e.Key] = e.Text
		case e.Event == wire.Message && e.Failed:
			shown["said "+e.Test+" "+e.Text] = ""
		}
	}
	if len(shown) == 0 {
		return ""
	}
	h := fnv.New64a()
	for _, key := range slices.Sorted(maps.Keys(shown)) {
		fmt.Fprintf(h, "%q=%q\n", key, shown[key])
	}
	return strconv.FormatUint(h.Sum64(), 36)
}
