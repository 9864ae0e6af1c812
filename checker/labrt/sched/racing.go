package sched

import "racelab/checker/labrt/wire"

// Lines that the race detector has named become steps in a second program, so that what
// the race leads to can be found and shown: see package instrument. All lines of a
// group that race with each other act on one object.

// racingGroups is how many groups are told apart.
const racingGroups = 64

var racing [racingGroups]byte

//go:norace
func racingGroup(n int) pointer { return pointer(&racing[n%racingGroups]) }

// Reads is the yield point before a statement on a line of the group.
func Reads(group int) { Point(wire.OpRead, wire.Write, racingGroup(group)) }

// Read adds v, which has been read, to the interleaving.
func Read[T any](v T) T {
	if Detailed() {
		Tell(Text(v))
	}
	return v
}

// Writes is the yield point between reading and writing: v is about to be written to a
// variable on a line of the group.
func Writes[T any](group int, v T) T {
	Point(wire.OpWrite, wire.Write, racingGroup(group))
	return Read(v)
}
