package exercise

import "testing"

func TestNearest(t *testing.T) {
	candidates := []string{"01-unlocked-balance", "02-lock-reentry", "03-pipe-ends", "data-race", "recursive-lock"}
	for name, want := range map[string]string{
		"pipe-end":          "03-pipe-ends",
		"3-pipe-ends":       "03-pipe-ends",
		"pipe":              "03-pipe-ends",
		"reentry":           "02-lock-reentry",
		"unlocked_balance":  "01-unlocked-balance",
		"race-data":         "data-race",
		"datarace":          "data-race",
		"recursive":         "recursive-lock",
		"12":                "",
		"":                  "",
		"entirely-elswhere": "",
	} {
		if got := Nearest(name, candidates); got != want {
			t.Errorf("Nearest(%q) = %q, want %q", name, got, want)
		}
	}
}
