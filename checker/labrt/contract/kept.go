package contract

import (
	"fmt"
	"strings"
)

// kept is something that belongs to the caller, and how it was printed then.
type kept struct {
	value any
	text  string
}

// Keep is Return for what belongs to the caller from now on, such as a slice. It is
// looked at again when all calls have been made: it must be the same then.
func (c *Call) Keep(value any) {
	c.kept = append(c.kept, kept{value, fmt.Sprint(value)})
	c.Return(value)
}

// changed says what has become of what was kept, "" if nothing.
func (c *Call) changed() string {
	var b strings.Builder
	for _, k := range c.kept {
		if now := fmt.Sprint(k.value); now != k.text {
			fmt.Fprintf(&b, ", which in the end has become %s", now)
		}
	}
	return b.String()
}

// lookAgain looks at what the calls have kept, if all have returned.
func (r *Run) lookAgain() {
	if !r.join() {
		return
	}
	for i, c := range r.calls {
		if c != nil && r.records[i].Ended > 0 {
			r.records[i].Result += c.changed()
		}
	}
}
