// Package rand stands in for the functions of math/rand and math/rand/v2 that draw from a
// generator which the program has not seeded. In explore mode what they return follows
// from the schedule.
package rand

import (
	v1 "math/rand"
	"math/rand/v2"

	"racelab/checker/labrt/sched"
)

// A drawn source is the schedule's, where one is running.
type drawn struct{}

func (drawn) Uint64() uint64 {
	if n, ok := sched.Draw(); ok {
		return n
	}
	return rand.Uint64()
}

func (d drawn) Int63() int64 { return int64(d.Uint64() >> 1) }

func (drawn) Seed(int64) {}

// The generators have no state of their own, but that of v1's Read.
var (
	newer = rand.New(drawn{})
	older = v1.New(drawn{})
)

// The functions that both packages have.

// ExpFloat64 is the original's.
func ExpFloat64() float64 { return newer.ExpFloat64() }

// Float32 is the original's.
func Float32() float32 { return newer.Float32() }

// Float64 is the original's.
func Float64() float64 { return newer.Float64() }

// Int is the original's.
func Int() int { return newer.Int() }

// NormFloat64 is the original's.
func NormFloat64() float64 { return newer.NormFloat64() }

// Perm is the original's.
func Perm(n int) []int { return newer.Perm(n) }

// Shuffle is the original's.
func Shuffle(n int, swap func(i, j int)) { newer.Shuffle(n, swap) }

// Uint32 is the original's.
func Uint32() uint32 { return newer.Uint32() }

// Uint64 is the original's.
func Uint64() uint64 { return newer.Uint64() }

// Those of math/rand/v2.

// Int32 is the original's.
func Int32() int32 { return newer.Int32() }

// Int32N is the original's.
func Int32N(n int32) int32 { return newer.Int32N(n) }

// Int64 is the original's.
func Int64() int64 { return newer.Int64() }

// Int64N is the original's.
func Int64N(n int64) int64 { return newer.Int64N(n) }

// IntN is the original's.
func IntN(n int) int { return newer.IntN(n) }

// Uint is the original's.
func Uint() uint { return newer.Uint() }

// Uint32N is the original's.
func Uint32N(n uint32) uint32 { return newer.Uint32N(n) }

// Uint64N is the original's.
func Uint64N(n uint64) uint64 { return newer.Uint64N(n) }

// UintN is the original's.
func UintN(n uint) uint { return newer.UintN(n) }

// N is the original's.
func N[Int interface {
	~int | ~int8 | ~int16 | ~int32 | ~int64 | ~uint | ~uint8 | ~uint16 | ~uint32 | ~uint64 | ~uintptr
}](n Int) Int {
	if n <= 0 {
		panic("invalid argument to N")
	}
	return Int(newer.Uint64N(uint64(n)))
}

// NewPCG is the original's.
func NewPCG(seed1, seed2 uint64) *rand.PCG {
	sched.Seeds()
	return rand.NewPCG(seed1, seed2)
}

// NewChaCha8 is the original's.
func NewChaCha8(seed [32]byte) *rand.ChaCha8 {
	sched.Seeds()
	return rand.NewChaCha8(seed)
}

// Those of math/rand.

// Int31 is the original's.
func Int31() int32 { return older.Int31() }

// Int31n is the original's.
func Int31n(n int32) int32 { return older.Int31n(n) }

// Int63 is the original's.
func Int63() int64 { return older.Int63() }

// Int63n is the original's.
func Int63n(n int64) int64 { return older.Int63n(n) }

// Intn is the original's.
func Intn(n int) int { return older.Intn(n) }

// Read is the original's.
func Read(p []byte) (n int, err error) { return v1.New(drawn{}).Read(p) }

// NewSource is the original's.
func NewSource(seed int64) v1.Source {
	sched.Seeds()
	return v1.NewSource(seed)
}
