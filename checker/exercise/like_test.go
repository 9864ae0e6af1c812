package exercise

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/tools/txtar"
)

// count is an exercise's program with these functions.
func count(functions string) map[string][]byte {
	return map[string][]byte{"count.go": []byte("package count\n\nimport (\n\t\"sync\"\n\t\"time\"\n)\n\nvar (\n\tmu sync.Mutex\n\tn  int\n)\n\n" + functions)}
}

const start = "\nfunc Start() { go Add() }\n"

// likeFixture is an exercise with rejected fixes that show what is recorded of them.
func likeFixture(t *testing.T) Exercise {
	t.Helper()
	text, err := Symptoms{
		Broken:               {Shows: []string{"data-race in TestAdd at Add"}},
		"rejected/sleep":     {Shows: []string{"data-race in TestAdd at Add", "wrong-result in TestAdd"}},
		"rejected/try":       {Shows: []string{"wrong-result in TestAdd"}},
		"rejected/try-twice": {Shows: []string{"wrong-result in TestAdd"}},
		"rejected/halves":    {Shows: []string{"wrong-result in TestAdd"}},
		"rejected/no-go":     {Shows: []string{"lost-concurrency when it is asked for Start, Add at count.go"}},
		"rejected/in-vain":   {Shows: []string{"data-race in TestAdd at Add"}},
		"rejected/untouched": {Shows: []string{"data-race in TestAdd at Add"}},
	}.Text()
	if err != nil {
		t.Fatal(err)
	}
	rejected := func(name, functions string) Variant {
		return Variant{Name: name, Feedback: name, Files: count(functions)}
	}
	right := count("func Add() { mu.Lock(); defer mu.Unlock(); n++ }" + start)["count.go"]
	return Exercise{
		Manifest:  Manifest{Files: []string{"count.go"}},
		Dir:       fstest.MapFS{"count.go": {Data: count("func Add() { n++ }" + start)["count.go"]}},
		Reference: fstest.MapFS{SymptomsFile: {Data: text}, "count.go": {Data: right}},
		Variants: []Variant{
			{Name: "in-a-goroutine", Accepted: true, Files: count("func Add() { mu.Lock(); defer mu.Unlock(); n++ }\nfunc Start() { go func() { mu.Lock(); n++; mu.Unlock() }() }")},
			rejected("halves", "func Add() { mu.Lock(); m := n; mu.Unlock(); mu.Lock(); n = m + 1; mu.Unlock() }"+start),
			rejected("in-vain", "func Add() { mu.Lock(); mu.Unlock(); n++ }"+start),
			rejected("no-go", "func Add() { mu.Lock(); n++; mu.Unlock() }\nfunc Start() { Add() }"),
			rejected("sleep", "func Add() { time.Sleep(1); n++ }"+start),
			rejected("try", "func Add() { if mu.TryLock() { n++; mu.Unlock() } }"+start),
			rejected("try-twice", "func Add() { if mu.TryLock() || mu.TryLock() { n++; mu.Unlock() } }"+start),
			rejected("untouched", "func Add() { n += 1 }"+start),
		},
	}
}

func TestLike(t *testing.T) {
	ex := likeFixture(t)
	wrong, both := []string{"wrong-result in TestAdd"}, []string{"data-race in TestAdd at Add", "wrong-result in TestAdd"}
	for _, tt := range []struct {
		name, src string
		shows     []string
		want      string
	}{
		{"the same steps", "func Add() { time.Sleep(time.Second); n = n + 1 }" + start, both, "sleep"},
		{"other steps", "func Add() { n++ }" + start, both, ""},
		{"another order", "func Add() { n++; time.Sleep(1) }" + start, both, ""},
		{"more is shown", "func Add() { time.Sleep(1); n++ }" + start, slices.Concat(both, []string{"panic in TestAdd at Add"}), ""},
		{"less is shown", "func Add() { time.Sleep(1); n++ }" + start, wrong, ""},
		{"in helpers", "func Add() { set(get() + 1) }\nfunc get() int { mu.Lock(); defer mu.Unlock(); return n }\nfunc set(m int) { mu.Lock(); defer mu.Unlock(); n = m }" + start, wrong, "halves"},
		{"seen in a helper", "func Add() { pause(); one() }\nfunc pause() { time.Sleep(9) }\nfunc one() { n++ }" + start, []string{"data-race in TestAdd at one", "wrong-result in TestAdd"}, "sleep"},
		{"what was given up, and another scenario showed it", "func Add() { mu.Lock(); defer mu.Unlock(); n++ }\nfunc Start() { Add() }", []string{"lost-concurrency when it is asked for Start at count.go"}, "no-go"},
		{"what was not given up", "func Add() { mu.Lock(); n++; mu.Unlock() }" + start, []string{"lost-concurrency when it is asked for Start at count.go"}, ""},
		{"the rest is right in another way", "func Add() { time.Sleep(1); n++ }\nfunc Start() { go func() { mu.Lock(); n++; mu.Unlock() }() }", both, ""},
		{"as broken as before", "func Add() { n++ }" + start, []string{"data-race in TestAdd at Add"}, ""},
		{"as broken as before, with a lock", "func Add() { mu.Lock(); mu.Unlock(); n += 1 }" + start, []string{"data-race in TestAdd at Add"}, "in-vain"},
		{"nothing that comes again", "func Add() { n++ }" + start, nil, ""},
		{"unreadable", "func Add() {", wrong, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			v, ok := ex.Like(count(tt.src), tt.shows)
			if ok != (tt.want != "") || ok && v.Feedback != tt.want {
				t.Errorf("like %q, %v, want %q", v.Name, ok, tt.want)
			}
		})
	}
	try := func() (Variant, bool) {
		return ex.Like(count("func Add() { if !mu.TryLock() { return }; defer mu.Unlock(); n++ }"+start), wrong)
	}
	ex.Variants[6].Files = ex.Variants[5].Files
	if v, ok := try(); ok {
		t.Errorf("it might be one of two mistakes, and is called %s", v.Name)
	}
	ex.Variants[6].Feedback = ex.Variants[5].Feedback
	if v, ok := try(); !ok || v.Feedback != "try" {
		t.Errorf("two rejected fixes of one mistake: %q, %v", v.Feedback, ok)
	}
	ex.Reference = nil
	if _, ok := try(); ok {
		t.Error("nothing is recorded")
	}
}

// unlike are rejected fixes whose mistake is not in their steps: two in what they do with errors,
// one in a comparison, one in how much room a slice has, one in how many goroutines there are,
// two in how large a number is, and one in what it leaves as it was.
var unlike = []string{"errors_dropped", "torn_frame", "checktwice", "emptysheet", "processors", "version_comes_again", "sent_after_unlock"}

// TestLikeOfRejected asks of each rejected fix which one it is like: none is taken for another.
func TestLikeOfRejected(t *testing.T) {
	for _, ex := range ownExercises(t) {
		t.Run(ex.ID, func(t *testing.T) {
			known, err := ex.Symptoms()
			if err != nil {
				t.Fatal(err)
			}
			for _, v := range ex.Variants {
				shows := known["rejected/"+v.Name].Shows
				found, ok := ex.Like(ex.Complete(v), shows)
				if ok && found.Feedback != v.Feedback || !ok && !v.Accepted && !slices.Contains(unlike, v.Name) {
					t.Errorf("%s is like %q, %v", v.Name, found.Name, ok)
				}
			}
		})
	}
}

// TestLikeOfLearners has wrong fixes as learners write them, with what checks of them showed: some
// are near a rejected fix, others only look so.
func TestLikeOfLearners(t *testing.T) {
	set := ownExercises(t)
	files, err := filepath.Glob("testdata/like/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			parts, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			ex := set[slices.IndexFunc(set, func(ex Exercise) bool { return strings.HasPrefix(filepath.Base(file), fmt.Sprintf("%02d_", ex.Number)) })]
			want := string(parts.Files[0].Data)
			shows := strings.Split(strings.TrimSpace(string(parts.Files[1].Data)), "\n")
			v, ok := ex.Like(map[string][]byte{ex.Files[0]: parts.Files[2].Data}, shows)
			if got := v.Name + "\n"; ok && got != want || !ok && want != "none\n" {
				t.Errorf("%s: like %q, %v, want %s", parts.Comment, v.Name, ok, want)
			}
		})
	}
}

func ownExercises(t *testing.T) Set {
	t.Helper()
	const top = "../../"
	set, err := Load(Content{Exercises: os.DirFS(top + "exercises"), Solutions: os.DirFS(top + "solutions"), Hints: os.DirFS(top + "hints")})
	if err != nil || len(set) == 0 {
		t.Fatalf("%d exercises, %v", len(set), err)
	}
	return set
}
