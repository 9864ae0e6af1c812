package explore

import (
	"context"
	"testing"

	"racelab/checker/labrt/wire"
)

func jobs(s Strategy, n int) (out []wire.Job) {
	for range n {
		j, ok := s.Next()
		if !ok {
			break
		}
		out = append(out, j)
	}
	return out
}

// The same seed deals the same jobs; other seeds, tests and policies others.
func TestSamplersFollowTheirSeed(t *testing.T) {
	first := map[uint64]string{}
	for _, s := range []struct {
		name    string
		sampler *Sampler
	}{
		{"seed 1", NewSampler(0, wire.POS, 1)},
		{"seed 2", NewSampler(0, wire.POS, 2)},
		{"test 1", NewSampler(1, wire.POS, 1)},
		{"pct", NewSampler(0, wire.PCT, 1)},
		{"random", NewSampler(0, wire.Random, 1)},
	} {
		for _, j := range jobs(s.sampler, 100) {
			if other, ok := first[j.Seed]; ok {
				t.Errorf("%s and %s deal the same seed", s.name, other)
			}
			first[j.Seed] = s.name
		}
	}
	for i, j := range jobs(NewSampler(0, wire.POS, 1), 100) {
		if first[j.Seed] != "seed 1" {
			t.Errorf("job %d is another", i)
		}
	}
}

// PCT is told how long schedules are, as far as that is known.
func TestPCTLearnsTheLength(t *testing.T) {
	s := NewSampler(0, wire.PCT, 1)
	if j, _ := s.Next(); j.Length != 1 || j.Depth < 1 {
		t.Errorf("first job %v", j)
	}
	for _, n := range []int{7, 12, 3} {
		s.Learn(Ran{Trace: wire.Trace{Steps: make([]wire.Step, n)}})
	}
	if j, _ := s.Next(); j.Length != 12 {
		t.Errorf("length %d, want 12", j.Length)
	}
}

// slowRunner answers nothing before its window is full or it is asked to.
type slowRunner struct {
	t      *testing.T
	flying []wire.Job
	most   int
}

func (r *slowRunner) Window() int { return 3 }

func (r *slowRunner) Send(j wire.Job) error {
	r.flying = append(r.flying, j)
	r.most = max(r.most, len(r.flying))
	return nil
}

func (r *slowRunner) Receive(context.Context) (Ran, error) {
	if len(r.flying) == 0 {
		r.t.Fatal("asked for an answer to nothing")
	}
	j := r.flying[0]
	r.flying = r.flying[1:]
	return Ran{Job: j}, nil
}

func TestDriveKeepsTheWindow(t *testing.T) {
	r := &slowRunner{t: t}
	var got []int
	err := drive(t.Context(), r, &JobList{Jobs: make([]wire.Job, 10)}, func(sent int) bool { return sent < 8 }, func(r Ran) { got = append(got, r.Job.ID) })
	if err != nil || r.most != 3 || len(r.flying) != 0 {
		t.Errorf("err %v, at most %d at a time, %d left", err, r.most, len(r.flying))
	}
	for i, id := range got {
		if i != id {
			t.Errorf("answer %d is that to job %d", i, id)
		}
	}
	if len(got) != 8 {
		t.Errorf("%d answers, want 8", len(got))
	}
}
