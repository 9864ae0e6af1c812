// Package maphash stands in for hash/maphash. The original has seeds at random, and
// another function in every process. In explore mode seeds and function follow from the
// schedule.
package maphash

import (
	"encoding/binary"
	"hash"
	"hash/maphash"

	"racelab/checker/labrt/rt"
	"racelab/checker/labrt/sched"
	"racelab/checker/labrt/value"
)

// A Seed is a maphash.Seed.
type Seed struct {
	native maphash.Seed
	own    uint64
}

// MakeSeed returns a new seed.
func MakeSeed() Seed {
	if !rt.Exploring {
		return Seed{native: maphash.MakeSeed()}
	}
	draw, _ := sched.Draw()
	return Seed{own: draw | 1}
}

// A Hash is a maphash.Hash.
type Hash struct {
	native maphash.Hash
	seed   Seed // in explore mode …
	state  uint64
}

const (
	size      = 8
	blockSize = 128
	prime     = 1099511628211 // of FNV-1a
)

// begin picks a seed if there is none.
func (h *Hash) begin() {
	if h.seed == (Seed{}) {
		h.SetSeed(MakeSeed())
	}
}

// Write is the original's.
func (h *Hash) Write(b []byte) (int, error) {
	if !rt.Exploring {
		return h.native.Write(b)
	}
	h.begin()
	for _, c := range b {
		h.state = (h.state ^ uint64(c)) * prime
	}
	return len(b), nil
}

// WriteString is the original's.
func (h *Hash) WriteString(s string) (int, error) {
	if !rt.Exploring {
		return h.native.WriteString(s)
	}
	return h.Write([]byte(s))
}

// WriteByte is the original's.
func (h *Hash) WriteByte(c byte) error {
	if !rt.Exploring {
		return h.native.WriteByte(c)
	}
	_, err := h.Write([]byte{c})
	return err
}

// Sum64 is the original's.
func (h *Hash) Sum64() uint64 {
	if !rt.Exploring {
		return h.native.Sum64()
	}
	h.begin()
	return value.Hash(h.state, h.seed.own)
}

// Sum is the original's.
func (h *Hash) Sum(b []byte) []byte { return binary.BigEndian.AppendUint64(b, h.Sum64()) }

// Reset is the original's.
func (h *Hash) Reset() {
	if !rt.Exploring {
		h.native.Reset()
		return
	}
	h.begin()
	h.state = h.seed.own
}

// Seed is the original's.
func (h *Hash) Seed() Seed {
	if !rt.Exploring {
		return Seed{native: h.native.Seed()}
	}
	h.begin()
	return h.seed
}

// SetSeed is the original's.
func (h *Hash) SetSeed(seed Seed) {
	if !rt.Exploring {
		h.native.SetSeed(seed.native)
		return
	}
	if seed == (Seed{}) {
		panic("maphash: use of uninitialized Seed")
	}
	h.seed, h.state = seed, seed.own
}

// Size is the original's.
func (h *Hash) Size() int { return size }

// BlockSize is the original's.
func (h *Hash) BlockSize() int { return blockSize }

// Clone is the original's.
func (h *Hash) Clone() (hash.Cloner, error) {
	h.Seed() // it has one from now on
	c := *h
	return &c, nil
}

// Bytes is the original's.
func Bytes(seed Seed, b []byte) uint64 {
	if !rt.Exploring {
		return maphash.Bytes(seed.native, b)
	}
	var h Hash
	h.SetSeed(seed)
	_, _ = h.Write(b)
	return h.Sum64()
}

// String is the original's.
func String(seed Seed, s string) uint64 {
	if !rt.Exploring {
		return maphash.String(seed.native, s)
	}
	return Bytes(seed, []byte(s))
}

// Comparable is the original's.
func Comparable[T comparable](seed Seed, v T) uint64 {
	if !rt.Exploring {
		return maphash.Comparable(seed.native, v)
	}
	var h Hash
	h.SetSeed(seed)
	WriteComparable(&h, v)
	return h.Sum64()
}

// WriteComparable is the original's.
func WriteComparable[T comparable](h *Hash, x T) {
	if !rt.Exploring {
		maphash.WriteComparable(&h.native, x)
		return
	}
	_, _ = h.Write(binary.BigEndian.AppendUint64(nil, value.Hash(0, x)))
}
