package main

import (
	"cmp"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"

	"racelab/checker"
	"racelab/checker/exercise"
	"racelab/checker/finding"
	"racelab/checker/lastcheck"
	"racelab/checker/lsp"
	"racelab/checker/report"
	"racelab/checker/report/terminal"
	"racelab/checker/sandbox"
)

// An editorHost does for an editor what the other verbs do in a terminal.
type editorHost struct {
	a     *app
	set   exercise.Set
	tests map[string]map[string][]byte // by exercise

	mu    sync.Mutex      // guards the notes about a learner's progress, and the rest
	pages map[string]bool // the files that this process has written
}

func newEditorHost(a *app) (*editorHost, error) {
	set, err := a.set()
	if err != nil {
		return nil, err
	}
	h := &editorHost{a: a, set: set, tests: map[string]map[string][]byte{}, pages: map[string]bool{}}
	for _, ex := range set {
		names, err := ex.TestFiles()
		if err != nil {
			return nil, err
		}
		h.tests[ex.ID] = map[string][]byte{}
		for _, name := range names {
			if h.tests[ex.ID][name], err = fs.ReadFile(ex.Dir, name); err != nil {
				return nil, err
			}
		}
	}
	return h, nil
}

// Exercise is the one in whose folder path lies.
func (h *editorHost) Exercise(path string) (lsp.Exercise, bool) {
	l, ok := findLab(filepath.Dir(path))
	if !ok {
		return lsp.Exercise{}, false
	}
	ex, ok := l.around(filepath.Dir(path), h.set)
	if !ok {
		return lsp.Exercise{}, false
	}
	return lsp.Exercise{ID: ex.ID, Dir: l.exerciseDir(ex), Files: ex.Files, Tests: h.tests[ex.ID]}, true
}

// target is an exercise that Exercise has returned.
func (h *editorHost) target(ex lsp.Exercise) (t target, err error) {
	l, inLab := findLab(ex.Dir)
	t.dir, t.lab = ex.Dir, &l
	t.ex, err = h.a.find(h.set, ex.ID)
	if err == nil && !inLab {
		err = fmt.Errorf("the lab around %s is gone", ex.Dir)
	}
	return t, err
}

// Saved are the files that a check would read.
func (h *editorHost) Saved(ex lsp.Exercise) map[string][]byte {
	t, err := h.target(ex)
	if err != nil {
		return nil
	}
	sub, err := t.read()
	if err != nil {
		return nil
	}
	return sub.Files
}

// Last is what the last check said.
func (h *editorHost) Last(ex lsp.Exercise) (lastcheck.Check, bool) {
	t, err := h.target(ex)
	if err != nil {
		return lastcheck.Check{}, false
	}
	return t.lab.checks().Read(ex.ID)
}

// Check is what `racelab check` does.
func (h *editorHost) Check(ctx context.Context, ex lsp.Exercise, progress func(string)) (finding.Verdict, error) {
	t, err := h.target(ex)
	if err != nil {
		return finding.Verdict{}, err
	}
	sub, err := t.read()
	if err != nil {
		return finding.Verdict{}, err
	}
	v, err := h.a.checkAlone(ctx, checker.Task{Exercise: t.ex, Submission: sub, Progress: progress})
	if err != nil {
		return v, errors.New(withAdvice(err))
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.a.recordVerdict(t, v, sub)
	return v, nil
}

// Hint is the next one, and counts it. Its file has those before it as well, below it.
func (h *editorHost) Hint(ex lsp.Exercise) (text, file string, err error) {
	t, err := h.target(ex)
	if err != nil {
		return "", "", err
	}
	all := t.ex.Hints
	if len(all) == 0 {
		return "", "", noHints(t.ex)
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	nr := min(h.a.progress(*t.lab).Exercises[ex.ID].Hints+1, len(all))
	var pages []string
	for n := nr; n > 0; n-- {
		pages = append(pages, fmt.Sprintf("# %s\n\n%s\n", hintTitle(t.ex, n), strings.TrimSpace(all[n-1])))
	}
	// A name for each: Helix goes on showing what it has read of a file once.
	file = t.lab.editorFile(fmt.Sprintf("hint-%s-%d.md", ex.ID, nr))
	if err := writeWithFolder(file, []byte(strings.Join(pages, "\n"))); err != nil {
		return "", "", err
	}
	h.a.remember(*t.lab, ex.ID, func(e *exerciseProgress) { e.Hints = max(e.Hints, nr) })
	const oneLine = 1 << 16 // an editor breaks lines itself
	return fmt.Sprintf("%s\n\n%s", hintTitle(t.ex, nr), strings.TrimSpace(terminal.Markdown(all[nr-1], oneLine, terminal.Palette{}))), file, nil
}

// Replay runs a problem again as `racelab replay` does.
func (h *editorHost) Replay(ctx context.Context, ex lsp.Exercise, problem int, page bool, progress func(string)) (string, error) {
	t, err := h.target(ex)
	if err != nil {
		return "", err
	}
	progress("running its schedule")
	argv := []string{"replay", ex.ID, strconv.Itoa(problem)}
	file := t.lab.editorFile(fmt.Sprintf("replay-%s-%d", ex.ID, problem))
	if page {
		return h.page(ctx, t, file+".html", argv...)
	}
	steps, err := h.apart(ctx, t, argv...)
	if err != nil {
		return "", err
	}
	// Other steps, another name: Helix goes on showing what it has read of a file once.
	file += fmt.Sprintf("-%.4x.txt", sha256.Sum256(steps))
	return file, writeWithFolder(file, steps)
}

// Game writes the page that `racelab play` writes.
func (h *editorHost) Game(ctx context.Context, ex lsp.Exercise, progress func(string)) (string, error) {
	t, err := h.target(ex)
	if err != nil {
		return "", err
	}
	progress("visiting positions")
	return h.page(ctx, t, t.lab.editorFile("play-"+ex.ID+".html"), "play", ex.ID)
}

// page has a command write a page.
func (h *editorHost) page(ctx context.Context, t target, file string, argv ...string) (string, error) {
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return "", err
	}
	_, err := h.apart(ctx, t, append(argv, "--html="+file)...)
	return file, err
}

// apart runs a command in a process of its own, and returns what it says: a program may take
// the process along that parses it.
func (h *editorHost) apart(ctx context.Context, t target, argv ...string) (said []byte, err error) {
	exit, err := h.a.runLimited(ctx, sandbox.Command{Argv: argv, Dir: t.lab.dir, Env: []string{"COLUMNS=100"}, Limits: disposableLimits})
	switch {
	case err != nil:
		return nil, err
	case exit.Code != statusPass && exit.Code != statusFail:
		return nil, errors.New(cmp.Or(lastNote(exit.Stderr), fmt.Sprintf("%s ended with status %d", argv[0], exit.Code)))
	}
	return exit.Stdout, nil
}

// lastNote is the last thing that another racelab has noted.
func lastNote(stderr []byte) string {
	text := strings.TrimSpace(string(stderr))
	if at := strings.LastIndex(text, "racelab: "); at >= 0 {
		text = text[at+len("racelab: "):]
	}
	return terminal.Line(strings.Join(strings.Fields(text), " "))
}

// Explained is a page that `racelab explain` shows, as a file. It is written anew by each
// racelab, whose pages may be others than an older one's.
func (h *editorHost) Explained(ex lsp.Exercise, kind finding.Kind) (string, bool) {
	l, inLab := findLab(ex.Dir)
	if !inLab || report.About(kind) == "" {
		return "", false
	}
	page, err := explanations.ReadFile("explain/" + string(kind) + ".md")
	if err != nil {
		return "", false
	}
	file := l.editorFile("explain-" + string(kind) + ".md")
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.pages[file] && isFile(file) {
		return file, true
	}
	h.pages[file] = writeWithFolder(file, page) == nil
	return file, h.pages[file]
}

// Play is what to type to play an exercise.
func (h *editorHost) Play(ex lsp.Exercise) string { return h.a.command + " play " + ex.ID }

// Browser reports whether there is a screen here. Without one, as over ssh, what opens pages
// does nothing, or begins to draw in the terminal that the editor has.
func (h *editorHost) Browser() bool { return hasScreen(runtime.GOOS, h.a.lookupEnv) }

func hasScreen(system string, lookup func(string) (string, bool)) bool {
	is := func(name string) bool {
		value, _ := lookup(name)
		return value != ""
	}
	switch system {
	case "darwin", "windows":
		return !is("SSH_CONNECTION")
	}
	return is("DISPLAY") || is("WAYLAND_DISPLAY")
}

// editorFile is where a file lies that an editor was asked to show.
func (l lab) editorFile(name string) string { return filepath.Join(l.stateDir(), "editor", name) }

func writeWithFolder(file string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return err
	}
	return writeFile(file, data)
}
