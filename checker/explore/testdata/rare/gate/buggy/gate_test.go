package gate

import (
	"sync"
	"testing"
)

// Two runners wait at the gate while it is opened.
func TestEverybodyPasses(t *testing.T) {
	g := New()
	var runners sync.WaitGroup
	runners.Go(g.Pass)
	runners.Go(g.Pass)
	g.Open()
	runners.Wait()
}
