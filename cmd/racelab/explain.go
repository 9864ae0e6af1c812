package main

import (
	"embed"
	"fmt"
	"slices"
	"strings"

	"racelab/checker/exercise"
	"racelab/checker/finding"
	"racelab/checker/report"

	"github.com/spf13/cobra"
)

// explanations holds a page for each kind of finding, and those of topics. A test
// type-checks the Go examples.
//
//go:embed explain/*.md
var explanations embed.FS

// topics are the pages that are not about a kind of problem, each with its subject.
var topics = []struct{ name, subject string }{
	{"explore", "Exploring, schedules and replay"},
	{"python", "From Python to Go"},
}

func (a *app) newExplainCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "explain [KIND]",
		Short: "Explain a kind of problem, with a wrong and a right example",
		Long: `Explain a kind of problem: what it is, a wrong and a right example in Go, what
it corresponds to in Python, how racelab finds it, and what a pass does not
prove. Without KIND, list the kinds. "explore" is about schedules: what replay
shows, and what a pass rests on. "python" sets processes and threads beside
goroutines, and says for each construct of Python what Go has in its place.`,
		Example: `  racelab explain
  racelab explain data-race
  racelab explain explore
  racelab explain python`,
		Args: atMost(1),
		ValidArgsFunction: func(_ *cobra.Command, args []string, _ string) ([]cobra.Completion, cobra.ShellCompDirective) {
			if len(args) > 0 {
				return nil, cobra.ShellCompDirectiveNoFileComp
			}
			var out []cobra.Completion
			for _, k := range finding.Kinds() {
				out = append(out, cobra.CompletionWithDesc(string(k), report.Summary(k)))
			}
			for _, t := range topics {
				out = append(out, cobra.CompletionWithDesc(t.name, t.subject))
			}
			return out, cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return a.listKinds()
			}
			return a.runExplain(args[0])
		},
	}
}

func (a *app) listKinds() error {
	a.paragraph("", "The kinds of problem that racelab reports:")
	a.say("")
	var rows [][2]string
	for _, k := range finding.Kinds() {
		rows = append(rows, [2]string{"explain " + string(k), report.Summary(k)})
	}
	a.commands(rows)
	a.say("")
	a.paragraph("", "More to read:")
	a.say("")
	rows = nil
	for _, t := range topics {
		rows = append(rows, [2]string{"explain " + t.name, t.subject})
	}
	a.commands(rows)
	return nil
}

func (a *app) runExplain(name string) error {
	name = strings.ToLower(strings.ReplaceAll(name, " ", "-"))
	names := pageNames()
	if !slices.Contains(names, name) {
		if near := exercise.Nearest(name, names); near != "" {
			return usage("there is no kind of problem %q. Did you mean %s? `%s explain` lists all of them.", name, near, a.command)
		}
		return usage("there is no kind of problem %q. The kinds are: %s.", name, strings.Join(names, ", "))
	}
	page, err := explanations.ReadFile("explain/" + name + ".md")
	if err != nil {
		return fmt.Errorf("read the explanation of %s: %w", name, err)
	}
	a.markdown(string(page))
	return nil
}

// pageNames are the kinds, then the topics.
func pageNames() []string {
	var names []string
	for _, k := range finding.Kinds() {
		names = append(names, string(k))
	}
	for _, t := range topics {
		names = append(names, t.name)
	}
	return names
}
