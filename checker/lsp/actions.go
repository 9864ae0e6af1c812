package lsp

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"racelab/checker/finding"
	"racelab/checker/report"
	"racelab/checker/report/terminal"

	"github.com/sourcegraph/jsonrpc2"
)

// The kinds of code actions. Editors offer the first where a diagnostic is, and show that
// there are some; the second is behind a menu, wherever one is.
const (
	quickFix     = "quickfix"
	sourceAction = "source.racelab"
)

// The commands that an action, or a key of the user's, may have the server execute.
const (
	commandCheck   = "racelab.check"
	commandHint    = "racelab.hint"
	commandReplay  = "racelab.replay"
	commandPlay    = "racelab.play"
	commandExplain = "racelab.explain"
)

// commandNames are all of them.
var commandNames = []string{commandCheck, commandHint, commandReplay, commandExplain, commandPlay}

// actionOption announces code actions. Their kinds are for those editors alone that know
// actions, and not only commands.
func (s *server) actionOption() any {
	if !s.can.knowsActions() {
		return true
	}
	return codeActionOption{Kinds: []string{quickFix, sourceAction}}
}

// answerActions are code actions, or their commands for an editor that knows no more.
func (s *server) answerActions(ctx context.Context, p codeActionParams) (any, error) {
	actions, err := s.codeActions(ctx, p)
	s.mu.Lock()
	known := s.can.knowsActions()
	s.mu.Unlock()
	if err != nil || known {
		return actions, err
	}
	commands := []command{}
	for _, a := range actions {
		commands = append(commands, a.Command)
	}
	return commands, nil
}

func (c clientCapabilities) knowsActions() bool { return c.TextDocument.CodeAction.Literals != nil }

// codeActions are what can be done at a place: about the marks there first.
func (s *server) codeActions(_ context.Context, p codeActionParams) ([]codeAction, error) {
	out := []codeAction{}
	uri := p.TextDocument.URI
	path, ok := pathOf(uri)
	if !ok {
		return out, nil
	}
	ex, ok := s.host.Exercise(path)
	if !ok {
		return out, nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	kind := sourceAction
	marks := s.marksAt(ex, path, p.Range)
	if len(marks) > 0 {
		kind = quickFix
	}
	add := func(command, title string, arg argument) {
		arg.URI = uri
		out = append(out, action(kind, command, title, arg))
	}
	for _, n := range s.replays(ex, marks) {
		add(commandReplay, fmt.Sprintf("Replay problem %d: %s", n.Number, report.MarkOf(n.Head).Short), argument{Problem: n.Number})
	}
	for _, m := range marks {
		if about := report.About(m.kind); about != "" {
			add(commandExplain, "Explain: "+about, argument{Kind: string(m.kind)})
		}
	}
	add(commandHint, "Show the next hint for "+ex.ID, argument{})
	add(commandPlay, "Play "+ex.ID+": be the scheduler", argument{})
	add(commandCheck, "Check "+ex.ID+" now", argument{})
	return slices.DeleteFunc(distinct(out), func(a codeAction) bool { return !asked(a.Kind, p.Context.Only) }), nil
}

// replays are the problems of some marks that can be replayed, or else the first of all: its
// mark may be in a file of the tests, of which the user sees nothing.
func (s *server) replays(ex Exercise, marks []mark) (out []finding.Problem) {
	k := s.known[ex.Dir]
	if k == nil || !k.checked {
		return nil
	}
	all := slices.DeleteFunc(k.last.Verdict.Problems(), func(p finding.Problem) bool { return p.Schedule() == "" })
	for _, p := range all {
		if slices.ContainsFunc(marks, func(m mark) bool { return m.problem == p.Number }) {
			out = append(out, p)
		}
	}
	if len(out) == 0 {
		return all[:min(1, len(all))]
	}
	return out
}

// marksAt are the marks on the lines of a place: whoever has come to a line by its number
// stands before what is marked on it.
func (s *server) marksAt(ex Exercise, path string, at span) (out []mark) {
	k := s.known[ex.Dir]
	if k == nil {
		return nil
	}
	for _, m := range k.marks[path] {
		if m.Range.Start.Line <= at.End.Line && at.Start.Line <= m.Range.End.Line {
			out = append(out, m)
		}
	}
	return out
}

func action(kind, name, title string, arg argument) codeAction {
	return codeAction{Title: title, Kind: kind, Command: command{Title: title, Command: name, Arguments: []argument{arg}}}
}

// distinct leaves out an action that an earlier one does already.
func distinct(all []codeAction) (out []codeAction) {
	for _, a := range all {
		if !slices.ContainsFunc(out, func(b codeAction) bool { return a.Title == b.Title }) {
			out = append(out, a)
		}
	}
	return out
}

// asked reports whether an editor wants actions of a kind: all, or only some with what is
// beneath them.
func asked(kind string, only []string) bool {
	return len(only) == 0 || slices.ContainsFunc(only, func(o string) bool {
		return o == "" || kind == o || strings.HasPrefix(kind, o+".")
	})
}

// execute carries out a command. What goes wrong is its answer, which editors show.
func (s *server) execute(ctx context.Context, p executeParams) (any, error) {
	if !slices.Contains(commandNames, p.Command) {
		return nil, fault(jsonrpc2.CodeInvalidParams, "there is no command %q", p.Command)
	}
	var arg argument
	if len(p.Arguments) > 0 {
		arg = p.Arguments[0]
	}
	path, ok := pathOf(arg.URI)
	if !ok {
		return nil, fault(jsonrpc2.CodeInvalidParams, "%s needs the uri of a file of an exercise", p.Command)
	}
	ex, ok := s.host.Exercise(path)
	if !ok {
		return nil, fault(requestFailed, "%s belongs to no exercise of a lab", path)
	}
	if err := s.run(ctx, p.Command, ex, arg); err != nil {
		return nil, fault(requestFailed, "%s", terminal.Line(err.Error()))
	}
	return nil, nil
}

func (s *server) run(ctx context.Context, command string, ex Exercise, arg argument) error {
	switch command {
	case commandCheck:
		s.checks.start(order{ex: ex, again: true})
	case commandHint:
		return s.hint(ctx, ex)
	case commandPlay:
		return s.play(ctx, ex)
	case commandReplay:
		return s.replay(ctx, ex, max(arg.Problem, 1))
	case commandExplain:
		page, ok := s.host.Explained(ex, finding.Kind(arg.Kind))
		if !ok {
			return fmt.Errorf("there is no page about %q", arg.Kind)
		}
		return s.showFile(ctx, page)
	}
	return nil
}

// hint opens the next hint. Some editors show no more of a message than its first line, so it
// is one only where no file can be opened.
func (s *server) hint(ctx context.Context, ex Exercise) error {
	text, file, err := s.host.Hint(ex)
	if err == nil && !s.opens(ctx, showDocumentParams{URI: fileURI(file), TakeFocus: true}) {
		s.message(messageInfo, text)
	}
	return err
}

// replay opens the interleaving of a problem: as a page where somebody can see one.
func (s *server) replay(ctx context.Context, ex Exercise, problem int) error {
	title := fmt.Sprintf("Replaying problem %d of %s", problem, ex.ID)
	write := func(page bool) writer {
		return func(ctx context.Context, progress func(string)) (string, error) {
			return s.host.Replay(ctx, ex, problem, page, progress)
		}
	}
	if opened, err := s.openPage(ctx, title, write(true)); opened || err != nil {
		return err
	}
	file, err := s.written(ctx, title, write(false))
	if err != nil {
		return err
	}
	return s.showFile(ctx, file)
}

// play opens the game of an exercise as a page, or says how to play it in a terminal.
func (s *server) play(ctx context.Context, ex Exercise) error {
	opened, err := s.openPage(ctx, "Looking for the moves of "+ex.ID, func(ctx context.Context, progress func(string)) (string, error) {
		return s.host.Game(ctx, ex, progress)
	})
	if !opened && err == nil {
		s.message(messageInfo, "Type this in a terminal, in the folder of the lab: "+s.host.Play(ex))
	}
	return err
}
