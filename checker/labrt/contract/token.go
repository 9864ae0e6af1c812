package contract

import "strconv"

// Goroutine numbers the goroutine of the call, from 0.
func (c *Call) Goroutine() int { return c.thread }

// Token is a text by which Find finds the call. It is for a function that an object
// was given when it was made, and to which it hands through what a call was given.
func (c *Call) Token() string { return strconv.Itoa(c.index) }

// Find finds the call of a Token; nil if there is none.
func Find(token string) *Call {
	i, err := strconv.Atoi(token)
	if err != nil {
		return nil
	}
	return find(i)
}

//go:norace
func find(i int) *Call {
	if running == nil || i < 0 || i >= len(running.calls) {
		return nil
	}
	return running.calls[i]
}
