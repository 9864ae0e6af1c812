// Command record runs the programs in the testdata/src folders of the parsers
// under the real tools, and writes what those print to testdata/NAME.txt:
//
//	go run ./checker/detect/internal/record [detector ...]
//
// It is run from the module's root, after a change of the Go version or of a
// detector's; without arguments it records everything, which takes a minute.
// Addresses, goroutine numbers and paths are normalised, so that a difference
// in a recording is a difference in what a tool says. Which of two racing
// accesses comes first is left to chance where the programs do not force it.
package main

import (
	"errors"
	"fmt"
	"os"
	"slices"
)

// A recorder writes the recordings of one detector.
type recorder struct {
	detector string
	record   func(*lab) error
}

var recorders = []recorder{
	{"tsan", recordRaces},
	{"gostack", recordDumps},
	{"leak", recordLeaks},
	{"lockorder", recordLocks},
	{"compiler", recordCompiler},
}

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "record:", err)
		os.Exit(1)
	}
}

func run(detectors []string) error {
	var failed error
	for _, r := range recorders {
		if len(detectors) > 0 && !slices.Contains(detectors, r.detector) {
			continue
		}
		if err := recordOne(r); err != nil {
			failed = errors.Join(failed, fmt.Errorf("%s: %w", r.detector, err))
		}
	}
	return failed
}

func recordOne(r recorder) error {
	l, err := newLab(r.detector)
	if err != nil {
		return err
	}
	defer l.close()
	return r.record(l)
}
