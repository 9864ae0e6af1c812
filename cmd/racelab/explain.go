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

// explanations holds a page for each kind of finding. A test type-checks the
// Go examples.
//
//go:embed explain/*.md
var explanations embed.FS

func (a *app) newExplainCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "explain [KIND]",
		Short: "Explain a kind of problem, with a wrong and a right example",
		Long: `Explain a kind of problem: what it is, a wrong and a right example in Go, what
it corresponds to in Python, how racelab finds it, and what a pass does not
prove. Without KIND, list the kinds.`,
		Example: `  racelab explain
  racelab explain data-race`,
		Args: atMost(1),
		ValidArgsFunction: func(_ *cobra.Command, args []string, _ string) ([]cobra.Completion, cobra.ShellCompDirective) {
			var out []cobra.Completion
			for _, k := range finding.Kinds() {
				out = append(out, cobra.CompletionWithDesc(string(k), report.Summary(k)))
			}
			return out[:len(out)*(1-min(1, len(args)))], cobra.ShellCompDirectiveNoFileComp
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
	a.say("The kinds of problem that racelab reports:")
	a.say("")
	var rows [][2]string
	for _, k := range finding.Kinds() {
		rows = append(rows, [2]string{"explain " + string(k), report.Summary(k)})
	}
	a.commands(rows)
	return nil
}

func (a *app) runExplain(name string) error {
	kind := finding.Kind(strings.ToLower(strings.ReplaceAll(name, " ", "-")))
	if !slices.Contains(finding.Kinds(), kind) {
		if near := exercise.Nearest(string(kind), kindNames()); near != "" {
			return usage("there is no kind of problem %q. Did you mean %s? `%s explain` lists all of them.", name, near, a.command)
		}
		return usage("there is no kind of problem %q. The kinds are: %s.", name, strings.Join(kindNames(), ", "))
	}
	page, err := explanations.ReadFile("explain/" + string(kind) + ".md")
	if err != nil {
		return fmt.Errorf("read the explanation of %s: %w", kind, err)
	}
	a.markdown(string(page))
	return nil
}

func kindNames() []string {
	var names []string
	for _, k := range finding.Kinds() {
		names = append(names, string(k))
	}
	return names
}
