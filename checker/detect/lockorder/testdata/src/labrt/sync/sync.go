// Package sync stands in for the one of racelab's run-time: its locks note every
// call with the true line and the line that go-deadlock prints, and then lock.
package sync

import (
	"encoding/json"
	"fmt"
	"os"
	"runtime"
	"sync"

	"github.com/petermattis/goid"
	"github.com/sasha-s/go-deadlock"
)

// A Mutex is a deadlock.Mutex.
type Mutex struct{ mu deadlock.Mutex }

// Lock notes the call and locks.
func (m *Mutex) Lock() {
	note(&m.mu)
	m.mu.Lock()
}

// Unlock unlocks.
func (m *Mutex) Unlock() { m.mu.Unlock() }

// An RWMutex is a deadlock.RWMutex.
type RWMutex struct{ mu deadlock.RWMutex }

// Lock notes the call and locks for writing.
func (m *RWMutex) Lock() {
	note(&m.mu)
	m.mu.Lock()
}

// Unlock unlocks.
func (m *RWMutex) Unlock() { m.mu.Unlock() }

// RLock notes the call and locks for reading.
func (m *RWMutex) RLock() {
	note(&m.mu)
	m.mu.RLock()
}

// RUnlock unlocks.
func (m *RWMutex) RUnlock() { m.mu.RUnlock() }

type call struct {
	Lock      string  `json:"lock"`
	Goroutine int     `json:"goroutine"`
	Frames    []frame `json:"frames"`
}

type frame struct {
	Function string `json:"function"`
	File     string `json:"file"`
	Line     int    `json:"line"`
	Printed  int    `json:"printed"`
}

var (
	mu    sync.Mutex
	known = map[string]bool{}
	file  = sync.OnceValue(func() *os.File {
		f, err := os.Create(os.Getenv("CALLS"))
		if err != nil {
			panic(err)
		}
		return f
	})
)

// note writes each distinct call as a line of JSON to the file that CALLS names.
func note(lock any) {
	c := call{Lock: fmt.Sprintf("%p", lock), Goroutine: int(goid.Get())}
	pcs := make([]uintptr, 50)
	for _, pc := range pcs[:runtime.Callers(2, pcs)] {
		f, _ := runtime.CallersFrames([]uintptr{pc}).Next()
		// go-deadlock prints the line of the return address, minus one.
		_, printed := runtime.FuncForPC(pc).FileLine(pc)
		c.Frames = append(c.Frames, frame{f.Function, f.File, f.Line, printed - 1})
	}
	line, err := json.Marshal(c)
	if err != nil {
		panic(err)
	}
	mu.Lock()
	defer mu.Unlock()
	if !known[string(line)] {
		known[string(line)] = true
		fmt.Fprintf(file(), "%s\n", line)
	}
}
