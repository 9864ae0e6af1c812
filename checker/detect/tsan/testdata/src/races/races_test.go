package races_test

import (
	"testing"
	"time"

	"racelab/exercises/races"
)

func TestTwoWriters(t *testing.T)     { races.TwoWriters() }
func TestHalfLocked(t *testing.T)     { races.HalfLocked() }
func TestReadThenWrite(t *testing.T)  { races.ReadThenWrite() }
func TestMapWrites(t *testing.T)      { races.MapWrites() }
func TestMapDeleteRange(t *testing.T) { races.MapDeleteRange() }
func TestAppend(t *testing.T)         { races.Append() }
func TestCaptured(t *testing.T)       { races.Captured() }
func TestWaitGroupGo(t *testing.T)    { races.WaitGroupGo() }
func TestMethodValue(t *testing.T)    { races.MethodValue() }
func TestGoMethod(t *testing.T)       { races.GoMethod() }
func TestAtomicPlain(t *testing.T)    { races.AtomicPlain() }
func TestPlainAtomic(t *testing.T)    { races.PlainAtomic() }
func TestSendClose(t *testing.T)      { races.SendClose() }
func TestAddWait(t *testing.T)        { races.AddWait() }
func TestNested(t *testing.T)         { races.Nested() }
func TestBuffer(t *testing.T)         { races.Buffer() }
func TestGeneric(t *testing.T)        { races.Generic() }
func TestCopying(t *testing.T)        { races.Copying() }
func TestTimer(t *testing.T)          { races.Timer() }
func TestGlobal(t *testing.T)         { races.Global() }
func TestSeveral(t *testing.T)        { races.Several() }
func TestOnceFunc(t *testing.T)       { races.OnceFunc() }
func TestAtomicHere(t *testing.T)     { races.AtomicHere() }
func TestCopiedLock(t *testing.T)     { races.CopiedLock() }
func TestDeep(t *testing.T)           { races.Deep() }

// The test starts the goroutine that races, in the exercise's code.
func TestFromTest(t *testing.T) {
	var a races.Account
	done := make(chan bool)
	go func() {
		a.Deposit(1)
		<-done
	}()
	time.Sleep(5 * time.Millisecond)
	a.Balance()
	close(done)
}

// The access is in the test; only the starting of goroutines is not.
func TestInTest(t *testing.T) {
	sum := 0
	races.Each([]int{1, 2}, func(n int) {
		time.Sleep(time.Duration(n) * 5 * time.Millisecond)
		sum += n
	})
}
