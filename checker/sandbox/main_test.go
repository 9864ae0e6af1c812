package sandbox

import (
	"os"
	"testing"

	"go.uber.org/goleak"
)

// No goroutine outlives the tests. They put walls around themselves as racelab does.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == EnterCommand {
		os.Exit(Enter(os.Args[1:]))
	}
	goleak.VerifyTestMain(m)
}
