package sandbox

import (
	"runtime"
	"testing"
)

func TestSystems(t *testing.T) {
	if err := Unsupported(runtime.GOOS); err != nil {
		t.Error(err)
	}
	for goos, want := range map[string]struct{ supported, known bool }{
		"linux": {true, true}, "darwin": {true, false}, "freebsd": {true, false}, "windows": {false, false},
	} {
		if got := Unsupported(goos) == nil; got != want.supported {
			t.Errorf("%s: supported %t", goos, got)
		}
		if got := Unknown(goos) == ""; got != want.known {
			t.Errorf("%s: all is known %t", goos, got)
		}
	}
}
