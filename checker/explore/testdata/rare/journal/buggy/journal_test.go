package journal

import (
	"sync"
	"testing"
)

// A service and the main program write a line each.
func TestAllLinesAreWritten(t *testing.T) {
	var j Journal
	var service sync.WaitGroup
	service.Go(func() { j.Add("mail: started") })
	j.Add("main: started")
	service.Wait()

	if n := j.Written(); n != 2 {
		t.Errorf("%d of 2 lines are written", n)
	}
}
