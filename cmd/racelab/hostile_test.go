package main

import (
	"archive/zip"
	"bytes"
	"embed"
	"encoding/json"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"racelab/checker/classroom/record"
	"racelab/checker/exercise"
	"racelab/checker/finding"
)

// hostileRacelab is a racelab with the exercise in testdata/hostile. It is in the program:
// a check that is confined has no environment of ours, and does not see the folder.
const hostileRacelab = "racelab-hostile"

//go:embed all:testdata/hostile
var hostileFiles embed.FS

func runHostile() {
	if status, asked := enterWalls(); asked {
		os.Exit(status)
	}
	sub := func(name string) fs.FS {
		dir, err := fs.Sub(hostileFiles, path.Join("testdata/hostile", name))
		if err != nil {
			panic(err) // the name is right
		}
		return dir
	}
	os.Exit(run(newApp(exercise.Content{Exercises: sub("exercises"), Solutions: sub("solutions"), Hints: sub("hints")})))
}

// TestHostile grades a class in which nobody means well, but for a few whose programs only
// look odd. Each of them gets what it must, and none spoils another's.
func TestHostile(t *testing.T) {
	if os.Getenv("RACELAB_HOSTILE") == "" {
		t.Skip("takes minutes: make hostile runs it")
	}
	dir := t.TempDir()
	class := filepath.Join(dir, "class")
	want := map[string]string{}
	for _, h := range hostileClass {
		want[h.name] = h.want
		handIn(t, filepath.Join(class, h.name), h)
	}
	oddFiles(t, class, want)
	got := gradeHostile(t, dir)
	for _, name := range slices.Sorted(maps.Keys(want)) {
		r, ok := got[name]
		if !ok {
			t.Errorf("%s has no record", name)
			continue
		}
		if said := verdictSaid(r); !wanted(want[name], r) {
			t.Errorf("%s: %s, want %s", name, said, want[name])
		} else {
			t.Logf("%s: %s", name, said)
		}
	}
	if len(got) != len(want) {
		t.Errorf("%d records of %d students", len(got), len(want))
	}
}

func handIn(t *testing.T, dir string, h hostile) {
	t.Helper()
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for name, text := range h.more {
		files[name] = text
	}
	if h.src != "" {
		files["counter.go"] = h.src
	}
	for name, text := range files {
		name = filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// oddFiles hands in what is no file, and an archive that wants to get out.
func oddFiles(t *testing.T, class string, want map[string]string) {
	t.Helper()
	check := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	reference, err := filepath.Abs("testdata/hostile/solutions/01-counter/counter.go")
	check(err)
	want["22-link"] = "fail policy"
	check(os.Mkdir(filepath.Join(class, "22-link"), 0o755))
	check(os.Symlink(reference, filepath.Join(class, "22-link", "counter.go")))
	want["27-fifo"] = "fail policy"
	check(os.Mkdir(filepath.Join(class, "27-fifo"), 0o755))
	check(exec.Command("mkfifo", filepath.Join(class, "27-fifo", "counter.go")).Run())
	want["27-fifo-beside"] = "pass"
	handIn(t, filepath.Join(class, "27-fifo-beside"), hostile{src: locked("", "")})
	check(exec.Command("mkfifo", filepath.Join(class, "27-fifo-beside", "y.go")).Run())
	want["52-zip-slip"] = "fail data-race"
	var archive bytes.Buffer
	z := zip.NewWriter(&archive)
	for name, text := range map[string]string{
		"counter.go": unlocked("", ""), "../52-zip-slip-victim/counter.go": locked("", ""), "/tmp/counter.go": locked("", ""),
		"../ok-dot/counter.go": "package stolen",
	} {
		w, err := z.Create(name)
		check(err)
		_, err = w.Write([]byte(text))
		check(err)
	}
	check(z.Close())
	check(os.WriteFile(filepath.Join(class, "52-zip-slip.zip"), archive.Bytes(), 0o644))
}

// gradeHostile grades the class with a racelab whose exercises are those in testdata.
func gradeHostile(t *testing.T, dir string) map[string]record.Record {
	t.Helper()
	racelab, err := exec.LookPath(hostileRacelab)
	if err != nil {
		t.Fatal(err)
	}
	env := filepath.Join(dir, "goenv") // 45: it would turn the race detector off, and fetch other tools
	if err := os.WriteFile(env, []byte("GOFLAGS=-race=false -overlay=/none\nGOTOOLCHAIN=go1.99\nGOPROXY=http://127.0.0.1:1\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(racelab, "grade", "class", "--format", "jsonl")
	cmd.Dir, cmd.Env = dir, append(os.Environ(), "GOENV="+env)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, stderr.Bytes())
	}
	records := map[string]record.Record{}
	for line := range bytes.Lines(out) {
		var r record.Record
		if err := json.Unmarshal(line, &r); err != nil {
			t.Fatal(err)
		}
		if r.Student != "" { // the header has none
			records[r.Student] = r
		}
	}
	return records
}

func wanted(want string, r record.Record) bool {
	outcome, kinds, _ := strings.Cut(want, " ")
	if r.Verdict == nil && string(r.State) == outcome {
		return r.Score == 0
	}
	if r.Verdict == nil || string(r.Verdict.Outcome) != outcome {
		return false
	}
	switch errors := r.Verdict.Errors(); r.Verdict.Outcome {
	case finding.Pass:
		return r.Score == r.MaxScore
	case finding.Fail:
		return r.Score < r.MaxScore && slices.Contains(strings.Fields(kinds), string(errors[0].Kind))
	default:
		return r.Score == 0 && string(r.Verdict.Cause) == kinds
	}
}

func verdictSaid(r record.Record) string {
	if r.Verdict == nil {
		return string(r.State)
	}
	said := []string{string(r.Verdict.Outcome), string(r.Verdict.Cause), r.Verdict.Reason}
	for _, f := range r.Verdict.Errors() {
		said = append(said, string(f.Kind)+": "+f.Message)
	}
	return strings.Join(said, " | ")
}
