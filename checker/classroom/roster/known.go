package roster

import (
	"regexp"
	"slices"
	"strings"
)

// Known is what learning platforms call a student, as far as the roster has it. Their
// gradebooks want some of it back.
type Known struct {
	Canvas   string `json:"canvas_id,omitempty"` // a number of Canvas's own
	SISUser  string `json:"sis_user_id,omitempty"`
	SISLogin string `json:"sis_login_id,omitempty"`
	Section  string `json:"section,omitempty"`
	Email    string `json:"email,omitempty"`
	IDNumber string `json:"id_number,omitempty"` // Moodle's
}

// knownColumns say where each of these stands.
type knownColumns struct{ canvas, sisUser, sisLogin, section, email, idNumber []string }

// knownIn finds the columns, by their headings in small letters. A column that is called ID
// has Canvas's numbers only where the other columns are Canvas's, too.
func knownIn(head []string) knownColumns {
	c := knownColumns{
		canvas: []string{"canvas id"}, sisUser: []string{"sis user id"}, sisLogin: []string{"sis login id", "login id", "login"},
		section: []string{"section"}, email: []string{"email", "email address", "e-mail", "mail"}, idNumber: []string{"id number"},
	}
	if isCanvas(head) {
		c.canvas = append(c.canvas, "id")
	}
	return c
}

// isCanvas reports whether these are the headings of Canvas's gradebook.
func isCanvas(head []string) bool {
	return slices.Contains(head, "student") && slices.Contains(head, "id") && slices.Contains(head, "section")
}

// known reads a row.
func (c knownColumns) known(head, row []string) Known {
	field := func(names []string) string {
		for _, n := range names {
			if i := slices.Index(head, n); i >= 0 && i < len(row) && strings.TrimSpace(row[i]) != "" {
				return strings.TrimSpace(row[i])
			}
		}
		return ""
	}
	return Known{field(c.canvas), field(c.sisUser), field(c.sisLogin), field(c.section), field(c.email), field(c.idNumber)}
}

// posting is what Canvas writes below the titles of assignments, and in no student's row.
var posting = regexp.MustCompile(`(?i)^\s*(muted|manual posting.*)?\s*$`)

// ofNobody reports whether a row of Canvas's gradebook is about the assignments: what
// points they have, and whether their grades are posted.
func ofNobody(head, row []string) bool {
	if !isCanvas(head) || len(row) == 0 {
		return false
	}
	return strings.TrimSpace(row[0]) == "Points Possible" || !slices.ContainsFunc(row, func(cell string) bool { return !posting.MatchString(cell) })
}

// assignment matches the heading of one in Canvas's gradebook: its title, and its number.
var assignment = regexp.MustCompile(`^(.*) \((\d+)\)$`)

// Column is the heading of Canvas's column for an assignment that has one of the titles;
// "" if there is none. Only letters and digits count.
func (r Roster) Column(titles ...string) string {
	for _, heading := range r.headings {
		if m := assignment.FindStringSubmatch(heading); m != nil {
			if slices.ContainsFunc(titles, func(t string) bool { return squeezed(t) == squeezed(m[1]) }) {
				return heading
			}
		}
	}
	return ""
}
