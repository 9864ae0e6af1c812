package labrt_test

import (
	"os"
	"os/exec"
	"testing"
)

// Natively, stand-ins do what the originals do: see originals_test.go in
// testdata.
func TestOriginals(t *testing.T) {
	_, c := programs(t, 2)
	record, err := os.Create(os.DevNull)
	if err != nil {
		t.Fatal(err)
	}
	defer record.Close()
	cmd := exec.Command(c.binary, "-test.run=^Test(Semaphore|Group|Pipe)$", "-test.v")
	cmd.ExtraFiles = []*os.File{pipeFrom(t, `{"mode":"race","nonce":"n"}`), record}
	cmd.Env = append(os.Environ(), "NATIVE=1", "GORACE=atexit_sleep_ms=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}
