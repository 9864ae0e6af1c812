package page

import (
	"sync"
	"testing"
)

// Two readers come while the owner closes the page.
func TestReadWhileClosing(t *testing.T) {
	p := Open("dear reader")
	var readers sync.WaitGroup
	readers.Go(func() { p.Read() })
	readers.Go(func() { p.Read() })
	p.Close()
	readers.Wait()

	if _, ok := p.Read(); ok {
		t.Error("a page that nobody uses could be read")
	}
}
