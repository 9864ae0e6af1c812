package exercise

import (
	"strings"
	"testing"
	"time"

	"racelab/checker/finding"
)

func TestFind(t *testing.T) {
	set := Set{
		{ID: "01-unlocked-balance", Manifest: Manifest{Number: 1, Slug: "unlocked-balance"}},
		{ID: "03-pipe-ends", Manifest: Manifest{Number: 3, Slug: "pipe-ends"}},
		{ID: "11-interleaved-print", Manifest: Manifest{Number: 11, Slug: "interleaved-print"}},
	}
	for _, tt := range []struct{ name, want, near string }{
		{"3", "03-pipe-ends", ""},
		{"03", "03-pipe-ends", ""},
		{"11", "11-interleaved-print", ""},
		{"03-pipe-ends", "03-pipe-ends", ""},
		{"pipe-ends", "03-pipe-ends", ""},
		{"Pipe-Ends", "03-pipe-ends", ""},
		{"exercises/03-pipe-ends/", "03-pipe-ends", ""},
		{`exercises\03-pipe-ends`, "03-pipe-ends", ""},
		{"./exercises/03-pipe-ends/pipe.go", "03-pipe-ends", ""},
		{"03-pipe-ends/pipe_test.go", "03-pipe-ends", ""},
		{"pipe-end", "", "03-pipe-ends"},
		{"unlocked_balance", "", "01-unlocked-balance"},
		{"12", "", ""},
		{"", "", ""},
		{"/", "", ""},
		{"something else entirely", "", ""},
	} {
		ex, near, ok := set.Find(tt.name)
		if ex.ID != tt.want || near != tt.near || ok != (tt.want != "") {
			t.Errorf("Find(%q) = %q, %q, %v; want %q, %q", tt.name, ex.ID, near, ok, tt.want, tt.near)
		}
	}
}

func TestLoad(t *testing.T) {
	tr := fixture()
	second := strings.NewReplacer("number  = 7", "number  = 12", `"till"`, `"shop"`).Replace(fixtureManifest)
	tr["exercises/12-shop/exercise.toml"] = second + "[limits]\nrun = \"2s\"\n[concurrency]\nfactor = 1.5\n"
	set, err := Load(tr.content())
	if err != nil {
		t.Fatal(err)
	}
	if len(set) != 2 || set[0].ID != "07-till" || set[1].ID != "12-shop" {
		t.Fatalf("loaded %v, want 07-till and 12-shop", set)
	}
	till, shop := set[0], set[1]
	if till.MaxScore() != 10 || till.ImportPath() != "racelab/exercises/07-till" {
		t.Errorf("till: %d points, imported as %s", till.MaxScore(), till.ImportPath())
	}
	if e := till.Expect[1]; e.Kind != finding.WrongResult || e.Detector != finding.Tests || !e.Sometimes {
		t.Errorf("the second expectation is %+v", e)
	}
	if src, err := till.Original("till.go"); err != nil || string(src) != fixtureCode {
		t.Errorf("Original: %v", err)
	}
	if names, err := till.TestFiles(); err != nil || len(names) != 1 || names[0] != "till_test.go" {
		t.Errorf("TestFiles: %v, %v", names, err)
	}
	if time.Duration(shop.Limits.Run) != 2*time.Second || shop.Concurrency.Factor != 1.5 {
		t.Errorf("shop: limits %v, concurrency %v", shop.Limits, shop.Concurrency)
	}
	if len(shop.Hints) != 0 || len(shop.Variants) != 0 {
		t.Errorf("shop has %d hints and %d variants, want none", len(shop.Hints), len(shop.Variants))
	}
}

// A learner's binary may come without solutions and hints.
func TestLoadExercisesAlone(t *testing.T) {
	set, err := Load(Content{Exercises: fixture().content().Exercises})
	if err != nil || len(set) != 1 {
		t.Fatalf("loaded %d, %v; want one", len(set), err)
	}
	if set[0].Reference != nil || set[0].Variants != nil || set[0].Hints != nil {
		t.Error("solutions or hints appeared from nowhere")
	}
}

func TestLoadHints(t *testing.T) {
	set, err := Load(fixture().content())
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"Look at Take.", "Think of `sync/atomic`.", "Make the addition one step."}
	if got := strings.Join(set[0].Hints, "|"); got != strings.Join(want, "|") {
		t.Errorf("the hints are %q, want %q", set[0].Hints, want)
	}
}

func TestParseVariant(t *testing.T) {
	rejected := "// Rejected: deadlock\n// Feedback: One waits for the other,\n// and the other for the one.\n\n// Package x does.\npackage x\n"
	v, err := parseVariant([]byte(rejected), false)
	if err != nil {
		t.Fatal(err)
	}
	if v.Kind != finding.Deadlock || v.Accepted || v.Feedback != "One waits for the other, and the other for the one." {
		t.Errorf("parsed %+v", v)
	}
	v, err = parseVariant([]byte("// Accepted: one goroutine\n// owns it.\n\npackage x\n"), true)
	if err != nil || v.Why != "one goroutine owns it." || !v.Accepted {
		t.Errorf("parsed %+v, %v", v, err)
	}
}

func TestProblemString(t *testing.T) {
	for _, tt := range []struct {
		problem Problem
		want    string
	}{
		{Problem{"a.go", 3, "m"}, "a.go:3: m"},
		{Problem{"a.go", 0, "m"}, "a.go: m"},
		{Problem{"", 0, "m"}, "m"},
	} {
		if got := tt.problem.String(); got != tt.want {
			t.Errorf("%+v is %q, want %q", tt.problem, got, tt.want)
		}
	}
}
