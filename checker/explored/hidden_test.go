package explored

import (
	"fmt"
	"slices"
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
	{"a logger in an interface", "log", "type printer interface{ Print(...any) }\nvar out printer = log.Default()", `out.Print("x")`},
	{"a function of package log", "log", "var logf = log.Printf", `logf("x")`},
	{"deferred", "log", "", `func() { defer log.Print("x") }()`},
	{"slog", "log/slog", "", `slog.Info("x", slog.Int("n", 1))`},
	{"a writer", "io log", "var out io.Writer = log.Writer()", `io.WriteString(out, "x\n")`},
	{"unique", "unique", "", `_ = unique.Make("x")`},
	{"json", "encoding/json log", "", `_ = json.NewEncoder(log.Writer()).Encode("x")`},
	{"a pool", "sync", "var pool = sync.Pool{New: func() any { return 0 }}", `pool.Put(pool.Get())`},
	{"a context's child", "context", "var outer, _ = context.WithCancel(context.Background())", `_, cancel := context.WithCancel(outer); cancel()`},
	{"Done", "context", "var outer, _ = context.WithCancel(context.Background())", `outer.Done()`},
}

func TestTheLibraryHidesNoRace(t *testing.T) {
	ex := fixture.Exercise(fixture.Test)
	for i, h := range hiding {
		if testing.Short() && i%4 > 0 {
			continue
		}
		t.Run(h.name, func(t *testing.T) {
			for _, version := range []struct {
				typ, add, load string
				want           []finding.Kind
			}{
				{"int", "n++", "n", []finding.Kind{finding.DataRace}},
				{"atomic.Int64", "n.Add(1)", "int(n.Load())", nil},
			} {
				src := fixture.Source(h.imports+" sync/atomic", fmt.Sprintf(`	var n %s
	end := make(chan int)
	go func() {
		defer close(end)
		%s
		%s
	}()
	%[3]s
	%[2]s
	%[3]s
	<-end
	return min(2, %[4]s)`, version.typ, h.call, version.add, version.load)) + "\n\nvar _ atomic.Int32\n" + h.declared
				p := fixture.Build(t, ex, fixture.Submit(ex, src))
				shown, err := Explorer{Sandbox: sandbox.Limited{}, Exercise: ex, Program: p}.Explore(t.Context())
				if err != nil {
					t.Fatal(err)
				}
				var kinds []finding.Kind
				for _, f := range shown.Findings {
					kinds = append(kinds, f.Kind)
				}
				// A pool drops at random under the race detector, so that one pair of lines may race in
				// one run of a schedule and not in the next; others are found all the same.
				if !slices.Equal(slices.Compact(kinds), version.want) || version.want == nil && shown.Fault != "" {
					t.Errorf("%s: found %v, want %v; %s", version.typ, kinds, version.want, shown.Fault)
				}
				if c := shown.Run.Coverage[0]; version.want == nil && c.Bound >= 0 {
					t.Errorf("%+v", c)
				}
			}
		})
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
