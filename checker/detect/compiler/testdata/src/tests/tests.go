// Package tests no longer has what its tests call.
package tests

func Total() int { return 0 }
