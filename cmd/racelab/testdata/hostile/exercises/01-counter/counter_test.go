package counter_test

import (
	"testing"

	counter "racelab/exercises/01-counter"
)

func TestAlone(t *testing.T) {
	var c counter.Counter
	c.Add(2)
	c.Add(3)
	if got := c.Value(); got != 5 {
		t.Errorf("after 2 and 3 the sum is %d", got)
	}
}

func TestTogether(t *testing.T) {
	var c counter.Counter
	c.Each(2, func(int) { c.Add(1) })
	if got := c.Value(); got != 2 {
		t.Errorf("after 1 and 1 the sum is %d", got)
	}
}

// Two helpers meet.
func TestMeet(t *testing.T) {
	var c counter.Counter
	met := make(chan int)
	c.Each(2, func(helper int) {
		if helper == 0 {
			met <- c.Value()
		} else {
			<-met
		}
	})
}
