//go:build stdtest

package stdtest

import (
	"bufio"
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"racelab/checker/labrt/wire"
	"racelab/checker/sandbox"

	"github.com/google/go-cmp/cmp"
)

// long is what one run of a suite may take of its own time.
const long = time.Minute

// Natively the rewritten tests pass and fail as the originals do.
func TestNatively(t *testing.T) {
	l := open(t)
	for _, s := range suites {
		t.Run(s.name, func(t *testing.T) {
			was := l.runOriginal(t, s.name)
			is := l.runRewritten(t, s.name)
			if diff := cmp.Diff(was, is); diff != "" {
				t.Errorf("before - and after + the rewriting:\n%s", diff)
			}
			if len(was) != len(l.tests[s.name]) || len(was) == 0 {
				t.Errorf("%d of %d tests were run", len(was), len(l.tests[s.name]))
			}
		})
	}
}

var ended = regexp.MustCompile(`(?m)^--- (PASS|FAIL|SKIP): (\w+)`)

// runOriginal returns how the original's tests ended.
func (l *lab) runOriginal(t *testing.T, name string) map[string]string {
	t.Helper()
	exit := l.run(t, sandbox.Command{Argv: []string{l.binary(plain, name), "-test.v"}})
	ends := map[string]string{}
	for _, m := range ended.FindAllSubmatch(exit.Stdout, -1) {
		ends[string(m[2])] = string(m[1])
	}
	if len(ends) == 0 {
		t.Logf("exit status %d\n%s%s", exit.Code, exit.Stdout, exit.Stderr)
	}
	return ends
}

// runRewritten returns how the rewritten tests ended.
func (l *lab) runRewritten(t *testing.T, name string) map[string]string {
	t.Helper()
	record := tempFile(t, "")
	exit := l.run(t, sandbox.Command{
		Argv:  []string{l.binary(rewritten, name)},
		Files: []*os.File{tempFile(t, `{"mode":"race"}`), record},
	})
	if bytes.Contains(exit.Stderr, []byte("DATA RACE")) || exit.Code > 1 {
		t.Errorf("exit status %d\n%s", exit.Code, exit.Stderr)
	}
	ends := map[string]string{}
	if _, err := record.Seek(0, 0); err != nil {
		t.Fatal(err)
	}
	for lines := bufio.NewScanner(record); lines.Scan(); {
		var e wire.Event
		if err := json.Unmarshal(lines.Bytes(), &e); err != nil {
			t.Fatal(err)
		}
		if e.Event == wire.Message && e.Failed {
			t.Logf("%s: %s", e.Test, e.Text)
		}
		if e.Event == wire.End && !strings.Contains(e.Test, "/") {
			ends[e.Test] = endOf(e)
		}
	}
	return ends
}

func endOf(e wire.Event) string {
	switch {
	case e.Failed:
		return "FAIL"
	case e.Skipped:
		return "SKIP"
	}
	return "PASS"
}

func (l *lab) run(t *testing.T, c sandbox.Command) sandbox.Exit {
	t.Helper()
	c.Dir, c.Own = t.TempDir(), long
	c.Env = append(os.Environ(), "GORACE=atexit_sleep_ms=0")
	exit, err := sandbox.Limited{}.Run(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	if exit.TimedOut {
		t.Fatalf("it did not end\n%s", exit.Stderr)
	}
	return exit
}

func tempFile(t *testing.T, content string) *os.File {
	t.Helper()
	f, err := os.Create(filepath.Join(t.TempDir(), "file"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	if _, err := f.WriteString(content); err != nil {
		t.Fatal(err)
	}
	if _, err := f.Seek(0, 0); err != nil {
		t.Fatal(err)
	}
	return f
}
