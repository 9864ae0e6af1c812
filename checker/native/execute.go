package native

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"

	"racelab/checker/detect/testevent"
	"racelab/checker/instrument"
	"racelab/checker/labrt/wire"
	"racelab/checker/sandbox"
)

// An execution is one run of the built binary and all that it left behind.
type execution struct {
	Mode    wire.Mode
	Exit    sandbox.Exit
	Log     testevent.Log
	RaceLog []byte
	Forged  bool // the record held lines that the run-time did not write
	Written bool // nothing of racelab's was in the program, so there is no record
}

// execute runs the program once. The error is about racelab's side.
func (t Tester) execute(ctx context.Context, mode wire.Mode, with setting, limits sandbox.Limits) (execution, error) {
	if t.written {
		return t.executeWritten(ctx, with, limits)
	}
	ex := execution{Mode: mode}
	dir, err := os.MkdirTemp(t.Program.Runs, "")
	if err != nil {
		return ex, err
	}
	nonce := rand.Text()
	config, err := configPipe(wire.Config{Mode: mode, Nonce: nonce, Delays: with.waits, Patient: with.patient})
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
	ex.Exit, err = t.Sandbox.Run(ctx, sandbox.Command{
		Argv: []string{t.Program.Binary}, Dir: t.Program.Dir, Env: t.Program.Env(mode, with.procs, raceLog),
		Files:  []*os.File{config, record}, // wire.ConfigFD, wire.RecordFD
		Within: t.Program.Within(dir),
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

// readRaceLogs reads what the race detector wrote: prefix.PID. (The name of the folder may
// have brackets in it, which a pattern may not.)
func readRaceLogs(prefix string) ([]byte, error) {
	dir := os.DirFS(filepath.Dir(prefix))
	names, err := fs.Glob(dir, filepath.Base(prefix)+".*")
	if err != nil {
		return nil, err
	}
	var all bytes.Buffer
	for _, name := range names {
		data, err := fs.ReadFile(dir, name)
		if err != nil {
			return nil, err
		}
		all.Write(data)
	}
	return instrument.Undo(all.Bytes()), nil
}
