package main

import (
	"bytes"
	"context"
	"fmt"
	"go/types"
	"os/exec"

	"racelab/checker/source"
)

// A stdImporter knows the packages of the standard library. It asks the go command
// for their export data, each time for one more.
type stdImporter struct {
	ctx   context.Context
	files map[string]string // with export data, by import path
	types.Importer
}

func newStdImporter(ctx context.Context) *stdImporter {
	files := map[string]string{}
	return &stdImporter{ctx, files, source.Exported(files)}
}

// Import implements types.Importer.
func (s *stdImporter) Import(path string) (*types.Package, error) {
	if s.files[path] == "" {
		out, err := exec.CommandContext(s.ctx, "go", "list", "-export", "-f", "{{.Export}}", path).Output()
		if err != nil {
			return nil, fmt.Errorf("go list -export %s: %w", path, err)
		}
		s.files[path] = string(bytes.TrimSpace(out))
	}
	return s.Importer.Import(path)
}
