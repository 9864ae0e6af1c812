package native

import (
	"bytes"
	"context"
	"os"
	"path/filepath"

	"racelab/checker/detect/gotest"
	"racelab/checker/labrt/wire"
	"racelab/checker/program"
	"racelab/checker/sandbox"
)

// executeWritten runs once what the go command has built. There is no record in which to
// believe: that all is well is said by the exit status and by the race log alone, and what
// the program has printed, which may be anything, only explains a failure.
func (t Tester) executeWritten(ctx context.Context, with setting, limits sandbox.Limits) (execution, error) {
	ex := execution{Mode: wire.Race, Written: true}
	dir, err := os.MkdirTemp(t.Program.Runs, "")
	if err != nil {
		return ex, err
	}
	raceLog := filepath.Join(dir, "race")
	ex.Exit, err = t.Sandbox.Run(ctx, sandbox.Command{
		Argv: []string{t.Program.Binary, "-test.v=test2json"}, Dir: t.Program.Dir,
		Env: t.Program.Env(wire.Race, with.procs, raceLog), Within: t.Program.Within(dir), Limits: limits,
	})
	if err != nil {
		return ex, err
	}
	if ex.RaceLog, err = readRaceLogs(raceLog); err != nil {
		return ex, err
	}
	ex.Log = gotest.Parse(bytes.NewReader(ex.Exit.Stdout), t.Program.Sources.Dir)
	ex.Log.Done = ex.Exit.Code == 0 || ex.Exit.Code == gotest.Failed || ex.Exit.Code == program.RaceExit
	if ex.Exit.TimedOut || ex.Exit.Idled {
		ex.Log.Done, ex.Log.Hang = false, string(ex.Exit.Stderr)
	}
	return ex, nil
}
