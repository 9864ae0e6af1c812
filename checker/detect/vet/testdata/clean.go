// Package clean has nothing to object to.
package clean

func Add(a, b int) int { return a + b }
