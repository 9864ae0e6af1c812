package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"racelab/checker/exercise"

	"github.com/spf13/cobra"
)

func newDevBenchCommand(a *app) *cobra.Command {
	rounds := 7
	cmd := &cobra.Command{
		Use:   "bench [EXERCISE]",
		Short: "Compare check and grade with go test -race, after an edit",
		Long: `Measure what a learner waits for after saving: go test -race, the same without
ThreadSanitizer's second of sleep at exit, and racelab check, side by side on
an exercise (01 unless you name another), once with a right fix and once as it
is handed out. Beside them stands what grade takes for a class of one: where
racelab has to look at the reference first, where it knows that, and where it
knows the submission.

Before each command the program is edited so that its object code changes; an
added comment would let the go command skip linking. CPU is that of all
processes the command started. The commands take turns; the medians are printed.`,
		Args: atMost(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if rounds < 5 {
				return usage("a median of %d says little: use -n 5 or more.", rounds)
			}
			name := "01"
			if len(args) > 0 {
				name = args[0]
			}
			return a.runDevBench(cmd.Context(), name, rounds)
		},
	}
	cmd.Flags().IntVarP(&rounds, "rounds", "n", rounds, "how often each command runs")
	return cmd
}

// A contender is one of the commands that are compared.
type contender struct {
	name   string
	argv   []string
	env    []string
	graded bool // it grades a class, and ends with 0 whatever the points
	kept   bool // the program is not edited before
	cold   bool // racelab's cache is empty
}

// A bench is a lab to measure in.
type bench struct {
	lab      lab
	exercise exercise.Exercise
	edits    int64 // makes every edit another one, also than those of earlier benches
}

func (a *app) runDevBench(ctx context.Context, name string, rounds int) (err error) {
	set, err := a.set()
	if err != nil {
		return err
	}
	ex, err := a.find(set, name)
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "racelab-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	self, err := os.Executable()
	if err != nil {
		return err
	}
	if out, err := exec.CommandContext(ctx, self, "init", dir).CombinedOutput(); err != nil {
		return fmt.Errorf("make a lab: %w: %s", err, out)
	}
	b := &bench{lab: lab{dir}, exercise: ex, edits: time.Now().UnixNano()}
	test := []string{"go", "test", "-race", "-count=1", "./exercises/" + ex.ID}
	grade := []string{self, "grade", classOf(b.lab), "--exercises", ex.ID, "--format", "csv"}
	contenders := []contender{
		{name: "go test -race -count=1", argv: test},
		{name: "the same, GORACE=atexit_sleep_ms=0", argv: test, env: []string{"GORACE=atexit_sleep_ms=0"}},
		{name: "racelab check " + ex.ID, argv: []string{self, "check", ex.ID}},
		{name: "racelab grade, cold", argv: grade, graded: true, cold: true},
		{name: "racelab grade, warm", argv: grade, graded: true},
		{name: "racelab grade, known", argv: grade, graded: true, kept: true},
	}
	a.say("%s, medians of %d rounds    %10s %10s", ex.ID, rounds, "wall", "CPU")
	for _, version := range []struct {
		name   string
		from   fs.FS
		status int
	}{{"a right fix", ex.Reference, statusPass}, {"as handed out", ex.Dir, statusFail}} {
		source, err := fs.ReadFile(version.from, ex.Files[0])
		if err != nil {
			return err
		}
		samples, err := b.measure(ctx, contenders, source, version.status, rounds)
		if err != nil {
			return err
		}
		a.say("%s", a.palette.Bold(version.name))
		for i, c := range contenders {
			a.say("  %-40s %10s %10s", c.name, median(samples[i], wall), median(samples[i], cpu))
		}
	}
	return nil
}

// A sample is one run of a command.
type sample struct{ wall, cpu time.Duration }

func wall(s sample) time.Duration { return s.wall }
func cpu(s sample) time.Duration  { return s.cpu }

// measure runs the contenders in turns, each on a program edited anew. The first
// round fills the caches and does not count.
func (b *bench) measure(ctx context.Context, contenders []contender, source []byte, status, rounds int) ([][]sample, error) {
	samples := make([][]sample, len(contenders))
	for round := range rounds + 1 {
		for k := range contenders {
			i := (k + round) % len(contenders) // each comes first in turn
			s, err := b.once(ctx, contenders[i], source, status)
			if err != nil {
				return nil, err
			}
			if round > 0 {
				samples[i] = append(samples[i], s)
			}
		}
	}
	return samples, nil
}

// once edits the program and runs one contender.
func (b *bench) once(ctx context.Context, c contender, source []byte, status int) (sample, error) {
	if err := b.edit(c, source); err != nil {
		return sample{}, err
	}
	if c.cold {
		env, err := b.withoutCache(ctx)
		if err != nil {
			return sample{}, err
		}
		c.env = env
	}
	if c.graded {
		status = statusPass
	}
	var out strings.Builder
	cmd := exec.CommandContext(ctx, c.argv[0], c.argv[1:]...)
	cmd.Dir, cmd.Env = b.lab.dir, append(os.Environ(), c.env...)
	cmd.Stdout, cmd.Stderr = &out, &out
	start := time.Now()
	err := cmd.Run()
	took := time.Since(start)
	if cmd.ProcessState == nil {
		return sample{}, err
	}
	if got := cmd.ProcessState.ExitCode(); got != status {
		return sample{}, fmt.Errorf("%s ended with status %d, not %d:\n%s", strings.Join(c.argv, " "), got, status, out.String())
	}
	return sample{took, cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()}, nil
}

// edit makes the program another one, where the contender looks for it.
func (b *bench) edit(c contender, source []byte) error {
	if c.kept {
		return nil
	}
	name := b.lab.files(b.exercise)[0]
	if c.graded {
		name = filepath.Join(classOf(b.lab), "ada", b.exercise.Files[0])
	}
	b.edits++
	return errors.Join(os.MkdirAll(filepath.Dir(name), 0o755),
		os.WriteFile(name, fmt.Appendf(slices.Clone(source), "\nvar attempt = %d\n", b.edits), 0o644))
}

// withoutCache has an empty cache of racelab's, beside Go's, which stays.
func (b *bench) withoutCache(ctx context.Context) ([]string, error) {
	gocache, err := exec.CommandContext(ctx, "go", "env", "GOCACHE").Output()
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp(b.lab.dir, "cache-")
	return []string{"GOCACHE=" + strings.TrimSpace(string(gocache)), "XDG_CACHE_HOME=" + dir}, err
}

// classOf is a class of one student, beside the exercises of a lab.
func classOf(l lab) string { return filepath.Join(l.dir, "class") }

func median(samples []sample, of func(sample) time.Duration) string {
	values := make([]time.Duration, len(samples))
	for i, s := range samples {
		values[i] = of(s)
	}
	slices.Sort(values)
	n := len(values)
	return fmt.Sprintf("%.2fs", ((values[(n-1)/2] + values[n/2]) / 2).Seconds())
}
