package report

import (
	"bytes"
	"io"
	"testing"

	"racelab/checker/finding"
)

func TestFormats(t *testing.T) {
	names := map[string]bool{}
	for _, f := range Formats(ForCheck, ForCheckAll, ForReplay) {
		if f.Name == "" || f.About == "" || names[f.Name] {
			t.Errorf("%+v: no name of its own, or nothing about it", f)
		}
		names[f.Name] = true
	}
	if len(names) != len(formats) {
		t.Errorf("of %d formats %d serve a command", len(formats), len(names))
	}
	for _, use := range []Use{ForCheck, ForCheckAll, ForReplay} {
		if _, ok := FormatNamed("text", use); !ok {
			t.Errorf("no text for %s", use)
		}
	}
	if _, ok := FormatNamed("xml", ForCheck); ok {
		t.Error("there is xml")
	}
}

// A format is offered where it has a renderer.
func TestFormatServes(t *testing.T) {
	all := Format{CheckAll: func(io.Writer, Style, Context, int) Series { return nil }}
	if all.Serves(ForCheck) || all.Serves(ForReplay) || !all.Serves(ForCheckAll) || all.Serves("list") {
		t.Error("it serves what it has no renderer for, or not what it has one for")
	}
}

func TestSeries(t *testing.T) {
	verdicts := []finding.Verdict{
		{Exercise: "01-a", Outcome: finding.Pass, Score: 10, MaxScore: 10},
		{Exercise: "02-b", Outcome: finding.Fail, Score: 4, MaxScore: 10, Findings: []finding.Finding{
			{Kind: finding.DataRace, Severity: finding.Error}, {Kind: finding.DataRace, Severity: finding.Error}, {Kind: finding.Panic, Severity: finding.Error},
		}},
		{Exercise: "03-c", Outcome: finding.Inconclusive},
	}
	var b bytes.Buffer
	s := newTextSeries(&b, Style{}, Context{Command: "go run ./cmd/racelab"}, 4)
	for _, v := range verdicts {
		if err := s.Add(v); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	want := `✓ 01-a                       10 of 10 points
✗ 02-b                       4 of 10 points: data-race, panic
? 03-c                       no verdict

1 of 4 pass. ` + "`go run ./cmd/racelab check 02`" + ` says what is wrong with the first that does not.
`
	if b.String() != want {
		t.Errorf("got\n%swant\n%s", &b, want)
	}
}
