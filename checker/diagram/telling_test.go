package diagram

import (
	"fmt"
	"slices"
	"testing"

	"racelab/checker/finding"
)

// Where there are very many lanes, those that show what goes wrong have a line of their own.
func TestTelling(t *testing.T) {
	in := finding.Interleaving{}
	for i := range 200 {
		name := finding.GoroutineName(letters(i))
		in.Goroutines = append(in.Goroutines, finding.Lane{Name: name})
		in.Steps = append(in.Steps, finding.Step{Number: i + 1, Goroutine: name, Op: finding.OpLock, Object: "mu", Location: finding.Location{File: "bank.go", Line: 9}})
	}
	in.Steps[150].Wrong, in.Steps[170].Explains = true, true
	in.Left = []finding.Waiting{{Goroutine: in.Goroutines[190].Name, Op: finding.OpLock, Object: "mu"}}
	telling := func(in finding.Interleaving) (out []int) {
		for l, lane := range Of(in, nil).Lanes {
			if lane.Telling {
				out = append(out, l)
			}
		}
		return out
	}
	if got, want := telling(in), []int{0, 1, 2, 3, 4, 5, 6, 7, 8, 150, 170, 190}; !slices.Equal(got, want) {
		t.Errorf("of 200, those that tell are %v, want %v", got, want)
	}
	few := finding.Interleaving{Goroutines: in.Goroutines[:24], Steps: in.Steps[:24]}
	if got := telling(few); len(got) != 24 {
		t.Errorf("of 24, those that tell are %v", got)
	}
}

func letters(i int) string {
	if i < 26 {
		return string(rune('a' + i))
	}
	return fmt.Sprint(letters(i/26-1), letters(i%26))
}
