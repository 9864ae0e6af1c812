package webpage

// Fold says, on the first of each run of rows that are the test's own, how many there are.
func (p *Picture) Fold(says func(rows int) string) {
	for i := 0; i < len(p.Rows); i++ {
		p.Rows[i].Fold = ""
		from := i
		for i < len(p.Rows) && p.Rows[i].Own {
			p.Rows[i].Fold = ""
			i++
		}
		if i > from {
			p.Rows[from].Fold = says(i - from)
		}
	}
}

// Rows that are kept of a long picture: how it begins, how it ends, and what comes before
// every row that has a mark.
const (
	keptAtStart = 12
	keptAtEnd   = 36
	keptBefore  = 8
)

func (p *Picture) kept() []bool {
	keep := make([]bool, len(p.Rows))
	for i, r := range p.Rows {
		switch {
		case i < keptAtStart, i >= len(p.Rows)-keptAtEnd:
			keep[i] = true
		case r.Why != "" || r.Sort != Plain:
			for j := max(0, i-keptBefore); j <= i; j++ {
				keep[j] = true
			}
		}
	}
	for _, e := range p.Edges {
		if e.Kind == MissingEdge {
			keep[e.From], keep[e.To] = true, true
		}
	}
	return keep
}

// Shortened is the picture without rows in the middle, for which remarks stand. What is so
// after them is so after the remark.
func (p *Picture) Shortened(remark func(rows int) string) *Picture {
	keep := p.kept()
	short := *p
	short.Rows, short.Edges, short.Bands = nil, nil, nil
	at := make([]int, len(p.Rows))
	for i := 0; i < len(p.Rows); i++ {
		at[i] = len(short.Rows)
		if keep[i] {
			short.Rows = append(short.Rows, p.Rows[i])
			continue
		}
		left := Row{Sort: Remark, Lane: NoLane}
		from := i
		for ; i < len(p.Rows) && !keep[i]; i++ {
			r := p.Rows[i]
			at[i], left.Waits = len(short.Rows), r.Waits
			left.Known, left.Moves = append(left.Known, r.Known...), append(left.Moves, r.Moves...)
		}
		left.Text = remark(i - from)
		short.Rows = append(short.Rows, left)
		i--
	}
	for _, e := range p.Edges {
		if keep[e.From] && keep[e.To] {
			e.From, e.To = at[e.From], at[e.To]
			short.Edges = append(short.Edges, e)
		}
	}
	for _, b := range p.Bands {
		b.From = at[b.From]
		if b.To >= 0 {
			b.To = at[b.To]
		}
		short.Bands = append(short.Bands, b)
	}
	return &short
}
