package locks_test

import (
	"os"
	"testing"
	"time"

	"github.com/sasha-s/go-deadlock"

	"racelab/exercises/locks"
)

func TestMain(m *testing.M) {
	reports := 0
	deadlock.Opts.DeadlockTimeout = 100 * time.Millisecond
	// go-deadlock holds its own lock while it calls this for a lock order.
	deadlock.Opts.OnPotentialDeadlock = func() {
		if reports++; reports == 3 {
			os.Exit(2)
		}
	}
	os.Exit(m.Run())
}

func two() (a, b *locks.Account) { return new(locks.Account), new(locks.Account) }

// hang lets a function that never returns run for a while.
func hang(f func()) {
	go f()
	time.Sleep(400 * time.Millisecond)
}

func TestInOneFunction(t *testing.T)   { locks.InOneFunction(two()) }
func TestInTwoFunctions(t *testing.T)  { locks.InTwoFunctions(two()) }
func TestThroughTransfer(t *testing.T) { locks.ThroughTransfer(two()) }
func TestReenter(t *testing.T)         { hang(new(locks.Account).Reenter) }
func TestAdjacent(t *testing.T)        { hang(new(locks.Account).Adjacent) }
func TestNestedRLock(t *testing.T)     { new(locks.Cache).Sum("a", "b") }
func TestUpgrade(t *testing.T)         { hang(new(locks.Cache).Upgrade) }
func TestHeld(t *testing.T)            { new(locks.Account).Held() }
func TestHeldByReaders(t *testing.T)   { hang(new(locks.Cache).HeldByReaders) }
func TestBoth(t *testing.T)            { a, b := two(); hang(func() { locks.Both(a, b) }) }
func TestGate(t *testing.T)            { a, b := two(); locks.Gate(new(locks.Account), a, b) }
func TestRepeated(t *testing.T)        { locks.Repeated(two()) }
func TestTwice(t *testing.T)           { hang(new(locks.Account).Twice) }
func TestAmbiguous(t *testing.T)       { a, b := two(); a.Ambiguous(b) }
func TestGeneric(t *testing.T)         { var l locks.Locked[string]; hang(func() { l.Set("a") }) }

func TestMany(t *testing.T) {
	hang(func() {
		locks.Many([]*locks.Account{new(locks.Account), new(locks.Account), new(locks.Account)})
	})
}
