package worker

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

	"racelab/checker/explore"
	"racelab/checker/labrt/wire"
	"racelab/checker/sandbox"
)

// A worker is one process that runs jobs.
type worker struct {
	process  *sandbox.Process
	asked    chan string // jobs to write
	jobs     *os.File
	record   *os.File
	lines    chan line
	reading  atomic.Bool   // a line was read, and is not in lines yet
	gone     chan struct{} // closed when lines are no longer read
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

func start(p Program) (*worker, error) {
	p.Config.Mode, p.Config.Nonce = wire.Explore, rand.Text()
	var files pipes
	defer files.closeTheirs()
	config, record, jobs := files.writeEnd(), files.readEnd(), files.writeEnd()
	if files.err != nil {
		files.closeOurs()
		return nil, files.err
	}
	process, err := p.Sandbox.Start(sandbox.Command{
		Argv: p.Argv, Dir: p.Dir, Env: p.Env, Within: p.Within, Limits: sandbox.Limits{Output: p.Output},
		Files: files.theirs, // wire.ConfigFD, wire.RecordFD, wire.JobFD
	})
	if err != nil {
		files.closeOurs()
		return nil, err
	}
	if data, err := json.Marshal(p.Config); err == nil {
		_, _ = config.Write(data) // it fits into the pipe; a process that does not read it ends
	}
	config.Close()
	w := &worker{
		process: process, jobs: jobs, record: record, patience: p.Patience,
		asked: make(chan string, Window), lines: make(chan line, 1), gone: make(chan struct{}),
		log: raceLog{name: fmt.Sprintf("%s.%d", p.RaceLog, process.PID())},
	}
	go w.read(p.Config.Nonce)
	go w.write()
	return w, nil
}

// pipes are opened one after the other; theirs become descriptors 3, 4, …
type pipes struct {
	ours, theirs []*os.File
	err          error
}

// writeEnd opens a pipe, and returns the end to write to.
func (p *pipes) writeEnd() *os.File {
	r, w := p.open()
	p.ours, p.theirs = append(p.ours, w), append(p.theirs, r)
	return w
}

// readEnd opens a pipe, and returns the end to read from.
func (p *pipes) readEnd() *os.File {
	r, w := p.open()
	p.ours, p.theirs = append(p.ours, r), append(p.theirs, w)
	return r
}

func (p *pipes) open() (r, w *os.File) {
	r, w, err := os.Pipe()
	if err != nil {
		p.err = err
	}
	return r, w
}

func (p *pipes) closeOurs()   { closeAll(p.ours) }
func (p *pipes) closeTheirs() { closeAll(p.theirs) }

func closeAll(files []*os.File) {
	for _, f := range files {
		f.Close() // of a nil file it does nothing
	}
}

// read turns the record into lines, until it ends or does not make sense.
func (w *worker) read(nonce string) {
	defer close(w.lines)
	scan := bufio.NewScanner(w.record)
	scan.Buffer(make([]byte, 1<<16), maxLine)
	scan.Split(wholeLines)
	for scan.Scan() {
		w.reading.Store(true)
		l := parseLine(scan.Bytes(), nonce)
		select {
		case w.lines <- l:
			w.reading.Store(false)
		case <-w.gone:
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
		l.forged = err != nil || !explore.Sound(l.trace)
	}
	return l
}

// write gives jobs to the process. One that does not read them is found out by
// its time, like any other.
func (w *worker) write() {
	for text := range w.asked {
		_, _ = w.jobs.WriteString(text) // fails when the process has ended
	}
}

// ask sends a task, and never waits: no more than Window are unanswered.
func (w *worker) ask(t task) {
	j := t.job
	j.ID = t.id
	w.asked <- j.String() + "\n"
}

// hangs looks at the job that is running, and reports whether it has taken too
// long. A machine with no time for the process must not tell: so it is the
// process's own time that counts, from the third look on: most jobs never see two, and a
// look costs much. While a line of it is read it may be waiting for us.
func (w *worker) hangs() bool {
	switch {
	case w.looks < 2:
	case w.reading.Load():
		w.watch = nil
	case w.watch == nil:
		w.watch = w.process.Watch()
	default:
		return w.watch.Look().Own >= w.patience
	}
	return false
}

// overdue counts looks, and reports whether there were too many for one job.
func (w *worker) overdue() bool {
	w.looks++
	return time.Duration(w.looks)*lookEvery >= sandbox.LastResort*w.patience
}

// answered begins anew: the next job is running.
func (w *worker) answered() {
	w.jobsRun++
	w.said, w.watch, w.looks = nil, nil, 0
}

// goesOn notes that the job that is running has taken some thousand steps more.
func (w *worker) goesOn() { w.watch, w.looks = nil, 0 }

// fresh reports whether the worker has not answered a job yet.
func (w *worker) fresh() bool { return w.jobsRun == 0 }

// kill ends the process.
func (w *worker) kill() (sandbox.Exit, error) {
	w.askNoMore()
	exit, err := w.process.Kill()
	w.hearNoMore()
	return exit, err
}

// quit ends the process, which may say first what its goroutines do.
func (w *worker) quit() (sandbox.Exit, error) {
	w.askNoMore()
	exit, err := w.process.Quit()
	w.lastWords()
	w.hearNoMore()
	return exit, err
}

func (w *worker) askNoMore() {
	close(w.asked)
	w.jobs.Close()
}

func (w *worker) hearNoMore() {
	close(w.gone)
	w.record.Close()
}

// lastWords takes in what was recorded before the process ended.
func (w *worker) lastWords() {
	patience := time.After(time.Second) // a process that has left the group may keep the record open
	for {
		select {
		case l, ok := <-w.lines:
			if !ok || l.forged {
				return
			}
			w.said = append(w.said, l.event)
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
