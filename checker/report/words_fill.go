package report

import (
	"fmt"
	"slices"

	"racelab/checker/finding"
)

// Words returns the findings with every message filled in. What has one already,
// as in what an older racelab recorded, keeps it.
func Words(findings []finding.Finding) []finding.Finding {
	out := slices.Clone(findings)
	for i := range out {
		fillFinding(&out[i])
	}
	return out
}

// Message is what a finding says, on one line.
func Message(f finding.Finding) string {
	if f.Message != "" {
		return f.Message
	}
	return factWords(f.Fact)
}

// Placed is a finding on one line, as message puts it into words, with its place and kind:
// "bank.go:18: unsynchronised write (data-race)".
func Placed(f finding.Finding, message string) string {
	text := fmt.Sprintf("%s (%s)", message, f.Kind)
	if l := f.Location; l.Line > 0 && l.File != "" && l.File != finding.ContractFile {
		return fmt.Sprintf("%s:%d: %s", l.File, l.Line, text)
	}
	return text
}

func fillFinding(f *finding.Finding) {
	f.Message = Message(*f)
	f.Related = slices.Clone(f.Related)
	for i, r := range f.Related {
		if r.Message == "" {
			f.Related[i].Message = roleWords(r)
		}
	}
	if f.Evidence.Trace != nil {
		in := fillInterleaving(*f.Evidence.Trace)
		f.Evidence.Trace = &in
	}
	fillRecorded(f)
}

func fillVerdict(v finding.Verdict) finding.Verdict {
	v.Findings = Words(v.Findings)
	if v.Since != nil {
		since := *v.Since
		since.Mended, since.Unseen = Words(since.Mended), Words(since.Unseen)
		v.Since = &since
	}
	return v
}

func fillReplay(r finding.Replay) finding.Replay {
	r.Findings = Words(r.Findings)
	r.Interleaving = fillInterleaving(r.Interleaving)
	return r
}

func fillInterleaving(in finding.Interleaving) finding.Interleaving {
	in.Goroutines = slices.Clone(in.Goroutines)
	for i, l := range in.Goroutines {
		if l.Name == finding.Clock && l.Function == "" {
			in.Goroutines[i].Function = clockWords
		}
	}
	in.Steps = slices.Clone(in.Steps)
	for i := range in.Steps {
		fillStep(&in.Steps[i])
	}
	return in
}

func fillStep(s *finding.Step) {
	if s.Fault != nil && s.Why == "" {
		s.Why = faultWords(*s.Fault)
	}
	if s.Counter != nil && s.Value == "" {
		s.Value = counterWords(*s.Counter)
	}
	fillRecordedStep(s)
}
