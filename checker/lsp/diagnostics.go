package lsp

import (
	"maps"
	"reflect"
	"slices"
	"strings"

	"racelab/checker/finding"
	"racelab/checker/lastcheck"
	"racelab/checker/report"
)

// A shown is an exercise of which the editor shows something.
type shown struct {
	ex      Exercise
	last    lastcheck.Check
	checked bool // last is one
	// source are the texts that last is about, if they are known.
	source texts
	marks  map[string][]mark // that the editor has, by path
}

// A mark is a diagnostic, and what an editor does not see of it.
type mark struct {
	diagnostic
	kind    finding.Kind
	problem int // 0 for a warning
}

// reload reads the last check again.
func (s *server) reload(k *shown) { k.last, k.checked = s.host.Last(k.ex) }

// publish has the editor show what is known of an exercise, as far as it shows something else.
func (s *server) publish(k *shown) {
	marks := s.marks(k)
	paths := map[string]bool{}
	for path := range marks {
		paths[path] = true
	}
	for path := range k.marks {
		paths[path] = true
	}
	for _, path := range slices.Sorted(maps.Keys(paths)) {
		if !reflect.DeepEqual(marks[path], k.marks[path]) {
			s.send(path, marks[path])
		}
	}
	k.marks = marks
}

// clear has the editor show nothing.
func (s *server) clear(k *shown) {
	for _, path := range slices.Sorted(maps.Keys(k.marks)) {
		s.send(path, nil)
	}
	k.marks = nil
}

func (s *server) send(path string, marks []mark) {
	p := publishParams{URI: fileURI(path), Diagnostics: []diagnostic{}}
	if d, ok := s.open[path]; ok {
		p.URI, p.Version = d.URI, d.Version
	}
	for _, m := range marks {
		p.Diagnostics = append(p.Diagnostics, m.diagnostic)
	}
	s.notify("textDocument/publishDiagnostics", p)
}

// marks are what the last check found, by the paths of the files. Where the editor shows a
// later text, they are those that the change has left alone, and say that they are old.
func (s *server) marks(k *shown) map[string][]mark {
	if !k.checked {
		return nil
	}
	saved, now := s.texts(k.ex)
	for _, t := range []texts{saved, now} {
		if k.last.Of(t) {
			k.source = t
		}
	}
	if !k.last.Of(k.source) {
		return nil // nobody knows what its lines are now
	}
	v := view{s: s, k: k, now: now, current: k.last.Of(now)}
	out := map[string][]mark{}
	add := func(f finding.Finding, severity int, p finding.Problem) {
		if name, m, ok := v.mark(f); ok {
			m.Severity, m.problem = severity, p.Number
			if !v.current {
				m.Severity = severityInformation
			}
			path := pathIn(k.ex, name)
			out[path] = append(out[path], m)
		}
	}
	for _, p := range k.last.Verdict.Problems() {
		add(p.Head, severityError, p)
		for _, f := range p.Follows {
			if f.Kind == finding.Deadlock && repeats(f, p.Head) {
				continue
			}
			f.Origin = nil // the head says it
			add(f, severityInformation, p)
		}
	}
	for _, f := range k.last.Verdict.Warnings() {
		add(f, severityWarning, finding.Problem{})
	}
	return out
}

// repeats reports whether a deadlock is no more than that a lock is waited for which was taken
// again: the one mark says so already.
func repeats(deadlock, head finding.Finding) bool {
	relock, hang := head.Fact.Relock, deadlock.Fact.Hang
	if relock == nil || hang == nil || hang.Keeper == nil {
		return false
	}
	k := hang.Keeper
	same := func(a, b finding.Location) bool { return a.File == b.File && a.Line == b.Line }
	return k.Fate == finding.Fate{Self: true} && len(k.Kept) == 0 && same(k.Place, relock.Held.Place) && same(k.Again, relock.Again.Place)
}

// A view is the last check of an exercise, seen from the texts of now.
type view struct {
	s       *server
	k       *shown
	now     texts
	current bool // it is of them
}

// mark is a finding where home says. A place that a change has taken away has no mark.
func (v view) mark(f finding.Finding) (name string, m mark, ok bool) {
	words := report.MarkOf(f)
	at := v.home(words)
	where, ok := v.span(at)
	if !ok {
		return "", m, false
	}
	text := words.Text
	if !v.current {
		text = words.Earlier()
	}
	words.Places = v.still(words.Places)
	if v.s.can.TextDocument.PublishDiagnostics.RelatedInformation {
		m.Related = v.related(words.Places)
	} else {
		text = words.WithPlaces(text)
	}
	m.Range, m.Source, m.Code, m.Message = where, "racelab", string(f.Kind), text
	m.kind = f.Kind
	if page, ok := v.s.host.Explained(v.k.ex, f.Kind); ok {
		m.CodeDescription = &codeDescription{fileURI(page)}
	}
	return at.File, m, true
}

// home is a finding's own place, or the first of those that belong to it in a file that the
// learner has, or else the beginning of what the learner edits.
func (v view) home(words report.Mark) finding.Location {
	if _, has := v.text(words.Location.File); has {
		return words.Location
	}
	for _, p := range words.Places {
		if _, has := v.text(p.File); has {
			return p.Location
		}
	}
	return finding.Location{File: v.k.ex.Files[0]}
}

// still are the places that a change has left alone, with the lines of now.
func (v view) still(places []finding.Related) []finding.Related {
	var out []finding.Related
	for _, p := range places {
		if where, ok := v.span(p.Location); ok {
			p.Line = where.Start.Line + 1
			out = append(out, p)
		}
	}
	return out
}

func (v view) related(places []finding.Related) []relatedPlace {
	var out []relatedPlace
	for _, p := range places {
		text, _ := v.text(p.File)
		out = append(out, relatedPlace{place{v.uri(p.File), lineSpan(text, p.Line)}, p.Message})
	}
	return out
}

// text is a file as the editor shows it.
func (v view) text(name string) (text string, ok bool) {
	if b, ok := v.now[name]; ok {
		return strings.TrimPrefix(string(b), byteOrderMark), true
	}
	return v.s.testText(v.k.ex, name)
}

// span is a line of the check, where it is now.
func (v view) span(l finding.Location) (span, bool) {
	text, ok := v.text(l.File)
	if !ok {
		return span{}, false
	}
	line := l.Line
	if old, has := v.k.source[l.File]; has && !v.current {
		line, ok = moved(strings.TrimPrefix(string(old), byteOrderMark), text, line)
	}
	return lineSpan(text, line), ok
}

func (v view) uri(name string) string {
	path := pathIn(v.k.ex, name)
	if d, ok := v.s.open[path]; ok {
		return d.URI
	}
	return fileURI(path)
}

// moved is where a line of old is in now; ok is false when it is among those that were
// changed: all from the first line that differs to the last one.
func moved(old, now string, line int) (at int, ok bool) {
	before, after := strings.Split(old, "\n"), strings.Split(now, "\n")
	shorter, same := min(len(before), len(after)), 0
	for same < shorter && before[same] == after[same] {
		same++
	}
	if line <= same {
		return line, true
	}
	tail := 0
	for tail < shorter-same && before[len(before)-1-tail] == after[len(after)-1-tail] {
		tail++
	}
	return line + len(after) - len(before), line > len(before)-tail
}
