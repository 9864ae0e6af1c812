package testing

import (
	"os"
	"time"

	"racelab/checker/labrt/rt"
)

// Short reports whether a test should do less: while exploring, it runs thousands
// of times, and go-deadlock's locks take long.
func Short() bool { return rt.Exploring || rt.LockMode }

// Verbose is false: what tests log is recorded in any case.
func Verbose() bool { return false }

// Deadline says that the test has none: the parent enforces the limits.
func (t *T) Deadline() (deadline time.Time, ok bool) { return deadline, false }

// Setenv sets an environment variable until the test has ended.
func (t *T) Setenv(key, value string) {
	t.changesProcess()
	before, had := os.LookupEnv(key)
	if err := os.Setenv(key, value); err != nil {
		t.Fatalf("Setenv: %v", err)
	}
	t.Cleanup(func() {
		if had {
			os.Setenv(key, before)
		} else {
			os.Unsetenv(key)
		}
	})
}

// Chdir changes the working folder until the test has ended.
func (t *T) Chdir(dir string) {
	t.changesProcess()
	before, err := os.Getwd()
	if err == nil {
		err = os.Chdir(dir)
	}
	if err != nil {
		t.Fatalf("Chdir: %v", err)
	}
	t.Cleanup(func() { os.Chdir(before) })
}
