package main

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"racelab/checker/cache"
	"racelab/checker/exercise"
	"racelab/checker/finding"
	"racelab/checker/proof"
	"racelab/checker/report/terminal"
)

// TestContributingTable checks some versions of an exercise and compares the table
// in CONTRIBUTING.md with what `dev check` says of them.
func TestContributingTable(t *testing.T) {
	if testing.Short() {
		t.Skip("builds with -race, several times")
	}
	const id = "08-half-locked"
	a := newApp(embedded())
	var out bytes.Buffer
	a.stdout, a.stderr, a.now, a.palette = &out, &bytes.Buffer{}, time.Now, terminal.Palette{}
	ex, _, err := exercise.Validate(a.content, id)
	if err != nil {
		t.Fatal(err)
	}
	all, err := proof.Trials(ex)
	if err != nil {
		t.Fatal(err)
	}
	shown := []string{"broken", "reference", "rejected/trylock"}
	all = slices.DeleteFunc(all, func(t proof.Trial) bool { return !slices.Contains(shown, t.Name) })
	d := &devCheck{repeat: 1, jobs: 1, progress: &openingProgress{line: a.startProgress(t.Context())}}
	these := newVersions(ex, all)
	these.settled = &memory[finding.Verdict]{dir: cache.Dir(t.TempDir()), entry: "none", fresh: map[string]finding.Verdict{}} // the table shows times
	if err := a.tryAll(t.Context(), d, []versions{these}); err != nil {
		t.Fatal(err)
	}
	page := shownPage{t, "CONTRIBUTING.md", "the table of dev check", ""}
	page.compare(out.String(), identity, nil)
	for _, p := range slices.Concat(d.problems, d.unclear) {
		t.Errorf("%s", p)
	}
}

func identity(s string) string { return s }

var tomlBlock = regexp.MustCompile("(?s)```toml\n(.*?)```")

// The manifest in CONTRIBUTING.md is one, and what it shows in comments is known too.
func TestContributingManifest(t *testing.T) {
	block := tomlBlock.FindStringSubmatch(readDoc(t, "CONTRIBUTING.md"))
	if block == nil {
		t.Fatal("CONTRIBUTING.md shows no manifest")
	}
	commented := regexp.MustCompile(`(?m)^# (\[|\w+ += )`)
	for _, manifest := range []string{block[1], commented.ReplaceAllString(block[1], "$1")} {
		_, problems, err := exercise.Validate(withManifest(t, "01-unlocked-balance", manifest), "01-unlocked-balance")
		if err != nil {
			t.Errorf("%v in\n%s", err, manifest)
		}
		for _, p := range problems {
			if p.File == "exercises/01-unlocked-balance/"+exercise.ManifestFile && manifest == block[1] {
				t.Errorf("%s", p)
			}
		}
	}
	for _, d := range finding.Detectors() {
		if !strings.Contains(block[1], string(d)) {
			t.Errorf("CONTRIBUTING.md does not name the detector %s", d)
		}
	}
}

// withManifest is the content, but for the manifest of one exercise.
func withManifest(t *testing.T, id, manifest string) exercise.Content {
	t.Helper()
	content := embedded()
	dir := t.TempDir()
	from, err := fs.Sub(content.Exercises, id)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.CopyFS(filepath.Join(dir, id), from); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, id, exercise.ManifestFile), []byte(manifest), 0o644); err != nil {
		t.Fatal(err)
	}
	content.Exercises = os.DirFS(dir)
	return content
}

// TestContributingMatrix compares the matrix in CONTRIBUTING.md with what is seen of some
// broken programs. It has a line for each.
func TestContributingMatrix(t *testing.T) {
	a := newApp(embedded())
	var out bytes.Buffer
	a.stdout, a.stderr, a.now, a.palette = &out, &bytes.Buffer{}, time.Now, terminal.Palette{}
	set, err := exercise.Load(a.content)
	if err != nil {
		t.Fatal(err)
	}
	page := shownPage{t, "CONTRIBUTING.md", "what dev matrix says", " of the matrix"}
	shown := page.transcript().FindStringSubmatch(readDoc(t, "CONTRIBUTING.md"))
	if shown == nil {
		t.Fatal("there is no matrix")
	}
	for _, ex := range set {
		if !strings.Contains(shown[2], "\n"+ex.ID+" ") {
			t.Errorf("%s is missing", ex.ID)
		}
	}
	if testing.Short() {
		return
	}
	if !*updateDocs { // of which no cell is a matter of luck
		set = slices.DeleteFunc(set, func(ex exercise.Exercise) bool { return !slices.Contains([]int{2, 4, 6}, ex.Number) })
	}
	verdicts, err := a.checkBroken(t.Context(), set, 1)
	if err != nil {
		t.Fatal(err)
	}
	if err := a.showMatrix(set, verdicts); err != nil {
		t.Fatal(err)
	}
	if *updateDocs {
		page.compare(out.String(), identity, nil)
		return
	}
	for line := range strings.Lines(out.String()) {
		if !strings.Contains(plainly(shown[2]), plainly(line)) {
			t.Errorf("%q is not in the matrix", line)
		}
	}
}
