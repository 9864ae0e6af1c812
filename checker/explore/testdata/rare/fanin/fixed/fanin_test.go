package fanin

import "testing"

// Three short lists are merged.
func TestAllValuesArrive(t *testing.T) {
	sum := 0
	for value := range Merge(list(1, 2), list(30), list()) {
		sum += value
	}
	if sum != 33 {
		t.Errorf("the sum of all values is %d, want 33", sum)
	}
}

func list(values ...int) <-chan int {
	ch := make(chan int, len(values))
	for _, value := range values {
		ch <- value
	}
	close(ch)
	return ch
}
