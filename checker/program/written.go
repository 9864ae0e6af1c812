package program

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	"racelab/checker/exercise"
	"racelab/checker/finding"
	"racelab/checker/gotool"
	"racelab/checker/stage"
)

// BuildWritten has the go command build the submission as it was written, with the
// exercise's tests. Nothing of racelab's is in it, so nothing tells it from a program that
// its author tests at home. Findings are why it does not build.
func (b Builder) BuildWritten(ctx context.Context, ws *stage.Workspace) (*Program, []finding.Finding, error) {
	overlay, err := withoutContract(ws)
	if err != nil {
		return nil, nil, err
	}
	binary := filepath.Join(ws.Root, "written")
	exit, err := b.tools(ws).Go(ctx, gotool.WrittenArgs(ws.Package(), overlay, binary))
	if err != nil {
		return nil, nil, err
	}
	if exit.Code != 0 {
		findings, err := b.whyNotBuilt(ctx, ws, append(exit.Stdout, exit.Stderr...))
		return nil, findings, err
	}
	return &Program{
		Binary: binary, Tests: ws.Tests, Timers: ws.Timers, Timed: ws.Timed, Written: ws.Source.Files,
		Sources: ws.Sources(stage.Plain), Dir: ws.Dir(stage.Plain), Temp: ws.Temp(), Runs: ws.RunDir(),
	}, nil, nil
}

// withoutContract writes the overlay (go help build) of a package in which the contract,
// which needs racelab's run-time, does not exist.
func withoutContract(ws *stage.Workspace) (string, error) {
	name := filepath.Join(ws.Temp(), "overlay.json")
	text, err := json.Marshal(map[string]any{"Replace": map[string]string{
		filepath.Join(ws.Dir(stage.Plain), exercise.ContractFile): "",
	}})
	if err != nil {
		return "", fmt.Errorf("write an overlay: %w", err)
	}
	return name, os.WriteFile(name, text, 0o600)
}
