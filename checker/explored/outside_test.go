package explored

import (
	"context"
	"strings"
	"testing"

	"racelab/checker/contract"
	"racelab/checker/evidence"
	"racelab/checker/explore"
	"racelab/checker/finding"
	"racelab/checker/program"
)

const outsideTests = `package outside

import (
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"testing"
	"time"
)

func TestProcess(t *testing.T) {
	if err := exec.Command(os.Args[0], "-test.list=nothing").Run(); err == nil { // it gets no config
		t.Error("no error")
	}
}

func TestTimedProcess(t *testing.T) {
	late := time.AfterFunc(time.Second, func() { t.Error("it took a second") })
	exec.Command(os.Args[0], "-test.list=nothing").Run()
	time.Sleep(2 * time.Second) // on the virtual clock
	late.Stop()
}

func TestPipe(t *testing.T) {
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	r.Read(make([]byte, 1)) // nobody writes
}

func TestServer(t *testing.T) {
	s := httptest.NewServer(http.NotFoundHandler())
	s.Close()
}

func TestRecorder(t *testing.T) {
	http.NotFoundHandler().ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", "/", nil))
}

func TestByName(t *testing.T) {
	if err := exec.Command("sh", "-c", "ls").Run(); err != nil {
		t.Error(err)
	}
}
`

// Nothing is claimed where the world takes part; it is said what did, and where.
func TestOutside(t *testing.T) {
	if testing.Short() {
		t.Skip("builds a program")
	}
	want := map[string]struct {
		outside string
		line    int
		fault   string // part of it
	}{
		"TestProcess":      {"process", 13, ""},
		"TestTimedProcess": {"process", 20, "timers go by a virtual clock, and real time passes for a child process (outside_test.go:20)"},
		"TestPipe":         {"", 0, "a goroutine waited for a descriptor: a pipe or a connection (outside_test.go:31)"},
		"TestServer":       {"descriptor", 35, ""},
		"TestRecorder":     {"", 0, ""},
		"TestByName":       {"process", 44, ""},
	}
	p := buildTests(t, "outside", []byte("package outside\n"), []byte(outsideTests))
	for i, test := range p.tests {
		o := explore.Options{Budget: explore.Budget{Schedules: 20}, Failures: failuresEnough, Minimise: justReplay}
		o.Symptoms = func(r explore.Ran) []explore.Symptom { return p.symptoms(test, r) }
		found, err := explore.Test(context.Background(), p.runner, explore.TestID{Index: i, Name: test}, o)
		if err != nil {
			t.Fatal(err)
		}
		c := p.coverage(test, found.Coverage)
		want := want[test]
		if c.Outside != want.outside || (c.OutsideAt != nil) != (want.line > 0) || c.OutsideAt != nil && c.OutsideAt.Line != want.line {
			t.Errorf("%s: outside %q at %+v, want %q at %d", test, c.Outside, c.OutsideAt, want.outside, want.line)
		}
		if claims := c.Complete; claims != (test == "TestRecorder") {
			t.Errorf("%s: complete: %t", test, claims)
		}
		if test == "TestByName" && len(found.Failures) > 0 {
			t.Errorf("%s fails: is there a PATH?", test)
		}
		fault := ""
		for _, f := range found.Failures {
			fault += p.doubtOf(test, f).Why + p.realTime(test, f).Why
		}
		if (fault == "") != (want.fault == "") || !strings.Contains(fault, want.fault) {
			t.Errorf("%s: fault %q, want %q", test, fault, want.fault)
		}
	}
}

// What ends a process from outside says nothing of the program, in a scenario either.
func TestScenarioEndedFromOutside(t *testing.T) {
	for code, doubtful := range map[int]bool{-1: true, 3: false} {
		lost := explore.Failure{Symptom: explore.Symptom{Kind: explore.Lost}, Reproduced: true}
		lost.Found.Ending.End, lost.Found.Code = explore.Died, code
		lost.Minimal = lost.Found
		e := &session{Explorer: Explorer{Program: &program.Program{}, Want: &evidence.Reference{Contract: &contract.Book{}}}}
		var out evidence.Shown
		e.addScenario(&out, contract.Spec{Scenario: "0.0"}, explore.Outcome{Failures: []explore.Failure{lost}})
		if doubtful != (out.Doubt.Kind == finding.DoubtMachine) || doubtful != (len(out.Findings) == 0) {
			t.Errorf("exit %d: %+v, %+v", code, out.Doubt, out.Findings)
		}
	}
}
