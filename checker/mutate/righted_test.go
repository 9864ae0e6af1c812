package mutate

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"racelab/checker/source"
)

// rightProgram is what the programs of TestRightings are to be.
const rightProgram = `package p

import (
	"errors"
	"fmt"
	"sync"
)

type Account struct {
	mu      sync.Mutex
	balance int
}

func Open(cents int) *Account { return &Account{balance: cents} }

func (a *Account) Balance() int {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.balance
}

// Draw takes and says so.
func (a *Account) Draw(cents int, pay func() error) error {
	if err := a.take(cents); err != nil {
		return err
	}
	if err := pay(); err != nil {
		a.take(-cents) // back
		return fmt.Errorf("drawing: %w", err)
	}
	return nil
}

func (a *Account) take(cents int) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.balance < cents {
		return errors.New("too much")
	}
	a.balance -= cents
	return nil
}
`

func TestRightings(t *testing.T) {
	wrong := func(pairs ...string) string { return strings.NewReplacer(pairs...).Replace(rightProgram) }
	for name, c := range map[string]struct {
		src  string
		want string // line, function, "!" where it does one thing, "=" where that is no step
	}{
		"the right one":          {rightProgram, ""},
		"in other words":         {wrong("// Draw takes and says so.", "// Draw draws.", "a.balance -= cents", "a.balance -=  cents // less"), ""},
		"one statement":          {wrong("return a.balance", "return 0"), "16 (*Account).Balance!="},
		"without its locks":      {wrong("\ta.mu.Lock()\n\tdefer a.mu.Unlock()\n\treturn a.balance", "\treturn a.balance + 1"), "16 (*Account).Balance!"},
		"two statements":         {wrong("return a.balance", "n := a.balance\n\treturn n + 1"), "16 (*Account).Balance"},
		"a choice":               {wrong("return a.balance", "return max(0, func() int { return a.balance }())"), "16 (*Account).Balance"},
		"two places in a line":   {wrong("a.balance < cents", "a.balance <= cents && cents != 7"), "34 (*Account).take="},
		"another wait":           {wrong("if a.balance < cents", "for a.balance < cents"), "34 (*Account).take!"},
		"another lock":           {wrong("defer a.mu.Unlock()\n\treturn a.balance", "defer other.Unlock()\n\treturn a.balance", "func Open", "var other sync.Mutex\n\nfunc Open"), "18 (*Account).Balance"},
		"two calls":              {wrong("\treturn a.balance\n", "\treturn a.Balance() - a.Balance()\n"), "16 (*Account).Balance"},
		"a helper of one's own":  {wrong("return a.balance\n}", "return a.less(0)\n}\n\nfunc (a *Account) less(n int) int { return a.more(n) }\n\nfunc (a *Account) more(n int) int { return n }"), "16 (*Account).Balance"},
		"a helper that is right": {wrong("return a.balance\n}", "return helped(a.balance)\n}\n\nvar helped = func(n int) int { return n }"), "16 (*Account).Balance"},
		"one line is missing":    {wrong("\t\ta.take(-cents) // back\n", ""), "23 (*Account).Draw!"},
		"two lines of one":       {wrong("\t\ta.take(-cents) // back\n", "", "%w", "%v"), "23 (*Account).Draw"},
		"two functions":          {wrong("a.balance -= cents", "a.balance -= 2 * cents", "balance: cents", "balance: 1"), "14 Open!=, 34 (*Account).take!="},
		"what it needs is added": {wrong("a.take(cents)", "a.takes(cents)", "a.take(-cents)", "a.takes(-cents)", ") take(", ") takes("), "23 (*Account).Draw"},
		"another type":           {wrong("mu      sync.Mutex", "lock    sync.Mutex", "a.mu.", "a.lock.", "return a.balance", "return 0", "balance: cents", "balance: 1"), "14 Open!="},
		"another signature":      {wrong("Open(cents int)", "Open(euros int)", "balance: cents", "balance: 100 * euros"), ""},
		"does not parse":         {"package p\n\nfunc Open() {", ""},
	} {
		t.Run(name, func(t *testing.T) {
			p, all := Rightings(program1(t, []byte(c.src)), map[string][]byte{"p.go": []byte(rightProgram)})
			var got []string
			var mutants []Mutant
			for _, r := range all {
				text := fmt.Sprintf("%d %s", r.Line, r.Function)
				if r.OneThing {
					text += "!"
				}
				if r.SameSteps {
					text += "="
				}
				got = append(got, text)
				mutants = append(mutants, r.Mutant)
			}
			if text := strings.Join(got, ", "); text != c.want {
				t.Errorf("%q, want %q", text, c.want)
			}
			if len(all) == 0 {
				return
			}
			pairs, together := Together(p, map[string][]byte{"p.go": []byte(rightProgram)}, all)
			if len(pairs) != len(all)*(len(all)-1)/2 || len(together) != len(pairs) {
				t.Errorf("%d have the pairs %v", len(all), pairs)
			}
			s := NewSchema(p, append(mutants, together...), chooser)
			if err := source.Parse(p.Path, p.GoVersion, s.Files).Check(withChooser{p.Imports}).Err(); err != nil || slices.Contains(s.Numbers, 0) {
				t.Errorf("the schema has %v, and %v\n%s", s.Numbers, err, s.Files["p.go"])
			}
		})
	}
}

func TestInOnePlace(t *testing.T) {
	for _, c := range []struct {
		here, there string
		want        bool
	}{
		{"return a.n + 10", "return a.n", true},
		{"a.n += 2*n", "a.n += n", true},
		{"", "a.take(-n)", true},
		{"if a.n <= n {", "if a.n < n {", true},
		{"if a.n <= n && n != 7 {", "if a.n < n {", false},
		{"return &s{room: room - 1, scan: nil}", "return &s{room: room, scan: scan}", false},
		{"a, b = 1, 2", "a, b = 2, 1", false},
	} {
		if got := inOnePlace([]string{meaning([]byte(c.here))}, []string{meaning([]byte(c.there))}); got != c.want {
			t.Errorf("%s and %s: %v", c.here, c.there, got)
		}
	}
}

// Each operator of the function is another one once, and no other function's is.
func TestFlips(t *testing.T) {
	wrong := strings.Replace(rightProgram, "a.balance < cents", "a.balance > cents", 1)
	wrong = strings.Replace(wrong, "	a.balance -= cents\n", "	old := a.balance - cents\n	a.balance = old\n", 1)
	p, all := Rightings(program1(t, []byte(wrong)), map[string][]byte{"p.go": []byte(rightProgram)})
	if len(all) != 1 || all[0].OneThing {
		t.Fatalf("%+v", all)
	}
	var got []string
	for _, m := range Flips(p, all[0]) {
		got = append(got, strings.Join(strings.Fields(edited(m.Diff)), " "))
	}
	want := []string{"- if a.balance > cents { + if a.balance < cents {", "- if a.balance > cents { + if a.balance <= cents {", "- if a.balance > cents { + if a.balance >= cents {"}
	for _, text := range want {
		if !slices.Contains(got, text) {
			t.Errorf("there is no %q", text)
		}
	}
	two := strings.Replace(wrong, "	old :=", "	if cents == 7 {\n		return nil\n	}\n	old :=", 1)
	if p, all := Rightings(program1(t, []byte(two)), map[string][]byte{"p.go": []byte(rightProgram)}); len(Flips(p, all[0])) > 0 {
		t.Error("one comparison may hide the other")
	}
	if last := "- old := a.balance - cents + old := a.balance + cents"; len(got) != 6 || got[5] != last {
		t.Errorf("%q", got)
	}
}
