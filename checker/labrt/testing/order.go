package testing

import (
	"unsafe"

	"racelab/checker/labrt/sched"
	"racelab/checker/labrt/wire"
)

// What is reported to a test that has ended panics, so the order of a report and the
// end is one that the scheduler has to choose: both are yield points on one object, which
// stands for the test and its subtests. Reports commute, and so do ends.
//
// Most tests have neither. What a test's own goroutine reports comes before the end
// anyway. An end is a yield point only where another goroutine has reported something
// before; a report that comes after an end fails, whatever the end was.

// reports is the yield point before the caller tells t something.
func (t *T) reports() {
	if g := sched.Self(); g != nil && g != t.own {
		whole := t.whole()
		sched.Point(wire.OpReport, wire.Read, unsafe.Pointer(whole))
		whole.state.set(&whole.state.heard)
	}
}

// finishes is the yield point before t ends.
func (t *T) finishes() {
	if whole := t.whole(); whole.state.get(&whole.state.heard) {
		sched.Point(wire.OpFinish, wire.Add, unsafe.Pointer(whole))
	}
}

// whole is the test of which t is a part, or t itself.
func (t *T) whole() *T {
	for t.parent != nil {
		t = t.parent
	}
	return t
}
