package explore

import (
	"bufio"
	"bytes"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"sync/atomic"
	"time"

	"racelab/checker/labrt/wire"
	"racelab/checker/sandbox"
)

// A child is one process that runs jobs.
type child struct {
	process  *sandbox.Process
	asked    chan string // jobs to write
	jobs     *os.File
	record   *os.File
	lines    chan line
	reading  atomic.Bool   // a line was read, and is not in lines yet
	gone     chan struct{} // closed when nobody reads lines any more
	log      raceLog
	said     []wire.Event // since the last ending
	patience time.Duration
	watch    *sandbox.Watch // of the job that is running; nil until it was seen to run
	looks    int            // at that job
	jobsRun  int
}

// A line is one of the record.
type line struct {
	event  wire.Event
	trace  wire.Trace // of an ending
	forged bool       // the run-time did not write it
}

// maxLine bounds a line of the record, in bytes.
const maxLine = 64 << 20

func startChild(p Program) (*child, error) {
	p.Config.Mode, p.Config.Nonce = wire.Explore, rand.Text()
	var files pipes
	defer files.closeTheirs()
	config, record, jobs := files.open(true), files.open(false), files.open(true)
	if files.err != nil {
		files.closeOurs()
		return nil, files.err
	}
	process, err := p.Sandbox.Start(sandbox.Command{
		Argv: p.Argv, Dir: p.Dir, Env: p.Env, Limits: sandbox.Limits{Output: p.Output},
		Files: files.theirs, // wire.ConfigFD, wire.RecordFD, wire.JobFD
	})
	if err != nil {
		files.closeOurs()
		return nil, err
	}
	if data, err := json.Marshal(p.Config); err == nil {
		_, _ = config.Write(data) // it fits into the pipe; whoever does not read it dies
	}
	config.Close()
	c := &child{
		process: process, jobs: jobs, record: record, patience: p.Patience,
		asked: make(chan string, inFlight), lines: make(chan line, 1), gone: make(chan struct{}),
		log: raceLog{name: fmt.Sprintf("%s.%d", p.RaceLog, process.PID())},
	}
	go c.read(p.Config.Nonce)
	go c.write()
	return c, nil
}

// pipes are opened one after the other; theirs become descriptors 3, 4, …
type pipes struct {
	ours, theirs []*os.File
	err          error
}

// open returns our end of a new pipe: the one to write to, or to read from.
func (p *pipes) open(write bool) *os.File {
	r, w, err := os.Pipe()
	if err != nil {
		p.err = err
		return nil
	}
	if !write {
		r, w = w, r
	}
	p.ours, p.theirs = append(p.ours, w), append(p.theirs, r)
	return w
}

func (p *pipes) closeOurs()   { closeAll(p.ours) }
func (p *pipes) closeTheirs() { closeAll(p.theirs) }

func closeAll(files []*os.File) {
	for _, f := range files {
		f.Close()
	}
}

// read turns the record into lines, until it ends or does not make sense.
func (c *child) read(nonce string) {
	defer close(c.lines)
	scan := bufio.NewScanner(c.record)
	scan.Buffer(make([]byte, 1<<16), maxLine)
	scan.Split(wholeLines)
	for scan.Scan() {
		c.reading.Store(true)
		l := parseLine(scan.Bytes(), nonce)
		select {
		case c.lines <- l:
			c.reading.Store(false)
		case <-c.gone:
			return
		}
		if l.forged {
			return
		}
	}
}

// wholeLines is bufio.ScanLines without the last line that has no end: the
// process was killed while it wrote.
func wholeLines(data []byte, atEOF bool) (advance int, token []byte, err error) {
	if i := bytes.IndexByte(data, '\n'); i >= 0 {
		return i + 1, data[:i], nil
	}
	if atEOF {
		return len(data), nil, nil
	}
	return 0, nil, nil
}

func parseLine(text []byte, nonce string) line {
	var l line
	dec := json.NewDecoder(bytes.NewReader(text))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&l.event); err != nil || l.event.Nonce != nonce {
		return line{forged: true}
	}
	if l.event.Ending != nil {
		var err error
		l.trace, err = wire.DecodeTrace(l.event.Ending.Trace)
		l.forged = err != nil || !sound(l.trace)
	}
	return l
}

// write gives jobs to the process. One that does not read them is found out by
// its time, like any other.
func (c *child) write() {
	for text := range c.asked {
		_, _ = c.jobs.WriteString(text) // fails when the process has ended
	}
}

// ask sends a task, and never waits: no more than inFlight are unanswered.
func (c *child) ask(t task) {
	j := t.job
	j.ID = t.id
	c.asked <- j.String() + "\n"
}

// hangs looks at the job that is running, and reports whether it has taken too
// long. A machine with no time for the process must not tell: so it is the
// process's own time that counts, from the second look on. (Most jobs never see
// one.) While a line of it is read it may be waiting for us.
func (c *child) hangs() bool {
	switch {
	case c.reading.Load():
		c.watch = nil
	case c.watch == nil:
		c.watch = c.process.Watch()
	default:
		return c.watch.Look().Own >= c.patience
	}
	return false
}

// overdue counts looks, and reports whether there were too many for one job.
func (c *child) overdue() bool {
	c.looks++
	return time.Duration(c.looks)*lookEvery >= sandbox.LastResort*c.patience
}

// answered begins anew: the next job is running.
func (c *child) answered() {
	c.jobsRun++
	c.said, c.watch, c.looks = nil, nil, 0
}

// fresh reports whether the child has not answered a job yet.
func (c *child) fresh() bool { return c.jobsRun == 0 }

// end ends the process; asked, it may say first what its goroutines do.
func (c *child) end(asked bool) (sandbox.Exit, error) {
	close(c.asked)
	c.jobs.Close()
	var exit sandbox.Exit
	var err error
	if asked {
		exit, err = c.process.Quit()
		c.lastWords()
	} else {
		exit, err = c.process.Kill()
	}
	close(c.gone)
	c.record.Close()
	return exit, err
}

// lastWords takes in what was recorded before the process ended.
func (c *child) lastWords() {
	patience := time.After(time.Second) // whoever has left the group may keep the record open
	for {
		select {
		case l, ok := <-c.lines:
			if !ok || l.forged {
				return
			}
			c.said = append(c.said, l.event)
		case <-patience:
			return
		}
	}
}

var errFault = errors.New("the run-time could not work")

func faultOf(exit sandbox.Exit, err error) error {
	if err != nil {
		return err
	}
	return fmt.Errorf("%w: %s", errFault, bytes.TrimSpace(exit.Stderr))
}
