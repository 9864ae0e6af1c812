package finding

// A Scenario is some calls of the exercise's API, as they were made and as they
// ended.
type Scenario struct {
	Setup   string   `json:"setup"`   // as Go
	Threads [][]Made `json:"threads"` // the calls of each goroutine
	Finally []Made   `json:"finally,omitempty"`
}

// A Made is a call that was made.
type Made struct {
	Call     string `json:"call"`               // as Go
	Result   string `json:"result,omitempty"`   // what it returned
	Returned bool   `json:"returned,omitempty"` // it did
	Begun    bool   `json:"begun,omitempty"`
	// Held is set when a function that the call was given is slow.
	Held bool `json:"held,omitempty"`
	// Late is set when it is made only when a timer is about to fire.
	Late  bool `json:"late,omitempty"`
	Blame bool `json:"blame,omitempty"` // it is the one that the finding is about
}

// An Answer is a call of a scenario that the reference solution never ends like
// this, whatever the order of the calls.
type Answer struct {
	Kind AnswerKind `json:"kind"`
	Call string     `json:"call"`
	Got  string     `json:"got,omitempty"`
	Want []string   `json:"want,omitempty"` // what the reference can return there
	By   string     `json:"by,omitempty"`   // HeldUp: the call whose function it waits for; Woken, Early: the first of the last calls
	// Alone is set when a single goroutine makes all calls.
	Alone bool `json:"alone,omitempty"`
}

// AnswerKind is how the end of a call is wrong.
type AnswerKind string

// The kinds of answer.
const (
	NoReturn    AnswerKind = "no return"
	Woken       AnswerKind = "woken" // it returns only when the last calls are made
	Early       AnswerKind = "early" // it returns before
	HeldUp      AnswerKind = "held up"
	Unexplained AnswerKind = "unexplained"
)
