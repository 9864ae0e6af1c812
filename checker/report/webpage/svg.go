package webpage

import (
	"fmt"
	"strconv"
	"strings"
)

// Measures of a drawing of its own, in pixels.
const (
	svgWidth  = 900
	svgRow    = 26
	svgLane   = 160
	svgLeft   = 44 // before the lanes
	svgTop    = 76
	svgIndent = 15 // from where a lane begins to its line
	svgBeside = 46 // characters beside the lanes
)

// svgStyle is for a page that is light, and one that is dark.
const svgStyle = `:root{--paper:#fff;--ink:#1b1d21;--dim:#5a6069;--line:#d5d8dd;--soft:#f8f9fa;--link:#0b57a4;--red:#c4231c;--bad:#9c3400;--sun:#e8a800}
@media(prefers-color-scheme:dark){:root{--paper:#16181c;--ink:#e6e6e6;--dim:#a3a9b3;--line:#3a3e46;--soft:#1b1e23;--link:#8ec3ff;--red:#ff7b72;--bad:#ffab7a;--sun:#ffd257}}
text{font:13px ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;fill:var(--ink)}
.t{font:600 15px system-ui,sans-serif}.h{font:600 13px system-ui,sans-serif;fill:var(--bad)}.d{fill:var(--dim);font-size:12px}.w{fill:var(--bad);font-weight:600}.f{fill:var(--dim);font-style:italic}
.paper{fill:var(--paper);stroke:var(--line)}.soft{fill:var(--soft)}.g{overflow:visible}.g svg{overflow:visible}.o{display:none}
.life{stroke:var(--dim);stroke-width:1.5}.idle{stroke-dasharray:2 4}.dot{fill:var(--ink);stroke:var(--ink)}.cut .dot,.cause .dot{fill:var(--sun)}.cause .dot{stroke:var(--red);stroke-width:2}
.wrong .dot,.stuck .dot{fill:none;stroke:var(--red);stroke-width:2.5}.access .dot{fill:var(--red);stroke:var(--red)}
.edge{stroke:var(--link);stroke-width:1.3;fill:none}.tip{fill:var(--link);stroke:none}.edge.go{stroke:var(--dim)}.go .tip{fill:var(--dim)}
.edge.missing{stroke:var(--red);stroke-width:2;stroke-dasharray:4 3}.missing .tip{fill:var(--red)}
.band{fill-opacity:.5}.b0{fill:#4c9be8}.b1{fill:#b07cd8}.b2{fill:#3fae8f}.b3{fill:#d98b3a}line.gap{stroke:var(--red);stroke-dasharray:2 3}`

// SVG is the picture as a drawing of its own, with the test's own steps folded away and a
// sentence below it for each row that explains something.
func (p *Picture) SVG() string {
	rows, end := p.svgRows()
	var out strings.Builder
	height := end + 14 + 20*len(p.Wrong)
	fmt.Fprintf(&out, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%[1]d" height="%d" role="img" aria-labelledby="title">`, svgWidth, height, height)
	out.WriteString("\n<title id=\"title\">")
	escape(&out, p.Title+". "+strings.Join(p.Wrong, " "))
	fmt.Fprintf(&out, "</title>\n<style>%s</style>\n", svgStyle)
	fmt.Fprintf(&out, `<rect class="paper" x=".5" y=".5" width="%d" height="%d" rx="6"/>`, svgWidth-1, height-1)
	textAt(&out, "t", 16, 28, p.Title, "")
	for l, name := range p.Lanes {
		textAt(&out, "t", svgLeft+svgIndent-4+l*svgLane, svgTop-12, name, "")
	}
	out.WriteString("\n" + rows)
	for i, text := range p.Wrong {
		textAt(&out, "h", 16, end+22+20*i, text, "")
	}
	out.WriteString("</svg>\n")
	return out.String()
}

// svgRows are the rows of the drawing, and how far down they reach.
func (p *Picture) svgRows() (drawn string, end int) {
	var rows strings.Builder
	d := newLines(p)
	y := svgTop
	draw := func(class, number, text, place string, lane int, content func()) {
		fmt.Fprintf(&rows, `<g class="%s">`, class)
		if (y-svgTop)/svgRow%2 == 1 {
			fmt.Fprintf(&rows, `<rect class="soft" x="1" y="%d" width="%d" height="%d"/>`, y, svgWidth-2, svgRow)
		}
		fmt.Fprintf(&rows, `<svg class="g" x="%d" y="%d" width="%d" height="%d">`, svgLeft+svgIndent, y, p.svgLanes(), svgRow)
		content()
		rows.WriteString("</svg>")
		textAt(&rows, "d", svgLeft-8, y+17, number, "end")
		textAt(&rows, classOfText(class), svgLeft+svgIndent+12+max(lane, 0)*svgLane, y+17, text, "")
		textAt(&rows, "d", svgLeft+p.svgLanes()+34, y+17, place, "")
		rows.WriteString("</g>\n")
		y += svgRow
	}
	for i, r := range p.Rows {
		if r.Fold != "" {
			draw("fold", "", r.Fold, "", NoLane, func() { d.content(&rows, i, d.foldEnd(i)) })
		}
		if r.Own {
			continue
		}
		number := ""
		if r.Number > 0 {
			number = strconv.Itoa(r.Number)
		}
		draw(string(r.Sort), number, strings.TrimSpace(r.Who+" "+r.Text), r.beside(), r.Lane, func() { d.content(&rows, i, i) })
	}
	return rows.String(), y
}

// beside is what stands to the right of the lanes, as far as there is room.
func (r Row) beside() string {
	beside := strings.TrimSpace(r.Place + "  " + r.Source)
	if r.Sort == Wrong {
		beside = r.Why
	}
	if runes := []rune(beside); len(runes) > svgBeside {
		beside = string(runes[:svgBeside-1]) + "…"
	}
	return beside
}

func (p *Picture) svgLanes() int { return svgLane * len(p.Lanes) }

func textAt(out *strings.Builder, class string, x, y int, text, anchor string) {
	if text == "" {
		return
	}
	fmt.Fprintf(out, `<text class="%s" x="%d" y="%d"`, class, x, y)
	if anchor != "" {
		fmt.Fprintf(out, ` text-anchor="%s"`, anchor)
	}
	out.WriteString(">")
	escape(out, text)
	out.WriteString("</text>")
}

// classOfText is how the text of a row looks, by the sort of it.
func classOfText(sort string) string {
	switch Sort(sort) {
	case Wrong, Cause, Access, Stuck:
		return "w"
	case "fold":
		return "f"
	}
	return "x"
}
