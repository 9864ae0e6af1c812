package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"racelab/checker/finding"
	"racelab/checker/lastcheck"
	"racelab/cmd/racelab/menu"
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

// await waits for a text that was not there before, and forgets what was written until then.
func (s *shown) await(t *testing.T, text string) {
	t.Helper()
	tooLong := time.After(time.Minute) // nobody waits that long unless it is broken
	for {
		s.mu.Lock()
		_, after, found := strings.Cut(s.text.String(), text)
		if found {
			s.text.Reset()
			s.text.WriteString(after)
		}
		all := s.text.String()
		s.mu.Unlock()
		if found {
			return
		}
		select {
		case <-s.more:
		case <-tooLong:
			t.Fatalf("%q does not appear in %q", text, all)
		}
	}
}

// keyboard has a session read keys from a pipe and write to what can be waited for.
func keyboard(t *testing.T) (s *session, out *shown, press func(keys string)) {
	t.Helper()
	s = newSession(t)
	if status := s.run(t.Context(), []string{"init", s.cwd}); status != statusPass {
		t.Fatal(s.err.String())
	}
	in, keys, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { in.Close(); keys.Close() })
	out = &shown{more: make(chan struct{}, 1)}
	s.stdin, s.stdout, s.stderr = in, out, out
	return s, out, func(k string) {
		if _, err := keys.WriteString(k); err != nil {
			t.Fatal(err)
		}
	}
}

// From the list to a hint, from there to a check of another exercise, back and out.
func TestMenu(t *testing.T) {
	s, out, press := keyboard(t)
	l, _ := findLab(s.cwd)
	ended := make(chan error, 1)
	go func() { ended <- s.runMenu(t.Context(), l) }()
	out.await(t, "racelab check 01")
	press("h")
	out.await(t, "$ racelab hint 01\n")
	out.await(t, "hint 1 of")
	out.await(t, "enter list")
	press("\r")
	out.await(t, "hints seen")
	press("2")
	out.await(t, "2") // the command changes in place
	press("c")
	out.await(t, "$ racelab check 02\n")
	out.await(t, "02-lock-reentry")
	out.await(t, "enter list")
	press("\r")
	out.await(t, "last check:")
	press("q")
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

func TestMenuEditor(t *testing.T) {
	s, out, press := keyboard(t)
	env := map[string]string{}
	s.lookupEnv = func(name string) (string, bool) { v, ok := env[name]; return v, ok }
	l, _ := findLab(s.cwd)
	ended := make(chan error, 1)
	go func() { ended <- s.runMenu(t.Context(), l) }()
	out.await(t, "racelab check 01")
	press("e")
	out.await(t, "no editor is set")
	out.await(t, "enter list")
	env["EDITOR"] = "no-such-editor -w"
	press("e")
	out.await(t, "$ no-such-editor -w")
	out.await(t, "the editor no-such-editor cannot be started")
	out.await(t, "enter list")
	press("q")
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

// Whoever comes back to the list of a lab that was removed meanwhile is told, and is out.
func TestMenuWithoutLab(t *testing.T) {
	s, out, press := keyboard(t)
	s.lookupEnv = func(name string) (string, bool) { return "ed", name == "EDITOR" }
	l, _ := findLab(s.cwd)
	ended := make(chan error, 1)
	go func() { ended <- s.runMenu(t.Context(), l) }()
	out.await(t, "racelab check 01")
	if err := os.RemoveAll(l.dir); err != nil {
		t.Fatal(err)
	}
	press("e")
	out.await(t, "is gone.")
	out.await(t, "enter list")
	press("\r")
	if err := <-ended; err == nil || !strings.Contains(err.Error(), "is gone") {
		t.Errorf("it ends with %v", err)
	}
}

// An editor is opened at the first place of the last check that the learner can change.
func TestPlaceToEdit(t *testing.T) {
	s := newSession(t)
	s.run(t.Context(), []string{"init", s.cwd})
	l, _ := findLab(s.cwd)
	set, err := s.set()
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join("exercises", "01-unlocked-balance", "bank.go")
	if at := s.placeToEdit(l, set[0]); at.File != file || at.Line != 0 {
		t.Errorf("before a check: %+v", at)
	}
	at := func(file string, line int) finding.Location { return finding.Location{File: file, Line: line} }
	v := finding.Verdict{Schema: finding.Schema, Exercise: set[0].ID, Outcome: finding.Fail, MaxScore: 10, Findings: []finding.Finding{
		{Kind: finding.DataRace, Severity: finding.Error, Problem: 2, Location: at("bank.go", 40)},
		{Kind: finding.WrongResult, Severity: finding.Error, Problem: 1, Location: at("bank_test.go", 9), Related: []finding.Related{{Location: at("bank.go", 18)}}},
	}}
	l.checks().Keep(lastcheck.New(v, nil, s.now()))
	if at := s.placeToEdit(l, set[0]); at.File != file || at.Line != 18 {
		t.Errorf("after a check: %+v", at)
	}
	row := s.menuRow(l, set[0], s.progress(l))
	if row.Mark != menu.Failed || row.Status != "0 of 10" || row.Facts != "last check: 2 problems, 0 of 10 points" {
		t.Errorf("the row is %+v", row)
	}
}

// What README.md shows of the first screen is what it shows in a new lab.
func TestReadmeFirstScreen(t *testing.T) {
	s := newSession(t)
	s.content = embedded()
	s.run(t.Context(), []string{"init", s.cwd})
	l, _ := findLab(s.cwd)
	list, _, err := s.menuList(l, menuPlace{})
	if err != nil {
		t.Fatal(err)
	}
	list.Look.Height = 12
	said := strings.Join(list.Lines(), "\n") + "\n"
	shownPage{t, "README.md", "the first screen", " of the first screen"}.compare(said, func(s string) string { return s }, nil)
}

// Watch ends by a key, goes on by another one, and sees an edit while it waits for one.
func TestKeyOrEdit(t *testing.T) {
	s, out, press := keyboard(t)
	edits := make(chan struct{}, 1)
	prompt := menu.Prompt{Keys: []menu.Key{{Press: "h", Word: "hint"}, {Press: "q", Word: wordQuit}}}
	for _, tt := range []struct {
		do   func()
		want string
		err  error
	}{
		{func() { press("xh") }, "hint", nil},
		{func() { edits <- struct{}{} }, "", nil},
		{func() { press("q") }, wordQuit, nil},
		{func() { press("\x03") }, "", errEnough},
	} {
		type result struct {
			key menu.Key
			err error
		}
		done := make(chan result, 1)
		go func() {
			key, err := s.keyOrEdit(t.Context(), prompt, edits)
			done <- result{key, err}
		}()
		out.await(t, "h hint")
		tt.do()
		if r := <-done; r.key.Word != tt.want || r.err != tt.err {
			t.Errorf("got %q, %v, want %q, %v", r.key.Word, r.err, tt.want, tt.err)
		}
	}
}
