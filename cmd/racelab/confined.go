package main

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"racelab/checker/cache"
	"racelab/checker/classroom"
	"racelab/checker/gotool"
	"racelab/checker/sandbox"
)

// confineHere tries which tiers hold on this machine. It is the app's confine.
func (a *app) confineHere(ctx context.Context, asked sandbox.Tier) (c *confinement, weaker []error, err error) {
	if err := enoughProcessor(); err != nil {
		return nil, nil, err // said once, and not by the check of each submission
	}
	c = &confinement{tier: sandbox.TierLimits}
	if c.exe, err = os.Executable(); err != nil {
		return nil, nil, err
	}
	if c.cache, err = cache.UserDir(); err != nil {
		return nil, nil, err
	}
	if c.toolchain, err = a.findToolchain(ctx); err != nil {
		return nil, nil, err
	}
	if asked != "" {
		c.tier = asked
		return c, nil, a.holds(ctx, c)
	}
	for _, tier := range slices.Backward(sandbox.Usual) {
		c.tier = tier
		err := a.holds(ctx, c)
		switch {
		case err == nil:
			return c, weaker, nil
		case ctx.Err() != nil:
			return nil, nil, ctx.Err()
		}
		weaker = append(weaker, err)
	}
	return c, weaker, nil // never: limits always hold
}

// confineFor confines the submissions of a class.
func (a *app) confineFor(ctx context.Context, asked string, g *classroom.Grading) error {
	err := a.confineBy(ctx, asked)
	g.Sandbox = string(a.tier())
	return err
}

// confineBy confines what nobody has read from now on, and says so if it is not as well as
// it could be.
func (a *app) confineBy(ctx context.Context, asked string) error {
	var tier sandbox.Tier
	if asked != "" {
		var err error
		if tier, err = sandbox.ParseTier(asked); err != nil {
			return usage("%v.", err)
		}
	}
	c, weaker, err := a.confine(ctx, tier)
	if err != nil {
		return err
	}
	for _, why := range weaker {
		a.note("%v", why)
	}
	a.confined = c
	return nil
}

// A tierError is why a tier cannot be used, and what helps. It wraps nothing: where there may
// be no more name spaces, the kernel speaks of a full disk.
type tierError struct {
	tier   sandbox.Tier
	why    error
	advice string // a sentence, or ""
}

func (e *tierError) Error() string {
	return strings.TrimSpace(fmt.Sprintf("the sandbox %s cannot be used here: %v. %s", e.tier, e.why, e.advice))
}

// holds says why a tier does not do here what it is for; nil if it does.
func (a *app) holds(ctx context.Context, c *confinement) error {
	if c.tier == sandbox.TierLimits {
		return nil // it keeps nobody from anything
	}
	exit, err := c.sendCanary(ctx)
	if err != nil {
		return &tierError{c.tier, err, sandboxAdvice(c.tier)}
	}
	var song canarySong
	if err := json.Unmarshal(exit.Stdout, &song); err != nil {
		return &tierError{c.tier, errors.New(strings.TrimPrefix(firstLines(string(exit.Stderr)), "racelab: ")), ""}
	}
	if err := song.fault(); err != nil {
		return &tierError{c.tier, err, ""}
	}
	return nil
}

// sendCanary runs the canary, with baits laid out around its wall.
func (c *confinement) sendCanary(ctx context.Context) (exit sandbox.Exit, err error) {
	dir, err := os.MkdirTemp("", "racelab-bait-")
	if err != nil {
		return exit, err
	}
	defer os.RemoveAll(dir)
	if err := c.warm(ctx, dir); err != nil {
		return exit, err
	}
	b := bait{Sandbox: c.tier, Write: []string{dir, c.toolchain.GOCACHE, string(c.cache)}, Unix: "@racelab-" + rand.Text()}
	b.Read = []string{filepath.Join(dir, "secret"), dir}
	if home, err := os.UserHomeDir(); err == nil {
		b.Read, b.Write = append(b.Read, home), append(b.Write, home)
	}
	if err := os.WriteFile(b.Read[0], []byte("secret"), 0o600); err != nil {
		return exit, err
	}
	stop, err := b.listen()
	if err != nil {
		return exit, err
	}
	defer stop()
	err = withJob(b, func(job *os.File) error {
		exit, err = c.run(ctx, canaryCommand, job, sandbox.Limits{Wall: canaryWall, Memory: disposableMemory, Output: disposableOutput})
		return err
	})
	return exit, err
}

// warm builds what the canary needs, with the cache that all share: within a wall nobody could
// write there, and each check would build the standard library once more.
func (c *confinement) warm(ctx context.Context, dir string) error {
	if err := writeFile(filepath.Join(dir, "racy.go"), racyProgram); err != nil {
		return err
	}
	built, err := gotool.Builder{Sandbox: sandbox.Limited{}, Toolchain: c.toolchain, Module: dir, Temp: dir}.
		Go(ctx, []string{"build", "-race", "-o", os.DevNull, "racy.go"})
	if err == nil && built.Code != 0 {
		err = fmt.Errorf("go build -race fails: %s", firstLines(string(built.Stderr)))
	}
	return err
}

// listen puts out what can be connected to.
func (b *bait) listen() (stop func(), err error) {
	tcp, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	udp, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		return nil, errors.Join(err, tcp.Close())
	}
	unix, err := net.Listen("unix", b.Unix)
	if err != nil {
		return nil, errors.Join(err, tcp.Close(), udp.Close())
	}
	b.TCP, b.UDP = tcp.Addr().String(), udp.LocalAddr().String()
	return func() { _ = errors.Join(tcp.Close(), udp.Close(), unix.Close()) }, nil
}

// sandboxAdvice is what helps where a tier cannot be used; "" if nothing is known to.
func sandboxAdvice(tier sandbox.Tier) string {
	switch {
	case runtime.GOOS != "linux":
		return "There is none but on Linux."
	case tier == sandbox.TierNamespaces || tier == sandbox.TierBubblewrap:
		for name, want := range map[string]string{
			"kernel/apparmor_restrict_unprivileged_userns": "0", // Ubuntu 24.04
			"kernel/unprivileged_userns_clone":             "1", // Debian 10
			"user/max_user_namespaces":                     "",
		} {
			text, err := os.ReadFile(filepath.Join("/proc/sys", name))
			is := strings.TrimSpace(string(text))
			if err != nil || is == want || want == "" && is != "0" {
				continue
			}
			if want == "" {
				want = "15000"
			}
			return fmt.Sprintf("It helps to allow name spaces to all users: `sudo sysctl -w %s=%s`.", strings.ReplaceAll(name, "/", "."), want)
		}
		return "In a container it helps to start that with `--security-opt seccomp=unconfined --security-opt systempaths=unconfined`."
	}
	return ""
}
