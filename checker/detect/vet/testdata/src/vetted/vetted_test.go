package vetted_test

import (
	"sync"
	"testing"
)

func TestCopy(t *testing.T) {
	var mu sync.Mutex
	other := mu
	other.Lock()
	go func() { t.Fatal("in a goroutine") }()
}
