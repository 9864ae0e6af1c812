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
	best, bestDistance := "", len(name)/2+1
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

// editDistance is Levenshtein's, one row at a time.
func editDistance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
