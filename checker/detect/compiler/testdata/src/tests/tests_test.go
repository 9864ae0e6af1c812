package tests_test

import (
	"testing"

	"racelab/exercises/tests"
)

func TestTotal(t *testing.T) {
	if tests.Total(1) != 1 || tests.Sum() != 1 {
		t.Error("1")
	}
}
