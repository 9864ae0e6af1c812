// Package rt is the core of the run-time inside the learner's binary: it knows
// the mode, writes the record, and collects go-deadlock's reports.
//
// It trusts nothing that the code under test can change: it reads the configuration
// once, from an inherited descriptor, before any of that code is initialised.
package rt

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"strconv"
	"sync"
	"syscall"

	"racelab/checker/labrt/wire"
)

var (
	config = readConfig()
	record = os.NewFile(wire.RecordFD, "record")
	mu     sync.Mutex // orders the lines of the record
)

// LockMode reports whether locks are go-deadlock's.
var LockMode = config.Mode == wire.Lock

// Exploring reports whether tests run under the controlled scheduler; Visible,
// whether the race detector sees the scheduler hand over the turn.
var (
	Exploring = config.Mode == wire.Explore
	Visible   = config.Visible
)

// maxStack is how large a stack may become, in bytes: a recursion without an end is soon told
// as what it is, before it fills the memory. Go's own limit is 1 GB.
const maxStack = 64 << 20

func init() { debug.SetMaxStack(maxStack) }

// Mutant is the number of the mutant that a program with many of them is.
func Mutant() int { return config.Mutant }

// Constants are what the program under test names in its source. Nobody changes them.
func Constants() wire.Constants { return config.Constants }

func readConfig() (c wire.Config) {
	f := os.NewFile(wire.ConfigFD, "config")
	data, err := io.ReadAll(f)
	if err == nil {
		err = json.Unmarshal(data, &c)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "racelab: this binary is run by racelab alone:", err)
		os.Exit(wire.ExitFault)
	}
	f.Close()
	return c
}

// alive is the line of an event Alive.
var alive = []byte(`{"nonce":` + strconv.Quote(config.Nonce) + `,"event":"` + wire.Alive + `"}` + "\n")

// Alive records that a schedule goes on. It does nothing that the race detector sees, and
// nobody else records anything meanwhile.
//
//go:norace
func Alive() { _, _ = syscall.Write(wire.RecordFD, alive) }

// Emit appends one event to the record.
func Emit(e wire.Event) {
	e.Nonce = config.Nonce
	line, err := json.Marshal(e)
	if err != nil {
		panic(err) // strings, numbers and booleans always marshal
	}
	write(append(line, '\n'))
}

// EmitEnding appends an event Ended to the record.
func EmitEnding(e *wire.Ending) { write(wire.AppendEnding(nil, config.Nonce, e)) }

func write(line []byte) {
	mu.Lock()
	defer mu.Unlock()
	if _, err := record.Write(line); err != nil {
		fmt.Fprintln(os.Stderr, "racelab: cannot write the record:", err)
		os.Exit(wire.ExitFault)
	}
}
