//go:build !linux

package sandbox

func resident(int) int64 { return 0 }
