//go:build unix

package submission

import (
	"path/filepath"
	"syscall"
	"testing"
)

func TestReadDoesNotHangOnAFIFO(t *testing.T) {
	dir := t.TempDir()
	if err := syscall.Mkfifo(filepath.Join(dir, "bank.go"), 0o644); err != nil {
		t.Skip(err)
	}
	sub, err := Read(dir, []string{"bank.go"})
	if err != nil || len(sub.Findings) != 1 {
		t.Errorf("findings = %v, err = %v", sub.Findings, err)
	}
}
