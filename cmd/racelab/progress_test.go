package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"
)

func TestParseProgress(t *testing.T) {
	for _, tt := range []struct{ name, data, wantErr string }{
		{"empty object", `{}`, "has no version"},
		{"empty file", ``, "is damaged"},
		{"cut off", `{"version":1,"exercises":{"01-`, "is damaged"},
		{"something after it", `{"version":1,"exercises":{}} x`, "is damaged"},
		{"another type", `[]`, "is damaged"},
		{"wrong type inside", `{"version":1,"exercises":{"01-x":{"hints":"two"}}}`, "is damaged"},
		{"unknown field", `{"version":1,"exercises":{"01-x":{"medal":true}}}`, "is damaged"},
		{"negative version", `{"version":-1}`, "has no version"},
		{"newer", fmt.Sprintf(`{"version":%d,"whatever":{}}`, progressVersion+1), "newer racelab"},
		{"no exercises", `{"version":1}`, ""},
		{"good", `{"version":1,"exercises":{"01-x":{"passed":"2026-11-21T12:00:00Z","hints":2}}}`, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p, err := parseProgress("progress.json", []byte(tt.data))
			if tt.wantErr == "" {
				if err != nil || p.Exercises == nil {
					t.Errorf("got %+v, %v", p, err)
				}
				return
			}
			if _, ok := errors.AsType[unusableProgress](err); !ok || !strings.Contains(err.Error(), tt.wantErr) {
				t.Errorf("got %v, want one that says %q", err, tt.wantErr)
			}
		})
	}
}

func TestRecord(t *testing.T) {
	l := lab{t.TempDir()}
	passed := time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)
	for _, change := range []func(*exerciseProgress){
		func(e *exerciseProgress) { e.Hints = 2 },
		func(e *exerciseProgress) { e.Passed = &passed },
	} {
		if err := l.record("01-x", change); err != nil {
			t.Fatal(err)
		}
	}
	got, err := l.readProgress()
	want := progress{Version: progressVersion, Exercises: map[string]exerciseProgress{"01-x": {Passed: &passed, Hints: 2}}}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, %v, want %+v", got, err, want)
	}
	left, err := filepath.Glob(filepath.Join(l.stateDir(), "*.tmp"))
	if err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

// A tool that teaches about lost updates had better not lose one.
func TestRecordLosesNoUpdate(t *testing.T) {
	l := lab{t.TempDir()}
	const writers = 8
	var wg sync.WaitGroup
	for range writers {
		wg.Go(func() {
			if err := l.record("01-x", func(e *exerciseProgress) { e.Hints++ }); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	p, err := l.readProgress()
	if err != nil || p.Exercises["01-x"].Hints != writers {
		t.Errorf("%d updates of %d, %v", p.Exercises["01-x"].Hints, writers, err)
	}
}

func TestRecordKeepsWhatItCannotRead(t *testing.T) {
	l := lab{t.TempDir()}
	const newer = `{"version":9}`
	writeTestFile(t, l.progressFile(), newer)
	if err := l.record("01-x", func(e *exerciseProgress) { e.Hints = 1 }); err == nil {
		t.Error("no error")
	}
	if got, err := os.ReadFile(l.progressFile()); err != nil || string(got) != newer {
		t.Errorf("the file now has %q, %v", got, err)
	}
}

func TestNextUndone(t *testing.T) {
	set := testSet(1, 2, 3)
	for _, tt := range []struct {
		done  []string
		after int
		want  int // 0: none
	}{
		{nil, 0, 1},
		{nil, 1, 2},
		{[]string{"02-x"}, 1, 3},
		{[]string{"03-x"}, 2, 1}, // from the start again
		{[]string{"01-x", "02-x"}, 3, 0},
		{[]string{"01-x", "02-x", "03-x"}, 0, 0},
	} {
		p := progress{Exercises: map[string]exerciseProgress{}}
		for _, id := range tt.done {
			p.Exercises[id] = exerciseProgress{Passed: new(time.Time)}
		}
		ex, ok := nextUndone(set, p, tt.after)
		if ex.Number != tt.want || ok != (tt.want != 0) {
			t.Errorf("done %v, after %d: got %d, want %d", tt.done, tt.after, ex.Number, tt.want)
		}
	}
}
