package checker

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strconv"

	"racelab/checker/detect/testevent"
	"racelab/checker/instrument"
	"racelab/checker/labrt/wire"
	"racelab/checker/sandbox"
	"racelab/checker/stage"
)

// An execution is one run of the built binary and all that it left behind.
type execution struct {
	Mode    wire.Mode
	Exit    sandbox.Exit
	Log     testevent.Log
	RaceLog []byte
	Forged  bool // the record held lines that the run-time did not write
}

// execute runs binary once. The error is about racelab's side.
func execute(ctx context.Context, ws *stage.Workspace, binary string, mode wire.Mode, with setting, limits sandbox.Limits) (execution, error) {
	ex := execution{Mode: mode}
	dir, err := os.MkdirTemp(ws.RunDir(), "")
	if err != nil {
		return ex, err
	}
	nonce := rand.Text()
	config, err := configPipe(wire.Config{Mode: mode, Nonce: nonce, Delays: with.delays})
	if err != nil {
		return ex, err
	}
	defer config.Close()
	record, err := os.OpenFile(filepath.Join(dir, "record"), os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		return ex, err
	}
	defer record.Close()

	raceLog := filepath.Join(dir, "race")
	ex.Exit, err = sandbox.Run(ctx, sandbox.Command{
		Argv: []string{binary}, Dir: ws.Dir(stage.Lab), Env: runEnv(ws, mode, with.procs, raceLog),
		Files:  []*os.File{config, record}, // wire.ConfigFD, wire.RecordFD
		Limits: limits,
	})
	if err != nil {
		return ex, err
	}
	ex.Exit.Stderr = instrument.Undo(ex.Exit.Stderr)
	if ex.RaceLog, err = readRaceLogs(raceLog); err != nil {
		return ex, err
	}
	recorded, err := os.ReadFile(record.Name())
	if err != nil {
		return ex, err
	}
	ex.Log, err = testevent.Parse(bytes.NewReader(instrument.Undo(recorded)), nonce)
	ex.Forged = err != nil
	return ex, nil
}

// configPipe returns the end of a pipe from which c can be read.
func configPipe(c wire.Config) (*os.File, error) {
	data, err := json.Marshal(c)
	if err != nil {
		return nil, err
	}
	r, w, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	defer w.Close()
	if _, err := w.Write(data); err != nil { // some bytes: they fit into the pipe
		r.Close()
		return nil, err
	}
	return r, nil
}

// raceExit is the exit status of a process in which races were reported.
const raceExit = 66

// runEnv is the whole environment of an execution. The race detector sleeps a
// second at exit unless it is told not to; goleak has made sure by then that no
// goroutine is left to race.
func runEnv(ws *stage.Workspace, mode wire.Mode, procs int, raceLog string) []string {
	return []string{
		"HOME=" + ws.Temp(), "TMPDIR=" + ws.Temp(), "GOTRACEBACK=all",
		"GOMAXPROCS=" + strconv.Itoa(procs),
		fmt.Sprintf(`GORACE=log_path="%s" halt_on_error=0 atexit_sleep_ms=0 %s`, raceLog, raceOptions(mode)),
	}
}

// raceOptions are those of the race detector that differ. In lock mode its
// reports are not looked at. Exploring wants one for every schedule that shows a
// race, and counts them itself.
func raceOptions(mode wire.Mode) string {
	switch mode {
	case wire.Lock:
		return "exitcode=0 history_size=3"
	case wire.Explore:
		return "exitcode=0 suppress_equal_stacks=0 suppress_equal_addresses=0"
	}
	return fmt.Sprintf("exitcode=%d history_size=3", raceExit)
}

// readRaceLogs reads what the race detector wrote: prefix.PID.
func readRaceLogs(prefix string) ([]byte, error) {
	names, err := filepath.Glob(prefix + ".*")
	if err != nil {
		return nil, err
	}
	var all bytes.Buffer
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		all.Write(data)
	}
	return instrument.Undo(all.Bytes()), nil
}
