package webpage

import (
	"fmt"
	"slices"
	"strings"
)

// The lines of a drawing are drawn row by row: each row has those that pass through it. So
// they fit whatever the height of a row is, when rows are folded away, and on paper. Places
// across are parts of the width, and where a lane begins is the line of its goroutine; the
// constants here are pixels beside it. What is short here makes pages of classes small.
const (
	bandWide = 12  // how wide the band around it is that says that it holds a lock
	trackAt  = -12 // where the first arrow runs down towards a lane
	track    = 4   // and how far apart those beside it are
	tracks   = 3
)

// lines draws the lines of a picture.
type lines struct {
	*Picture
	first, last []int // for each lane its rows
	ends        []bool
	track       []int // for each edge the track on which it runs down
	ofRow       [][]int
	bands       [][]int // for each row the bands in it
}

func newLines(p *Picture) *lines {
	n := len(p.Lanes)
	d := &lines{Picture: p, first: make([]int, n), last: make([]int, n), ends: make([]bool, n), ofRow: make([][]int, len(p.Rows)), bands: make([][]int, len(p.Rows))}
	for l := range n {
		d.first[l], d.last[l] = -1, -1
	}
	for i, r := range p.Rows {
		if r.Lane == NoLane {
			continue
		}
		if d.first[r.Lane] < 0 {
			d.first[r.Lane] = i
		}
		d.last[r.Lane], d.ends[r.Lane] = i, r.Ends
	}
	for i, e := range p.Edges {
		for r := e.From; r <= e.To; r++ {
			d.ofRow[r] = append(d.ofRow[r], i)
		}
	}
	for i, b := range p.Bands {
		to := b.To
		if to < 0 {
			to = len(p.Rows) - 1
		}
		for r := b.From; r <= to; r++ {
			d.bands[r] = append(d.bands[r], i)
		}
	}
	d.assignTracks()
	return d
}

// assignTracks gives arrows that run down beside the same lane at the same time a track each,
// as long as there are some.
func (d *lines) assignTracks() {
	d.track = make([]int, len(d.Edges))
	busy := map[[2]int]int{} // until which row, by lane and track
	order := make([]int, len(d.Edges))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return d.Edges[a].From - d.Edges[b].From })
	for _, i := range order {
		e := d.Edges[i]
		lane := d.Rows[e.To].Lane
		for t := range tracks {
			if until, ok := busy[[2]int{lane, t}]; !ok || until <= e.From || t == tracks-1 {
				busy[[2]int{lane, t}] = max(until, e.To)
				d.track[i] = t
				break
			}
		}
	}
}

// x is where a lane begins, as a part of the width.
func (d *lines) x(lane int) string {
	return fmt.Sprintf("%.3g%%", 100*float64(lane)/float64(max(1, len(d.Lanes))))
}

// row draws what passes through row i, and what happens in it.
func (d *lines) row(out *strings.Builder, i int) {
	out.WriteString(`<svg class="g" aria-hidden="true">`)
	d.content(out, i, i)
	out.WriteString("</svg>")
}

// fold draws the row that stands for those from i on that are folded away.
func (d *lines) fold(out *strings.Builder, i int) {
	out.WriteString(`<svg class="g" aria-hidden="true">`)
	d.content(out, i, d.foldEnd(i))
	out.WriteString("</svg>")
}

// foldEnd is the last row of those that are folded away with row i.
func (d *lines) foldEnd(i int) int {
	for i+1 < len(d.Rows) && d.Rows[i+1].Own && d.Rows[i+1].Fold == "" {
		i++
	}
	return i
}

// content draws rows from and to, and those between, in the height of one row.
func (d *lines) content(out *strings.Builder, from, to int) {
	d.bandsIn(out, from, to)
	for l := range d.Lanes {
		d.life(out, l, from, to)
	}
	for _, e := range d.edgesIn(from, to) {
		d.edge(out, e, from, to)
	}
	if from == to {
		d.mark(out, d.Rows[from])
	}
}

// life is the line of a goroutine: dashed as long as it has to wait, and dotted before its
// first step.
func (d *lines) life(out *strings.Builder, lane, from, to int) {
	first, last := d.first[lane], d.last[lane]
	y1, y2 := "", "100%"
	class := "life"
	switch {
	case first < 0 || to < first:
		return
	case d.ends[lane] && last < from:
		return
	}
	if from <= first && first <= to {
		y1 = ` y1="50%"`
	}
	if d.ends[lane] && from <= last && last <= to {
		y2 = "50%"
	}
	for _, w := range d.Rows[to].Waits {
		if d.Waits[w].Lane == lane {
			class = "life idle"
		}
	}
	fmt.Fprintf(out, `<line class="%s" x1="%s" x2="%[2]s"%s y2="%s"/>`, class, d.x(lane), y1, y2)
}

func (d *lines) bandsIn(out *strings.Builder, from, to int) {
	var in []int
	for r := from; r <= to; r++ {
		for _, b := range d.bands[r] {
			if !slices.Contains(in, b) {
				in = append(in, b)
			}
		}
	}
	for _, i := range in {
		b := d.Bands[i]
		y, height := 0, 100
		if from <= b.From && b.From <= to {
			y, height = 50, 50
		}
		if b.To >= 0 && from <= b.To && b.To <= to {
			height -= 50
		}
		if height <= 0 {
			continue
		}
		if b.Gap {
			for _, side := range []int{-bandWide / 2, bandWide / 2} {
				fmt.Fprintf(out, `<line class="gap" x1="%s" x2="%s" y1="%d%%" y2="%d%%" transform="translate(%d 0)"/>`, d.x(b.Lane), d.x(b.Lane), y, y+height, side)
			}
			continue
		}
		class := fmt.Sprintf("band b%d", b.Lock%locks)
		if b.Reads {
			class += " reads"
		}
		if b.Own {
			class += " o"
		}
		fmt.Fprintf(out, `<rect class="%s" x="%s" y="%d%%" width="%d" height="%d%%" transform="translate(%d 0)"/>`, class, d.x(b.Lane), y, bandWide, height, -bandWide/2)
	}
}

// locks is how many locks have a colour of their own.
const locks = 4

func (d *lines) edgesIn(from, to int) []int {
	var in []int
	for r := from; r <= to; r++ {
		for _, e := range d.ofRow[r] {
			if !slices.Contains(in, e) {
				in = append(in, e)
			}
		}
	}
	return in
}

// edge draws the part of an arrow that is in some rows: out of the lane where it begins, at
// the foot of that row over to the lane where it ends, and down beside that.
func (d *lines) edge(out *strings.Builder, i, from, to int) {
	e := d.Edges[i]
	begins, ends := from <= e.From && e.From <= to, from <= e.To && e.To <= to
	if from < to && begins && ends {
		return // all of it is folded away
	}
	a, b := d.Rows[e.From].Lane, d.Rows[e.To].Lane
	class := "edge " + e.Kind
	if e.Own {
		class += " o"
	}
	at := trackAt + track*d.track[i]
	fmt.Fprintf(out, `<g class="%s" transform="translate(%d -1)">`, class, at) // the next row would hide half of a line at the foot
	switch {
	case begins:
		fmt.Fprintf(out, `<svg x="%s" y="50%%"><path d="M%d 0H0"/></svg>`, d.x(a), -at)
		fmt.Fprintf(out, `<line x1="%s" x2="%s" y1="50%%" y2="100%%"/><line x1="%s" x2="%s" y1="100%%" y2="100%%"/>`, d.x(a), d.x(a), d.x(a), d.x(b))
	case ends:
		fmt.Fprintf(out, `<line x1="%s" x2="%s" y2="50%%"/>`, d.x(b), d.x(b))
		fmt.Fprintf(out, `<svg x="%s" y="50%%"><path d="M0 0H%d"/><path class="tip" d="M%d -3.5L%d 0L%d 3.5Z"/></svg>`, d.x(b), -at-6, -at-10, -at-5, -at-10)
	default:
		fmt.Fprintf(out, `<line x1="%s" x2="%s" y2="100%%"/>`, d.x(b), d.x(b))
	}
	out.WriteString("</g>")
}

// mark is the dot of a step.
func (d *lines) mark(out *strings.Builder, r Row) {
	if r.Lane == NoLane {
		return
	}
	if r.Sort == Plain {
		fmt.Fprintf(out, `<circle class="dot" cx="%s" cy="50%%" r="4"/>`, d.x(r.Lane))
		return
	}
	fmt.Fprintf(out, `<svg x="%s" y="50%%"><path class="dot" d="%s"/></svg>`, d.x(r.Lane), shapes[r.Sort])
}

// shapes tell the sorts of row apart without their colours.
var shapes = map[Sort]string{
	Cut:     "M-5 0L0 -5L5 0L0 5Z",
	Differs: "M-5 0L0 -5L5 0L0 5Z",
	Cause:   "M-6 0L0 -6L6 0L0 6Z",
	Decides: "M-6 5L0 -6L6 5Z",
	Access:  "M-5 -5H5V5H-5Z",
	Wrong:   "M-5 -5L5 5M5 -5L-5 5",
	Stuck:   "M-5 -5H5M-5 0H5M-5 5H5",
}
