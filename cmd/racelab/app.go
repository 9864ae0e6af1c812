package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"

	"racelab/checker"
	"racelab/checker/exercise"
	"racelab/checker/finding"
	"racelab/checker/gotool"
	"racelab/checker/report/terminal"
	"racelab/checker/sandbox"
	"racelab/checker/submission"

	"golang.org/x/term"
)

// An app is one invocation of racelab: its surroundings, and what it can do
// with them. Tests replace any of it.
type app struct {
	lookupEnv      func(string) (string, bool)
	stdin          io.Reader
	stdout, stderr io.Writer
	cwd            string // absolute
	now            func() time.Time

	// outTerminal and errTerminal say whether people look at stdout and stderr.
	outTerminal, errTerminal bool
	width                    int // of the terminal, in columns
	palette                  terminal.Palette
	links                    terminal.Links

	args []string // as they were typed
	// command is how the user calls racelab: commands we suggest can be typed.
	command string
	content exercise.Content

	// enough: the user has ended watch with a key, and needs nothing more to read.
	enough bool
	// toldUnrecorded: the user knows that nothing is recorded, and why.
	toldUnrecorded bool

	check       func(context.Context, checker.Task) (finding.Verdict, error)
	checkBeside func(context.Context, checker.Task) (finding.Verdict, error) // others
	// checkAlone is check in a process of its own: a program may take the process along that
	// parses it.
	checkAlone func(context.Context, checker.Task) (finding.Verdict, error)
	// checkApart is checkBeside in a process of its own, which code that nobody has read
	// cannot take down with it.
	checkApart func(context.Context, exercise.Exercise, submission.Submission) (finding.Verdict, error)
	// confine finds out how what nobody has read can be confined here, by the tier that is
	// asked for or else the strongest that holds; weaker are why stronger ones do not.
	confine       func(ctx context.Context, asked sandbox.Tier) (c *confinement, weaker []error, err error)
	confined      *confinement // how checkApart confines them; nil: only by limits
	buildMutants  func(context.Context, checker.Task) (builtMutants, error)
	key           func(context.Context, checker.Task) (string, error)
	referenceTook func(context.Context, exercise.Exercise) (time.Duration, error)
	replay        func(context.Context, checker.Task, string) (finding.Replay, error)
	// lay makes a test ready to be played: of these, or of all, the one that makes the best game.
	lay           func(ctx context.Context, t checker.Task, tests []string) (*checker.Table, error)
	warm          func(ctx context.Context, progress func(string)) error
	findToolchain func(context.Context) (gotool.Toolchain, error)
}

// newApp looks at the process it runs in.
func newApp(content exercise.Content) *app {
	var g lazyGrader
	beside := lazyGrader{options: oneOfMany}
	a := &app{
		lookupEnv: os.LookupEnv,
		stdin:     os.Stdin, stdout: os.Stdout, stderr: os.Stderr,
		now:           time.Now,
		outTerminal:   term.IsTerminal(int(os.Stdout.Fd())),
		errTerminal:   term.IsTerminal(int(os.Stderr.Fd())),
		content:       content,
		check:         g.check,
		checkBeside:   beside.check,
		buildMutants:  beside.buildMutants,
		key:           beside.key,
		referenceTook: beside.referenceTook,
		replay:        g.replay,
		lay:           g.lay,
		warm:          g.warm,
		findToolchain: findToolchain,
	}
	a.checkApart, a.checkAlone, a.confine = a.checkDisposable, a.checkWatched, a.confineHere
	// Without a working directory, relative names stay relative to nothing and
	// the first file operation says so.
	a.cwd, _ = os.Getwd()
	a.width = columns(a.lookupEnv, widthOfStdout)
	a.palette.On = a.outTerminal && mayColour(a.lookupEnv)
	if a.palette.On {
		host, _ := os.Hostname()
		a.links = terminal.LinksOf(a.lookupEnv, host)
	}
	exe, _ := os.Executable() // "" is not `go run`'s, either
	a.command = commandName(exe, a.cwd)
	return a
}

// columns is how long lines may be: what COLUMNS says, or else what the terminal has. Without
// either it is 80. Longer lines than 100 are hard to read.
func columns(lookupEnv func(string) (string, bool), ofTerminal func() (int, error)) int {
	said, _ := lookupEnv("COLUMNS")
	w, err := strconv.Atoi(said)
	if err != nil || w <= 0 {
		w, err = ofTerminal()
	}
	if err != nil || w <= 0 {
		return 80
	}
	return min(max(w, 40), 100)
}

// mayColour asks the environment: see https://no-color.org for NO_COLOR.
func mayColour(lookupEnv func(string) (string, bool)) bool {
	noColor, _ := lookupEnv("NO_COLOR")
	term, _ := lookupEnv("TERM")
	return noColor == "" && term != "dumb"
}

// goRunFolder is where `go run` keeps what it built: an entry of the build cache,
// whose folder usually is named go-build as well.
var goRunFolder = regexp.MustCompile(`^[0-9a-f]{64}-d$`)

// commandName is "racelab", unless exe was built by `go run` in a clone, where
// there is no such command to type.
func commandName(exe, cwd string) string {
	dir := filepath.Dir(exe)
	if !strings.Contains(dir, "go-build") && !goRunFolder.MatchString(filepath.Base(dir)) {
		return "racelab"
	}
	if _, err := os.Stat(filepath.Join(cwd, "cmd", "racelab", "main.go")); err == nil {
		return "go run ./cmd/racelab"
	}
	return "go run racelab/cmd/racelab"
}

// run carries out args and returns the exit status.
func (a *app) run(ctx context.Context, args []string) int {
	out := &stickyWriter{w: a.stdout}
	a.stdout = out
	a.args = args
	root := a.newRootCommand()
	root.SetArgs(args)
	err := root.ExecuteContext(ctx)
	if err == nil && out.err != nil {
		err = fmt.Errorf("write the output: %w", out.err)
	}
	return a.exitStatus(ctx, err)
}

// A stickyWriter remembers the first error, so that no single Print needs a
// check and a full disk is noticed all the same.
type stickyWriter struct {
	w   io.Writer
	mu  sync.Mutex
	err error
}

func (s *stickyWriter) Write(b []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.err != nil {
		return 0, s.err
	}
	n, err := s.w.Write(b)
	s.err = err
	return n, err
}

// say writes a line for the user to stdout.
func (a *app) say(format string, args ...any) {
	fmt.Fprintf(a.stdout, format+"\n", args...)
}

// paragraph writes a text that may be long, or come from a submission.
func (a *app) paragraph(indent, text string) {
	text = terminal.Line(text)
	if !a.outTerminal {
		a.say("%s%s", indent, text)
		return
	}
	fmt.Fprint(a.stdout, terminal.Wrap(text, a.width, indent, indent))
}

// note writes something beside the result, to stderr. It begins with our name,
// since stderr is where other programs' lines may be as well. For people it is
// wrapped; programs get their lines whole.
func (a *app) note(format string, args ...any) {
	text := terminal.Clean(a.shortenIn("racelab: " + fmt.Sprintf(format, args...)))
	for i, line := range strings.Split(strings.TrimRight(text, "\n"), "\n") {
		first := "  "
		if i == 0 {
			first = ""
		}
		if a.errTerminal {
			fmt.Fprint(a.stderr, terminal.Wrap(line, a.width, first, "  "))
		} else {
			fmt.Fprintln(a.stderr, first+strings.TrimSpace(line))
		}
	}
}

// shortenIn makes the names of files below the working directory relative: errors
// name them in full.
func (a *app) shortenIn(text string) string {
	if filepath.Dir(a.cwd) == a.cwd {
		return text
	}
	return strings.ReplaceAll(text, a.cwd+string(filepath.Separator), "")
}

// markdown shows one of our own texts.
func (a *app) markdown(text string) {
	// The texts name commands as an installed racelab has them.
	if a.command != "racelab" {
		text = strings.ReplaceAll(text, "`racelab ", "`"+a.command+" ")
	}
	fmt.Fprint(a.stdout, terminal.Markdown(text, a.width, a.palette))
}

// set loads every exercise. They come with the program, so a fault in them is ours.
func (a *app) set() (exercise.Set, error) {
	set, err := exercise.Load(a.content)
	if err != nil {
		return nil, fmt.Errorf("the exercises that come with racelab are damaged: %w", err)
	}
	if len(set) == 0 {
		return nil, errors.New("this racelab was built without exercises")
	}
	return set, nil
}

// shorten names path as the user would, relative to where they are.
func (a *app) shorten(path string) string {
	rel, err := filepath.Rel(a.cwd, path)
	if err != nil || strings.HasPrefix(rel, filepath.Join("..", "..")) {
		return path
	}
	return rel
}

// abs is the opposite of shorten.
func (a *app) abs(path string) string {
	if filepath.IsAbs(path) {
		return filepath.Clean(path)
	}
	return filepath.Join(a.cwd, path)
}
