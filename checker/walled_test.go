//go:build linux

package checker

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"racelab/checker/finding"
	"racelab/checker/internal/fixture"
	"racelab/checker/sandbox"
)

// A submission that gets past the policy reaches nothing, in whichever way it is run: not
// the tests beside it, nor the other program that is built of it, nor racelab itself.
func TestNothingIsReachedFromWithin(t *testing.T) {
	if testing.Short() {
		t.Skip("checks two programs")
	}
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	runner := sandbox.Confined{Tier: sandbox.TierLandlock, Exe: exe}
	if _, err := runner.Run(context.Background(), sandbox.Command{Argv: []string{"/bin/true"}, Within: &sandbox.Wall{Alone: true}}); err != nil {
		t.Skip("no walls on this machine:", err)
	}
	secret := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(secret, []byte("secret"), 0o600); err != nil {
		t.Fatal(err)
	}
	hostile := fixture.Source("os net", fmt.Sprintf(`	for i, name := range []string{%q, %q, ".", "..", "../..", "/proc", os.TempDir(), "/etc/passwd"} {
		if f, err := os.Open(name); err == nil {
			f.Close()
			return 100 + i
		}
	}
	for i, name := range []string{%q, os.TempDir() + "/made", "made", "/tmp/racelab-made"} {
		if err := os.WriteFile(name, nil, 0o600); err == nil {
			return 200 + i
		}
	}
	for i, network := range []string{"tcp", "udp"} {
		if _, err := net.Dial(network, "127.0.0.1:53"); err == nil {
			return 300 + i
		}
	}
	if _, err := os.StartProcess("/bin/true", []string{"true"}, &os.ProcAttr{}); err == nil {
		return 400
	}
	return 2`, secret, exe, secret))
	ex := fixture.Exercise(fixture.Test)
	ex.Imports = []string{"os", "net"}
	for _, c := range []struct {
		runner sandbox.Runner
		want   finding.Outcome
	}{{runner, finding.Pass}, {sandbox.Limited{}, finding.Fail}} {
		g, err := Open(context.Background(), Options{Cache: fixture.Cache(t), Sandbox: c.runner})
		if err != nil {
			t.Fatal(err)
		}
		v, err := g.Check(context.Background(), Task{Exercise: ex, Submission: fixture.Submit(ex, hostile), Unread: true})
		if err != nil || v.Outcome != c.want {
			t.Errorf("%T: %s, %v: %+v", c.runner, v.Outcome, err, v)
		}
	}
}
