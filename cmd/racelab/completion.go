package main

import (
	_ "embed"
	"fmt"
	"strings"

	"github.com/spf13/cobra"
)

// bashWords is what racelab's completion for bash needs of the package bash-completion, which
// a Mac and a bare container do not have.
//
//go:embed completion.bash
var bashWords string

// forBash turns cobra's script into one that needs no package, and works whatever the user has
// set IFS to.
var forBash = strings.NewReplacer(
	`_get_comp_words_by_ref "$@" cur prev words cword`, "__racelab_words",
	"local cur prev words cword split\n", "local IFS=$' \\t\\n' cur prev words cword split\n",
)

const bashLong = `Print the script with which bash completes racelab's commands, flags, exercises
and problems. It needs nothing but bash.

In this session:

  source <(racelab completion bash)

In all sessions: put that line into ~/.bashrc. On a Mac, whose own bash is old,
use eval "$(racelab completion bash)" instead.`

// addCompletion adds cobra's command completion, with a script for bash that needs no other
// package.
func addCompletion(root *cobra.Command) {
	root.InitDefaultCompletionCmd()
	bash, _, err := root.Find([]string{"completion", "bash"})
	if err != nil || bash.Name() != "bash" {
		return
	}
	completion := bash.Parent()
	completion.Short = "Have your shell complete commands, exercises and problems"
	completion.Long = "Print a script with which your shell completes racelab's commands, flags,\n" +
		"exercises and problems. The help of each shell's says how to load it."
	completion.Example = "  racelab completion bash --help"
	bash.Long = bashLong
	bash.RunE = func(cmd *cobra.Command, _ []string) error {
		var script strings.Builder
		plain, err := cmd.Flags().GetBool("no-descriptions")
		if err != nil {
			return err
		}
		if err := root.GenBashCompletionV2(&script, !plain); err != nil {
			return err
		}
		_, err = fmt.Fprint(cmd.OutOrStdout(), bashWords, forBash.Replace(script.String()))
		return err
	}
}
