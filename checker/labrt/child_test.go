package labrt_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"racelab/checker/labrt/wire"
)

// A child is how the tests run programs: their binary, and how many threads may
// run Go code.
type child struct {
	binary string
	procs  int
}

// An answer is what the run-time recorded of one job.
type answer struct {
	wire.Ending
	events []wire.Event
}

// patience is how long a child may take for all its jobs, however slow the
// machine is.
const patience = 9 * time.Minute // go test has a limit of ten

// run has jobs run and returns the answers in their order. A child that has left
// too much behind is followed by another.
func (c child) run(t *testing.T, jobs ...wire.Job) []answer {
	t.Helper()
	var answers []answer
	for len(answers) < len(jobs) {
		more := c.session(t, jobs[len(answers):])
		if len(more) == 0 {
			t.Fatal("a child has answered nothing")
		}
		answers = append(answers, more...)
	}
	return answers
}

// session runs jobs in one process, up to the first that says it should be the
// last one.
func (c child) session(t *testing.T, jobs []wire.Job) []answer {
	t.Helper()
	config := pipeFrom(t, `{"mode":"explore","nonce":"n"}`)
	var lines strings.Builder
	for _, job := range jobs {
		lines.WriteString(job.String() + "\n")
	}
	record, recordEnd, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer record.Close()
	var stderr bytes.Buffer
	cmd := exec.Command(c.binary)
	cmd.ExtraFiles = []*os.File{config, recordEnd, pipeFrom(t, lines.String())}
	cmd.Stderr = &stderr
	cmd.Env = append(os.Environ(), fmt.Sprintf("GOMAXPROCS=%d", c.procs),
		"GORACE=suppress_equal_stacks=0 suppress_equal_addresses=0 atexit_sleep_ms=0 exitcode=0")
	err = cmd.Start()
	recordEnd.Close()
	if err != nil {
		t.Fatal(err)
	}
	watchdog := time.AfterFunc(patience, func() { cmd.Process.Kill() })
	answers := c.read(t, record)
	full := len(answers) > 0 && answers[len(answers)-1].Full
	if full {
		cmd.Process.Kill()
	}
	err = cmd.Wait()
	if !watchdog.Stop() || !full && (err != nil || len(answers) < len(jobs)) {
		text := stderr.String()
		t.Fatalf("after %d of %d jobs, the next being %v: %v\n%s",
			len(answers), len(jobs), jobs[min(len(answers), len(jobs)-1)], err, text[max(0, len(text)-4000):])
	}
	return answers
}

func (c child) read(t *testing.T, record io.Reader) []answer {
	t.Helper()
	var answers []answer
	var a answer
	lines := bufio.NewReader(record)
	for {
		line, err := lines.ReadBytes('\n')
		if err != nil {
			return answers
		}
		var e wire.Event
		if err := json.Unmarshal(line, &e); err != nil || e.Nonce != "n" {
			t.Errorf("%s: %v", line, err)
		}
		if e.Ending == nil {
			a.events = append(a.events, e)
			continue
		}
		a.Ending = *e.Ending
		answers = append(answers, a)
		if a.Full {
			return answers
		}
		a = answer{}
	}
}

// pipeFrom returns a file from which text can be read.
func pipeFrom(t *testing.T, text string) *os.File {
	t.Helper()
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { r.Close() })
	go func() {
		io.WriteString(w, text)
		w.Close()
	}()
	return r
}
