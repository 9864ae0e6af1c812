package crashes_test

import (
	"testing"

	"racelab/exercises/crashes"
)

func TestNilMap(t *testing.T)             { crashes.NilMap() }
func TestCloseTwice(t *testing.T)         { crashes.CloseTwice() }
func TestSendOnClosed(t *testing.T)       { crashes.SendOnClosed() }
func TestNegativeCounter(t *testing.T)    { crashes.NegativeCounter() }
func TestUnlockUnlocked(t *testing.T)     { crashes.UnlockUnlocked() }
func TestRUnlockUnlocked(t *testing.T)    { crashes.RUnlockUnlocked() }
func TestInGoroutine(t *testing.T)        { crashes.InGoroutine() }
func TestInWaitGroupGo(t *testing.T)      { crashes.InWaitGroupGo() }
func TestCustomError(t *testing.T)        { crashes.CustomError() }
func TestCustomValue(t *testing.T)        { crashes.CustomValue() }
func TestCustomCode(t *testing.T)         { crashes.CustomCode() }
func TestManyLines(t *testing.T)          { crashes.ManyLines() }
func TestRepanic(t *testing.T)            { crashes.Repanic() }
func TestWrapped(t *testing.T)            { crashes.Wrapped() }
func TestWhilePanicking(t *testing.T)     { crashes.WhilePanicking() }
func TestNilPointer(t *testing.T)         { crashes.NilPointer() }
func TestNilReceiver(t *testing.T)        { crashes.NilReceiver() }
func TestIndexRange(t *testing.T)         { crashes.IndexRange() }
func TestConversion(t *testing.T)         { crashes.Conversion() }
func TestPanicNil(t *testing.T)           { crashes.PanicNil() }
func TestGoexit(t *testing.T)             { crashes.Goexit() }
func TestGoexitPanic(t *testing.T)        { crashes.GoexitPanic() }
func TestStackOverflow(t *testing.T)      { crashes.StackOverflow() }
func TestMapWrites(t *testing.T)          { crashes.MapWrites() }
func TestMapReadWrite(t *testing.T)       { crashes.MapReadWrite() }
func TestMapRange(t *testing.T)           { crashes.MapRange() }
func TestAsleep(t *testing.T)             { crashes.Asleep() }
func TestMemory(t *testing.T)             { crashes.Memory() }
func TestRecovered(t *testing.T)          { crashes.Recovered() }
func TestRecoveredThenPanic(t *testing.T) { crashes.RecoveredThenPanic() }
func TestUnfinished(t *testing.T)         { crashes.Unfinished() }
func TestNoisy(t *testing.T)              { crashes.Noisy() }
func TestInTest(t *testing.T)             { panic("the test itself") }
func TestFatalHere(t *testing.T)          { t.Fatal("no crash") }
