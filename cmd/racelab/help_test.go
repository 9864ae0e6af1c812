package main

import (
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// allCommands are the commands of a fresh root that a learner sees.
func allCommands(a *app) []*cobra.Command {
	root := a.newRootCommand()
	out := []*cobra.Command{root}
	for _, cmd := range root.Commands() {
		if !cmd.Hidden {
			out = append(out, cmd)
		}
	}
	return out
}

// Every command says what it is for, with examples, in 80 columns, and in 60.
func TestHelpTexts(t *testing.T) {
	for _, width := range []int{80, 60} {
		t.Run(strconv.Itoa(width), func(t *testing.T) {
			s := newSession(t)
			s.width = width
			s.testHelpTexts(t)
		})
	}
}

func (s *session) testHelpTexts(t *testing.T) {
	for _, cmd := range allCommands(s.app) {
		if cmd.HasParent() && (cmd.Short == "" || cmd.Long == "" || cmd.Example == "") {
			t.Errorf("%s: something is not said", cmd.CommandPath())
		}
		s.out.Reset()
		args := strings.Fields(cmd.CommandPath())[1:]
		if got := s.run(t.Context(), append(args, "--help")); got != 0 {
			t.Errorf("%s --help: exit status %d", cmd.CommandPath(), got)
		}
		for line := range strings.Lines(s.out.String()) {
			if n := utf8.RuneCountInString(strings.TrimSuffix(line, "\n")); n > s.width {
				t.Errorf("%s --help: %d columns: %s", cmd.CommandPath(), n, line)
			}
		}
	}
}

// The names of files are for the shell to complete: to choose among them, the script for bash
// would need the package bash-completion.
func TestFlagsCompleteWithoutPackage(t *testing.T) {
	for _, cmd := range allCommands(newSession(t).app) {
		cmd.Flags().VisitAll(func(f *pflag.Flag) {
			for _, filter := range []string{cobra.BashCompFilenameExt, cobra.BashCompSubdirsInDir} {
				if _, ok := f.Annotations[filter]; ok {
					t.Errorf("%s --%s asks for some files only", cmd.CommandPath(), f.Name)
				}
			}
		})
	}
}

// Every command that a text tells a learner to type exists, with its flags and
// as many arguments as it is given.
func TestCommandsInTextsExist(t *testing.T) {
	s := newSession(t)
	texts := map[string]string{}
	for _, cmd := range allCommands(s.app) {
		texts[cmd.CommandPath()] = cmd.Long + "\n" + cmd.Example
	}
	for _, pattern := range []string{
		"explain/*.md", "template/*.txt", "../../*.md", "../../docs/*.md",
		"../../exercises/*/README.md", "../../hints/*.md",
	} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			texts[file] = string(data)
		}
	}
	for name, text := range texts {
		for _, command := range commandsIn(text) {
			if err := s.parses(command); err != nil {
				t.Errorf("%s: %q: %v", name, command, err)
			}
		}
	}
}

// A command stands in backticks, or on an indented or fenced line of its own,
// perhaps with a prompt before it and a remark behind it.
var commandText = regexp.MustCompile("(?m)`((?:go run \\./cmd/)?racelab [^`]*)`|^(?: {2,}|\\t)?(?:\\$ )?((?:go run \\./cmd/)?racelab [a-z-].*)$")

func commandsIn(text string) []string {
	var out []string
	for _, m := range commandText.FindAllStringSubmatch(text, -1) {
		command := strings.TrimPrefix(m[1]+m[2], "go run ./cmd/")
		command, _, _ = strings.Cut(command, "  ") // the remark
		command, _, _ = strings.Cut(command, " #")
		if m[2] != "" && !regexp.MustCompile(`^ {2,}|^\t|^\$ |^go run`).MatchString(m[0]) {
			continue // a sentence that begins with racelab
		}
		out = append(out, strings.Join(strings.Fields(command), " "))
	}
	return out
}

func (s *session) parses(command string) error {
	root := s.newRootCommand()
	cmd, args, err := root.Find(strings.Fields(command)[1:])
	if err != nil {
		return err
	}
	if err := cmd.ParseFlags(args); errors.Is(err, pflag.ErrHelp) {
		return nil
	} else if err != nil {
		return err
	}
	return cmd.ValidateArgs(cmd.Flags().Args())
}

// The test above looks at something.
func TestCommandsIn(t *testing.T) {
	text := "Type `racelab check 01`:\n\n    $ racelab check 01 --from x   remark\n    go run ./cmd/racelab list # all\n" +
		"\nracelab is a program.\n  racelab init        make a folder\n"
	got := strings.Join(commandsIn(text), "|")
	if want := "racelab check 01|racelab check 01 --from x|racelab list|racelab init"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	s := newSession(t)
	for _, bad := range []string{"racelab frobnicate", "racelab check --nope", "racelab check 01 02"} {
		if s.parses(bad) == nil {
			t.Errorf("%q parses", bad)
		}
	}
}
