package explore

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"syscall"
	"testing"
	"time"

	"racelab/checker/labrt/wire"
)

// childEnv makes the test binary play the learner's program.
const childEnv = "EXPLORE_TEST_CHILD"

func TestMain(m *testing.M) {
	if log, ok := os.LookupEnv(childEnv); ok {
		playChild(log)
	}
	os.Exit(m.Run())
}

// What the player does is named by the index of the test.
const (
	playSim = iota
	playExit
	playHang
	playForge
	playClose
	playFull
	playRaces
	playHalf
	playFault
	playTrace
	playWrongJob
	playSpin
	playTalk
)

func playChild(raceLog string) {
	var config wire.Config
	if err := json.NewDecoder(os.NewFile(wire.ConfigFD, "config")).Decode(&config); err != nil || config.Mode != wire.Explore {
		os.Exit(wire.ExitFault)
	}
	record := os.NewFile(wire.RecordFD, "record")
	jobs := bufio.NewScanner(os.NewFile(wire.JobFD, "jobs"))
	for n := 1; jobs.Scan(); n++ {
		j, err := wire.ParseJob(jobs.Text())
		if err != nil {
			os.Exit(wire.ExitFault)
		}
		p := player{nonce: config.Nonce, raceLog: raceLog, record: record, nth: n}
		p.play(j)
	}
	os.Exit(0)
}

type player struct {
	nonce, raceLog string
	record         *os.File
	nth            int // job of this process
}

func (p player) emit(e wire.Event) {
	e.Nonce = p.nonce
	line, _ := json.Marshal(e)
	p.record.Write(append(line, '\n'))
}

func (p player) play(j wire.Job) {
	r := newMachine(lostUpdate, wire.Job{ID: j.ID, Policy: j.Policy, Seed: j.Seed, Depth: j.Depth, Length: j.Length, Picks: j.Picks}).run()
	r.Ending.Trace = encodeTrace(r.Trace)
	switch j.Test {
	case playExit:
		fmt.Fprintln(os.Stderr, "fatal error: out of luck")
		os.Exit(2)
	case playHang:
		p.emit(wire.Event{Event: wire.Hang, Text: "goroutine 1"})
		time.Sleep(time.Hour)
	case playSpin:
		for n := 0; ; n++ {
		}
	case playTalk: // more than a pipe holds
		for range 100 {
			p.emit(wire.Event{Event: wire.Message, Text: strings.Repeat("talk", 1<<14)})
		}
	case playForge:
		fmt.Fprintln(p.record, `{"nonce":"guess","event":"ended","ending":{"job":0,"end":"ended"}}`)
	case playClose:
		p.record.Close()
		time.Sleep(time.Hour)
	case playFull:
		r.Ending.Full = true
	case playRaces:
		f, _ := os.OpenFile(fmt.Sprintf("%s.%d", p.raceLog, os.Getpid()), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
		r.Ending.Races = 1 + int(j.Seed%2)
		for i := range r.Ending.Races {
			fmt.Fprintf(f, "==================\nWARNING: DATA RACE\nreport %d of %d\n==================\n", i+1, j.Seed)
		}
		f.Close()
	case playHalf:
		fmt.Fprintf(p.record, `{"nonce":%q,"event":"en`, p.nonce)
		_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
	case playFault:
		fmt.Fprintln(os.Stderr, "racelab: no")
		os.Exit(wire.ExitFault)
	case playTrace:
		r.Ending.Trace = "10000000000"
	case playWrongJob:
		r.Ending.Job++
	}
	if j.Detail {
		p.emit(wire.Event{Event: wire.Begin, Test: fmt.Sprint("job ", p.nth)})
	}
	p.emit(wire.Event{Event: wire.Ended, Ending: &r.Ending})
}

// lostUpdate is two goroutines that add one to a variable in two steps.
var lostUpdate = &program{funcs: [][]ins{
	{{do: "wgadd", b: 2}, {do: "go", a: 1}, {do: "go", a: 1}, {do: "wgwait"}, {do: "load", b: 1}, {do: "fail", a: 1, b: 2}},
	{{do: "load", b: 1}, {do: "store", b: 1}, {do: "wgdone"}},
}}

// encodeTrace writes a trace as the run-time does.
func encodeTrace(t wire.Trace) string {
	var b strings.Builder
	number := func(xs ...int) {
		for _, x := range xs {
			for ; x >= 32; x >>= 5 {
				b.WriteByte(wire.Digits[32+x&31])
			}
			b.WriteByte(wire.Digits[x])
		}
	}
	for _, parent := range t.Parents {
		number(wire.RecordSpawn, parent+1)
	}
	for _, s := range t.Steps {
		stay := 0
		if s.Stay {
			stay = 1
		}
		number(wire.RecordStep, s.G+1, s.Case, stay, len(s.Enabled))
		for _, p := range s.Enabled {
			number(p.G+1, int(p.Op), int(p.Class), p.Cases, len(p.Objects))
			number(p.Objects...)
		}
		if s.Taken >= 0 {
			number(wire.RecordTaken, s.Taken)
		}
	}
	return b.String()
}
