// Package counter counts.
package counter

// Counter is a number that grows.
type Counter struct{ n int }

// Add adds n.
func (c *Counter) Add(n int) { c.n += n }

// Value is the sum of what was added.
func (c *Counter) Value() int { return c.n }

// Each calls f for each of n helpers, which all work at the same time.
func (c *Counter) Each(n int, f func(helper int)) {
	done := make(chan struct{})
	for i := range n {
		go func() {
			f(i)
			done <- struct{}{}
		}()
	}
	for range n {
		<-done
	}
}
