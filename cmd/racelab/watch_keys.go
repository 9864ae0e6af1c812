package main

import (
	"context"
	"errors"
	"slices"

	"racelab/cmd/racelab/menu"
)

// errEnough is that the user has ended watch with a key.
var errEnough = errors.New("the user has seen enough")

// unlessEnough is err, but nil if the user wanted just that.
func (a *app) unlessEnough(err error) error {
	if errors.Is(err, errEnough) {
		a.enough = true
		return nil
	}
	return err
}

// idle waits for an edit. On a terminal there are the keys of the first screen meanwhile; an
// edit that comes while one of their commands runs is seen after it.
func (a *app) idle(ctx context.Context, t target, edits <-chan struct{}) error {
	if !a.hasKeys() {
		return awaitEdit(ctx, edits)
	}
	set, err := a.set()
	if err != nil {
		return err
	}
	keys := a.menuKeys(*t.lab, set)
	for {
		key, err := a.keyOrEdit(ctx, menu.Prompt{Keys: whileWatching(keys), Look: a.menuLook()}, edits)
		switch {
		case err != nil:
			return err
		case key.Word == wordQuit:
			return errEnough
		case key.Word == "" || key.Word == "check":
			return nil
		}
		a.carryOut(ctx, *t.lab, t.ex, key, a.menuRow(*t.lab, t.ex, a.progress(*t.lab)))
		a.say("")
		a.watching(t, "")
	}
}

// whileWatching are the keys while watch waits.
func whileWatching(keys []menu.Key) []menu.Key {
	out := slices.DeleteFunc(slices.Clone(keys), func(k menu.Key) bool { return k.Word == "watch" })
	return append(out, menu.Key{Press: "q", Word: wordQuit})
}

// keyOrEdit waits for a key or an edit, which is no key.
func (a *app) keyOrEdit(ctx context.Context, p menu.Prompt, edits <-chan struct{}) (menu.Key, error) {
	type pressed struct {
		key menu.Key
		ok  bool
		err error
	}
	keyCtx, cancel := context.WithCancel(ctx)
	defer cancel()
	done := make(chan pressed, 1)
	go func() {
		key, ok, err := p.Run(keyCtx, a.stdin, a.screen())
		done <- pressed{key, ok, err}
	}()
	select {
	case <-edits:
		cancel()
		<-done // the terminal is as it was
		return menu.Key{}, nil
	case r := <-done:
		switch {
		case ctx.Err() != nil:
			return menu.Key{}, ctx.Err()
		case r.err == nil && !r.ok: // Ctrl-C
			r.err = errEnough
		}
		return r.key, r.err
	}
}

func awaitEdit(ctx context.Context, edits <-chan struct{}) error {
	select {
	case <-edits:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
