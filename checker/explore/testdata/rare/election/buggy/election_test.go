package election

import (
	"sync"
	"testing"
)

// Node 1 campaigns. Node 2 takes it for dead, deposes it and campaigns itself.
func TestOneLeaderATerm(t *testing.T) {
	var vote Election
	var first, second int64
	var won1, won2 bool
	var nodes sync.WaitGroup
	nodes.Go(func() { first, won1 = vote.Campaign(1) })
	nodes.Go(func() {
		if vote.Depose(1) {
			second, won2 = vote.Campaign(2)
		}
	})
	nodes.Wait()

	if !won1 {
		t.Error("node 1 lost, though nobody else could win")
	}
	if won2 && first == second {
		t.Errorf("nodes 1 and 2 both lead in term %d", first)
	}
}
