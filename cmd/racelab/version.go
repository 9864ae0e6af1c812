package main

import (
	"context"
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"
)

func (a *app) newVersionCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "version",
		Short:   "Show the version of racelab and of the Go it uses",
		Long:    `Show the version of racelab, and of the Go and the C compiler it checks with.`,
		Example: `  racelab version`,
		Args:    atMost(0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.runVersion(cmd.Context())
		},
	}
}

func (a *app) runVersion(ctx context.Context) error {
	a.say("racelab %s, built with %s for %s/%s", racelabVersion(), runtime.Version(), runtime.GOOS, runtime.GOARCH)
	tc, err := a.findToolchain(ctx)
	if err != nil {
		a.say("checks with: nothing yet. %v", err)
		return nil // the version of racelab is what was asked for
	}
	a.say("checks with %s %s/%s (%s), C compiler %s", tc.Version, tc.OS, tc.Arch, tc.Go, orNone(tc.CC))
	return nil
}

// racelabVersion is what the Go command wrote into the program.
func racelabVersion() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "(unknown)"
	}
	version := info.Main.Version
	if version == "" {
		version = "(devel)"
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" {
			version += fmt.Sprintf(" (commit %.12s)", s.Value)
		}
	}
	return version
}

func orNone(s string) string {
	if s == "" {
		return "none"
	}
	return s
}
