package finding_test

import (
	"testing"

	"racelab/checker/finding"
)

func TestResolve(t *testing.T) {
	src := finding.Sources{Dir: "/tmp/w/lab/exercises/01-bank", Editable: []string{"bank.go"}}
	for printed, want := range map[string]string{
		"/tmp/w/lab/exercises/01-bank/bank.go": "bank.go",
		"bank.go":                              "bank.go",
		"./bank.go":                            "bank.go",
		"exercises/01-bank/bank_test.go":       "bank_test.go",
		"../../lab/exercises/01-bank/bank.go":  "bank.go",
		"/elsewhere/bank.go":                   "",
		"exercises/02-bank/bank.go":            "",
		"01-bank/sub/bank.go":                  "",
		"../labrt/sync/sync.go":                "",
		"~/go/pkg/mod/x/bank.go":               "",
	} {
		rel, ok := src.Resolve(printed)
		if ok != (want != "") || ok && rel != want {
			t.Errorf("Resolve(%q) = %q, %v; want %q", printed, rel, ok, want)
		}
	}
	if rel, ok := (finding.Sources{}).Resolve("bank.go"); ok {
		t.Errorf("without a folder: %q", rel)
	}
}

func TestShortFunction(t *testing.T) {
	for name, want := range map[string]string{
		"racelab/exercises/01-bank.(*Account).Deposit(...)":            "(*Account).Deposit",
		"racelab/exercises/01-bank.Transfer(0xc000010000, {0x1, 0x2})": "Transfer",
		"main.main.func1": "main.func1",
		"racelab/exercises/x.(*Stack[go.shape.struct { racelab/exercises/x.mu sync.Mutex; n int }]).Push": "(*Stack[...]).Push",
		"racelab/exercises/x.Each[...].func1": "Each[...].func1",
		"panic":                               "panic",
		"racelab/exercises/x.(*Account).Serve.gowrap1":             "(*Account).Serve",
		"racelab/exercises/x.Serve.func1.deferwrap12()":            "Serve.func1",
		"racelab/exercises/x.Serve.gowrap2.1":                      "Serve.1",
		"racelab/exercises/x.Each[...].gowrap1":                    "Each[...]",
		"racelab/exercises/04-x_test.(*street).deliver-fm(0xc000)": "(*street).deliver",
		"racelab/exercises/x.gowrap1":                              "gowrap1",
		"racelab/exercises/x.(*gift).gowrap1":                      "(*gift).gowrap1",
	} {
		if got := finding.ShortFunction(name); got != want {
			t.Errorf("ShortFunction(%q) = %q, want %q", name, got, want)
		}
	}
}

// The run-time knows no line for an empty loop and prints the file's first.
func TestFirstLine(t *testing.T) {
	src := finding.Sources{Dir: "/lab/bank", Editable: []string{"bank.go"}}
	stack := []finding.Frame{
		{Function: "lib.Each", File: "/lib/each.go", Line: 1},
		{Function: "bank.(*Account).Spin", File: "/lab/bank/bank.go", Line: 1},
		{Function: "bank.Open", File: "/lab/bank/bank.go", Line: 2},
	}
	if at, ok := src.Place(stack); !ok || at != (finding.Location{File: "bank.go", Function: "(*Account).Spin"}) {
		t.Errorf("Place = %+v, %v", at, ok)
	}
	if kept := src.Trim(stack); len(kept) != 2 || kept[0].Line != 0 || kept[1].Line != 2 {
		t.Errorf("Trim = %+v", kept)
	}
}
