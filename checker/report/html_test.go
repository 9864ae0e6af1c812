package report

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"racelab/checker/finding"

	"golang.org/x/net/html"
)

var updatePicture = flag.Bool("update-picture", false, "draw docs/interleaving.svg anew")

// recordedReplay is one of those that package diagram is tested with, and what is known
// beside it.
func recordedReplay(t *testing.T, name string) (finding.Replay, Context) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "diagram", "testdata", name+".json"))
	if err != nil {
		t.Fatal(err)
	}
	var r finding.Replay
	if err := json.Unmarshal(data, &r); err != nil {
		t.Fatal(err)
	}
	files := map[string][]byte{}
	sources, err := filepath.Glob(filepath.Join("..", "..", "exercises", r.Exercise, "*.go"))
	if err != nil || len(sources) < 2 {
		t.Fatalf("%s has %d sources, %v", r.Exercise, len(sources), err)
	}
	for _, file := range sources {
		if files[filepath.Base(file)], err = os.ReadFile(file); err != nil {
			t.Fatal(err)
		}
	}
	return r, Context{Submission: Submission{Files: files}}
}

// textsOf are those of the elements of a page that have a class.
func textsOf(t *testing.T, page, class string) []string {
	t.Helper()
	n, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for d := range n.Descendants() {
		for _, a := range d.Attr {
			if a.Key != "class" || !strings.Contains(" "+a.Val+" ", " "+class+" ") {
				continue
			}
			var text strings.Builder
			for c := range d.Descendants() {
				if c.Type == html.TextNode {
					text.WriteString(c.Data + " ")
				}
			}
			out = append(out, strings.Join(strings.Fields(text.String()), " "))
		}
	}
	return out
}

// The head of a page says what a beginner needs: how it comes about, and at which line.
func TestReplayHTMLSaysHow(t *testing.T) {
	for name, want := range map[string]string{
		"01-lost":      "c read a.balance (0) in step 9 and wrote it (-3) in step 15. In between b wrote it, too (steps 11 and 13): that is lost. The read and the write are those of one line, bank.go:23, which is no single step.",
		"01-race":      "b writes (bank.go:18) and c reads (bank.go:18), and nothing orders the two, neither a lock nor a channel nor a wait.",
		"02-deadlock":  "b waits to lock o.mu (boxoffice.go:40), which it holds itself since boxoffice.go:57",
		"04-leak":      "b and c wait to receive from r.queue (mailroom.go:33), and nobody is left to send on it or to close it",
		"06-overdraft": "b locks a.mu at account.go:27 in (*Account).Balance, and again at account.go:56 in (*Account).book. In between (step 7 to step 18), at account.go:47 in (*Account).Draw, it does not hold the lock, and c takes it (steps 9, 12 and 14): what b saw the first time may no longer be so.",
		"07-forgotten": "d waits to lock o.mu (boxoffice.go:37), which c locked at boxoffice.go:37 and has not unlocked",
		"10-race":      "and nothing orders the two, neither a lock nor a channel nor a wait. b holds g.mu #1 there, and c g.mu #2: different locks.",
		"05-reader":    "c reads (stock.go:16) and b writes (stock.go:32), and nothing orders",
		"08-clock":     "c reads (auction_test.go:79) and d writes (auction.go:37), and nothing orders the two, neither a lock nor a channel nor a wait.",
	} {
		r, known := recordedReplay(t, name)
		var out bytes.Buffer
		if err := ReplayHTML(&out, r, Style{}, known); err != nil {
			t.Fatal(err)
		}
		said := textsOf(t, out.String(), "how")
		if !strings.Contains(strings.Join(said, "\n"), want) {
			t.Errorf("%s says\n%s\nwant\n%s", name, strings.Join(said, "\n"), want)
		}
		if rows := textsOf(t, out.String(), "row"); len(rows) < len(r.Interleaving.Steps) {
			t.Errorf("%s: %d rows for %d steps", name, len(rows), len(r.Interleaving.Steps))
		}
		if !strings.Contains(out.String(), "replay "+r.Exercise[:2]+" "+r.Schedule) {
			t.Errorf("%s does not say how to see it again", name)
		}
	}
}

// A page counts problems as its headline does, however many findings each of them has.
func TestReplayHTMLCountsProblems(t *testing.T) {
	r, known := recordedReplay(t, "06-overdraft")
	for last, want := range map[int]string{1: "", 2: "(and 1 more problem)"} {
		for i := range r.Findings {
			r.Findings[i].Problem = 1
		}
		r.Findings[len(r.Findings)-1].Problem = last
		var out bytes.Buffer
		if err := ReplayHTML(&out, r, Style{}, known); err != nil {
			t.Fatal(err)
		}
		if page := out.String(); strings.Contains(page, "more problem") != (want != "") || !strings.Contains(page, want) {
			t.Errorf("with %d problems the page says %q", last, textsOf(t, page, "how"))
		}
	}
}

// Where a goroutine waits in a function that others call, the call is named, too.
func TestReplayHTMLNamesTheCall(t *testing.T) {
	r, known := recordedReplay(t, "02-deadlock")
	var out bytes.Buffer
	if err := ReplayHTML(&out, r, Style{}, known); err != nil {
		t.Fatal(err)
	}
	if why := textsOf(t, out.String(), "why"); !slices.Equal(why, []string{"called at boxoffice.go:59 in (*Office).Book"}) {
		t.Errorf("beside the rows stands %q", why)
	}
}

// A goroutine that races has a lane, also when it operates on nothing.
func TestReplayHTMLShowsWhoRaces(t *testing.T) {
	r, known := recordedReplay(t, "05-reader")
	var out bytes.Buffer
	if err := ReplayHTML(&out, r, Style{}, known); err != nil {
		t.Fatal(err)
	}
	if rows := textsOf(t, out.String(), "access"); len(rows) == 0 || !strings.HasPrefix(rows[0], "c read") {
		t.Errorf("the accesses are %q", rows)
	}
	if strings.Count(out.String(), `class="edge missing"`) < 2 {
		t.Error("there is no line between them")
	}
}

// With a schedule that passes, the page has two drawings, and the steps that come the other
// way round are marked in both.
func TestReplayHTMLBesideOneThatPasses(t *testing.T) {
	step := func(n int, who finding.GoroutineName, op finding.Op, value string) finding.Step {
		return finding.Step{Number: n, Goroutine: who, Op: op, Object: "a.balance", Value: value, Location: finding.Location{File: "bank.go", Line: 18}}
	}
	lanes := []finding.Lane{{Name: "b"}, {Name: "c"}}
	r := finding.Replay{
		Exercise: "01-unlocked-balance", Test: "TestRushHour", Schedule: "TestRushHour::4.0.0",
		Findings: []finding.Finding{{Kind: finding.WrongResult, Severity: finding.Error, Message: "money is lost"}},
		Interleaving: finding.Interleaving{Goroutines: lanes, Steps: []finding.Step{
			step(1, "b", "read", "0"), step(2, "c", "read", "0"), step(3, "b", "write", "1"), step(4, "c", "write", "1"),
		}},
		Passes: &finding.Interleaving{Goroutines: lanes, Steps: []finding.Step{
			step(1, "b", "read", "0"), step(2, "b", "write", "1"), step(3, "c", "read", "1"), step(4, "c", "write", "2"),
		}},
	}
	var out bytes.Buffer
	if err := ReplayHTML(&out, r, Style{}, Context{}); err != nil {
		t.Fatal(err)
	}
	page := out.String()
	want := "Another schedule, which begins in the same way, passes: there b comes to a.balance (write in bank.go:18) before c (bank.go:18); here c is first (step 2, and step 3 for b)."
	if how := textsOf(t, page, "how"); !slices.Contains(how, want) {
		t.Errorf("it says %q", how)
	}
	if marked := textsOf(t, page, "decides"); len(textsOf(t, page, "picture")) != 2 || len(marked) != 6 { // two in each, and in each key
		t.Errorf("%d pictures, marked are %q", len(textsOf(t, page, "picture")), marked)
	}
	r.Passes.Steps = r.Interleaving.Steps
	out.Reset()
	if err := ReplayHTML(&out, r, Style{}, Context{}); err != nil || len(textsOf(t, out.String(), "decides")) > 0 {
		t.Errorf("steps are marked in two that are the same, %v", err)
	}
}

// A program that cannot be built is told of, and what passes is said to pass.
func TestReplayHTMLWithoutSteps(t *testing.T) {
	build := finding.Finding{Kind: finding.Build, Severity: finding.Error, Location: finding.Location{File: "bank.go", Line: 3}, Message: "undefined: sink"}
	for want, r := range map[string]finding.Replay{
		"undefined: sink":                        {Exercise: "01-x", Test: "TestA", Findings: []finding.Finding{build}},
		"nothing goes wrong in this schedule":    {Exercise: "01-x", Test: "TestA"},
		"At step 3 it does something other than": {Exercise: "01-x", Test: "TestA", Diverged: &finding.Divergence{From: 3, To: 3}, Interleaving: finding.Interleaving{Goroutines: []finding.Lane{{Name: "a"}}, Steps: []finding.Step{{Number: 1, Goroutine: "a", Op: "lock", Object: "mu"}}}},
	} {
		var out bytes.Buffer
		if err := ReplayHTML(&out, r, Style{}, Context{}); err != nil {
			t.Fatal(err)
		}
		if page := out.String(); !strings.Contains(page, want) || strings.Contains(page, "In this one it goes wrong") {
			t.Errorf("no %q in\n%s", want, page)
		}
	}
}

// Both accesses of a race are rows, though the scheduler saw neither, and a line is drawn
// between them.
func TestReplayHTMLDrawsTheMissingEdge(t *testing.T) {
	r, known := recordedReplay(t, "01-race")
	var out bytes.Buffer
	if err := ReplayHTML(&out, r, Style{}, known); err != nil {
		t.Fatal(err)
	}
	rows := textsOf(t, out.String(), "access")
	if len(rows) != 3 || !strings.HasPrefix(rows[0], "b write") || !strings.HasPrefix(rows[1], "c read") { // the third is in the key
		t.Errorf("the accesses are %q", rows)
	}
	if strings.Count(out.String(), `class="edge missing"`) < 2 {
		t.Error("there is no line between them")
	}
}

// Accesses that are steps are their own rows: the second one says what is wrong.
func TestReplayHTMLMarksTheAccesses(t *testing.T) {
	r, known := recordedReplay(t, "05-accesses")
	var out bytes.Buffer
	if err := ReplayHTML(&out, r, Style{}, known); err != nil {
		t.Fatal(err)
	}
	rows := textsOf(t, out.String(), "access")
	want := []string{"c read s.crates: 0", "b write s.crates: 5", "b write s.crates: 10", "c read s.crates: 10", "an access that races"}
	if len(rows) != len(want) {
		t.Fatalf("the accesses are %q", rows)
	}
	for i, row := range rows {
		if !strings.Contains(row, want[i]) {
			t.Errorf("access %d is %q, want %q", i, row, want[i])
		}
	}
	if !strings.Contains(rows[1], "a data race: nothing orders this write and the read of goroutine c in step 8") || strings.Contains(out.String(), "data race</span>") {
		t.Errorf("the second says %q", rows[1])
	}
}

const evil = "<script>alert(1)</script><img src=x onerror=alert(2)> \x1b[31m \u202e \u2028 \u2066 '\"`{{.}} ]]> \xff\x00 </svg></style>"

// What a program says, and is called, is text wherever it stands.
func TestHostileHTML(t *testing.T) {
	r, known := recordedReplay(t, "06-overdraft")
	for i := range r.Interleaving.Steps {
		s := &r.Interleaving.Steps[i]
		s.Object, s.Value, s.Location.Function, s.Why = evil, evil, evil, evil
		if i%3 == 0 {
			s.Location.File, s.Op = evil, finding.Op(evil)
		}
	}
	for i := range r.Interleaving.Goroutines {
		r.Interleaving.Goroutines[i].Function = evil
	}
	r.Interleaving.Left = []finding.Waiting{{Goroutine: "b", Op: "lock", Object: evil}}
	r.Passes = &r.Interleaving
	r.Test, r.Schedule, r.Findings[0].Message = evil, evil, evil
	known.Submission.Files["account.go"], known.Submission.Files[evil] = []byte(evil+"\n"+evil+"\n\t"+strings.Repeat("x", 10_000)), []byte(evil)
	v := finding.Verdict{Exercise: evil, Outcome: finding.Fail, Feedback: evil, Findings: []finding.Finding{{
		Kind: finding.WrongResult, Severity: finding.Error, Message: evil, Location: finding.Location{File: evil, Line: 1, Function: evil},
		Evidence: finding.Evidence{Trace: &r.Interleaving, Schedule: evil, Diff: evil},
	}}}
	for name, render := range map[string]func(*bytes.Buffer) error{
		"replay": func(out *bytes.Buffer) error { return ReplayHTML(out, r, Style{}, known) },
		"check":  func(out *bytes.Buffer) error { return HTML(out, v, Style{}, known) },
		"svg":    func(out *bytes.Buffer) error { return ReplaySVG(out, r, evil, known) },
	} {
		var out bytes.Buffer
		if err := render(&out); err != nil {
			t.Fatal(err)
		}
		if text := out.String(); !utf8.ValidString(text) || strings.ContainsAny(text, "\x00\x1b\u202e\u2028\u2066") {
			t.Errorf("%s: what controls a terminal, or the direction of writing, is there", name)
		} else if strings.Contains(text, strings.Repeat("x", 1000)) {
			t.Errorf("%s: a line is as long as it likes", name)
		}
		n, err := html.Parse(&out)
		if err != nil {
			t.Fatal(err)
		}
		count := map[string]int{}
		for d := range n.Descendants() {
			count[d.Data]++
			for _, a := range d.Attr {
				if strings.HasPrefix(a.Key, "on") || a.Key == "style" || a.Key == "src" || a.Key == "href" {
					t.Errorf("%s: %s has %s=%q", name, d.Data, a.Key, a.Val)
				}
			}
		}
		if count["script"] > 1 || count["style"] != 1 || count["img"] != 0 {
			t.Errorf("%s: %d scripts, %d styles, %d images", name, count["script"], count["style"], count["img"])
		}
	}
}

// The picture in README.md is that of a recorded schedule, as it is drawn now.
func TestPicture(t *testing.T) {
	r, known := recordedReplay(t, "01-lost")
	var out bytes.Buffer
	if err := ReplaySVG(&out, r, "A schedule of racelab's exercise 01 in which money is lost", known); err != nil {
		t.Fatal(err)
	}
	name := filepath.Join("..", "..", "docs", "interleaving.svg")
	if *updatePicture {
		if err := os.WriteFile(name, out.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	drawn, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(drawn, out.Bytes()) {
		t.Error("docs/interleaving.svg is stale: `make picture` draws it anew")
	}
}
