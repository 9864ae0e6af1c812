package native

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"racelab/checker/labrt/wire"
	"racelab/checker/sandbox"
)

var record = flag.Bool("record", false, "record the run-time's records again, for the tests of detect/testevent")

// recordedTest shows everything that a test can record.
const recordedTest = `func TestFails(t *testing.T) {
	t.Log("about to fail")
	check(t, queue.Run())
	t.Attr("got", fmt.Sprint(queue.Run()))
}

func check(t *testing.T, got int) {
	t.Helper()
	if got != 1 {
		t.Errorf("got %d, want 1", got)
	}
}

func TestSubtests(t *testing.T) {
	t.Cleanup(func() { t.Log("cleaned up") })
	for _, name := range []string{"passes", "fails at once"} {
		t.Run(name, func(t *testing.T) {
			if name != "passes" {
				t.Fatal("no more")
			}
		})
	}
}

func TestLeaks(t *testing.T) { go func() { select {} }() }

func TestSkipped(t *testing.T) { t.SkipNow() }

func TestLocks(t *testing.T) { queue.Run() }
`

const recordedProgram = `package queue

import "sync"

var a, b sync.Mutex

func Run() int {
	a.Lock()
	b.Lock()
	b.Unlock()
	a.Unlock()
	b.Lock()
	a.Lock()
	a.Unlock()
	b.Unlock()
	return 2
}
`

// TestRecord runs a program whose tests record everything they can. With
// -record it writes what came back into detect/testevent/testdata.
func TestRecord(t *testing.T) {
	if !*record {
		t.Skip("only with -record")
	}
	tester := tested(t, recordedTest, recordedProgram)
	for _, mode := range []wire.Mode{wire.Race, wire.Lock} {
		if _, err := tester.execute(t.Context(), mode, setting{procs: 1}, sandbox.Limits{}); err != nil {
			t.Fatal(err)
		}
		names, _ := filepath.Glob(filepath.Join(tester.Program.Runs, "*", "record"))
		data, err := os.ReadFile(names[0])
		if err != nil {
			t.Fatal(err)
		}
		data = normalise(data, filepath.Dir(tester.Program.Runs))
		if err := os.WriteFile(filepath.Join("../detect/testevent/testdata", string(mode)+".jsonl"), data, 0o644); err != nil {
			t.Fatal(err)
		}
		os.RemoveAll(filepath.Dir(names[0]))
	}
}

// staged matches the folder of the run-time.
var staged = regexp.MustCompile(`"[^"]*/labrt-[0-9a-f]+/`)

// normalise replaces what differs from one machine and run to another.
func normalise(data []byte, root string) []byte {
	_, after, _ := bytes.Cut(data, []byte(`"nonce":"`))
	nonce, _, _ := bytes.Cut(after, []byte(`"`))
	text := strings.NewReplacer(string(nonce), "NONCE", root, "/tmp/racelab-1").Replace(string(data))
	return staged.ReplaceAll([]byte(text), []byte(`"/labrt/`))
}
