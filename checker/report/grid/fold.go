package grid

// foldFrom is how many rows of the tests' own, one after the other, are folded away: of
// fewer a remark would take as much room.
const foldFrom = 3

// oneScreen is how many rows need no folding.
const oneScreen = 20

// Fold leaves out what the tests do to set the stage; remark says how many rows that are.
// Rows with a mark stay.
func (g Grid) Fold(remark func(int) string) Grid {
	if len(g.Rows) <= oneScreen {
		return g
	}
	short := Grid{Lanes: g.Lanes}
	for i := 0; i < len(g.Rows); {
		n := 0
		for i+n < len(g.Rows) && g.Rows[i+n].folds() {
			n++
		}
		if n >= foldFrom {
			short.Rows = append(short.Rows, Row{Lane: NoLane, Text: remark(n)})
			i += n
			continue
		}
		n = max(n, 1)
		short.Rows = append(short.Rows, g.Rows[i:i+n]...)
		i += n
	}
	return short
}

func (r Row) folds() bool { return r.Test && r.Mark == "" && r.Note == "" && r.Why == "" }
