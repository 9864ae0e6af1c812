package webpage

// A Picture is an interleaving in words, laid out for drawing: a row for each step, from
// top to bottom, and a lane for each goroutine. Rows are named by their index. Every text
// is one line, without anything that controls a terminal; nothing in it is trusted as HTML.
type Picture struct {
	Title string
	Fails bool     // something goes wrong in it
	Wrong []string // what goes wrong, and how it comes about
	Lanes []string // the names of the goroutines that have one
	Who   []Actor
	Idle  string // what there is to say of goroutines without a lane; "" if all have one
	Rows  []Row
	Edges []Edge
	Bands []Band
	Waits []Wait   // all that are so after some row, each once
	Known []string // the values that are known at some row, each once
	Files []File
	Ends  []string // who waits for whom at the end
	Keys  []Key    // what the marks and lines mean
}

// An Actor is a goroutine, or some that are alike.
type Actor struct{ Names, Text string }

// A Key explains a mark or a line of the drawing; Sort is that of a row, an edge or a band.
type Key struct{ Sort, Text string }

// NoLane is the lane of a remark.
const NoLane = -1

// Sort is what a row is.
type Sort string

// The sorts of row.
const (
	Plain   Sort = ""
	Wrong   Sort = "wrong"  // here it goes wrong
	Cause   Sort = "cause"  // this step is what makes it go wrong
	Access  Sort = "access" // no step: one of two accesses that race
	Cut     Sort = "cut"    // the goroutine of the row above could have gone on
	Stuck   Sort = "stuck"  // no step: here a goroutine waits for ever
	Remark  Sort = "remark" // what lies between; it has no lane
	Differs Sort = "differs"
	Decides Sort = "decides" // comes the other way round in the picture beside this one
)

// A Row is a step, or what lies between two.
type Row struct {
	Sort   Sort
	Number int // 0 for what follows from the row above
	Lane   int
	Who    string // the goroutine, in a lane that several share
	Text   string
	Place  string // of the source
	Source string // that line
	// Function is the one that it is in.
	Function string
	Why      string // what is wrong, or has to be known
	After    string // what orders it after steps of other goroutines
	Own      bool   // the test's own step, which is folded away …
	Fold     string // … with those that follow, as this says; set on the first of them
	Ends     bool   // the goroutine ends
	Waits    []int  // among Waits: those who cannot go on now
	Known    []int  // among Known: what is known since
	Moves    []Move
}

// A Move says on which line a goroutine stands since a row: a line of a file, or -1 and 0 for
// none.
type Move struct{ Lane, File, Line int }

// An Edge is drawn from one row to another.
type Edge struct {
	From, To int
	Kind     string
	Own      bool // both are folded away
}

// MissingEdge is the kind of an edge that there is not.
const MissingEdge = "missing"

// A Band is a lock that a goroutine holds: from one row to another, or to the end (-1). A
// gap is where it does not hold the lock, between two times.
type Band struct {
	Lane, From, To int
	Lock           int // tells locks apart
	Reads, Gap     bool
	Own            bool
}

// A Wait is a goroutine that cannot go on, in words and as a part of a graph.
type Wait struct {
	Text   string
	Lane   int
	Object string
	For    []int // the lanes on which it depends
}

// A File is a source, or some lines of one.
type File struct {
	Name  string
	Lines []Line
	Open  bool // the learner's own
}

// A Line is one of a source. Where lines were left out, the numbers have a gap.
type Line struct {
	Number int
	Text   string
}
