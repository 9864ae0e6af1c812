package gostack

import (
	"strings"

	"racelab/checker/finding"
)

// Bounds of what one finding keeps: a thousand goroutines at one line are one
// story.
const (
	goroutinesKept = 20
	outputKept     = 32 << 10 // bytes
)

// Evidence is what a finding keeps of goroutines: their stacks, trimmed to the
// exercise, and their blocks as printed, below header. It keeps the first 20 of
// them and 32 KiB of text.
func Evidence(header string, gs []Goroutine, src finding.Sources) finding.Evidence {
	var e finding.Evidence
	blocks := []string{strings.TrimRight(header, "\n")}
	for _, g := range gs[:min(len(gs), goroutinesKept)] {
		kept := g.Goroutine
		kept.Stack, kept.CreatedBy = src.Trim(g.Stack), src.Trim(g.CreatedBy)
		e.Goroutines = append(e.Goroutines, kept)
		blocks = append(blocks, g.Raw)
	}
	e.Output = truncate(strings.TrimLeft(strings.Join(blocks, "\n\n"), "\n")+"\n", outputKept)
	return e
}

func truncate(s string, n int) string {
	if len(s) <= n {
		return s
	}
	return strings.ToValidUTF8(s[:n], "") + "\n…"
}
