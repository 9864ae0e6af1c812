package menu

import (
	"bytes"
	"context"
	"os"
	"strings"
	"sync"
	"testing"
	"time"
)

// shown is what was written to a terminal, for one who waits for it to appear.
type shown struct {
	mu   sync.Mutex
	text bytes.Buffer
	more chan struct{}
}

func (s *shown) Write(b []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	select {
	case s.more <- struct{}{}:
	default:
	}
	return s.text.Write(b)
}

func (s *shown) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.String()
}

func (s *shown) await(t *testing.T, text string) {
	t.Helper()
	tooLong := time.After(time.Minute) // nobody waits that long unless it is broken
	for !strings.Contains(s.String(), text) {
		select {
		case <-s.more:
		case <-tooLong:
			t.Fatalf("%q does not appear in %q", text, s.String())
		}
	}
}

// On something like a terminal: what is drawn, what a key leads to, and that it ends with
// its context. One keyboard serves one screen after the other.
func TestRun(t *testing.T) {
	in, keyboard, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { in.Close(); keyboard.Close() })
	l := listOf(5, 2)
	p := Prompt{Keys: keysOf("enter list", "q quit")}
	ctx, cancel := context.WithCancel(t.Context())
	for _, tt := range []struct {
		name, drawn, keys, want string
		run                     func(out *shown) (string, bool, error)
	}{
		{"list", "enter runs", "jp", "play 3", func(out *shown) (string, bool, error) {
			c, ok, err := l.Run(ctx, in, out)
			return c.Key.Command(l.Rows[c.Row])[len("racelab "):len("racelab play")] + " " + string(rune('0'+c.Row)), ok, err
		}},
		{"prompt", "enter list", "\r", "list", func(out *shown) (string, bool, error) {
			k, ok, err := p.Run(ctx, in, out)
			return k.Word, ok, err
		}},
		{"prompt whose context ends", "enter list", "", "", func(out *shown) (string, bool, error) {
			k, ok, err := p.Run(ctx, in, out)
			return k.Word, ok, err
		}},
	} {
		out := &shown{more: make(chan struct{}, 1)}
		done := make(chan struct{})
		var got string
		var ok bool
		var err error
		go func() {
			defer close(done)
			got, ok, err = tt.run(out)
		}()
		out.await(t, tt.drawn)
		if _, failed := keyboard.WriteString(tt.keys); failed != nil {
			t.Fatal(failed)
		}
		if tt.keys == "" {
			cancel()
		}
		<-done
		if got != tt.want || ok != (tt.want != "") || err != nil {
			t.Errorf("%s: %q, %t, %v, want %q", tt.name, got, ok, err, tt.want)
		}
	}
	cancel()
}
