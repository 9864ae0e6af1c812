package gradebook

import (
	"fmt"
	"runtime"
	"strings"
	"testing"

	"racelab/checker/classroom/record"
	"racelab/checker/finding"
)

// Of a class that is rendered no more than one student is ever held whole: not when it is read,
// and not when it is written.
func TestMemoryIsFlat(t *testing.T) {
	const students, each = 60, 64 << 10
	for _, f := range Formats {
		if f.OneStudent {
			continue
		}
		t.Run(f.Name, func(t *testing.T) {
			written := &count{}
			s, most := measured(students, each)
			if err := f.Render(written, s, Style{Width: 80}); err != nil {
				t.Fatal(err)
			}
			if *most > students*each/4 {
				t.Errorf("%d KiB are held of a class whose findings are %d KiB", *most>>10, students*each>>10)
			}
			t.Logf("at most %d KiB are held, %d KiB were written", *most>>10, written.n>>10)
		})
	}
}

type count struct{ n int64 }

func (c *count) Write(p []byte) (int, error) { c.n += int64(len(p)); return len(p), nil }

// measured is a class of students who all have a large verdict of their own, none of which is
// kept. Most is how much memory was in use when one was asked for, beyond what was before.
func measured(students, each int) (s record.Stream, most *int64) {
	for i := range students {
		s.Records = append(s.Records, large(i, each).Brief())
	}
	before, most := inUse(), new(int64)
	s.Whole = func(yield func(record.Record, error) bool) {
		for i := range students {
			if i%20 == 19 {
				*most = max(*most, inUse()-before)
			}
			if !yield(large(i, each), nil) {
				return
			}
		}
	}
	return s, most
}

// large is a record with a finding of so many bytes.
func large(i, size int) record.Record {
	in := &finding.Interleaving{Goroutines: []finding.Lane{{Name: "a", Function: "TestRushHour"}}}
	for n := range size >> 10 {
		text := strings.Repeat(fmt.Sprint(n%10), 1<<10)
		in.Steps = append(in.Steps, finding.Step{Number: n + 1, Goroutine: "a", Op: finding.OpLock, Object: text, Location: finding.Location{File: "bank.go", Line: n}})
	}
	in.Steps[len(in.Steps)-1].Wrong = true
	v := finding.Verdict{Outcome: finding.Fail, MaxScore: 10, Findings: []finding.Finding{{
		Kind: finding.DataRace, Detector: finding.Scheduler, Severity: finding.Error, Message: fmt.Sprint("problem ", i), Location: finding.Location{File: "bank.go", Line: i},
		Evidence: finding.Evidence{Mode: finding.ExploreMode, Trace: in},
	}}}
	return record.Record{Student: fmt.Sprintf("student%03d", i), Exercise: "01-balance", State: record.Graded, MaxScore: 10, Key: fmt.Sprint(i), Verdict: &v}
}

// inUse is how much memory is in use that is still reached from somewhere.
func inUse() int64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}
