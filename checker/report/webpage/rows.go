package webpage

import (
	"cmp"
	"fmt"
	"html/template"
	"strconv"
	"strings"
)

// HTML is the picture as a part of a page. It can be read without a script and without the
// lines that are drawn: the rows are a list.
func (p *Picture) HTML() (template.HTML, error) { return part("picture", p) }

// Beside is a picture with that of another schedule, which passes, on its side: on a wide
// screen, and else below it.
func (p *Picture) Beside(passes *Picture) (template.HTML, error) {
	return part("pair", struct{ Fails, Passes *Picture }{p, passes})
}

// Class tells the style how many lanes there are.
func (p *Picture) Class() string {
	switch n := len(p.Lanes); {
	case n <= mostColumns:
		return fmt.Sprintf("few n%d", n)
	case n <= mostLines:
		return fmt.Sprintf("n%d", n)
	}
	return "many"
}

// mostColumns is how many lanes are wide enough, on a wide screen, for what is done in them.
const mostColumns = 4

// mostLines is how many lines of lanes are as far apart as they should.
const mostLines = 9

// Folds reports whether some rows can be folded away.
func (p *Picture) Folds() bool {
	for _, r := range p.Rows {
		if r.Own {
			return true
		}
	}
	return false
}

// List are the rows as HTML. A page has so many that a template would take seconds.
func (p *Picture) List() template.HTML {
	var out strings.Builder
	d := newLines(p)
	for i, r := range p.Rows {
		if r.Fold != "" {
			out.WriteString(`<li class="row fold">`)
			d.fold(&out, i)
			tag(&out, "span", "what", r.Fold)
			out.WriteString("</li>")
		}
		p.row(&out, d, i)
	}
	return template.HTML(out.String())
}

func (p *Picture) row(out *strings.Builder, d *lines, i int) {
	r := p.Rows[i]
	class := "row"
	if r.Sort != Plain {
		class += " " + string(r.Sort)
	}
	if r.Own {
		class += " own"
	}
	if r.Lane != NoLane {
		class += fmt.Sprintf(" inlane l%d", r.Lane)
	}
	fmt.Fprintf(out, `<li class="%s"`, class)
	data(out, "w", r.Waits)
	data(out, "k", r.Known)
	r.moves(out)
	out.WriteString(">")
	d.row(out, i)
	if r.Number > 0 {
		tag(out, "span", "n", strconv.Itoa(r.Number))
	}
	out.WriteString(`<span class="what">`)
	if r.Lane != NoLane {
		tag(out, "b", "", cmp.Or(r.Who, p.Lanes[r.Lane]))
		out.WriteString(" ")
	}
	escape(out, r.Text)
	out.WriteString("</span>")
	r.at(out)
	if r.After != "" {
		tag(out, "span", "after", r.After)
	}
	if r.Why != "" {
		tag(out, "span", "why", r.Why)
	}
	out.WriteString("</li>\n")
}

// moves tells the page who goes where with the row.
func (r Row) moves(out *strings.Builder) {
	if len(r.Moves) == 0 {
		return
	}
	var moves []string
	for _, m := range r.Moves {
		moves = append(moves, fmt.Sprintf("%d:%d:%d", m.Lane, m.File, m.Line))
	}
	fmt.Fprintf(out, ` data-m="%s"`, strings.Join(moves, " "))
}

// at shows the place of the row, and what stands there.
func (r Row) at(out *strings.Builder) {
	if r.Place == "" && r.Source == "" {
		return
	}
	out.WriteString(`<span class="at">`)
	escape(out, r.Place)
	if r.Function != "" {
		out.WriteString(" ")
		tag(out, "i", "", r.Function)
	}
	if r.Source != "" {
		tag(out, "code", "", r.Source)
	}
	out.WriteString("</span>")
}

func data(out *strings.Builder, name string, list []int) {
	if len(list) == 0 {
		return
	}
	var texts []string
	for _, n := range list {
		texts = append(texts, strconv.Itoa(n))
	}
	fmt.Fprintf(out, ` data-%s="%s"`, name, strings.Join(texts, " "))
}

func tag(out *strings.Builder, name, class, text string) {
	out.WriteString("<" + name)
	if class != "" {
		fmt.Fprintf(out, ` class="%s"`, class)
	}
	out.WriteString(">")
	escape(out, text)
	out.WriteString("</" + name + ">")
}

func escape(out *strings.Builder, text string) { template.HTMLEscape(out, []byte(text)) }

// ForLanes are the numbers of the lanes whose wait it is, for the page.
func (w Wait) ForLanes() string {
	var texts []string
	for _, l := range w.For {
		texts = append(texts, strconv.Itoa(l))
	}
	return strings.Join(texts, " ")
}
