package policy

import (
	"fmt"
	"go/importer"
	"strings"
	"testing"

	"racelab/checker/report"
	"racelab/checker/source"

	"github.com/google/go-cmp/cmp"
)

// A logger may be used, unless its lines say where they come from.
func TestCheckPlaces(t *testing.T) {
	std := importer.Default()
	for _, c := range []struct {
		name, imports, body, want string // want: what is refused, with its line; "" if nothing is
	}{
		{"a logger", "log io", `log.New(io.Discard, "", log.LstdFlags|log.Lmicroseconds).Print("x")`, ""},
		{"another prefix, no flags", "log", `log.SetFlags(0); log.SetPrefix("x"); log.Default().SetFlags(log.LUTC)`, ""},
		{"of its own", "log", `var l struct{ *log.Logger }; l.Logger = log.Default(); l.SetFlags(0)`, ""},
		{"a method of that name", "", `var f flags; f.SetFlags(8)`, ""},
		{"Llongfile", "log", `log.SetFlags(log.Llongfile)`, "log.SetFlags 6, log.Llongfile 6"},
		{"a number", "log io", `log.New(io.Discard, "", 16)`, "log.New 7"},
		{"with others", "log", `const all = 31; log.SetFlags(all)`, "log.SetFlags 6"},
		{"no constant", "log", `n := 4; log.SetFlags(4 * n)`, "log.SetFlags 6"},
		{"of a logger", "log", `log.Default().SetFlags(8)`, "log.Logger.SetFlags 6"},
		{"an embedded one", "log", `var l struct{ *log.Logger }; l.SetFlags(8)`, "log.Logger.SetFlags 6"},
		{"as a value", "log", `set := log.SetFlags; set(8)`, "log.SetFlags 6"},
		{"as a method value", "log", `set := log.Default().SetFlags; set(8)`, "log.Logger.SetFlags 6"},
		{"as a method expression", "log", `set := (*log.Logger).SetFlags; set(log.Default(), 8)`, "log.Logger.SetFlags 6"},
		{"by an interface", "log", `var l any = log.Default(); l.(interface{ SetFlags(int) }).SetFlags(8)`, "x.SetFlags 6"},
		{"by a type parameter", "log", `generic(log.Default())`, "x.SetFlags 11"},
		{"slog", "log/slog io", `slog.New(slog.NewTextHandler(io.Discard, nil)).Info("x")`, ""},
		{"slog with options", "log/slog io", `slog.New(slog.NewJSONHandler(io.Discard, &slog.HandlerOptions{Level: slog.LevelDebug, AddSource: false})).Info("x")`, ""},
		{"with sources", "log/slog io", `slog.NewJSONHandler(io.Discard, &slog.HandlerOptions{AddSource: true})`, "slog.AddSource 7"},
		{"without names", "log/slog io", `slog.NewJSONHandler(io.Discard, &slog.HandlerOptions{true, nil, nil})`, "slog.HandlerOptions 7"},
		{"read", "log/slog encoding/json", `var o slog.HandlerOptions; json.Unmarshal([]byte("{\"AddSource\":true}"), &o)`, "slog.HandlerOptions 7"},
		{"converted", "log/slog", `type mine struct { AddSource bool; Level slog.Leveler; ReplaceAttr func([]string, slog.Attr) slog.Attr }; _ = slog.HandlerOptions(mine{AddSource: true})`, "slog.HandlerOptions 6"},
		{"of a record", "log/slog", `var r slog.Record; _, _ = r.PC, r.Source()`, "slog.PC 6, slog.Record.Source 6"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var src strings.Builder
			fmt.Fprint(&src, "package x\n\n")
			for _, path := range strings.Fields(c.imports) {
				fmt.Fprintf(&src, "import %q\n", path)
			}
			fmt.Fprintf(&src, "\nfunc F() {\n%s\n}\n\ntype flags int\nfunc (flags) SetFlags(int) {}\nfunc generic[T interface{ SetFlags(int) }](v T) { v.SetFlags(8) }\n", c.body)
			p := source.Parse("x", "go1.26", map[string][]byte{"x.go": []byte(src.String())})
			checked := p.Check(std)
			if checked.Own.Err != nil {
				t.Fatal(checked.Own.Err)
			}
			var got []string
			for _, f := range CheckPlaces(checked.Own) {
				name := f.Fact.Breach.Name
				if name == "x.SetFlags" && c.name != "by a type parameter" && f.Location.Line != 6 { // the generic one below
					continue
				}
				got = append(got, fmt.Sprint(name, " ", f.Location.Line))
				if !strings.Contains(report.Message(f), name+" is not allowed") {
					t.Error(report.Message(f))
				}
			}
			if diff := cmp.Diff(c.want, strings.Join(got, ", ")); diff != "" {
				t.Error(diff)
			}
		})
	}
}
