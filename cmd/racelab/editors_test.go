package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"racelab/checker/finding"
	"racelab/checker/report"

	"github.com/pelletier/go-toml/v2"
	"github.com/yuin/gopher-lua/parse"
	"golang.org/x/tools/txtar"
)

var fence = regexp.MustCompile("(?ms)^```(\\w*)\n(.*?)^```$")

// Every snippet of EDITORS.md is one of its language.
func TestEditorsSnippets(t *testing.T) {
	count := map[string]int{}
	for _, m := range fence.FindAllStringSubmatch(readDoc(t, "docs/EDITORS.md"), -1) {
		language, text := m[1], m[2]
		count[language]++
		var err error
		switch language {
		case "json":
			err = json.Unmarshal([]byte(text), &map[string]any{})
		case "toml":
			err = toml.Unmarshal([]byte(text), &map[string]any{})
		case "lua":
			_, err = parse.Parse(strings.NewReader(text), "init.lua")
		case "text", "vim": // TestEditorsVim
		default:
			t.Errorf("nobody knows what %q is", language)
		}
		if err != nil {
			t.Errorf("%v in\n%s", err, text)
		}
	}
	if count["json"] < 3 || count["toml"] < 1 || count["lua"] < 1 {
		t.Errorf("the snippets are %v", count)
	}
}

// Each of the editors starts a server, by a command that there is.
func TestEditorsStartTheServer(t *testing.T) {
	page := readDoc(t, "docs/EDITORS.md")
	for _, start := range []string{`cmd = { 'racelab', 'lsp' }`, "command = \"racelab\"\nargs = [\"lsp\"]", `"glspc.server.commandArguments": ["lsp"]`} {
		if !strings.Contains(page, start) {
			t.Errorf("EDITORS.md lacks %s", start)
		}
	}
}

// recordedLines is what `racelab check --format lines` prints of verdicts of real checks.
func recordedLines(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob("../../checker/report/testdata/recorded_*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	var out bytes.Buffer
	for _, file := range files {
		ar, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range ar.Files {
			var v finding.Verdict
			if f.Name != "verdict.json" {
				continue
			}
			known := report.Context{Submission: report.Submission{Edit: "exercises/bank.go"}}
			if err := errors.Join(json.Unmarshal(f.Data, &v), report.Lines(&out, v, report.Style{}, known)); err != nil {
				t.Fatal(err)
			}
		}
	}
	return strings.Split(strings.TrimSuffix(out.String(), "\n"), "\n")
}

// The matcher of the task finds the problems, and their places, and nothing in the last line.
func TestEditorsProblemMatcher(t *testing.T) {
	m := regexp.MustCompile(`"regexp": (".*"),`).FindStringSubmatch(readDoc(t, "docs/EDITORS.md"))
	if m == nil {
		t.Fatal("there is no matcher")
	}
	var pattern string
	if err := json.Unmarshal([]byte(m[1]), &pattern); err != nil {
		t.Fatal(err)
	}
	matcher, count := regexp.MustCompile(pattern), 0
	for _, line := range recordedLines(t) {
		found := matcher.FindStringSubmatch(line)
		place := strings.Contains(line, ": error: ") || strings.Contains(line, ": note: ") || strings.Contains(line, ": warning: ")
		if place != (found != nil) {
			t.Errorf("of %q it finds %q", line, found)
		}
		if found != nil && found[3] == "error" {
			count++
		}
	}
	if count < 10 {
		t.Errorf("it finds %d problems", count)
	}
}

// Vim, where there is one, finds them with the settings of the page.
func TestEditorsVim(t *testing.T) {
	vim, err := exec.LookPath("vim")
	if err != nil {
		t.Skip("there is no vim")
	}
	settings := ""
	for _, m := range fence.FindAllStringSubmatch(readDoc(t, "docs/EDITORS.md"), -1) {
		if m[1] == "vim" {
			settings = m[2]
		}
	}
	dir, lines := t.TempDir(), recordedLines(t)
	want := 0
	for _, line := range lines {
		if strings.Contains(line, ".go:") && !strings.HasPrefix(line, "0") {
			want++
		}
	}
	script := settings + fmt.Sprintf("set nocompatible\ncgetfile %s/lines\ncall writefile([string(len(filter(getqflist(), 'v:val.valid && v:val.lnum > 0 && v:val.text != \"\"')))], '%s/found')\nqa!\n", dir, dir)
	for name, text := range map[string]string{"lines": strings.Join(lines, "\n") + "\n", "script.vim": script} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if out, err := exec.CommandContext(t.Context(), vim, "-N", "-u", "NONE", "-i", "NONE", "-es", "-S", filepath.Join(dir, "script.vim")).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	found, err := os.ReadFile(filepath.Join(dir, "found"))
	if err != nil || strings.TrimSpace(string(found)) != strconv.Itoa(want) {
		t.Errorf("vim finds %s places of %d (%v)", found, want, err)
	}
}
