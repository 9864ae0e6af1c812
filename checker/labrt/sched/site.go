package sched

import "runtime"

// siteFrames is how many calls a site tells apart: the go statement may be in a
// function of its own, such as WaitGroup.Go.
const siteFrames = 3

// callSite is a number for the place of the go statement that calls Spawn. It is the
// same in every process of the same binary, wherever the system has loaded it.
//
//go:norace
func callSite() int {
	var pcs [1 + siteFrames]uintptr
	n := runtime.Callers(1, pcs[:1]) // callSite itself, the origin
	n += runtime.Callers(4, pcs[1:]) // above spawn and Spawn
	h := uint64(0)
	for i := 1; i < n; i++ {
		h = (h ^ uint64(pcs[i]-pcs[0])) * 0x9e3779b97f4a7c15
		h ^= h >> 32
	}
	return int(h & (1<<20 - 1))
}
