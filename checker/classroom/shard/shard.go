// Package shard says which part of a class one machine grades. There is no scheduler here:
// shards run on the engine that a school has already, which tells each its number.
package shard

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"strconv"
	"strings"
)

// A Shard is one part of so many, which count from 0.
type Shard struct {
	Index int `json:"index"`
	Count int `json:"count"`
}

// Whole is all of a class.
var Whole = Shard{Index: 0, Count: 1}

func (s Shard) String() string { return fmt.Sprintf("%d/%d", s.Index, s.Count) }

// Has reports whether a record is of this shard: by a hash, so that it does not matter who
// else is in the class.
func (s Shard) Has(student, exercise string) bool {
	if s.Count <= 1 {
		return true
	}
	sum := sha256.Sum256([]byte(student + "\x00" + exercise))
	return binary.BigEndian.Uint64(sum[:])%uint64(s.Count) == uint64(s.Index)
}

// Parse reads "2/5": the third of five.
func Parse(text string) (Shard, error) {
	index, count, ok := strings.Cut(text, "/")
	i, err1 := strconv.Atoi(index)
	n, err2 := strconv.Atoi(count)
	if !ok || err1 != nil || err2 != nil || i < 0 || i >= n {
		return Shard{}, fmt.Errorf("%q is no shard: the first of three is 0/3, the last one 2/3", text)
	}
	return Shard{Index: i, Count: n}, nil
}

// A source is a variable of the environment, or a pair, that says which shard this is.
type source struct {
	name string // for people
	read func(get) (Shard, bool, error)
}

type get func(string) (string, bool)

// sources are those of the engines that racelab knows.
var sources = []source{
	{"RACELAB_SHARD", func(env get) (Shard, bool, error) {
		text, ok := env("RACELAB_SHARD")
		if !ok || text == "" {
			return Shard{}, false, nil
		}
		s, err := Parse(text)
		return s, true, err
	}},
	// https://bazel.build/reference/test-encyclopedia#initial-conditions
	{"TEST_SHARD_INDEX and TEST_TOTAL_SHARDS", pair("TEST_SHARD_INDEX", "TEST_TOTAL_SHARDS", 0)},
	// https://kubernetes.io/docs/concepts/workloads/controllers/job/#completion-mode
	{"JOB_COMPLETION_INDEX and RACELAB_SHARDS", pair("JOB_COMPLETION_INDEX", "RACELAB_SHARDS", 0)},
	// https://slurm.schedmd.com/job_array.html
	{"SLURM_ARRAY_TASK_ID", func(env get) (Shard, bool, error) {
		first, _ := env("SLURM_ARRAY_TASK_MIN")
		offset, err := strconv.Atoi(first)
		if err != nil {
			offset = 0
		}
		return pair("SLURM_ARRAY_TASK_ID", "SLURM_ARRAY_TASK_COUNT", offset)(env)
	}},
	// https://docs.gitlab.com/ci/variables/predefined_variables/ counts from 1
	{"CI_NODE_INDEX and CI_NODE_TOTAL", func(env get) (Shard, bool, error) {
		if on, _ := env("GITLAB_CI"); on == "" {
			return Shard{}, false, nil
		}
		return pair("CI_NODE_INDEX", "CI_NODE_TOTAL", 1)(env)
	}},
}

// pair reads an index, which counts from first, and a count.
func pair(index, count string, first int) func(get) (Shard, bool, error) {
	return func(env get) (Shard, bool, error) {
		i, ok := env(index)
		n, ok2 := env(count)
		if !ok || !ok2 {
			return Shard{}, false, nil
		}
		at, err := strconv.Atoi(i)
		if err == nil {
			i = strconv.Itoa(at - first)
		}
		s, err := Parse(i + "/" + n)
		return s, true, err
	}
}

// Detect finds out which shard this is: from what a flag says, if it says something, and
// what engines put into the environment. They must agree.
func Detect(flag string, env func(string) (string, bool)) (Shard, error) {
	found, by := Whole, ""
	take := func(s Shard, name string, err error) error {
		switch {
		case err != nil:
			return fmt.Errorf("%s: %w", name, err)
		case by != "" && s != found:
			return fmt.Errorf("%s says that this is shard %s, and %s that it is %s", by, found, name, s)
		}
		found, by = s, name
		return nil
	}
	if flag != "" {
		s, err := Parse(flag)
		if err := take(s, "--shard", err); err != nil {
			return Shard{}, err
		}
	}
	for _, from := range sources {
		s, ok, err := from.read(env)
		if !ok {
			continue
		}
		if err := take(s, from.name, err); err != nil {
			return Shard{}, err
		}
	}
	return found, nil
}
