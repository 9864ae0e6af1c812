package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime"
	"strings"

	"racelab/checker/cache"
	"racelab/checker/gotool"
	"racelab/checker/report/terminal"
	"racelab/checker/sandbox"

	"github.com/spf13/cobra"
)

func (a *app) newDoctorCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "doctor",
		Short: "Say whether everything works on this machine, or what to do",
		Long: `Look at everything that racelab needs on this machine, and say what to do about
what is missing: Go, a C compiler, a race detector that really finds a race, the
modules of the other detectors, and places to write to.

It also builds what every check needs, once. After that racelab works without
the network. The first time this takes about a minute.

Exit status: 0 everything works; 3 racelab cannot grade on this machine.`,
		Example: `  racelab doctor`,
		Args:    atMost(0),
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.runDoctor(cmd.Context()) },
	}
}

// An ailment is what doctor found, and what helps.
type ailment struct {
	what   string // what does not work, and how that showed
	remedy string // what to do, one step a line
}

func (e ailment) Error() string { return e.what + "\n" + e.remedy }

// An examination looks at one thing. It says what it found in a few words.
type examination struct {
	name string
	// optional ones can fail without keeping racelab from grading.
	optional bool
	look     func(context.Context) (string, error)
}

func (a *app) runDoctor(ctx context.Context) error {
	d := &doctor{app: a, goos: runtime.GOOS}
	healthy := true
	for _, e := range d.examinations() {
		progress := a.startProgress(ctx)
		d.progress = progress.say
		found, err := e.look(ctx)
		progress.stop()
		if ctx.Err() != nil {
			return ctx.Err()
		}
		a.showExamination(e, found, err)
		healthy = healthy && (err == nil || e.optional || errors.Is(err, errNotExamined))
	}
	a.say("")
	if !healthy {
		a.say("racelab cannot grade on this machine yet. Do what the arrows say, then")
		a.say("run `%s doctor` again.", a.command)
		return verdictStatus(statusNotAble)
	}
	a.say("Everything works. `%s` says what is next.", a.command)
	return nil
}

func (a *app) showExamination(e examination, found string, err error) {
	mark := a.palette.Good("✓")
	switch {
	case errors.Is(err, errNotExamined):
		mark, found = a.palette.Dim("-"), "not examined: see above"
	case err != nil && e.optional:
		mark, found = a.palette.Warn("!"), ailmentOf(err).what
	case err != nil:
		mark, found = a.palette.Bad("✗"), ailmentOf(err).what
	}
	const column = 19 // where the text begins
	rest := strings.Repeat(" ", column)
	first := fmt.Sprintf("%s %-*s", mark, column-2, e.name)
	lines := terminal.Wrap(terminal.Line(found), a.width, strings.Repeat(" ", column), rest)
	fmt.Fprint(a.stdout, first+strings.TrimPrefix(lines, rest))
	if err == nil || errors.Is(err, errNotExamined) {
		return
	}
	for line := range strings.Lines(ailmentOf(err).remedy) {
		fmt.Fprint(a.stdout, terminal.Wrap(terminal.Clean(line), a.width, rest+"-> ", rest+"   "))
	}
}

// ailmentOf finds the remedy in an error, wherever it comes from.
func ailmentOf(err error) ailment {
	if e, ok := errors.AsType[ailment](err); ok {
		return e
	}
	if e, ok := errors.AsType[*gotool.Advised](err); ok {
		return ailment{e.Err.Error(), e.Advice}
	}
	what, remedy, _ := strings.Cut(withAdvice(err), "\n")
	return ailment{what, remedy}
}

// errNotExamined: something that is needed for looking is missing already.
var errNotExamined = errors.New("not examined")

// doctor carries what one examination learns to the next.
type doctor struct {
	*app
	goos      string // as in runtime.GOOS
	progress  func(string)
	toolchain *gotool.Toolchain // nil until a usable one was found
	raceWorks bool
}

func (d *doctor) examinations() []examination {
	return []examination{
		{name: "system", look: d.lookAtSystem},
		{name: "Go", look: d.lookAtGo},
		{name: "C compiler", look: d.lookAtCompiler},
		{name: "race detector", look: d.lookAtRaceDetector},
		{name: "temporary files", look: d.lookAtTemp},
		{name: "cache", look: d.lookAtCache},
		{name: "detectors", look: d.lookAtDetectors},
		{name: "sandbox", optional: true, look: d.lookAtSandbox},
		{name: "lab", optional: true, look: d.lookAtLab},
	}
}

func (d *doctor) lookAtSystem(context.Context) (string, error) {
	if err := gotool.Supported(d.goos); err != nil {
		return "", err
	}
	if err := enoughProcessor(); err != nil {
		return "", err
	}
	if unknown := sandbox.Unknown(d.goos); unknown != "" {
		return d.goos + "; " + unknown, nil
	}
	return d.goos, nil
}

func (d *doctor) lookAtGo(ctx context.Context) (string, error) {
	tc, err := d.findToolchain(ctx)
	if err != nil {
		return "", err
	}
	withCompiler := tc
	withCompiler.CC = "any" // the compiler is the next examination's business
	if err := withCompiler.Usable(); err != nil {
		return "", err
	}
	d.toolchain = &tc
	return tc.String() + ", " + tc.Go, nil
}

func (d *doctor) lookAtCompiler(context.Context) (string, error) {
	switch {
	case d.toolchain == nil:
		return "", errNotExamined
	case d.toolchain.Usable() != nil:
		err := d.toolchain.Usable()
		d.toolchain = nil
		return "", err
	case d.toolchain.CC == "":
		return "none, and none is needed here", nil
	}
	return d.toolchain.CC, nil
}

func (d *doctor) lookAtTemp(context.Context) (string, error) {
	dir := os.TempDir()
	if err := tryToWrite(dir); err != nil {
		return "", ailment{err.Error(), "Make it writable and free some space there, or name another folder: `export TMPDIR=DIR`."}
	}
	return dir, nil
}

func (d *doctor) lookAtCache(context.Context) (string, error) {
	user, err := cache.UserDir()
	if err != nil {
		return "", ailment{err.Error(), "Set HOME to your home folder: `export HOME=DIR`."}
	}
	dir := string(user)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return "", cacheAilment(cannotWrite(dir, err))
	}
	if err := tryToWrite(dir); err != nil {
		return "", cacheAilment(err)
	}
	return dir, nil
}

func cacheAilment(err error) error {
	remedy := "Make it writable and free some space there"
	if runtime.GOOS == "linux" {
		remedy += ", or name another folder: `export XDG_CACHE_HOME=DIR`"
	}
	return ailment{err.Error(), remedy + "."}
}

func (d *doctor) lookAtDetectors(ctx context.Context) (string, error) {
	if d.toolchain == nil || !d.raceWorks {
		return "", errNotExamined
	}
	d.progress("building go-deadlock, goleak and the standard library with -race (once)")
	if err := d.warm(ctx, d.progress); err != nil {
		return "", err
	}
	return "go-deadlock and goleak are there and built", nil
}

func (d *doctor) lookAtLab(context.Context) (string, error) {
	l, ok := findLab(d.cwd)
	if !ok {
		return "", ailment{"none here", fmt.Sprintf("Make one: `%s init`.", d.command)}
	}
	if err := os.MkdirAll(l.stateDir(), 0o755); err != nil {
		return "", labAilment(cannotWrite(l.stateDir(), err))
	}
	if err := tryToWrite(l.stateDir()); err != nil {
		return "", labAilment(err)
	}
	if _, err := l.readProgress(); err != nil {
		return "", ailment{err.Error(), ""}
	}
	return d.shorten(l.dir), d.lookForOldFiles(l)
}

func (d *doctor) lookForOldFiles(l lab) error {
	set, err := d.set()
	if err != nil {
		return err
	}
	files, err := labFiles(set)
	if err != nil {
		return err
	}
	if words := d.aboutOld(l, files); words != "" {
		return ailment{words, d.renewing()}
	}
	return nil
}

func labAilment(err error) error {
	return ailment{err.Error(), "Checks work, but your progress is not recorded. Make the folder writable and free some space there."}
}

// tryToWrite makes a small file in dir and removes it again.
func tryToWrite(dir string) error {
	f, err := os.CreateTemp(dir, "racelab-doctor-*")
	if err != nil {
		return cannotWrite(dir, err)
	}
	defer os.Remove(f.Name())
	defer f.Close()
	// More than the file system may keep beside the name itself.
	if _, err := f.Write(make([]byte, 64<<10)); err != nil {
		return cannotWrite(dir, err)
	}
	if err := f.Sync(); err != nil {
		return cannotWrite(dir, err)
	}
	return nil
}
