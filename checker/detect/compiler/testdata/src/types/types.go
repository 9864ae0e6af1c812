// Package types does not type-check.
package types

import (
	"fmt"
	"sync"
)

func Total(prices []int) int {
	sum, count := 0, 0
	for _, p := range prices {
		sum += q
	}
	return "sum"
}

func Total(prices []int) int { return add(1) }

func add(a, b int) int { return a + b }

func unfinished() int {
}

func (c *Counter) Inc() { c.n++ }

func wrong() (int, error) {
	return add(1, 2, 3)
}

var x int = "x"

var list = []int{1, "two"}
