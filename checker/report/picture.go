package report

import (
	"fmt"
	"slices"
	"strings"

	"racelab/checker/diagram"
	"racelab/checker/finding"
	"racelab/checker/report/terminal"
	"racelab/checker/report/webpage"
)

// A pictureBuilder puts an interleaving into words for a drawing.
type pictureBuilder struct {
	*webpage.Picture
	v        view
	in       finding.Interleaving
	d        diagram.Diagram
	findings []finding.Finding
	column   []int // for each lane of the diagram that of the picture; -1 for the idle ones
	shared   int   // the column of all that have none of their own; -1 if all have one
	row      []int // for each step
	at       map[diagram.Point]int
	files    map[string]int
	waits    map[string]int
	known    map[string]int
	divided  *finding.Divergence
}

// picture is an interleaving as a drawing, with what went wrong in it.
func (v view) picture(in finding.Interleaving, findings []finding.Finding, d *finding.Divergence) *webpage.Picture {
	return v.newPicture(in, findings, d).Picture
}

func (v view) newPicture(in finding.Interleaving, findings []finding.Finding, d *finding.Divergence) *pictureBuilder {
	b := &pictureBuilder{
		Picture: &webpage.Picture{Fails: len(findings) > 0}, v: v, in: in, d: diagram.Of(in, findings), findings: findings, divided: d,
		at: map[diagram.Point]int{}, files: map[string]int{}, waits: map[string]int{}, known: map[string]int{},
	}
	b.lanes()
	b.sources()
	b.rows()
	b.edges()
	b.bands()
	b.causes()
	b.Fold(foldWords)
	b.endClock()
	b.Keys = pictureKeys(b.Picture)
	return b
}

// rows are the steps, the accesses that race between them, and who is stuck at the end.
func (b *pictureBuilder) rows() {
	for i, s := range b.in.Steps {
		if b.racesAbove(i) {
			continue
		}
		b.row = append(b.row, len(b.Rows))
		lane := b.d.Steps[i].Lane
		r := webpage.Row{
			Number: s.Number, Lane: b.columnOf(lane), Text: terminal.CutWords(terminal.Line(stepText(s)), maxStepText),
			Own: b.d.Steps[i].Own, Ends: s.Op == finding.OpEnd,
		}
		b.place(&r, s.Location)
		b.nameIn(&r, string(s.Goroutine))
		if s.Preempts {
			r.Sort = webpage.Cut
		}
		stuck := s.Wrong && i == len(b.in.Steps)-1 && len(b.in.Left) > 0 && s.Why != ""
		if s.Wrong && !stuck {
			r.Sort, r.Why = webpage.Wrong, cutLine(s.Why)
		}
		if r.Lane == webpage.NoLane && !r.Own {
			r.Own = true // of a goroutine that has no lane
		}
		b.state(&r, b.d.Steps[i])
		b.Rows = append(b.Rows, r)
		b.accesses(i)
		if stuck {
			b.Rows = append(b.Rows, webpage.Row{Sort: webpage.Wrong, Lane: webpage.NoLane, Text: cutLine(s.Why), Waits: r.Waits})
		}
	}
	b.stuck()
	b.markDivergence()
}

// accesses are the rows of accesses that the scheduler has seen nothing of: they followed
// step i.
func (b *pictureBuilder) accesses(i int) {
	for _, m := range b.d.Missing {
		for _, p := range []diagram.Point{m.First, m.Second} {
			if p.AtStep || p.After != i {
				continue
			}
			if _, told := b.at[p]; told {
				continue
			}
			b.at[p] = len(b.Rows)
			r := webpage.Row{Sort: webpage.Access, Lane: b.columnOf(p.Lane), Text: accessText(p.Access), Waits: b.Rows[len(b.Rows)-1].Waits}
			b.place(&r, p.Access.Place)
			r.Moves = b.moves([]diagram.Move{{Lane: p.Lane, At: p.Access.Place}}, p.Lane)
			b.Rows = append(b.Rows, r)
		}
	}
}

// rowOf is the row of an access.
func (b *pictureBuilder) rowOf(p diagram.Point) int {
	if p.AtStep {
		return b.row[p.After]
	}
	return b.at[p]
}

// state says what is so once a step is taken.
func (b *pictureBuilder) state(r *webpage.Row, s diagram.Step) {
	for _, w := range s.Waits {
		if b.ownColumn(w.Lane) == webpage.NoLane {
			continue
		}
		text := cutLine(waitNow(b.d, w))
		id, ok := b.waits[text]
		if !ok {
			id = len(b.Waits)
			b.waits[text] = id
			wait := webpage.Wait{Text: text, Lane: b.columnOf(w.Lane), Object: terminal.Line(w.Object)}
			for _, l := range w.For {
				if c := b.columnOf(l); c != webpage.NoLane && !slices.Contains(wait.For, c) {
					wait.For = append(wait.For, c)
				}
			}
			b.Waits = append(b.Waits, wait)
		}
		r.Waits = append(r.Waits, id)
	}
	for _, set := range s.Sets {
		text := cutLine(set.Object + " = " + set.Value)
		id, ok := b.known[text]
		if !ok {
			id = len(b.Known)
			b.known[text] = id
			b.Known = append(b.Known, text)
		}
		r.Known = append(r.Known, id)
	}
	r.Moves = b.moves(s.Moves, s.Lane)
}

// moves say where goroutines stand now: of those that share a lane, the one that acts.
func (b *pictureBuilder) moves(all []diagram.Move, acting int) []webpage.Move {
	var out []webpage.Move
	for _, m := range all {
		if c := b.columnOf(m.Lane); c != webpage.NoLane && (c != b.shared || m.Lane == acting) {
			move := webpage.Move{Lane: c, File: -1}
			if file, ok := b.files[m.At.File]; ok {
				move.File, move.Line = file, m.At.Line
			}
			out = append(out, move)
		}
	}
	return out
}

func (b *pictureBuilder) edges() {
	add := func(from, to int, kind string, own bool) {
		if from > to {
			from, to = to, from
		}
		one, other := b.Rows[from].Lane, b.Rows[to].Lane
		isOwn := func(lane int) bool { return lane != webpage.NoLane && lane != b.shared }
		if isOwn(one) && isOwn(other) && one != other {
			b.Edges = append(b.Edges, webpage.Edge{From: from, To: to, Kind: kind, Own: own})
		}
	}
	after := map[int][]string{}
	for _, e := range b.d.Edges {
		add(b.row[e.From], b.row[e.To], string(e.Kind), b.d.Steps[e.From].Own && b.d.Steps[e.To].Own)
		after[e.To] = append(after[e.To], orderedAfter(b.in.Steps[e.From]))
	}
	for to, texts := range after {
		b.Rows[b.row[to]].After = cutLine(afterWords(texts))
	}
	for _, m := range b.d.Missing {
		if len(m.Earlier) > 0 {
			continue
		}
		add(b.rowOf(m.First), b.rowOf(m.Second), webpage.MissingEdge, false)
	}
}

func (b *pictureBuilder) bands() {
	locks := map[string]int{}
	for _, s := range b.d.Sections {
		lock, ok := locks[s.Object]
		if !ok {
			lock = len(locks)
			locks[s.Object] = lock
		}
		to := -1
		if s.To >= 0 {
			to = b.row[s.To]
		}
		if c := b.ownColumn(s.Lane); c != webpage.NoLane {
			b.Bands = append(b.Bands, webpage.Band{Lane: c, From: b.row[s.From], To: to, Lock: lock, Reads: s.Reads, Own: b.d.Steps[s.From].Own})
		}
	}
}

// endClock ends the line of the clock, which is no goroutine, where it last goes on.
func (b *pictureBuilder) endClock() {
	clock := slices.Index(b.Lanes, string(finding.Clock))
	for i := range slices.Backward(b.Rows) {
		if b.Rows[i].Lane == clock && clock >= 0 {
			b.Rows[i].Ends = true
			return
		}
	}
}

// markDivergence marks the first row that may be another one than was recorded.
func (b *pictureBuilder) markDivergence() {
	if b.divided == nil || len(b.Rows) == 0 {
		return
	}
	i := slices.IndexFunc(b.Rows, func(r webpage.Row) bool { return r.Number >= b.divided.From })
	remark := divergedHere(*b.divided, i >= 0)
	if i < 0 {
		i = len(b.Rows) - 1
	}
	r := &b.Rows[i]
	r.Own = false
	r.Why = strings.TrimPrefix(r.Why+"; "+remark, "; ")
	if r.Sort != webpage.Wrong {
		r.Sort = webpage.Differs
	}
}

// numberOf is what the step of a row is called.
func numberOf(s finding.Step) string {
	if s.Number > 0 {
		return fmt.Sprintf("step %s", number(s.Number))
	}
	return "a step without a number"
}
