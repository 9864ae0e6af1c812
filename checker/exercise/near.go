package exercise

import (
	"slices"
	"strings"
)

// Nearest is the candidate that name most probably means, or "" when none is
// similar. A candidate is similar if it contains name, shares a word with it, or
// differs in less than half of the letters. Hyphens separate words; name may leave
// out the number in front of a candidate ("03-pipe-ends").
func Nearest(name string, candidates []string) string {
	return NearestWithin(len(name)/2, name, candidates)
}

// NearestWithin is Nearest with so many mistakes at most; the first of several that are as near.
func NearestWithin(mistakes int, name string, candidates []string) string {
	best, bestDistance := "", mistakes+1
	for _, c := range candidates {
		if d := distance(name, c); d < bestDistance {
			best, bestDistance = c, d
		}
	}
	return best
}

func distance(name, candidate string) int {
	d := editDistance(name, candidate)
	if number, rest, ok := strings.Cut(candidate, "-"); ok && strings.Trim(number, "0123456789") == "" {
		d = min(d, editDistance(name, rest))
	}
	const telling = 3 // nearly every candidate contains shorter pieces
	if len(name) >= telling && strings.Contains(candidate, name) {
		d = min(d, 1)
	}
	words := strings.Split(candidate, "-")
	if slices.ContainsFunc(strings.Split(name, "-"), func(w string) bool {
		return len(w) >= telling && slices.Contains(words, w)
	}) {
		d = min(d, 2)
	}
	return d
}

// editDistance is Levenshtein's, in which two letters that have changed places are one mistake
// and not two (optimal string alignment). It keeps three rows of the table.
func editDistance(a, b string) int {
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		before, last, row = last, row, before
		row[0] = i + 1
		for j := range len(b) {
			cost := last[j]
			if a[i] != b[j] {
				cost++
			}
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				cost = min(cost, before[j-1]+1)
			}
			row[j+1] = min(cost, last[j+1]+1, row[j]+1)
		}
	}
	return row[len(b)]
}
