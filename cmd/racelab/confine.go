package main

import (
	"cmp"
	"context"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"sync"

	"racelab/checker"
	"racelab/checker/cache"
	"racelab/checker/exercise"
	"racelab/checker/finding"
	"racelab/checker/gotool"
	"racelab/checker/sandbox"
	"racelab/checker/stage"
)

// A confinement is how what nobody has read is kept from what is not its own: each check
// within a wall, and each process that runs a submission within a narrower one.
type confinement struct {
	tier      sandbox.Tier
	exe       string // racelab
	toolchain gotool.Toolchain
	cache     cache.Dir
	prepared  sync.Map // by exercise: a func() error that makes it ready once
}

// checkFileSize bounds each file that a check writes, in bytes: programs are the largest.
const checkFileSize = 1 << 30

// system is where programs and libraries are that the compiler needs.
var system = []string{"/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/nix/store", "/gnu/store"}

// settings are what these programs look at.
var settings = []string{"/etc/ld.so.cache", "/etc/alternatives", "/etc/localtime", "/proc", "/sys/fs/cgroup"}

// wall is what a check may reach: it reads programs and what is known already, and writes
// into a folder of its own. It does not see what others have handed in, nor the records.
func (c *confinement) wall(dir string) *sandbox.Wall {
	run := append([]string{c.exe, c.toolchain.GOROOT, filepath.Dir(c.toolchain.GOTOOLDIR)}, system...)
	if c.toolchain.CC != "" {
		run = append(run, c.toolchain.CC)
	}
	return &sandbox.Wall{
		Run:      run,
		Read:     append([]string{c.toolchain.GOCACHE, c.toolchain.GOMODCACHE, string(c.cache)}, settings...),
		Write:    []string{dir},
		FileSize: checkFileSize,
	}
}

// env is the environment of a check: what finds the compiler and the caches, and nothing that
// the user keeps there for others.
func (c *confinement) env(dir string) []string {
	home := dir
	if runtime.GOOS != "linux" { // the caches lie there, and there is no wall anyway
		home, _ = os.UserHomeDir()
	}
	return []string{
		"PATH=" + os.Getenv("PATH"), "HOME=" + home, "TMPDIR=" + dir, "LC_ALL=C",
		"XDG_CACHE_HOME=" + filepath.Dir(string(c.cache)),
		"GOCACHE=" + c.toolchain.GOCACHE, "GOMODCACHE=" + c.toolchain.GOMODCACHE, "GOROOT=" + c.toolchain.GOROOT,
		"CC=" + c.toolchain.CC, "GOENV=off", "GOTOOLCHAIN=local",
	}
}

// run runs racelab within the wall of a check, as one that finds a job as descriptor 3.
func (c *confinement) run(ctx context.Context, command string, job *os.File, limits sandbox.Limits) (exit sandbox.Exit, err error) {
	dir, remove, err := stage.NewScratch()
	if err != nil {
		return exit, err
	}
	defer func() { _ = remove() }() // the next racelab tries again
	return c.runner().Run(ctx, sandbox.Command{
		Argv: []string{c.exe, command}, Dir: dir, Env: c.env(dir), Files: []*os.File{job},
		Within: c.wall(dir), Limits: limits,
	})
}

func (c *confinement) runner() sandbox.Runner { return runnerOf(c.tier, c.exe) }

func runnerOf(tier sandbox.Tier, exe string) sandbox.Runner {
	if tier == sandbox.TierLimits {
		return sandbox.Limited{}
	}
	return sandbox.Confined{Tier: tier, Exe: exe}
}

// prepare makes an exercise ready, once, outside of the walls: what is kept there is for all,
// so that no submission may write it. The submission is not looked at.
func (c *confinement) prepare(ctx context.Context, ex exercise.Exercise) error {
	once, _ := c.prepared.LoadOrStore(ex.ID, sync.OnceValue(func() error {
		options := oneOfMany
		options.Sandbox = c.runner()
		grader, err := checker.Open(ctx, options)
		if err != nil {
			return err
		}
		return grader.Prepare(ctx, ex)
	}))
	return once.(func() error)()
}

// tier is how what nobody has read is confined.
func (a *app) tier() sandbox.Tier {
	if a.confined == nil {
		return sandbox.TierLimits
	}
	return a.confined.tier
}

func (a *app) prepareConfined(ctx context.Context, ex exercise.Exercise) error {
	if a.confined == nil || a.confined.tier == sandbox.TierLimits {
		return nil // a check may write what it finds out
	}
	return a.confined.prepare(ctx, ex)
}

// runConfined runs racelab itself as confined as it is to be.
func (a *app) runConfined(ctx context.Context, command string, job *os.File, limits sandbox.Limits) (exit sandbox.Exit, err error) {
	if a.confined != nil {
		return a.confined.run(ctx, command, job, limits)
	}
	return a.runLimited(ctx, sandbox.Command{Argv: []string{command}, Files: []*os.File{job}, Limits: limits})
}

// runLimited runs racelab itself under limits alone, with the Argv of c behind its name. What
// it leaves behind in its temporary folder when it is stopped goes with it.
func (a *app) runLimited(ctx context.Context, c sandbox.Command) (exit sandbox.Exit, err error) {
	exe, err := os.Executable()
	if err != nil {
		return exit, err
	}
	dir, remove, err := stage.NewScratch()
	if err != nil {
		return exit, err
	}
	defer func() { _ = remove() }() // the next racelab tries again
	c.Argv = append([]string{exe}, c.Argv...)
	c.Dir = cmp.Or(c.Dir, a.cwd)
	c.Env = slices.Concat(os.Environ(), []string{"TMPDIR=" + dir}, c.Env)
	return sandbox.Limited{}.Run(ctx, c)
}

// within is the grader of a process that stands within the wall of a check already.
func (a *app) within(tier sandbox.Tier) (grading, error) {
	if tier == sandbox.TierLimits || tier == "" {
		return grading{a.checkBeside, a.replay}, nil
	}
	exe, err := os.Executable()
	if err != nil {
		return grading{}, err
	}
	options := oneOfMany
	options.Sandbox, options.CacheProgram = runnerOf(tier, exe), buildCacheProgram(exe)
	g := &lazyGrader{options: options}
	return grading{g.check, g.replay}, nil
}

// A grading is what can be done with one submission.
type grading struct {
	check  func(context.Context, checker.Task) (finding.Verdict, error)
	replay func(context.Context, checker.Task, string) (finding.Replay, error)
}
