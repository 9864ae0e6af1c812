package finding

// An Origin is what the learner's own code did before a test or the run-time noticed
// something: in the schedule that shows a finding, or in all of them.
type Origin struct {
	Kind      OriginKind    `json:"kind"`
	Goroutine GoroutineName `json:"goroutine,omitempty"`
	Object    string        `json:"object,omitempty"` // what was used: "a.mu", "r.queue"
	First     Use           `json:"first"`
	Other     *Use          `json:"other,omitempty"` // by another goroutine, between the two
	By        GoroutineName `json:"by,omitempty"`    // which
	Then      Use           `json:"then,omitzero"`
	With      string        `json:"with,omitempty"` // another function that has to be right for this to go right
}

// OriginKind is the sort of origin.
type OriginKind string

// The origins.
const (
	// OriginSplit is a call in which a goroutine used what several use at one place, then at
	// another, as if nothing could happen between the two; and another goroutine came between.
	OriginSplit OriginKind = "split"
	// OriginClosed is a receive from a closed channel, after which the goroutine went on as if
	// something had been sent.
	OriginClosed OriginKind = "closed"
	// OriginLate is a go statement, First, whose function returns without having waited: the
	// goroutine By begins at Then only when a test has failed, or a scenario's calls are over.
	OriginLate OriginKind = "late"
	// OriginFunction is a function that does the wrong thing, whoever comes first:
	// with the reference solution's body in its place, what fails goes right. First is where
	// it is declared; besides that, only With may be set.
	OriginFunction OriginKind = "function"
)

// A Use is an operation on an object that several goroutines use. Place is in the function
// that the call is one of; the operation may be in one that is called there.
type Use struct {
	Op    Op       `json:"op,omitempty"`    // "" where it is the tests' own
	Value string   `json:"value,omitempty"` // read or written, where it is known
	Place Location `json:"place"`
}

// Same reports whether two findings come of the same in one function: of what is started and
// comes too late, in the one that was started.
func (o *Origin) Same(p *Origin) bool {
	if o == nil || p == nil || o.Kind != p.Kind {
		return false
	}
	one, other := o.First.Place, p.First.Place
	if o.Kind == OriginLate {
		one, other = o.Then.Place, p.Then.Place
	}
	return one.File == other.File && one.Function == other.Function
}

// IsGuess reports whether it is likely that a finding comes of it, and no more: another test
// may refute it.
func (o *Origin) IsGuess() bool {
	return o != nil && (o.Kind == OriginSplit || o.Kind == OriginLate)
}
