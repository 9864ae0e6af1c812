package buildcache

import (
	"bytes"
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// asCache is set where the test binary serves a cache itself.
const asCache = "RACELAB_TEST_CACHE"

func TestMain(m *testing.M) {
	if own := os.Getenv(asCache); own != "" {
		if err := (&Layered{Shared: os.Getenv("GOCACHE"), Own: own}).Serve(os.Stdin, os.Stdout); err != nil {
			panic(err)
		}
		return
	}
	os.Exit(m.Run())
}

// serve answers requests, and returns what is said to each after the first, which nobody
// asked for.
func serve(t *testing.T, l *Layered, requests string) (answers []response) {
	t.Helper()
	var out bytes.Buffer
	if err := l.Serve(strings.NewReader(requests), &out); err != nil {
		t.Fatal(err)
	}
	for dec := json.NewDecoder(&out); ; {
		var a response
		if err := dec.Decode(&a); err == io.EOF {
			return answers[1:]
		} else if err != nil {
			t.Fatal(err)
		}
		answers = append(answers, a)
	}
}

// What was put is found again, and nothing that is no cache entry. (QUE= is AA, QkI= is BB.)
func TestServe(t *testing.T) {
	l := &Layered{Shared: t.TempDir(), Own: t.TempDir()}
	entry := filepath.Join(l.Shared, "41", "4141-a")
	if err := os.MkdirAll(filepath.Dir(entry), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(entry, []byte("v1 4141 4242 5 1000\n"), 0o600); err != nil { // its output is gone
		t.Fatal(err)
	}
	answers := serve(t, l, `{"ID":1,"Command":"get","ActionID":"QUE="}

{"ID":2,"Command":"put","ActionID":"QkI=","OutputID":"QUE=","BodySize":5}

"aGVsbG8="
{"ID":3,"Command":"get","ActionID":"QkI="}

{"ID":4,"Command":"put","ActionID":"QUE=","OutputID":"QkI=","BodySize":9}

"aGVsbG8="
{"ID":5,"Command":"put","ActionID":"QUE=","OutputID":"QkI="}

{"ID":6,"Command":"fly"}

{"ID":7,"Command":"close"}
`)
	if len(answers) != 7 {
		t.Fatalf("%d answers: %+v", len(answers), answers)
	}
	if a := answers[0]; !a.Miss || a.ID != 1 {
		t.Errorf("an entry without output: %+v", a)
	}
	if text, err := os.ReadFile(answers[2].DiskPath); err != nil || string(text) != "hello" || answers[2].Size != 5 {
		t.Errorf("got %q, %v: %+v", text, err, answers[2])
	}
	if answers[3].Err == "" || answers[5].Err == "" {
		t.Errorf("too few bytes and an unknown command: %+v, %+v", answers[3], answers[5])
	}
	if text, err := os.ReadFile(answers[4].DiskPath); err != nil || len(text) != 0 {
		t.Errorf("an empty one: %q, %v", text, err)
	}
}

// The go command builds with it, and adds nothing to what is shared.
func TestTheGoCommandBuildsWithIt(t *testing.T) {
	if testing.Short() {
		t.Skip("runs the go command")
	}
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	shared, err := exec.Command("go", "env", "GOCACHE").Output()
	if err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command("go", "build", "fmt").CombinedOutput(); err != nil { // it is in the shared cache then
		t.Fatalf("%v: %s", err, out)
	}
	dir, own := t.TempDir(), t.TempDir()
	text := "package main\n\nimport \"fmt\"\n\nfunc main() { fmt.Println(`" + dir + "`) }\n" // new each time
	if err := os.WriteFile(filepath.Join(dir, "main.go"), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("go", "run", "-x", "main.go")
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOCACHEPROG="+exe, asCache+"="+own, "GOCACHE="+strings.TrimSpace(string(shared)), "GOFLAGS=")
	out, err := cmd.CombinedOutput()
	if err != nil || !strings.Contains(string(out), dir) {
		t.Fatalf("%v: %s", err, out)
	}
	if n := strings.Count(string(out), "/compile "); n != 1 {
		t.Errorf("%d packages were compiled, want one: the others are in the shared cache\n%s", n, out)
	}
	if put, err := os.ReadDir(own); err != nil || len(put) == 0 {
		t.Errorf("nothing was put into the cache of its own: %v", err)
	}
}
