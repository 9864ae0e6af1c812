package flight

import (
	"sync"
	"sync/atomic"
	"testing"
)

// Three readers want the same page; it is rendered once.
func TestOneLoad(t *testing.T) {
	var loads atomic.Int32
	pages := New(func(key string) string {
		loads.Add(1)
		return "page of " + key
	})
	var got [3]string
	var readers sync.WaitGroup
	readers.Go(func() { got[0] = pages.Get("home") })
	readers.Go(func() { got[1] = pages.Get("home") })
	got[2] = pages.Get("home")
	readers.Wait()

	for i, page := range got {
		if page != "page of home" {
			t.Errorf("reader %d got %q", i, page)
		}
	}
	if n := loads.Load(); n != 1 {
		t.Errorf("the page was rendered %d times, want 1", n)
	}
}
