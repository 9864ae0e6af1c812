package finding

import (
	"cmp"
	"strings"
)

// An Identity is equal for findings of one defect in different executions: its
// kind, the places concerned, in whichever order they were seen, and of what a
// test said the part that does not vary. The test itself tells wrong results
// apart only where no place does: one line that fails in two tests is one defect.
type Identity struct {
	Kind     Kind
	Detector Detector
	Places   [2]Place // in an order of their own
	Test     string
	Shape    string
}

// A Place is a line; where it is not known, the function.
type Place struct {
	File     string
	Line     int
	Function string
}

func (p Place) compare(o Place) int {
	return cmp.Or(cmp.Compare(p.File, o.File), cmp.Compare(p.Line, o.Line), cmp.Compare(p.Function, o.Function))
}

func placeOf(l Location) Place {
	if l.Line != 0 {
		return Place{File: l.File, Line: l.Line}
	}
	return Place{File: l.File, Function: l.Function}
}

// Identity is what tells f from other defects.
func (f Finding) Identity() Identity {
	id := Identity{Kind: f.Kind, Detector: f.Detector, Places: [2]Place{placeOf(f.Location)}}
	if f.Kind == DataRace && len(f.Related) > 0 {
		id.Places[1] = placeOf(f.Related[0].Location)
		if id.Places[1].compare(id.Places[0]) < 0 {
			id.Places[0], id.Places[1] = id.Places[1], id.Places[0]
		}
	}
	if h := f.Fact.Hang; h != nil && h.Keeper != nil && h.Keeper.Fate.Panic != nil { // to return with it is another defect
		id.Places[1] = placeOf(h.Keeper.Fate.Panic.Place)
	}
	if failure := f.Fact.Failure; failure != nil {
		id.Shape = shape(failure.Text)
	}
	if f.Kind == WrongResult && f.Location.File == "" {
		id.Test = f.Fact.test()
	}
	return id
}

// shape is a message without what varies from run to run: all from the first
// number, quotation or list on.
func shape(message string) string {
	if i := strings.IndexAny(message, "0123456789\"'`[{"); i >= 0 {
		message = message[:i]
	}
	return message
}

// SaysLike reports whether tests say the same of f and g but for the values.
func (f Finding) SaysLike(g Finding) bool {
	a, b := f.Fact.Failure, g.Fact.Failure
	return a != nil && b != nil && shape(a.Text) != "" && shape(a.Text) == shape(b.Text)
}

// test is the test that a wrong result is about.
func (f Fact) test() string {
	switch {
	case f.Failure != nil:
		return f.Failure.Test
	case f.Difference != nil:
		return f.Difference.Test
	}
	return ""
}
