package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestInstructors types every command of docs/INSTRUCTORS.md, in order, into a folder with a
// class in it. The grader is that of the scripts, and so are the exercises: those three.
func TestInstructors(t *testing.T) {
	fixtures, err := filepath.Abs("testdata/fixtures")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	untouched, err := os.ReadFile(filepath.Join(fixtures, "exercises/01-unlocked-balance/bank.go"))
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"roster.csv":               "id,name,email\nada,Ada Lovelace,ada@example.edu\nben,Ben Bit,ben@example.edu\n",
		"submissions/ada/bank.go":  "package any // solved\n",
		"submissions/ben/bank.go":  "package any // solved\n",
		"submissions/ben/stock.go": "package any\n",
		"submissions/cid/bank.go":  string(untouched),
	} {
		name = filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	text := readDoc(t, "docs/INSTRUCTORS.md")
	blocks := consoleBlocks(text)
	if len(blocks) < 5 {
		t.Fatalf("docs/INSTRUCTORS.md has %d blocks of commands", len(blocks))
	}
	first := ""
	for _, block := range blocks {
		for _, command := range block {
			cmd := exec.Command("sh", "-c", command)
			cmd.Dir = dir
			cmd.Env = append(os.Environ(), fixturesEnv+"="+fixtures, "WORK="+dir)
			out, err := cmd.Output()
			if err != nil {
				t.Errorf("%s: %v\n%s", command, err, out)
			}
			if first == "" {
				first = string(out)
			}
		}
	}
	if !strings.Contains(text, "```text\n"+first+"```\n") {
		t.Errorf("docs/INSTRUCTORS.md does not show this as its first table:\n%s", first)
	}
}
