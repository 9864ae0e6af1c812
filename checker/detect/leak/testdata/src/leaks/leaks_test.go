package leaks_test

import (
	"fmt"
	"testing"

	"go.uber.org/goleak"

	"racelab/exercises/leaks"
)

// report prints what f leaves behind.
func report(t *testing.T, f func()) {
	before := goleak.IgnoreCurrent()
	f()
	if err := goleak.Find(before); err != nil {
		fmt.Println(err)
	}
}

func TestSend(t *testing.T)    { report(t, leaks.Send) }
func TestReceive(t *testing.T) { report(t, leaks.Receive) }
func TestCrowd(t *testing.T)   { report(t, leaks.Crowd) }
func TestSelect(t *testing.T)  { report(t, leaks.Select) }
func TestNil(t *testing.T)     { report(t, leaks.Nil) }
func TestMutex(t *testing.T)   { report(t, leaks.Mutex) }
func TestCond(t *testing.T)    { report(t, leaks.Cond) }
func TestGroup(t *testing.T)   { report(t, leaks.Group) }
func TestGoWait(t *testing.T)  { report(t, leaks.GoWait) }
func TestSleep(t *testing.T)   { report(t, leaks.Sleep) }
func TestSpin(t *testing.T)    { report(t, leaks.Spin) }
func TestTicker(t *testing.T)  { report(t, leaks.Ticker) }
func TestContext(t *testing.T) { report(t, leaks.Context) }
func TestPipe(t *testing.T)    { report(t, leaks.Pipe) }
func TestDeep(t *testing.T)    { report(t, leaks.Deep) }

// The goroutine is stuck in the test's code, called by the exercise's.
func TestInTest(t *testing.T) {
	report(t, func() { leaks.Each([]int{1, 2}, func(int) { select {} }) })
}

// The report is indented, as package testing prints it.
func TestVerify(t *testing.T) {
	before := goleak.IgnoreCurrent()
	leaks.Crowd()
	goleak.VerifyNone(t, before)
}
