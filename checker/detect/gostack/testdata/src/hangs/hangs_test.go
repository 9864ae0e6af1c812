package hangs_test

import (
	"sync"
	"testing"

	"racelab/exercises/hangs"
)

func TestTwoMutexes(t *testing.T)    { hangs.TwoMutexes() }
func TestSameMutex(t *testing.T)     { hangs.SameMutex() }
func TestReentry(t *testing.T)       { hangs.Reentry() }
func TestUpgrade(t *testing.T)       { hangs.Upgrade() }
func TestReadAgain(t *testing.T)     { hangs.ReadAgain() }
func TestWriters(t *testing.T)       { hangs.Writers() }
func TestMissedSignal(t *testing.T)  { hangs.MissedSignal() }
func TestReceive(t *testing.T)       { hangs.Receive() }
func TestHandshake(t *testing.T)     { hangs.Handshake() }
func TestNilChannel(t *testing.T)    { hangs.NilChannel() }
func TestSelect(t *testing.T)        { hangs.Select() }
func TestSelectNothing(t *testing.T) { hangs.SelectNothing() }
func TestLostDone(t *testing.T)      { hangs.LostDone() }
func TestGoWait(t *testing.T)        { hangs.GoWait() }
func TestOnceInOnce(t *testing.T)    { hangs.OnceInOnce() }
func TestSleeper(t *testing.T)       { hangs.Sleeper() }
func TestPoller(t *testing.T)        { hangs.Poller() }
func TestSpinner(t *testing.T)       { hangs.Spinner() }
func TestPipe(t *testing.T)          { hangs.Pipe() }
func TestMemoryPipe(t *testing.T)    { hangs.MemoryPipe() }
func TestChild(t *testing.T)         { hangs.Child() }
func TestContext(t *testing.T)       { hangs.Context() }
func TestFinite(t *testing.T)        { hangs.Finite() }

// The test's own goroutines wait, in calls of the exercise and beside it.
func TestInTest(t *testing.T) {
	var wg sync.WaitGroup
	for range 3 {
		wg.Go(func() { hangs.Receive() })
	}
	wg.Wait()
}
