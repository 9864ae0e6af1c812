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
	} {
		if got := finding.ShortFunction(name); got != want {
			t.Errorf("ShortFunction(%q) = %q, want %q", name, got, want)
		}
	}
}
