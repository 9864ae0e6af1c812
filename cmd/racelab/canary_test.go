package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"racelab/checker/classroom"
	"racelab/checker/sandbox"
)

// Without a wall all baits are taken; a tier in which one is does not hold.
func TestBaits(t *testing.T) {
	dir := t.TempDir()
	b := bait{Read: []string{filepath.Join(dir, "secret"), dir}, Write: []string{dir}, Unix: filepath.Join(dir, "socket")}
	writeTestFile(t, b.Read[0], "secret")
	stop, err := b.listen()
	if err != nil {
		t.Fatal(err)
	}
	defer stop()
	if got := b.reach(); len(got) != 6 {
		t.Errorf("reached only %q", got)
	}
	if entries, err := os.ReadDir(dir); err != nil || len(entries) != 2 {
		t.Errorf("it left something behind: %v, %v", entries, err)
	}
	for _, c := range []struct {
		song canarySong
		want string
	}{
		{canarySong{Race: true}, ""},
		{canarySong{Race: true, Reached: []string{"read /home/ada", "send over udp"}}, "a check could still read /home/ada, send over udp"},
		{canarySong{Race: true, Inner: []string{"write into /tmp"}}, "a submission could still write into /tmp"},
		{canarySong{Output: "FATAL: ThreadSanitizer: no memory\nmore"}, "the race detector does not work in it: FATAL: ThreadSanitizer: no memory / more"},
	} {
		got := ""
		if err := c.song.fault(); err != nil {
			got = err.Error()
		}
		if got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
}

// The records name the tier that submissions are confined by, and what is weaker is said.
func TestConfineFor(t *testing.T) {
	s := newSession(t)
	weaker := []error{&tierError{sandbox.TierNamespaces, errors.New("operation not permitted"), ""}}
	s.confine = func(context.Context, sandbox.Tier) (*confinement, []error, error) {
		return &confinement{tier: sandbox.TierLandlock}, weaker, nil
	}
	var g classroom.Grading
	if err := s.confineFor(t.Context(), "", &g); err != nil || g.Sandbox != "landlock" || s.confined.tier != sandbox.TierLandlock {
		t.Errorf("%v, %q, %+v", err, g.Sandbox, s.confined)
	}
	if got := s.err.String(); !strings.Contains(got, "racelab: the sandbox namespaces cannot be used here: operation not permitted.\n") {
		t.Errorf("said %q", got)
	}
}

// doctor says which tiers hold, and what helps where the strongest does not.
func TestDoctorSandbox(t *testing.T) {
	s := newSession(t)
	d := &doctor{app: s.app, progress: func(string) {}, toolchain: &goodMachine, raceWorks: true}
	lacking := map[sandbox.Tier]bool{}
	s.confine = func(_ context.Context, asked sandbox.Tier) (*confinement, []error, error) {
		if lacking[asked] {
			return nil, nil, &tierError{asked, errors.New("operation not permitted"), "Ask somebody."}
		}
		return &confinement{tier: asked}, nil, nil
	}
	if found, err := d.lookAtSandbox(t.Context()); err != nil || found != "grade confines submissions by namespaces; landlock and limits can be had, too" {
		t.Errorf("%q, %v", found, err)
	}
	lacking[sandbox.TierNamespaces] = true
	_, err := d.lookAtSandbox(t.Context())
	want := ailment{"grade confines submissions by landlock; limits can be had, too. The sandbox namespaces cannot be used here: operation not permitted", "Ask somebody."}
	if got := ailmentOf(err); got != want {
		t.Errorf("%+v", got)
	}
	lacking[sandbox.TierLandlock] = true
	if _, err = d.lookAtSandbox(t.Context()); !strings.HasPrefix(ailmentOf(err).what, "grade confines submissions by limits. The sandbox namespaces") {
		t.Errorf("%+v", err)
	}
	d.raceWorks = false
	if _, err := d.lookAtSandbox(t.Context()); !errors.Is(err, errNotExamined) {
		t.Errorf("%v", err)
	}
}
