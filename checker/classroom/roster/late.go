package roster

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// A Lateness is what the column late says of a student.
type Lateness struct {
	Said   bool // something
	Marked bool // that it was late, and not by how much
	By     time.Duration
}

// Words that gradebooks and people write into such columns.
var (
	affirmative = map[string]bool{"yes": true, "y": true, "true": true, "late": true, "x": true}
	negative    = map[string]bool{"no": true, "n": true, "false": true, "on time": true, "-": true}
)

func lateness(text string) (Lateness, error) {
	switch lower := strings.ToLower(text); {
	case text == "":
		return Lateness{}, nil
	case affirmative[lower]:
		return Lateness{Said: true, Marked: true}, nil
	case negative[lower]:
		return Lateness{Said: true}, nil
	}
	by, err := Span(text)
	return Lateness{Said: true, By: by}, err
}

var (
	// clock is how Gradescope has it: hours, minutes, seconds.
	clock = regexp.MustCompile(`^(\d{1,6}):([0-5]\d):([0-5]\d)$`)
	spans = regexp.MustCompile(`^(?:\s*\d+(?:\.\d+)?\s*[a-z]+)+\s*$`)
	span  = regexp.MustCompile(`(\d+(?:\.\d+)?)\s*([a-z]+)`)
)

// units have the names of a unit of time by their beginnings.
var units = []struct {
	names string
	is    time.Duration
}{
	{" w week weeks ", 7 * 24 * time.Hour},
	{" d day days ", 24 * time.Hour},
	{" h hour hours ", time.Hour},
	{" m min mins minute minutes ", time.Minute},
	{" s sec secs second seconds ", time.Second},
}

// longest is more than any term has.
const longest = 1000 * 24 * time.Hour

// Span reads a time as people and gradebooks write it: "2" is days, and there are "36h",
// "1 day 4 hours" and "26:13:05".
func Span(text string) (time.Duration, error) {
	none := fmt.Errorf("%q: write days, as in 2, or a time, as in 36h or 1 day 4 hours", text)
	lower := strings.ToLower(strings.TrimSpace(text))
	if days, err := strconv.ParseFloat(lower, 64); err == nil {
		return inDays(days, none)
	}
	if m := clock.FindStringSubmatch(lower); m != nil {
		lower = m[1] + "h" + m[2] + "m" + m[3] + "s"
	}
	if !spans.MatchString(lower) {
		return 0, none
	}
	sum := 0.0 // in days
	for _, m := range span.FindAllStringSubmatch(lower, -1) {
		number, err := strconv.ParseFloat(m[1], 64)
		unit := unitOf(m[2])
		if err != nil || unit == 0 {
			return 0, none
		}
		sum += number * unit.Hours() / 24
	}
	return inDays(sum, none)
}

func unitOf(name string) time.Duration {
	for _, u := range units {
		if strings.Contains(u.names, " "+name+" ") {
			return u.is
		}
	}
	return 0
}

func inDays(days float64, otherwise error) (time.Duration, error) {
	if math.IsNaN(days) || days < 0 || days > longest.Hours()/24 {
		return 0, otherwise
	}
	return time.Duration(days * float64(24*time.Hour)).Round(time.Second), nil
}
