package menu

import (
	"cmp"
	"fmt"
	"strings"

	"racelab/checker/report/terminal"
)

// moves are the keys that stand for no command.
var moves = [][2]string{
	{"↑ ↓, j k", "move; home and end, g and G for the first and the last"},
	{"12", "go to number 12"},
	{"/", "find a word; enter stays there, esc goes back"},
	{"q, esc", "leave"},
}

// Sizes of what stands below the list.
const (
	mostAbout = 3
	leastList = 4
	roomy     = 18 // lines of a screen that has room for more than is needed
)

// lines are all of the screen. The list has what the rest leaves of it.
func (s *screen) lines() []string {
	if s.gone {
		return nil
	}
	if s.helping {
		return s.help()
	}
	height := cmp.Or(s.Look.Height, usualHeight)
	head := []string{s.title()}
	if height >= 15 {
		head = append(head, "")
	}
	list, at := s.list()
	foot := s.foot(max(1, height-len(head)-min(len(list), max(leastList, height/2))))
	return append(append(head, around(list, at, max(1, height-len(head)-len(foot)))...), foot...)
}

// title says how far somebody is and, where there is room, how to find something.
func (s *screen) title() string {
	done := 0
	for _, r := range s.Rows {
		if r.Mark == Done {
			done++
		}
	}
	const bar, name, find = 20, "racelab", "/ finds a word"
	text := terminal.Cut(fmt.Sprintf("  %d of %d exercises done", done, len(s.Rows)), s.Look.Width-len(name))
	room := s.Look.Width - len(name) - len(text)
	out := s.Look.Palette.Bold(name) + text
	if room >= bar+2 && len(s.Rows) > 0 {
		n := done * bar / len(s.Rows)
		out += "  " + s.Look.Palette.Good(strings.Repeat("#", n)) + s.Look.Palette.Dim(strings.Repeat("-", bar-n))
		room -= bar + 2
	}
	if room >= len(find)+2 {
		out += strings.Repeat(" ", room-len(find)) + s.Look.Palette.Dim(find)
	}
	return out
}

// list are the lines of the list, headings between them, and which one is selected.
func (s *screen) list() (lines []string, selected int) {
	rows := s.listed()
	if len(rows) == 0 {
		return []string{terminal.Cut(fmt.Sprintf("  Nothing here has %q in it.", s.query), s.Look.Width)}, 0
	}
	status := 0
	for _, r := range s.Rows {
		status = max(status, terminal.Width(r.Status))
	}
	group := ""
	for _, i := range rows {
		r := s.Rows[i]
		if r.Group != group {
			group = r.Group
			lines = append(lines, s.Look.Palette.Bold(terminal.Cut(group, s.Look.Width)))
		}
		if i == s.selected {
			selected = len(lines)
		}
		lines = append(lines, s.row(r, i == s.selected, status))
	}
	return lines, selected
}

func (s *screen) row(r Row, selected bool, status int) string {
	mark, colour := " ", func(t string) string { return t }
	switch r.Mark {
	case Done:
		mark, colour = "✓", s.Look.Palette.Good
	case Failed:
		mark, colour = "✗", s.Look.Palette.Bad
	case Open:
	}
	left, cursor := fmt.Sprintf(" %02d  %s", r.Number, r.Title), "  "
	room := s.Look.Width - len(cursor) - 1
	if status > 0 {
		room -= status + 2
	}
	left = terminal.Cut(left, room)
	text := strings.TrimRight(left+strings.Repeat(" ", max(0, min(room, 50)-terminal.Width(left)))+"  "+r.Status, " ")
	if selected {
		cursor, text = s.Look.Palette.Bold("> "), s.Look.Palette.Bold(text)
	}
	return cursor + colour(mark) + text
}

// foot is what stands below the list, in at most so many lines: the keys, the command that
// the first of them stands for, what the row is about.
func (s *screen) foot(room int) []string {
	rows := 1
	if s.Look.Height >= roomy {
		rows = 2
	}
	var keys []string
	for _, line := range keyLines(s.keyWords(), s.Look.Width, rows) {
		keys = append(keys, s.Look.Palette.Dim(line))
	}
	if room > 1 {
		keys = append([]string{s.told()}, keys...)
	}
	if room < 4 {
		return keys
	}
	about := s.about()
	out := append([]string{""}, about[:max(0, min(len(about), room-1-len(keys)))]...)
	if room-len(out)-len(keys) > 0 {
		out = append(out, "")
	}
	return append(out, keys...)
}

// about says more of the selected row. When there is little room, what is known of it comes
// before what it is about.
func (s *screen) about() []string {
	if len(s.listed()) == 0 {
		return nil
	}
	r := s.Rows[s.selected]
	about := wrap(r.ID+": "+r.About, s.Look.Width)
	if len(about) > mostAbout {
		about = about[:mostAbout]
		about[mostAbout-1] = terminal.Cut(about[mostAbout-1]+" …", s.Look.Width)
	}
	if r.Facts == "" {
		return about
	}
	facts := []string{s.Look.Palette.Dim(terminal.Cut(terminal.Line(r.Facts), s.Look.Width))}
	if s.Look.Height > 0 && s.Look.Height < roomy {
		return append(facts, about...)
	}
	return append(about, facts...)
}

// told is the line above the keys: what is being looked for, what there is to say, or else
// the command that the first key stands for.
func (s *screen) told() string {
	switch {
	case s.finding:
		return terminal.Cut("find: "+terminal.Line(s.query)+"_", s.Look.Width)
	case s.note != "":
		return terminal.Cut(terminal.Line(s.note), s.Look.Width)
	case len(s.Rows) == 0 || len(s.Keys) == 0:
		return ""
	}
	k := s.Keys[0]
	line := terminal.Cut(k.Press+" runs  "+k.Command(s.Rows[s.selected]), s.Look.Width)
	before, command, _ := strings.Cut(line, "  ")
	return s.Look.Palette.Dim(before) + "  " + s.Look.Palette.Code(command)
}

func (s *screen) keyWords() [][2]string {
	if s.finding {
		return [][2]string{{"type", "a word"}, {"↑↓", "choose"}, {"enter", "stay"}, {"esc", "back"}}
	}
	return append(words(s.Keys), [2]string{"?", "help"}, [2]string{"q", "quit"})
}

func words(keys []Key) [][2]string {
	var out [][2]string
	for _, k := range keys {
		out = append(out, [2]string{k.Press, k.Word})
	}
	return out
}

// keyLines name keys with what they do, in so many lines if they fit. If they do not, some
// keys stand alone in one line: the first and the last two keep their words longest.
func keyLines(keys [][2]string, width, rows int) []string {
	var all []string
	for _, k := range keys {
		word := k[0] + " " + k[1]
		if n := len(all) - 1; n >= 0 && terminal.Width(all[n]+"  "+word) <= width {
			all[n] += "  " + word
			continue
		}
		all = append(all, word)
	}
	if len(all) <= rows {
		return all
	}
	for _, first := range []bool{true, false} {
		for _, last := range []int{2, 0} {
			if line := shortLine(keys, first, last); terminal.Width(line) <= width {
				return []string{line}
			}
		}
	}
	return []string{terminal.Cut(keys[0][0], width)}
}

// shortLine has words only for the first key, if at all, and for some of the last.
func shortLine(keys [][2]string, first bool, last int) string {
	var parts []string
	alone := false
	for i, k := range keys {
		switch {
		case i == 0 && first || i >= len(keys)-last:
			parts, alone = append(parts, k[0]+" "+k[1]), false
		case alone:
			parts[len(parts)-1] += " " + k[0]
		default:
			parts, alone = append(parts, k[0]), true
		}
	}
	return strings.Join(parts, "  ")
}

// help says what each key stands for, of the selected row.
func (s *screen) help() []string {
	out := []string{s.Look.Palette.Bold("Keys, and what to type in their place"), ""}
	for _, k := range s.Keys {
		command := ""
		if len(s.Rows) > 0 {
			command = k.Command(s.Rows[s.selected])
		}
		out = append(out, s.helpLine(k.Press, command, s.Look.Palette.Code)...)
		out = append(out, wrapAt(k.Purpose, s.Look.Width, "            ")...)
	}
	out = append(out, "")
	for _, m := range moves {
		out = append(out, s.helpLine(m[0], m[1], nil)...)
	}
	out = append(out, "", s.Look.Palette.Dim("any key goes back to the list"))
	if h := s.Look.Height; h > 0 && len(out) > h {
		out = s.shortHelp(h)
	}
	return out
}

// shortHelp is the help for a screen that has too few lines for what the keys are for.
func (s *screen) shortHelp(height int) []string {
	var out []string
	for _, k := range s.Keys {
		out = append(out, s.helpLine(k.Press, k.Command(s.Rows[s.selected]), s.Look.Palette.Code)...)
	}
	for _, m := range moves {
		out = append(out, s.helpLine(m[0], m[1], nil)...)
	}
	return out[:min(len(out), height)]
}

func (s *screen) helpLine(key, text string, colour func(string) string) []string {
	const column = 12
	text = terminal.Cut(terminal.Line(text), s.Look.Width-column)
	if colour != nil {
		text = colour(text)
	}
	return []string{"  " + key + strings.Repeat(" ", column-2-terminal.Width(key)) + text}
}

func wrap(text string, width int) []string { return wrapAt(text, width, "") }

func wrapAt(text string, width int, indent string) []string {
	return strings.Split(strings.TrimRight(terminal.Wrap(terminal.Line(text), width, indent, indent), "\n"), "\n")
}

// around are at most so many of lines, the one at an index among them.
func around(lines []string, at, room int) []string {
	if len(lines) <= room {
		return lines
	}
	from := max(0, min(at-room/2, len(lines)-room))
	return lines[from : from+room]
}
