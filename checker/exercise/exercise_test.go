package exercise

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
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

func TestFindAll(t *testing.T) {
	var set Set
	for n, id := range []string{"", "01-a", "02-b", "03-c"} {
		set = append(set, Exercise{ID: id, Manifest: Manifest{Number: n}})
	}
	set = set[1:]
	for name, want := range map[string]string{"1-2": "01-a 02-b", "02": "02-b", " 03-c ": "03-c", "03-09": "03-c", "4-9": "", "2-1": "", "9": ""} {
		some, _, ok := set.FindAll(name)
		var got []string
		for _, ex := range some {
			got = append(got, ex.ID)
		}
		if strings.Join(got, " ") != want || ok != (want != "") {
			t.Errorf("FindAll(%q) = %q, %v; want %q", name, got, ok, want)
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

// A variant in a folder replaces the files of these names; the others are the reference's.
func TestLoadVariants(t *testing.T) {
	const header = "// Rejected: data-race\n// Feedback: It races.\n\n"
	solution := fstest.MapFS{
		"a.go":                              {Data: []byte("package x // reference a\n")},
		"b.go":                              {Data: []byte("package x // reference b\n")},
		"testdata/accepted/one.go":          {Data: []byte("// Accepted: another a.\n\npackage x\n")},
		"testdata/rejected/both/a.go":       {Data: []byte(header + "package x // a\n")},
		"testdata/rejected/both/b.go":       {Data: []byte("package x // b\n")},
		"testdata/rejected/second/b.go":     {Data: []byte(header + "package x // second\n")},
		"testdata/rejected/second/more.txt": {Data: []byte("stray\n")},
	}
	ex := Exercise{Manifest: Manifest{Files: []string{"a.go", "b.go"}}, Dir: fstest.MapFS{}, Reference: solution}
	var err error
	if ex.Variants, err = readVariants(solution, ex.Files); err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, v := range ex.Variants {
		files := ex.Complete(v)
		got = append(got, fmt.Sprintf("%s %s %v: %q %q", v.Name, v.Path, v.Accepted, files["a.go"], files["b.go"]))
	}
	want := []string{
		`one testdata/accepted/one.go true: "// Accepted: another a.\n\npackage x\n" "package x // reference b\n"`,
		fmt.Sprintf(`both testdata/rejected/both/a.go false: %q "package x // b\n"`, header+"package x // a\n"),
		fmt.Sprintf(`second testdata/rejected/second/b.go false: "package x // reference a\n" %q`, header+"package x // second\n"),
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if v, ok := ex.Recognise(map[string][]byte{"a.go": []byte("package x"), "b.go": []byte("package x")}); !ok || v.Name != "both" {
		t.Errorf("recognised %q, %v", v.Name, ok)
	}
	solution["testdata/accepted/none/c.go"] = &fstest.MapFile{Data: []byte("package x\n")}
	if _, err := readVariants(solution, ex.Files); err == nil || !strings.Contains(err.Error(), "accepted/none: the folder has no file of the name") {
		t.Errorf("a folder that replaces nothing: %v", err)
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
