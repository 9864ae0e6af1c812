package shard

import (
	"fmt"
	"strings"
	"testing"
)

func TestDetect(t *testing.T) {
	for _, c := range []struct{ flag, env, want string }{
		{"", "", "0/1"},
		{"2/3", "", "2/3"},
		{"", "RACELAB_SHARD=1/2", "1/2"},
		{"1/2", "RACELAB_SHARD=1/2", "1/2"},
		{"0/2", "RACELAB_SHARD=1/2", "--shard says that this is shard 0/2, and RACELAB_SHARD that it is 1/2"},
		{"", "TEST_SHARD_INDEX=4 TEST_TOTAL_SHARDS=5", "4/5"},
		{"", "TEST_TOTAL_SHARDS=5", "0/1"},
		{"", "JOB_COMPLETION_INDEX=2 RACELAB_SHARDS=9", "2/9"},
		{"", "JOB_COMPLETION_INDEX=2", "0/1"},
		{"", "SLURM_ARRAY_TASK_ID=11 SLURM_ARRAY_TASK_MIN=10 SLURM_ARRAY_TASK_COUNT=3", "1/3"},
		{"", "SLURM_ARRAY_TASK_ID=13 SLURM_ARRAY_TASK_MIN=10 SLURM_ARRAY_TASK_COUNT=3", "is no shard"},
		{"", "CI_NODE_INDEX=1 CI_NODE_TOTAL=4 GITLAB_CI=true", "0/4"},
		{"", "CI_NODE_INDEX=1 CI_NODE_TOTAL=4", "0/1"},
		{"3/3", "", "is no shard"},
		{"one", "", "is no shard"},
	} {
		env := map[string]string{}
		for pair := range strings.FieldsSeq(c.env) {
			name, value, _ := strings.Cut(pair, "=")
			env[name] = value
		}
		s, err := Detect(c.flag, func(name string) (string, bool) { v, ok := env[name]; return v, ok })
		got := s.String()
		if err != nil {
			got = err.Error()
		}
		if err == nil && got != c.want || err != nil && !strings.Contains(got, c.want) {
			t.Errorf("%s %s: %s, want %s", c.flag, c.env, got, c.want)
		}
	}
}

// Each record is of one shard, and shards are of about the same size.
func TestHas(t *testing.T) {
	for _, n := range []int{1, 2, 3, 7} {
		sizes := make([]int, n)
		for i := range 1000 {
			of := 0
			for index := range n {
				if (Shard{Index: index, Count: n}).Has(fmt.Sprint("student", i/10), fmt.Sprint(i%10)) {
					of++
					sizes[index]++
				}
			}
			if of != 1 {
				t.Fatalf("a record is of %d of %d shards", of, n)
			}
		}
		for _, size := range sizes {
			if size < 1000/n/2 {
				t.Errorf("shards of %v", sizes)
			}
		}
	}
}
