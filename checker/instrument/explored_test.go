package instrument

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"racelab/checker/labrt/wire"

	"github.com/google/go-cmp/cmp"
)

// explored is a package in which comments say what the scheduler is to see.
const explored = "testdata/explored"

func TestTheSchedulerSeesEveryOperation(t *testing.T) {
	if testing.Short() {
		t.Skip("builds a program")
	}
	overlay := overlay{}
	overlay.rewrite(t, explored)
	overlay[absolute(t, filepath.Join(explored, "harness_test.go"))] = Harness("explored", []string{"TestAll"}, false)
	overlay[absolute(t, filepath.Join(explored, "main_test.go"))] = []byte("package explored\n\n" +
		"import (\n\t\"testing\"\n\n\tlab \"racelab/checker/labrt/testing\"\n)\n\nfunc TestMain(*testing.M) { lab.Main(RacelabTests, nil) }\n")
	binary := filepath.Join(t.TempDir(), "explored")
	goCommand(t, "test", "-c", "-gcflags=-l", "-vet=off", "-o", binary, "-overlay="+overlay.write(t), "./"+explored)
	if diff := cmp.Diff(wanted(t), seen(t, binary)); diff != "" {
		t.Error(diff)
	}
}

// wanted reads the comments: the operations by line.
func wanted(t *testing.T) map[int][]string {
	t.Helper()
	src, err := os.ReadFile(filepath.Join(explored, "ops.go"))
	if err != nil {
		t.Fatal(err)
	}
	want := map[int][]string{}
	for i, line := range strings.Split(string(src), "\n") {
		if _, ops, ok := strings.Cut(line, "// want "); ok {
			want[i+1] = slices.Sorted(slices.Values(strings.Fields(ops)))
		}
	}
	return want
}

// seen runs one schedule and returns the operations by line.
func seen(t *testing.T, binary string) map[int][]string {
	t.Helper()
	got := map[int][]string{}
	for _, e := range oneSchedule(t, binary) {
		if e.Event == wire.Crash || e.Event == wire.Waits || e.Event == wire.Message {
			t.Errorf("%s: %s %+v", e.Event, e.Text, e.Explored)
		}
		if e.Event != wire.Stepped {
			continue
		}
		for _, frame := range e.Explored.Stack {
			if filepath.Base(frame.File) == "ops.go" {
				op := strings.ReplaceAll(e.Explored.Op.String(), " ", "-")
				if !slices.Contains(got[frame.Line], op) {
					got[frame.Line] = append(got[frame.Line], op)
				}
				break
			}
		}
	}
	for _, ops := range got {
		slices.Sort(ops)
	}
	return got
}

func oneSchedule(t *testing.T, binary string) (events []wire.Event) {
	t.Helper()
	dir := t.TempDir()
	job := wire.Job{Chooser: wire.Stay, Detail: true}
	files := []*os.File{
		3: openFile(t, dir, wire.ConfigFD, `{"mode":"explore"}`),
		4: openFile(t, dir, wire.RecordFD, ""),
		5: openFile(t, dir, wire.JobFD, job.String()+"\n"),
	}
	cmd := exec.CommandContext(t.Context(), binary)
	cmd.ExtraFiles = files[3:]
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	record, err := os.Open(files[wire.RecordFD].Name())
	if err != nil {
		t.Fatal(err)
	}
	defer record.Close()
	for lines := bufio.NewScanner(record); lines.Scan(); {
		var e wire.Event
		if err := json.Unmarshal(lines.Bytes(), &e); err != nil {
			t.Fatal(err)
		}
		events = append(events, e)
	}
	return events
}

// openFile returns an open file in dir with some content.
func openFile(t *testing.T, dir string, fd int, content string) *os.File {
	t.Helper()
	name := filepath.Join(dir, fmt.Sprint(fd))
	if err := os.WriteFile(name, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	f, err := os.OpenFile(name, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}
