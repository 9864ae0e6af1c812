package stage

import (
	"bufio"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"testing"
)

// holdsScratch names the environment variable that makes this test binary a racelab
// which has a workspace and waits.
const holdsScratch = "RACELAB_TEST_HOLDS_SCRATCH"

func TestHoldsScratch(t *testing.T) {
	if os.Getenv(holdsScratch) == "" {
		t.Skip("is for TestScratchIsCleaned")
	}
	s, err := newScratch()
	if err != nil {
		t.Fatal(err)
	}
	os.Stdout.WriteString(s.dir + "\n")
	_, _ = bufio.NewReader(os.Stdin).ReadByte() // until the parent kills it
}

// What a racelab that was killed has left is removed; what one that lives uses is not,
// and what is not a workspace is not.
func TestScratchIsCleaned(t *testing.T) {
	temp := t.TempDir()
	killed, first := startHolder(t, temp)
	if err := killed.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = killed.Wait()
	left := startUser(t, first)
	_, living := startHolder(t, temp) // it cleans
	if exists(first) {
		t.Error("what the killed one left is still there")
	}
	if err := left.Wait(); runtime.GOOS == "linux" && err == nil {
		t.Error("what ran in it has not been killed")
	}
	other := filepath.Join(temp, scratchPrefix+"notes")
	if err := os.Mkdir(other, 0o755); err != nil {
		t.Fatal(err)
	}
	clean(temp)
	if !exists(living) || !exists(other) {
		t.Error("something was removed that is in use")
	}
}

// startUser starts a process as a compiler is started, which goes on until it is killed, or
// for a while where nobody does that.
func startUser(t *testing.T, dir string) *exec.Cmd {
	t.Helper()
	cmd := exec.Command("sleep", "1000")
	if runtime.GOOS != "linux" {
		cmd = exec.Command("true")
	}
	cmd.Env = []string{"TMPDIR=" + filepath.Join(dir, "tmp"), "PATH=" + os.Getenv("PATH")}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	return cmd
}

func startHolder(t *testing.T, temp string) (cmd *exec.Cmd, dir string) {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd = exec.Command(self, "-test.run=^TestHoldsScratch$")
	cmd.Env = append(os.Environ(), holdsScratch+"=1", "TMPDIR="+temp)
	if _, err := cmd.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	lines := bufio.NewScanner(out)
	lines.Scan()
	if dir = lines.Text(); !exists(dir) {
		t.Fatalf("there is no workspace %q", dir)
	}
	return cmd, dir
}

func exists(name string) bool {
	_, err := os.Stat(name)
	return err == nil
}
