package main

import (
	"cmp"
	"fmt"
	"strings"

	"racelab/checker/report/terminal"

	"github.com/spf13/cobra"
)

// addHelp has help fit the terminal, and know what somebody may have meant.
func (a *app) addHelp(root *cobra.Command) {
	root.SetHelpFunc(func(cmd *cobra.Command, _ []string) {
		text := strings.TrimSpace(cmp.Or(cmd.Long, cmd.Short)) + "\n\n" + cmd.UsageString()
		fmt.Fprint(cmd.OutOrStdout(), terminal.Narrow(text, a.width))
	})
	root.InitDefaultHelpCmd()
	help, _, err := root.Find([]string{"help", "list"})
	if err != nil || help.Name() != "help" {
		return
	}
	help.Short, help.Example = "Say what a command does", "  racelab help check"
	help.Long = "Say what a command does, with its flags and some examples. `racelab help` alone\n" +
		"lists the commands, as --help does."
	help.RunE = func(_ *cobra.Command, args []string) error {
		cmd, _, err := root.Find(args)
		if err != nil || cmd == root && len(args) > 0 {
			return a.unknownCommand(root, args)
		}
		cmd.InitDefaultHelpFlag()
		return cmd.Help()
	}
}
