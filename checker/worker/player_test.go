package worker

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"racelab/checker/labrt/wire"

	"go.uber.org/goleak"
)

// workerEnv makes the test binary play the learner's program.
const workerEnv = "RACELAB_TEST_WORKER"

func TestMain(m *testing.M) {
	if log, ok := os.LookupEnv(workerEnv); ok {
		playWorker(log)
	}
	goleak.VerifyTestMain(m)
}

// What the player does is named by the index of the test.
const (
	playWell = iota
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

func playWorker(raceLog string) {
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
	ending := wire.Ending{Job: j.ID, End: wire.AllEnded, Over: true, Steps: 1, Trace: aTrace}
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
		ending.Full = true
	case playRaces:
		f, _ := os.OpenFile(fmt.Sprintf("%s.%d", p.raceLog, os.Getpid()), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
		ending.Races = 1 + int(j.Seed%2)
		for i := range ending.Races {
			fmt.Fprintf(f, "==================\nWARNING: DATA RACE\nreport %d of %d\n==================\n", i+1, j.Seed)
		}
		f.Close()
	case playHalf:
		fmt.Fprintf(p.record, `{"nonce":%q,"event":"en`, p.nonce)
		if self, err := os.FindProcess(os.Getpid()); err == nil {
			_ = self.Kill()
		}
	case playFault:
		fmt.Fprintln(os.Stderr, "racelab: no")
		os.Exit(wire.ExitFault)
	case playTrace:
		ending.Trace = "10000000000"
	case playWrongJob:
		ending.Job++
	}
	if j.Detail {
		p.emit(wire.Event{Event: wire.Begin, Test: fmt.Sprint("job ", p.nth)})
	}
	p.emit(wire.Event{Event: wire.Ended, Ending: &ending})
}

// aTrace is that of a schedule in which two goroutines count, as the run-time
// writes it.
const aTrace = "000010010110011d2011110131f40112k10123k1012120022k10123k1012120122l20123k1012120122e30113k1012130013k1012130113l2012130113e3011110011k1012"
