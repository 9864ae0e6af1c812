package checker

import (
	"context"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"racelab/checker/finding"
	"racelab/checker/internal/fixture"
)

const rightStock = `package queue

import "sync"

type Stock struct {
	mu sync.Mutex
	n  int
}

func Open(n int) *Stock { return &Stock{n: n} }

func (s *Stock) Add(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.n += n
}

func (s *Stock) Take(n int) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.n < n {
		return false
	}
	s.n -= n
	return true
}

func (s *Stock) Count() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.n
}
`

const stockTests = `func TestOpen(t *testing.T) {
	if n := queue.Open(3).Count(); n != 3 {
		t.Errorf("opened with 3, there are %d", n)
	}
}

func TestAdd(t *testing.T) {
	s := queue.Open(3)
	s.Add(2)
	if n := s.Count(); n != 5 {
		t.Errorf("2 come to 3, there are %d", n)
	}
}

func TestTake(t *testing.T) {
	s := queue.Open(3)
	t.Run("too many", func(t *testing.T) {
		if s.Take(4) {
			t.Error("4 of 3 are taken")
		}
	})
	if s.Take(1); s.Count() != 2 {
		t.Errorf("1 of 3 is taken, there are %d", s.Count())
	}
}

func TestLast(t *testing.T) {
	s := queue.Open(1)
	if !s.Take(1) {
		t.Error("the last one is not taken")
	}
}

func TestBoth(t *testing.T) {
	s := queue.Open(0)
	s.Add(2)
	s.Take(1)
	t.Attr("left", fmt.Sprint(s.Count()))
	if s.Count() != 1 {
		t.Errorf("2 in and 1 out are %d", s.Count())
	}
}

func TestWait(t *testing.T) {
	s, served := queue.Open(1), make(chan bool)
	go func() {
		if s.Take(1) {
			served <- true
		}
	}()
	<-served
}
`

// One function that does the wrong thing is one problem, in whatever tests it shows; two
// functions are two, and two things in one function are not told together.
func TestBlame(t *testing.T) {
	if testing.Short() {
		t.Skip("builds with -race")
	}
	ex := fixture.Exercise(stockTests)
	ex.Reference = fstest.MapFS{"queue.go": {Data: []byte(rightStock)}}
	const locked = "\ts.mu.Lock()\n\tdefer s.mu.Unlock()\n"
	const two = "\tif s.n == n {\n\t\treturn false\n\t}\n\tif s.n < n {\n\t\treturn true\n\t}"
	const taking = "\tif s.n < n {\n\t\treturn false\n\t}\n\ts.n -= n\n"
	const helper = "func (s *Stock) more(n int) {\n\tif n == 2 {\n\t\ts.n++\n\t}\n\ts.n += 2 * n\n}\n\n"
	own := func(none, left string) string {
		return "\tleft := s.n - n\n\tif " + none + " {\n\t\treturn false\n\t}\n\ts.n = " + left + "\n"
	}
	for name, c := range map[string]struct {
		change []string
		want   string // of each problem the function, and the tests that show it
	}{
		"it returns what is wrong":     {[]string{"return s.n\n", "return s.n + 10\n"}, "Count: TestAdd TestBoth TestOpen TestTake"},
		"a condition":                  {[]string{"s.n < n", "s.n <= n"}, "Take: TestLast TestWait"},
		"it does nothing":              {[]string{"s.n += n", "_ = n"}, "Add: TestAdd TestBoth"},
		"in words of one's own":        {[]string{"s.n += n", "s.n = s.n + n + 1", "s.n -= n", "s.n = s.n - n"}, "Add: TestAdd TestBoth"},
		"two functions, a test each":   {[]string{"s.n += n", "s.n += 2 * n", "s.n < n", "s.n <= n"}, "Add: TestAdd TestBoth, Take: TestLast TestWait"},
		"two functions in one test":    {[]string{"s.n += n", "s.n -= n", "n: n}", "n: n - 1}"}, "Add: TestAdd TestBoth, Open: TestLast TestOpen TestTake TestWait"},
		"two things in one function":   {[]string{"\tif s.n < n {\n\t\treturn false\n\t}", two}, "?: TestLast, ?: TestTake, ?: TestWait"},
		"an operator, in own words":    {[]string{taking, own("left <= 0", "left")}, "Take: TestLast TestWait"},
		"and something else":           {[]string{taking, own("left <= 0", "left - 1")}, "?: TestBoth, ?: TestLast, ?: TestTake, ?: TestWait"},
		"two things in a line":         {[]string{"s.n < n", "s.n <= n && n != 4"}, "?: TestLast, ?: TestTake, ?: TestWait"},
		"two things in a helper":       {[]string{"\ts.n += n\n", "\ts.more(n)\n", "func Open", helper + "func Open"}, "?: TestAdd, ?: TestBoth"},
		"one test is no more than one": {[]string{"n: n}", "n: max(n, 1)}"}, "?: TestBoth"},
		"a lock is held too long":      {[]string{locked + "\treturn s.n\n", "\ts.mu.Lock()\n\treturn s.n\n"}, "?: TestBoth"},
	} {
		t.Run(name, func(t *testing.T) {
			task := Task{Exercise: ex, Submission: fixture.Submit(ex, strings.NewReplacer(c.change...).Replace(rightStock))}
			v, err := open(t).Check(context.Background(), task)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, p := range v.Problems() {
				function := "?"
				if o := p.Head.Origin; o != nil && o.Kind == finding.OriginFunction {
					_, function, _ = strings.Cut(strings.Trim(o.First.Place.Function, "(*"), ".")
					if function == "" {
						function = o.First.Place.Function
					}
				}
				got = append(got, function+": "+strings.Join(testsIn(p), " "))
			}
			slices.Sort(got)
			if text := strings.Join(got, ", "); text != c.want {
				t.Errorf("the problems are %s\nwant %s", text, c.want)
			}
		})
	}
}

// testsIn are the tests that show a problem.
func testsIn(p finding.Problem) []string {
	var tests []string
	for _, f := range p.All() {
		for _, test := range f.Evidence.Tests {
			top, _, _ := strings.Cut(test, "/")
			tests = append(tests, top)
		}
	}
	slices.Sort(tests)
	return slices.Compact(tests)
}
