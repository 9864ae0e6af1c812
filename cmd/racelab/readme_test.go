package main

import (
	"flag"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var updateDocs = flag.Bool("update-docs", false, "put what racelab says now into README.md and CONTRIBUTING.md")

// statuses are the exit statuses of README commands that do not end with 0.
// The status of go run is 1 for every failure of what it runs.
var statuses = map[string]int{
	"go run ./cmd/racelab check 01":                         1,
	"racelab check 01 --from submissions/ada --format json": 1,
}

// TestReadme types every command of README.md, in order, into a copy of the
// repository, and compares the transcript with what check 01 says.
func TestReadme(t *testing.T) {
	if testing.Short() {
		t.Skip("builds with -race, several times")
	}
	clone := filepath.Join(t.TempDir(), "clone")
	if err := os.CopyFS(clone, repository{os.DirFS(repo)}); err != nil {
		t.Fatal(err)
	}
	s := shell{clone: clone, dir: clone, bin: t.TempDir()}
	for _, block := range consoleBlocks(readDoc(t, "README.md")) {
		for _, command := range block {
			output := s.run(t, command)
			switch {
			case strings.HasSuffix(command, "racelab check 01"):
				shownPage{t, "README.md", "what check 01 says", ""}.compare(output, excerpt, varies)
			case command == "racelab grade submissions":
				shownPage{t, "README.md", "what grade says", " of grade"}.compare(output, table, nil)
			}
		}
	}
}

// repository is the repository without what git does not track.
type repository struct{ fs.FS }

func (r repository) ReadDir(name string) ([]fs.DirEntry, error) {
	entries, err := fs.ReadDir(r.FS, name)
	kept := entries[:0]
	for _, e := range entries {
		if e.Name() != ".git" && e.Name() != "bin" && e.Name() != ".racelab" {
			kept = append(kept, e)
		}
	}
	return kept, err
}

var console = regexp.MustCompile("(?s)```console\n(.*?)```")

// consoleBlocks returns the commands of each console block, comments left out.
func consoleBlocks(markdown string) [][]string {
	var blocks [][]string
	for _, m := range console.FindAllStringSubmatch(markdown, -1) {
		var commands []string
		for line := range strings.Lines(m[1]) {
			if command, ok := strings.CutPrefix(line, "$ "); ok {
				command, _, _ = strings.Cut(command, " #")
				commands = append(commands, strings.TrimSpace(command))
			}
		}
		blocks = append(blocks, commands)
	}
	return blocks
}

// A shell is the session in which the commands are typed.
type shell struct{ clone, dir, bin string }

func (s *shell) run(t *testing.T, command string) string {
	t.Helper()
	words := strings.Fields(command)
	switch {
	case words[0] == "cd":
		s.dir = filepath.Join(s.dir, words[1])
		return ""
	case command == "go test ./...":
		return "" // that is what runs this test
	case words[0] == "make":
		s.dir = s.clone
		words = append(words, "-n") // CI runs the targets; here they must exist
	case strings.Contains(command, "dev check"):
		words = append(words, "--no-run") // CI proves every exercise
	case strings.Contains(command, "grade submissions"):
		s.submit(t, embedded().Exercises, "01-unlocked-balance/bank.go", "submissions/ada")
		s.submit(t, embedded().Solutions, "01-unlocked-balance/testdata/rejected/two-halves.go", "submissions/ben")
	case strings.HasPrefix(command, "go run"):
		s.dir = s.clone // README's later blocks are typed there again
	}
	cmd := exec.Command("sh", "-c", strings.Join(words, " "))
	cmd.Dir = s.dir
	cmd.Env = append(os.Environ(), "GOBIN="+s.bin, "PATH="+s.bin+":"+os.Getenv("PATH"), "NO_COLOR=1", "MAKEFLAGS=")
	output, err := cmd.CombinedOutput()
	if cmd.ProcessState == nil {
		t.Fatalf("%s: %v", command, err)
	}
	if got := cmd.ProcessState.ExitCode(); got != statuses[command] {
		t.Fatalf("%s: exit status %d, want %d\n%s", command, got, statuses[command], output)
	}
	return string(output)
}

// submit hands a version of 01 in.
func (s *shell) submit(t *testing.T, from fs.FS, name, dir string) {
	t.Helper()
	folder := filepath.Join(s.dir, dir)
	data, err := fs.ReadFile(from, name)
	if err == nil {
		err = os.MkdirAll(folder, 0o755)
	}
	if err == nil {
		err = os.WriteFile(filepath.Join(folder, "bank.go"), data, 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
}

var (
	digits = regexp.MustCompile(`\d+`)
	// varies matches lines that may differ between runs: which goroutines met
	// where, which of them was first, and in which tests.
	varies = regexp.MustCompile(`bank\.go:| \| |was started|^   (write by )?goroutine |Seen |explain wrong-result|problems?, `)
)

// A shownPage is a file that shows what a command says.
type shownPage struct {
	*testing.T
	name string // from the repository's top
	what string // is shown
	mark string // behind "transcript", where a page has several
}

// transcript is where it shows that.
func (p shownPage) transcript() *regexp.Regexp {
	return regexp.MustCompile("(?s)(<!-- transcript" + p.mark + " -->\n```text\n)(.*?)(```)")
}

// compare demands that a command which printed output still says every line of
// the page's transcript, numbers aside, but for lines that may vary. With
// -update-docs it puts what excerpt takes from the output there.
func (p shownPage) compare(output string, excerpt func(string) string, varies *regexp.Regexp) {
	p.Helper()
	text := readDoc(p.T, p.name)
	if *updateDocs {
		text = p.transcript().ReplaceAllStringFunc(text, func(s string) string {
			m := p.transcript().FindStringSubmatch(s)
			return m[1] + excerpt(output) + m[3]
		})
		if err := os.WriteFile(filepath.Join(repo, p.name), []byte(text), 0o644); err != nil {
			p.Fatal(err)
		}
		return
	}
	m := p.transcript().FindStringSubmatch(text)
	if m == nil || strings.Count(m[2], "\n") < 4 {
		p.Fatalf("%s does not show %s", p.name, p.what)
	}
	said := plainly(output)
	for line := range strings.Lines(m[2]) {
		if line == "…\n" || varies != nil && varies.MatchString(line) {
			continue
		}
		if !strings.Contains(said, plainly(line)) {
			p.Errorf("%s shows %q, but %s is\n%s\ngo test ./cmd/racelab -run '^%s$' -update-docs writes it anew", p.name, line, p.what, output, p.Name())
		}
	}
}

// plainly leaves out numbers and layout.
func plainly(s string) string {
	return strings.Join(strings.Fields(digits.ReplaceAllString(s, "N")), " ")
}

// table leaves out what grade says while it works.
func table(output string) string { return output[strings.Index(output, "student"):] }

// excerpt is the first problem of a report, and what to do next.
func excerpt(report string) string {
	report = report[strings.Index(report, "✗"):]
	first := report
	for _, end := range []string{"\n   The same defect ", "\n   What it leads to", "\n2. ", "\nAnd ", "\nPoints\n"} {
		first, _, _ = strings.Cut(first, end)
	}
	_, next, _ := strings.Cut(report, "\nWhat next\n")
	next, _, _ = strings.Cut(next, "exit status")
	return strings.TrimRight(first, "\n") + "\n…\nWhat next\n" + next
}
