package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"
)

// recordRaces records the race detector's log files, and of a few programs what
// it prints to standard error when there is no log file.
func recordRaces(l *lab) error {
	binary, err := l.buildTests("races", "-race")
	if err != nil {
		return err
	}
	names, err := tests(binary)
	if err != nil {
		return err
	}
	prefix := filepath.Join(l.dir, "log")
	for _, test := range names {
		env := []string{"GORACE=atexit_sleep_ms=0 log_path=" + prefix}
		if _, err := (execution{argv: testArgs(binary, test), env: env}).run(); err != nil {
			return fmt.Errorf("%s: %w", test, err)
		}
		log, err := readLogs(prefix)
		if err != nil {
			return err
		}
		if err := l.write(map[string][]byte{kebab(test) + ".txt": log}); err != nil {
			return err
		}
	}
	return l.recordMain("mainrace", "main-goroutine.txt")
}

// readLogs reads and removes prefix.PID.
func readLogs(prefix string) ([]byte, error) {
	files, err := filepath.Glob(prefix + ".*")
	if err != nil {
		return nil, err
	}
	var all bytes.Buffer
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			return nil, err
		}
		all.Write(data)
		os.Remove(f)
	}
	return all.Bytes(), nil
}

// recordMain records what a program with a main function prints.
func (l *lab) recordMain(program, name string) error {
	binary := filepath.Join(l.dir, program)
	if out := l.tool("build", "-race", "-gcflags=-l", "-o", binary, "./exercises/"+program); len(out) > 0 {
		return fmt.Errorf("build %s: %s", program, out)
	}
	out, err := execution{argv: []string{binary}}.run()
	if err != nil {
		return err
	}
	return l.write(map[string][]byte{name: out})
}

// patience is how long a program hangs before it is asked what it does.
const patience = 300 * time.Millisecond

// withoutRace are crashes that the race detector prevents or reports first.
var withoutRace = []string{"TestAsleep", "TestMapRange", "TestMemory"}

// recordDumps records crashes, and the dumps of programs that hang.
func recordDumps(l *lab) error {
	race, plain, err := l.bothBuilds("crashes")
	if err != nil {
		return err
	}
	names, err := tests(plain)
	if err != nil {
		return err
	}
	for _, test := range names {
		binary := race
		if slices.Contains(withoutRace, test) {
			binary = plain
		}
		argv := testArgs(binary, test)
		if test == "TestMemory" {
			argv = append([]string{"sh", "-c", `ulimit -v 2000000; exec "$0" "$@"`}, argv...)
		}
		if err := l.recordTest(execution{argv: argv}, test); err != nil {
			return err
		}
	}
	return l.recordHangs()
}

// bothBuilds builds tests with and without the race detector.
func (l *lab) bothBuilds(exercise string) (race, plain string, err error) {
	if plain, err = l.buildTests(exercise); err != nil {
		return "", "", err
	}
	if err = os.Rename(plain, plain+".plain"); err != nil {
		return "", "", err
	}
	plain += ".plain"
	race, err = l.buildTests(exercise, "-race")
	return race, plain, err
}

func (l *lab) recordHangs() error {
	binary, err := l.buildTests("hangs", "-race")
	if err != nil {
		return err
	}
	names, err := tests(binary)
	if err != nil {
		return err
	}
	for _, test := range names {
		e := execution{argv: testArgs(binary, test), quit: patience}
		if err := l.recordTest(e, "Hang"+test[len("Test"):]); err != nil {
			return err
		}
	}
	return nil
}

func (l *lab) recordTest(e execution, test string) error {
	out, err := e.run()
	if err != nil {
		return fmt.Errorf("%s: %w", test, err)
	}
	return l.write(map[string][]byte{kebab(test) + ".txt": out})
}

// recordLeaks records what goleak says; the tests print it.
func recordLeaks(l *lab) error {
	binary, err := l.buildTests("leaks", "-race")
	if err != nil {
		return err
	}
	names, err := tests(binary)
	if err != nil {
		return err
	}
	for _, test := range names {
		if err := l.recordTest(execution{argv: testArgs(binary, test)}, test); err != nil {
			return err
		}
	}
	return nil
}

// recordLocks records what go-deadlock prints, and beside it the calls of Lock
// that the run-time noted.
func recordLocks(l *lab) error {
	binary, err := l.buildTests("locks", "-race")
	if err != nil {
		return err
	}
	names, err := tests(binary)
	if err != nil {
		return err
	}
	calls := filepath.Join(l.dir, "calls")
	for _, test := range names {
		// go-deadlock prints paths relative to the working directory.
		e := execution{argv: testArgs(binary, test), dir: filepath.Join(l.dir, "exercises", "locks"), env: []string{"CALLS=" + calls}}
		out, err := e.run()
		if err != nil {
			return fmt.Errorf("%s: %w", test, err)
		}
		noted, err := os.ReadFile(calls)
		if err != nil {
			return err
		}
		os.Remove(calls)
		files := map[string][]byte{kebab(test) + ".txt": out, kebab(test) + ".calls": noted}
		if err := l.write(files); err != nil {
			return err
		}
	}
	return nil
}

// exercises lists the lab's exercises.
func (l *lab) exercises() ([]string, error) {
	entries, err := os.ReadDir(filepath.Join(l.dir, "exercises"))
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names, err
}

// recordCompiler records what go test -c and go vet say of code that does not
// compile.
func recordCompiler(l *lab) error {
	names, err := l.exercises()
	if err != nil {
		return err
	}
	for _, name := range names {
		pkg := "./exercises/" + name
		files := map[string][]byte{
			name + ".txt":     l.tool("test", "-c", "-race", "-vet=off", "-gcflags=-e", "-o", os.DevNull, pkg),
			name + ".vet.txt": l.tool("vet", "-race", "-json", pkg),
		}
		if err := l.write(files); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return nil
}
