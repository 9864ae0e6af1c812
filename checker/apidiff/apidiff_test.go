package apidiff

import (
	"os/exec"
	"strings"
	"testing"

	"racelab/checker/report"
	"racelab/checker/source"
)

const want = `package bank

import "time"

const Max = 10

var Rate float64

type Account struct {
	Owner string
	balance int
}

func New(owner string) *Account { return nil }
func (a *Account) Deposit(n int) error { return nil }
func (a Account) Balance() int { return 0 }
func Wait(d time.Duration) {}
func Each(f func(n int) (sum int), fs []func(a *Account), m map[string]func(x int)) {}

type Visitor func(a *Account, n int)

type Store interface{ Put(key string) error }
`

func TestCompare(t *testing.T) {
	tests := []struct{ name, from, to, message string }{
		{"the same", "", "", ""},
		{"parameter names", "New(owner string)", "New(name string)", ""},
		{"names in parameters that are functions", "func(n int) (sum int), fs []func(a *Account), m map[string]func(x int)", "func(int) int, fs []func(*Account), m map[string]func(y int)", ""},
		{"a function within changed", "f func(n int) (sum int)", "f func(n int64) (sum int)", "it was func Each(func(int) int,"},
		{"names in a function type", "Visitor func(a *Account, n int)", "Visitor func(acc *Account, times int)", ""},
		{"names in an interface", "Put(key string) error", "Put(k string) error", ""},
		{"an interface changed", "Put(key string) error", "Put(key []byte) error", "the method Store.Put"},
		{"a constant's value", "Max = 10", "Max = 11", "it was const Max untyped int = 10 and is now const Max untyped int = 11"},
		{"one more parameter", "New(owner string)", "New(owner string, n int)", "it was func New(string) *Account and is now func New(string, int) *Account"},
		{"a pointer receiver", "(a Account) Balance", "(a *Account) Balance", ""},
		{"an unexported field", "balance int", "balance chan int", ""},
		{"something new", "const Max = 10", "const Max, Min = 10, 0", ""},
		{"a method gone", "Deposit", "deposit", "the method Account.Deposit is gone"},
		{"a method changed", "Deposit(n int) error { return nil }", "Deposit(n int) bool { return false }", "the method Account.Deposit was func(int) error and is now func(int) bool"},
		{"a field gone", "Owner string", "owner string", "the field Account.Owner is gone"},
		{"a function gone", "func Wait", "func wait", "func Wait(time.Duration) is gone"},
		{"a variable changed", "Rate float64", "Rate int", "it was var Rate float64 and is now var Rate int"},
		{"a type that is a variable", "type Account struct {\n\tOwner string\n\tbalance int\n}", "type account struct{}\n\nvar Account account", ""},
		{"what does not compile", "return 0", "return undefined", ""},
	}
	exports := exportsOf(t, "time")
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := strings.Replace(want, tt.from, tt.to, 1)
			findings, err := Compare(check(t, want, exports), check(t, got, exports))
			if err != nil {
				t.Fatal(err)
			}
			var messages []string
			for _, f := range findings {
				messages = append(messages, report.Message(f))
			}
			all := strings.Join(messages, "\n")
			if (tt.message == "") != (all == "") || !strings.Contains(all, tt.message) {
				t.Errorf("found %q, want %q", all, tt.message)
			}
		})
	}
}

func TestCompareNamesTheLine(t *testing.T) {
	exports := exportsOf(t, "time")
	got := check(t, strings.Replace(want, "New(owner string)", "New()", 1), exports)
	findings, err := Compare(check(t, want, exports), got)
	if err != nil || len(findings) != 1 {
		t.Fatalf("findings = %v, err = %v", findings, err)
	}
	if loc := findings[0].Location; loc.File != "bank.go" || loc.Line != 14 {
		t.Errorf("location = %+v", loc)
	}
}

func TestAnOpaqueTypeMayBecomeAnyOther(t *testing.T) {
	opaque := "package bank\n\ntype Queue struct{ items []int }\n"
	for _, to := range []string{"type Queue chan int", "type Queue struct{ items chan int; done bool }"} {
		findings, err := Compare(check(t, opaque, nil), check(t, "package bank\n\n"+to+"\n", nil))
		if err != nil || len(findings) > 0 {
			t.Errorf("%s: findings = %v, err = %v", to, findings, err)
		}
	}
}

func check(t *testing.T, src string, exports map[string]string) *source.Typed {
	t.Helper()
	p := source.Parse("racelab/exercises/bank", "", map[string][]byte{"bank.go": []byte(src)})
	if err := p.Err(); err != nil {
		t.Fatal(err)
	}
	return p.Check(source.Exported(exports)).Own
}

func exportsOf(t *testing.T, imports ...string) map[string]string {
	t.Helper()
	args := append([]string{"list", "-export", "-deps", "-f", "{{.ImportPath}}={{.Export}}"}, imports...)
	out, err := exec.Command("go", args...).Output()
	if err != nil {
		t.Fatal(err)
	}
	exports := map[string]string{}
	for line := range strings.Lines(string(out)) {
		path, file, _ := strings.Cut(strings.TrimSpace(line), "=")
		exports[path] = file
	}
	return exports
}
