package exercise

import (
	"strings"
	"testing/fstest"
)

// A tree is the three folders of a repository in memory, by path from its top.
type tree map[string]string

// sources is what Validate and Load get.
func (t tree) content() Content {
	rooms := map[string]fstest.MapFS{"exercises": {}, "solutions": {}, "hints": {}}
	for name, content := range t {
		room, rest, _ := strings.Cut(name, "/")
		rooms[room][rest] = &fstest.MapFile{Data: []byte(content), Mode: 0o644}
	}
	return Content{Exercises: rooms["exercises"], Solutions: rooms["solutions"], Hints: rooms["hints"]}
}

const fixtureID = "07-till"

// The paths of the fixture's files, as problems name them.
const (
	fxManifest = "exercises/07-till/exercise.toml"
	fxReadme   = "exercises/07-till/README.md"
	fxCode     = "exercises/07-till/till.go"
	fxTest     = "exercises/07-till/till_test.go"
	fxSolution = "solutions/07-till/till.go"
	fxAccepted = "solutions/07-till/testdata/accepted/"
	fxRejected = "solutions/07-till/testdata/rejected/"
	fxHints    = "hints/07-till.md"
)

// fixture is a small exercise without a fault. Each call returns a new one.
func fixture() tree {
	t := tree{
		fxManifest: fixtureManifest,
		fxReadme:   strings.ReplaceAll(fixtureReadme, "'''", "```"),
		fxCode:     fixtureCode,
		fxTest:     fixtureTest,
		fxSolution: strings.Replace(strings.Replace(fixtureCode, "cents int\n", "cents atomic.Int64 // every counter adds to it\n", 1),
			"t.cents += n", "t.cents.Add(int64(n))", 1),
		fxHints: fixtureHints,
	}
	for _, name := range []string{"lock", "owner"} {
		t[fxAccepted+name+".go"] = "// Accepted: another style.\n\n" + fixtureVariant(name)
	}
	for _, name := range []string{"sleep", "half", "twice", "late"} {
		t[fxRejected+name+".go"] = "// Rejected: data-race\n// Feedback: It still races.\n\n" + fixtureVariant(name)
	}
	return t
}

// fixtureVariant is the program with something of its own.
func fixtureVariant(name string) string {
	return fixtureCode + "\nfunc (t *Till) more() string { return \"" + name + "\" }\n"
}

const fixtureManifest = `number  = 7
slug    = "till"
title   = "The till"
part    = 2
files   = ["till.go"]
outcome = "one"
learn   = "Why an addition is not one step."

[[expect]]
kind     = "data-race"
detector = "race"

[[expect]]
kind      = "wrong-result"
detector  = "tests"
sometimes = true

[[rubric]]
name   = "No data race"
kinds  = ["data-race"]
points = 6

[[rubric]]
name   = "The sum is right"
kinds  = ["wrong-result", "panic"]
points = 4
`

const fixtureReadme = `# 07. The till

A shop counts its money, and on busy days some of it is missing.

## Your task

Repair till.go; its exported API stays.

## Run it

    racelab check 07
    go test -race ./exercises/07-till

## Coming from Python

There it looks like this:

'''python
self.cents += n
'''

## Read more

- https://go.dev/ref/mem
`

const fixtureCode = `// Package till counts the money that a shop takes in.
package till

import "sync"

// A Till holds money.
type Till struct {
	name  string
	cents int
}

// New returns an empty till.
func New(name string) *Till {
	return &Till{name: name}
}

// Name is what the till was called.
func (t *Till) Name() string { return t.name }

// Take puts the money of all customers into the till, each at a counter of
// its own, and returns when the last one is done.
func (t *Till) Take(customers ...int) {
	var counters sync.WaitGroup
	for _, n := range customers {
		counters.Go(func() {
			t.cents += n
		})
	}
	counters.Wait()
}
`

const fixtureTest = `package till_test

import (
	"testing"
	"time"

	till "racelab/exercises/07-till"
)

func TestTake(t *testing.T) {
	x := till.New("front")
	time.Sleep(time.Millisecond)
	x.Take(1, 2, 3)
	t.Attr("name", x.Name())
	t.Run("again", func(t *testing.T) {
		x.Take(4)
	})
}
`

const fixtureHints = "# 07. The till\n\n## 1\n\nLook at Take.\n\n## 2\n\nThink of `sync/atomic`.\n\n## 3\n\nMake the addition one step.\n"
