package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"time"

	"racelab/checker/gotool"
	"racelab/checker/sandbox"

	"github.com/spf13/cobra"
)

// Before what nobody has read is run, a canary is: it stands within the walls of a check,
// builds a racy program, and runs that within the narrower ones. A race must be reported
// there, and what must not be reached must not. So a tier is used only where it has held.
const (
	canaryCommand = "canary"
	probeCommand  = "probe"
	canaryWall    = 5 * time.Minute // the first build of the standard library for -race
)

// A bait is what must not be reached.
type bait struct {
	Sandbox sandbox.Tier `json:"sandbox"`
	Read    []string     `json:"read"`  // files and folders
	Write   []string     `json:"write"` // folders
	TCP     string       `json:"tcp"`
	UDP     string       `json:"udp"`
	Unix    string       `json:"unix"`
}

// A canarySong is what the canary has to say.
type canarySong struct {
	Reached []string `json:"reached,omitempty"` // by a check
	Inner   []string `json:"inner,omitempty"`   // by a process that would run a submission
	Race    bool     `json:"race"`
	Output  string   `json:"output,omitempty"` // of the racy program, or of what built it
}

// fault says what is wrong with the tier; nil if nothing is.
func (s canarySong) fault() error {
	switch {
	case len(s.Reached) > 0:
		return fmt.Errorf("a check could still %s", strings.Join(s.Reached, ", "))
	case len(s.Inner) > 0:
		return fmt.Errorf("a submission could still %s", strings.Join(s.Inner, ", "))
	case !s.Race:
		return fmt.Errorf("the race detector does not work in it: %s", firstLines(s.Output))
	}
	return nil
}

// newCanaryCommand and newProbeCommand find a bait as descriptor 3.
func newCanaryCommand(a *app) *cobra.Command {
	return &cobra.Command{
		Use: canaryCommand, Hidden: true, Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			b, err := readBait()
			if err != nil {
				return err
			}
			song, err := a.sing(cmd.Context(), b)
			if err != nil {
				return err
			}
			return json.NewEncoder(a.stdout).Encode(song)
		},
	}
}

func newProbeCommand(a *app) *cobra.Command {
	return &cobra.Command{
		Use: probeCommand, Hidden: true, Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			b, err := readBait()
			if err != nil {
				return err
			}
			return json.NewEncoder(a.stdout).Encode(b.reach())
		},
	}
}

func readBait() (b bait, err error) {
	f := os.NewFile(jobFD, "bait")
	if f == nil || json.NewDecoder(f).Decode(&b) != nil {
		return b, usage("%s and %s are for racelab itself.", canaryCommand, probeCommand)
	}
	return b, f.Close()
}

// reach tries to reach all of it, and says what it could do.
func (b bait) reach() (reached []string) {
	could := func(err error, format string, args ...any) {
		if err == nil {
			reached = append(reached, fmt.Sprintf(format, args...))
		}
	}
	for _, name := range b.Read {
		f, err := os.Open(name)
		if err == nil {
			_ = f.Close()
		}
		could(err, "read %s", name)
	}
	for _, dir := range b.Write {
		name := filepath.Join(dir, "racelab-canary")
		err := os.WriteFile(name, nil, 0o600)
		could(err, "write into %s", dir)
		if err == nil {
			_ = os.Remove(name)
		}
	}
	for network, address := range map[string]string{"tcp": b.TCP, "udp": b.UDP, "unix": b.Unix} {
		conn, err := net.DialTimeout(network, address, time.Second)
		if err == nil {
			_, err = conn.Write([]byte{0})
			_ = conn.Close()
		}
		could(err, "send over %s", network)
	}
	return reached
}

// sing tries all that within the wall of a check.
func (a *app) sing(ctx context.Context, b bait) (song canarySong, err error) {
	song.Reached = b.reach()
	exe, err := os.Executable()
	if err != nil {
		return song, err
	}
	toolchain, err := a.findToolchain(ctx)
	if err != nil {
		return song, err
	}
	dir, err := os.MkdirTemp("", "canary-")
	if err != nil {
		return song, err
	}
	defer os.RemoveAll(dir)
	if err := writeFile(filepath.Join(dir, "racy.go"), racyProgram); err != nil {
		return song, err
	}
	runner := runnerOf(b.Sandbox, exe)
	toolchain.CacheProgram = buildCacheProgram(exe)
	racy := filepath.Join(dir, "racy")
	built, err := gotool.Builder{Sandbox: runner, Toolchain: toolchain, Module: dir, Temp: dir, Processors: 1}.
		Go(ctx, []string{"build", "-race", "-o", racy, "racy.go"})
	if err != nil || built.Code != 0 {
		song.Output = string(built.Stdout) + string(built.Stderr)
		return song, err
	}
	ran, err := runner.Run(ctx, sandbox.Command{
		Argv: []string{racy}, Dir: dir, Env: []string{"GORACE=atexit_sleep_ms=0", "GOMAXPROCS=2"},
		Within: &sandbox.Wall{Run: []string{racy}, Alone: true}, Limits: sandbox.Limits{Wall: time.Minute, Output: 64 << 10},
	})
	if err != nil {
		return song, err
	}
	song.Output = string(ran.Stdout) + string(ran.Stderr)
	song.Race = strings.Contains(song.Output, "WARNING: DATA RACE")
	b.Read = append(b.Read, filepath.Join(dir, "racy.go"), racy)
	b.Write = append(b.Write, dir)
	song.Inner, err = probe(ctx, runner, exe, b)
	return song, err
}

// probe tries it where a submission would run.
func probe(ctx context.Context, runner sandbox.Runner, exe string, b bait) (reached []string, err error) {
	var exit sandbox.Exit
	err = withJob(b, func(job *os.File) error {
		exit, err = runner.Run(ctx, sandbox.Command{
			Argv: []string{exe, probeCommand}, Files: []*os.File{job}, Env: []string{"GOMAXPROCS=2"},
			Within: &sandbox.Wall{Run: []string{exe}, Alone: true}, Limits: sandbox.Limits{Wall: time.Minute, Output: 64 << 10},
		})
		return err
	})
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal(exit.Stdout, &reached); err != nil {
		return nil, errors.New(firstLines(string(exit.Stderr)))
	}
	return reached, nil
}
