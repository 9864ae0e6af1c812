package main

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// repo is the folder of racelab's repository.
const repo = "../.."

func readDoc(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(repo, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// docs are the pages for people who work on racelab or with it.
func docs(t *testing.T) []string {
	t.Helper()
	pages := []string{"README.md", "CONTRIBUTING.md", "CHANGELOG.md"}
	more, err := fs.Glob(os.DirFS(repo), "docs/*.md")
	if err != nil || len(more) < 2 {
		t.Fatalf("docs has %q, %v", more, err)
	}
	return append(pages, more...)
}

var link = regexp.MustCompile(`\]\(([^):#]+)(?:#[^)]*)?\)`)

// Every file that a page links to exists.
func TestDocsLinks(t *testing.T) {
	for _, page := range docs(t) {
		for _, m := range link.FindAllStringSubmatch(readDoc(t, page), -1) {
			target := path.Join(path.Dir(page), m[1])
			if _, err := os.Stat(filepath.Join(repo, target)); err != nil {
				t.Errorf("%s links to %s: %v", page, m[1], err)
			}
		}
	}
}

// The table of rooms in ARCHITECTURE.md has a row for each package, and no other.
func TestDocsRooms(t *testing.T) {
	page := readDoc(t, "docs/ARCHITECTURE.md")
	if n := strings.Count(page, "\n"); n > 100 {
		t.Errorf("docs/ARCHITECTURE.md has %d lines. It is to be read at one glance: at most 100", n)
	}
	var rows []string
	for _, m := range regexp.MustCompile("(?m)^\\| `([^`]+)` \\| .+ \\|$").FindAllStringSubmatch(page, -1) {
		rows = append(rows, m[1])
	}
	packages := rooms(t)
	for _, p := range packages {
		if !slices.Contains(rows, p) {
			t.Errorf("docs/ARCHITECTURE.md has no row for %s", p)
		}
	}
	for i, row := range rows {
		if !slices.Contains(packages, row) || slices.Contains(rows[:i], row) {
			t.Errorf("docs/ARCHITECTURE.md has a row too many: %s", row)
		}
	}
}

// rooms are the packages that are more than tests and tools for tests.
func rooms(t *testing.T) []string {
	t.Helper()
	var found []string
	visit := func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (d.Name() == "testdata" || d.Name() == "internal"):
			return fs.SkipDir
		case d.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go"):
			return nil
		}
		found = append(found, path.Dir(name))
		return nil
	}
	for _, top := range []string{"cmd", "checker"} {
		if err := fs.WalkDir(os.DirFS(repo), top, visit); err != nil {
			t.Fatal(err)
		}
	}
	slices.Sort(found)
	return slices.Compact(found)
}

// Every command of a page exists: what is run, not what it does. TestReadme types
// those of README.md, and TestCommandsInTextsExist knows racelab's own.
func TestDocsCommands(t *testing.T) {
	known := 0
	for _, page := range docs(t) {
		for _, command := range otherCommands(readDoc(t, page)) {
			known++
			if why := unknownCommand(t, command); why != "" {
				t.Errorf("%s: `%s`: %s", page, command, why)
			}
		}
	}
	if known < 10 {
		t.Errorf("the pages have %d commands: some are not recognised", known)
	}
}

var otherCommand = regexp.MustCompile("(?m)`((?:make|go) [^`\n]+|make)`|^\\$ ((?:make|go)\\b.*)$")

// otherCommands are those of make and go.
func otherCommands(text string) []string {
	var out []string
	for _, m := range otherCommand.FindAllStringSubmatch(text, -1) {
		command, _, _ := strings.Cut(m[1]+m[2], " #")
		out = append(out, strings.TrimSpace(command))
	}
	return out
}

// unknownCommand says what a command names that there is not.
func unknownCommand(t *testing.T, command string) string {
	words := strings.Fields(command)
	if words[0] == "make" {
		for _, target := range words[1:] {
			if !regexp.MustCompile(`(?m)^` + regexp.QuoteMeta(target) + `:`).MatchString(readDoc(t, "Makefile")) {
				return "the Makefile has no target " + target
			}
		}
		return ""
	}
	if verbs := []string{"build", "doc", "install", "run", "test", "vet"}; !slices.Contains(verbs, words[1]) {
		return "want one of go " + strings.Join(verbs, ", go ")
	}
	for _, word := range words[2:] {
		folder, isPackage := strings.CutPrefix(strings.TrimSuffix(word, "/..."), "./")
		if !isPackage || folder == "..." || strings.Contains(folder, "NN-slug") {
			continue
		}
		if _, err := os.Stat(filepath.Join(repo, folder)); err != nil {
			return err.Error()
		}
	}
	return ""
}

// The test above looks at something.
func TestDocsCommandsSees(t *testing.T) {
	for _, bad := range []string{"make cofee", "go fetch", "go test ./checker/nowhere"} {
		if got := otherCommands("Type `" + bad + "`.\n\n$ " + bad + " # now\n"); len(got) != 2 || got[0] != bad || got[1] != bad {
			t.Errorf("%q is read as %q", bad, got)
		}
		if unknownCommand(t, bad) == "" {
			t.Errorf("%q is taken to exist", bad)
		}
	}
}
