package main

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"path/filepath"
	"strings"
	"testing"

	"racelab/checker/classroom/record"
	"racelab/checker/classroom/store"
)

// While somebody looks at a report, others can grade into the store.
func TestReportLetsGoOfTheStore(t *testing.T) {
	name := filepath.Join(t.TempDir(), "grades.db")
	s, err := store.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	err = s.Put([]record.Record{{Student: "ada", Exercise: "01-x", State: record.Missing}, {Student: "ben", Exercise: "01-x", State: record.Missing}})
	if err := errors.Join(err, s.Close()); err != nil {
		t.Fatal(err)
	}
	r, w := io.Pipe()
	a := &app{stdout: w, stderr: io.Discard, cwd: t.TempDir(), width: 80}
	done := make(chan error, 1)
	go func() { done <- a.runReport(name, "jsonl", nil, viewFlags{}) }()
	lines := bufio.NewReader(r)
	if line, err := lines.ReadString('{'); err != nil || line == "" {
		t.Fatal(err)
	}
	other, err := store.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	rest := make(chan error, 1)
	go func() {
		_, err := io.Copy(io.Discard, lines)
		rest <- err
	}()
	if err := errors.Join(<-done, w.Close(), <-rest, other.Close()); err != nil {
		t.Error(err)
	}
}

// What is too much to be held goes on to where it belongs, in order.
func TestHeldOutput(t *testing.T) {
	var to bytes.Buffer
	out := heldOutput{to: &to}
	part := []byte(strings.Repeat("x", mostHeld/2) + "\n")
	for i := range 3 {
		if _, err := out.Write(part); err != nil {
			t.Fatal(err)
		}
		if n := to.Len(); n != []int{0, 2 * len(part), 3 * len(part)}[i] {
			t.Errorf("after %d parts, %d bytes are written", i+1, n)
		}
	}
	if err := out.release(); err != nil || !bytes.Equal(to.Bytes(), bytes.Repeat(part, 3)) {
		t.Error(err)
	}
}
