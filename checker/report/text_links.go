package report

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"racelab/checker/finding"
)

// A Path is where the reader finds a file.
type Path struct {
	Shown string // relative to where the reader is
	Full  string // absolute
}

// pathOf is placeOf with a name that leads from where the reader is to the file: terminals
// and editors make such a name clickable by themselves.
func (v view) pathOf(l finding.Location) string {
	if path, ok := v.Submission.Paths[l.File]; ok && l.Line > 0 {
		return fmt.Sprintf("%s:%d", path.Shown, l.Line)
	}
	return placeOf(l)
}

// linked makes each place in a text that is laid out clickable, whichever name it has. A link
// takes no columns.
func (p *page) linked(text string) string {
	if !p.Links.On || len(p.Submission.Paths) == 0 {
		return text
	}
	files := map[string]string{}
	var names []string
	for name, path := range p.Submission.Paths {
		files[name], files[path.Shown] = path.Full, path.Full
		names = append(names, regexp.QuoteMeta(name), regexp.QuoteMeta(path.Shown))
	}
	// The longest first: a path ends in a name.
	slices.SortFunc(names, func(a, b string) int { return cmp.Or(cmp.Compare(len(b), len(a)), cmp.Compare(a, b)) })
	place := regexp.MustCompile(`(^|[^\w./\\-])(` + strings.Join(names, "|") + `):(\d+)\b`)
	return place.ReplaceAllStringFunc(text, func(found string) string {
		m := place.FindStringSubmatch(found)
		line, err := strconv.Atoi(m[3])
		if err != nil {
			return found
		}
		return m[1] + p.Links.Place(m[2]+":"+m[3], files[m[2]], line)
	})
}
