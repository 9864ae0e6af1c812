package ask

import (
	"context"
	"sync"
	"testing"
)

// The question is withdrawn just when it is asked.
func TestWithdrawn(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	var text string
	var err error
	var asker sync.WaitGroup
	asker.Go(func() { text, err = Ask(ctx, func() string { return "42" }) })
	cancel()
	asker.Wait()

	if (text == "42") == (err != nil) {
		t.Errorf("got %q and the error %v", text, err)
	}
}
