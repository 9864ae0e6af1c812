package wire

import (
	"encoding/json"
	"reflect"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// What AppendEnding writes is read as what encoding/json writes.
func FuzzAppendEnding(f *testing.F) {
	f.Add("n", "stuck", "", "", "", 0, int64(0), uint8(0))
	f.Add("\"\\\n\x00\x7f", "ended", "ü\u2028\ufffd", "a\xff\xfeb\xe2\x82", "0aB-_", -17, int64(-1<<63), uint8(255))
	f.Fuzz(func(t *testing.T, nonce, end, shown, text, trace string, n int, virtual int64, flags uint8) {
		e := example(end, shown, text, trace, n, virtual, flags)
		want, err := json.Marshal(Event{Nonce: nonce, Event: Ended, Ending: e})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(decoded(t, want), decoded(t, AppendEnding(nil, nonce, e))); diff != "" {
			t.Errorf("-json +ours\n%s", diff)
		}
	})
}

// The fuzz test forgets no field.
func TestExampleIsWhole(t *testing.T) {
	e := example("e", "s", "t", "0", 17, 1, 255)
	for _, v := range []any{*e, *e.History, e.History.Calls[0], e.OutsideAt[0]} {
		for i, value := 0, reflect.ValueOf(v); i < value.NumField(); i++ {
			if value.Field(i).IsZero() {
				t.Errorf("field %s of %T is not set", value.Type().Field(i).Name, v)
			}
		}
	}
}

func example(end, shown, text, trace string, n int, virtual int64, flags uint8) *Ending {
	is := func(bit int) bool { return flags&(1<<bit) != 0 }
	e := &Ending{
		Job: n, End: EndKind(end), Steps: n / 2, Missed: n % 3, Left: n % 5, Races: n % 7, Virtual: virtual,
		Failed: is(0), Skipped: is(1), Over: is(2), Timed: is(3), Drawn: is(4), Full: is(5),
		Outside: Outside(text), Shown: shown, Trace: trace,
	}
	if is(6) {
		call := CallRecord{Thread: n, Op: 1, Began: n, Ended: n % 2, Result: text, Finally: is(0), MayWait: is(1), Late: is(2), Held: n % 3, Released: n % 5}
		e.History = &History{Calls: []CallRecord{call, {}}, Choices: [][]int{{n}, {1, n}}, Order: []int{n, 2}, Goroutines: n % 7, Steps: n % 11, Rested: true}
	}
	if is(7) {
		e.OutsideAt = []CallFrame{{Function: text, File: shown, Line: n, Printed: n}, {}}
	}
	return e
}

func decoded(t *testing.T, line []byte) (e Event) {
	t.Helper()
	if err := json.Unmarshal(line, &e); err != nil {
		t.Fatalf("%q: %v", line, err)
	}
	return e
}
