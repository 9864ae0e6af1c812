package explored

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"racelab/checker/finding"
	"racelab/checker/internal/fixture"
	"racelab/checker/sandbox"
)

// hiding are calls into the library that order the goroutines which make them, in
// some schedules. The race around them must be found all the same, and in the twin
// with an atomic nothing.
var hiding = []struct{ name, imports, declared, call string }{
	{"fmt.Println", "fmt", "", `fmt.Println("x")`},
	{"fmt.Sprint", "fmt", "", `_ = fmt.Sprint("x")`},
	{"log", "log", "", `log.Print("x")`},
	{"a logger in an interface", "log", "type printer interface{ Print(...any) }\nvar printed printer = log.Default()", `printed.Print("x")`},
	{"a function of package log", "log", "var logf = log.Printf", `logf("x")`},
	{"deferred", "log", "", `func() { defer log.Print("x") }()`},
	{"slog", "log/slog", "", `slog.Info("x", slog.Int("n", 1))`},
	{"a writer", "io log", "var out io.Writer = log.Writer()", `io.WriteString(out, "x\n")`},
	{"unique", "unique", "", `_ = unique.Make("x")`},
	{"json", "encoding/json log", "", `_ = json.NewEncoder(log.Writer()).Encode("x")`},
	{"a pool", "sync", "var pool = sync.Pool{New: func() any { return 0 }}", `pool.Put(pool.Get())`},
	{"a context's child", "context", "var outer, _ = context.WithCancel(context.Background())", `_, cancel := context.WithCancel(outer); cancel()`},
	{"Done", "context", "var asked, _ = context.WithCancel(context.Background())", `asked.Done()`},
}

func TestTheLibraryHidesNoRace(t *testing.T) {
	for _, version := range []struct {
		typ, add, load string
		races          bool
	}{
		{"int", "n++", "n", true},
		{"atomic.Int64", "n.Add(1)", "int(n.Load())", false},
	} {
		var src, tests strings.Builder
		imports := []string{"sync/atomic"}
		for i, h := range hiding {
			imports = append(imports, strings.Fields(h.imports)...)
			fmt.Fprintf(&tests, "func Test%d(t *testing.T) { t.Attr(\"got\", fmt.Sprint(queue.Run%[1]d())) }\n", i)
			fmt.Fprintf(&src, `
func Run%d() int {
	var n %s
	end := make(chan int)
	go func() {
		defer close(end)
		%s
		%s
	}()
	%[4]s
	%[3]s
	%[4]s
	<-end
	return min(2, %[5]s)
}
%[6]s
`, i, version.typ, h.call, version.add, version.load, h.declared)
		}
		slices.Sort(imports)
		ex := fixture.Exercise(tests.String())
		p := fixture.Build(t, ex, fixture.Submit(ex, fixture.Source(strings.Join(slices.Compact(imports), " "), "	return 0")+src.String()+"\nvar _ atomic.Int32\n"))
		shown, err := Explorer{Sandbox: sandbox.Limited{}, Exercise: ex, Program: p}.Explore(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		// A pool drops at random under the race detector, so that one pair of lines may race in
		// one run of a schedule and not in the next; others are found all the same.
		if !version.races && shown.Doubt.Why != "" {
			t.Errorf("%s: %s", version.typ, shown.Doubt.Why)
		}
		for i, h := range hiding {
			found := slices.ContainsFunc(shown.Findings, func(f finding.Finding) bool {
				return f.Kind == finding.DataRace && slices.Contains(f.Evidence.Tests, p.Tests[i])
			})
			if found != version.races {
				t.Errorf("%s, %s: a race is found: %t", h.name, version.typ, found)
			}
			if c := shown.Run.Coverage[i]; !version.races && c.Bound >= 0 {
				t.Errorf("%s: %+v", h.name, c)
			}
		}
		for _, f := range shown.Findings {
			if f.Kind != finding.DataRace {
				t.Errorf("%s: found %s", version.typ, f.Message)
			}
		}
	}
}

// What the scheduler does not decide is not claimed.
func TestNothingIsClaimedOfTheOutside(t *testing.T) {
	ex := fixture.Exercise(fixture.Test)
	p := fixture.Build(t, ex, fixture.Submit(ex, fixture.Source("net", `	a, b := net.Pipe()
	go func() { a.Write([]byte("x")); a.Close() }()
	n, _ := b.Read(make([]byte, 1))
	return n + 1`)))
	shown, err := Explorer{Sandbox: sandbox.Limited{}, Exercise: ex, Program: p}.Explore(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if c := shown.Run.Coverage[0]; c.Complete || c.Outside != "waits" {
		t.Errorf("%+v", c)
	}
}
