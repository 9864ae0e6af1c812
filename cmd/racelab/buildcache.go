package main

import (
	"os"
	"strings"

	"racelab/checker/gotool/buildcache"

	"github.com/spf13/cobra"
)

// buildCacheCommand is what the go command is told to ask for what it has built before,
// where nothing may be added to the cache that all share.
const buildCacheCommand = "build-cache"

func newBuildCacheCommand(a *app) *cobra.Command {
	return &cobra.Command{
		Use: buildCacheCommand, Hidden: true, Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			own, err := os.MkdirTemp("", "build-cache-")
			if err != nil {
				return err
			}
			shared, _ := a.lookupEnv("GOCACHE")
			return (&buildcache.Layered{Shared: shared, Own: own}).Serve(a.stdin, a.stdout)
		},
	}
}

// buildCacheProgram is its command line, as the go command takes lines apart.
func buildCacheProgram(exe string) string {
	quote := "'"
	if strings.Contains(exe, quote) {
		quote = "\""
	}
	return quote + exe + quote + " " + buildCacheCommand
}
