package main

import (
	"cmp"
	"errors"
	"maps"
	"slices"
	"strings"

	"racelab/checker/exercise"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// saidFor has what people type who know other tools (go, git, rustlings, Exercism's), and the
// command that does it here; "" is racelab alone.
var saidFor = map[string]string{
	"test": "check", "run": "check", "verify": "check", "try": "check", "submit": "check", "build": "check",
	"vet": "check", "lint": "check", "compile": "check", "analyze": "check", "analyse": "check", "judge": "check",
	"all": "check all", "check-all": "check all", "checkall": "check all",
	"next": "", "status": "", "progress": "", "continue": "", "resume": "", "open": "", "info": "", "home": "",
	"start": "init", "new": "init", "create": "init", "install": "init", "download": "init", "get": "init",
	"setup": "init", "begin": "init", "clone": "init",
	"update": "upgrade", "renew": "upgrade", "refresh": "upgrade", "migrate": "upgrade", "sync": "upgrade",
	"ls": "list", "exercises": "list", "exercise": "list", "show": "list", "tasks": "list", "lessons": "list",
	"tip": "hint", "clue": "hint", "help-me": "hint", "stuck": "hint", "fix": "hint",
	"answer": "solution", "solve": "solution", "cheat": "solution", "compare": "diff",
	"undo": "reset", "restart": "reset", "revert": "reset", "restore": "reset", "clean": "reset", "redo": "reset",
	"learn": "explain", "man": "explain", "doc": "explain", "docs": "explain", "why": "explain",
	"debug": "replay", "trace": "replay", "step": "replay",
	"editor": "lsp", "ide": "lsp", "vscode": "lsp", "nvim": "lsp", "language-server": "lsp", "langserver": "lsp",
	"env": "doctor", "troubleshoot": "doctor", "configure": "doctor", "diagnose": "doctor",
}

// unknownCommand says what somebody may have meant who typed args.
func (a *app) unknownCommand(root *cobra.Command, args []string) error {
	name := args[0]
	meant, ok := a.meant(root, name)
	if !ok {
		return usage("there is no command %q. `%s --help` shows all commands.", name, a.command)
	}
	words := strings.Fields(meant)
	switch whole := slices.Concat(words, args[1:]); {
	case meant == "":
	case meant == "init": // what other tools make or fetch is no name for a folder
	case accepts(root, whole):
		words = whole
	case !accepts(root, words):
		if cmd, _, err := root.Find(words); err == nil {
			words = strings.Fields(cmd.Use)
		}
	}
	command := a.command
	for _, word := range words {
		command += " " + shellWord(word)
	}
	return usage("there is no command %q. Did you mean `%s`?", name, command)
}

// accepts reports whether args are a command with flags and arguments that it takes.
func accepts(root *cobra.Command, args []string) bool {
	cmd, rest, err := root.Find(args)
	return err == nil && cmd != root && cmd.ParseFlags(rest) == nil && cmd.ValidateArgs(cmd.Flags().Args()) == nil
}

// meant is the command that somebody means by a word.
func (a *app) meant(root *cobra.Command, word string) (command string, ok bool) {
	name := strings.ToLower(word)
	if _, known := saidFor[name]; !known {
		name = nearCommand(root, name)
	}
	if command, known := saidFor[name]; known {
		return command, true
	}
	if name != "" {
		return name, true
	}
	set, err := a.set()
	if err != nil {
		return "", false
	}
	if ex, _, ok := set.Find(word); ok {
		return "check " + ex.ID, true
	}
	return "", false
}

// nearCommand is the command, or the word for one, that word is with a mistake in every three
// letters at most. Of those that are as near, what changes a lab comes last.
func nearCommand(root *cobra.Command, word string) string {
	names := slices.Collect(maps.Keys(saidFor))
	for _, cmd := range root.Commands() {
		if cmd.IsAvailableCommand() {
			names = append(names, cmd.Name())
		}
	}
	changes := func(name string) int {
		return slices.Index([]string{"init", "upgrade", "reset"}, cmp.Or(saidFor[name], name))
	}
	slices.SortFunc(names, func(a, b string) int { return cmp.Or(changes(a)-changes(b), cmp.Compare(a, b)) })
	return exercise.NearestWithin((len(word)+1)/3, word, names)
}

// flagError says what is wrong with a flag, and which one somebody may have meant. Where
// the command is wrong already, its flags are those of another one.
func (a *app) flagError(cmd *cobra.Command, err error) error {
	if words := cmd.Flags().Args(); !cmd.HasParent() && len(words) > 0 {
		return a.unknownCommand(cmd, a.args[slices.Index(a.args, words[0]):])
	}
	if unknown, ok := errors.AsType[*pflag.NotExistError](err); ok {
		if near := nearFlag(cmd.Flags(), unknown); near != "" {
			return usage("%v. Did you mean --%s?", err, near)
		}
	}
	return usage("%v. `%s --help` shows what there is.", err, cmd.CommandPath())
}

// nearFlag is the flag that somebody may have meant by one that there is not. Go's own tools
// take -json, which means five short flags here.
func nearFlag(flags *pflag.FlagSet, unknown *pflag.NotExistError) string {
	if short := unknown.GetSpecifiedShortnames(); short != "" {
		name, _, _ := strings.Cut(short, "=")
		if flags.Lookup(name) == nil {
			return ""
		}
		return name
	}
	var names []string
	flags.VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
	return exercise.Nearest(unknown.GetSpecifiedName(), names)
}
