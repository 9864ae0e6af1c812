package main

import (
	"errors"
	"fmt"

	"racelab/checker/lsp"

	"github.com/spf13/cobra"
)

func (a *app) newLSPCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "lsp",
		Short: "Show problems in your editor, and check when you save",
		Long: `Speak with an editor: a language server on standard input and output. The editor
starts it, you do not. docs/EDITORS.md in racelab's repository says how to set
up VS Code, Neovim and Helix.

In a file of a lab, the editor then marks what the last check has found, each
problem with the other places that belong to it, and offers the next hint, the
page about its kind, and, in a browser, a replay of a problem and the game. When
you save the file of an exercise, it is checked in the background. With the
initialization option {"checkOnSave": false} it is not: then check in a
terminal, or by the action "Check now".

Exit status: 0 the editor has shut the server down; 1 it left without; 3 racelab
did not understand it.`,
		Example: `  racelab lsp`,
		Args:    atMost(0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.runLSP(cmd)
		},
	}
	cmd.Flags().Bool("stdio", false, "what some editors add; there is no other way")
	return cmd
}

func (a *app) runLSP(cmd *cobra.Command) error {
	if a.outTerminal {
		return usage("lsp is for an editor to start, not for a terminal. `%s lsp --help` says more.", a.command)
	}
	host, err := newEditorHost(a)
	if err != nil {
		return err
	}
	err = lsp.Serve(cmd.Context(), a.stdin, a.stdout, host, racelabVersion())
	switch {
	case errors.Is(err, lsp.ErrNotShutDown):
		return verdictStatus(statusFail)
	case err != nil && cmd.Context().Err() == nil:
		return fmt.Errorf("speak with the editor: %w", err)
	}
	return err
}
