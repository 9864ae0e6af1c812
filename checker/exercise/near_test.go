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
		"daat-race":         "data-race",
		"12":                "",
		"":                  "",
		"entirely-elswhere": "",
	} {
		if got := Nearest(name, candidates); got != want {
			t.Errorf("Nearest(%q) = %q, want %q", name, got, want)
		}
	}
}

// Letters that have changed places are one mistake.
func TestEditDistance(t *testing.T) {
	for _, tt := range []struct {
		a, b string
		want int
	}{
		{"", "", 0},
		{"", "ab", 2},
		{"ab", "", 2},
		{"tset", "test", 1},
		{"tset", "reset", 2},
		{"reste", "reset", 1},
		{"chekc", "check", 1},
		{"ab", "ba", 1},
		{"abc", "ca", 3},
		{"kitten", "sitting", 3},
	} {
		if got := editDistance(tt.a, tt.b); got != tt.want {
			t.Errorf("%q, %q: %d, want %d", tt.a, tt.b, got, tt.want)
		}
	}
}
