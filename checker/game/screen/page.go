package screen

import (
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"html/template"
	"io"
	"maps"
	"slices"
	"strings"

	"racelab/checker/game"
	"racelab/checker/report"
	"racelab/checker/report/terminal"
)

var (
	//go:embed page/page.html
	pageHTML string
	//go:embed page/page.css
	pageCSS string
	//go:embed page/page.js
	pageJS string

	pages = template.Must(template.New("page").Parse(pageHTML))
)

// A page is a tree as one file for a browser, which needs nothing else.
type page struct {
	Title   string
	Policy  string // Content-Security-Policy
	Style   template.CSS
	Script  template.JS
	Goal    []string
	Extent  string
	Sources []pageSource
	Nodes   template.JS
}

type pageSource struct {
	Name  string
	Lines []pageLine
}

type pageLine struct {
	Number int
	Text   string
}

// A pageNode is a position in words. Numbers of nodes are -1 where there is none.
type pageNode struct {
	Count  string    `json:"count"`
	Trail  string    `json:"trail"`
	Rows   []pageRow `json:"rows"`
	Below  []string  `json:"below"`
	End    []string  `json:"end"`
	Failed bool      `json:"failed,omitempty"`
	Usual  int       `json:"usual"` // the row of who would go on by itself
	Parent int       `json:"parent"`
	Hint   int       `json:"hint"`
	Says   string    `json:"says,omitempty"` // what the hint is
}

type pageRow struct {
	Key   string `json:"key"`
	Name  string `json:"name"`
	What  string `json:"what"`
	Where string `json:"where"`
	File  string `json:"file,omitempty"`
	Line  int    `json:"line,omitempty"`
	Moves bool   `json:"moves,omitempty"`
	Next  int    `json:"next"`
}

// Page writes a tree as a page: the same game, for a browser.
func (l Look) Page(w io.Writer, t game.Tree) error {
	l.Width, l.Palette, l.Best = wide, terminal.Palette{}, ""
	nodes := make([]pageNode, len(t.Nodes))
	for i := range t.Nodes {
		nodes[i] = l.pageNode(t, i)
	}
	data, err := json.Marshal(nodes) // which escapes what ends a script
	if err != nil {
		return err
	}
	p := page{
		Title: terminal.Line(t.Exercise + ", " + t.Test), Style: template.CSS(pageCSS), Script: template.JS(pageJS), Nodes: template.JS(data),
		Policy:  fmt.Sprintf("default-src 'none'; script-src %s; style-src %s; base-uri 'none'; form-action 'none'", hashOf(pageJS), hashOf(pageCSS)),
		Sources: l.sources(),
		Extent:  extent(t),
	}
	for _, line := range l.goal(t.Known) {
		if line != "" {
			p.Goal = append(p.Goal, strings.TrimSpace(line))
		}
	}
	return pages.Execute(w, p)
}

// wide is a width in which no line is broken.
const wide = 1 << 16

func hashOf(text string) string {
	sum := sha256.Sum256([]byte(text))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}

// extent says which orders a tree has.
func extent(t game.Tree) string {
	switch all := report.Count(len(t.Nodes), "position"); {
	case t.LeftOut == 0:
		return "This page has all " + all + "."
	case t.Bound < 0:
		return fmt.Sprintf("This page has %s, and not all: there are too many.", all)
	case t.Bound == 0:
		return fmt.Sprintf("This page has %s: all orders without a preemption, and some others.", all)
	default:
		return fmt.Sprintf("This page has %s: all orders with at most %s, and some others.", all, report.Count(t.Bound, "preemption"))
	}
}

func (l Look) pageNode(t game.Tree, node int) pageNode {
	g := t.At(node)
	p, n := g.Position(), t.Nodes[node]
	out := pageNode{
		Count: counted(g), Trail: strings.Join(turns(g), "; "), Parent: n.Parent, Hint: -1,
		Rows: []pageRow{}, Below: texts(append(l.legend(p), l.locks(p)...)), End: []string{}, Failed: p.End.Failed(),
	}
	if h, ok := g.Hint(); ok && h.Back == 0 {
		out.Says = goesOn(h.Choice)
		out.Hint = n.Next[slices.IndexFunc(p.Moves, func(m game.Move) bool { return m.Choice == h.Choice })]
	}
	if p.End != nil {
		out.End = texts(l.ended(g))
		return out
	}
	rows := l.rows(g)
	out.Usual = usual(rows, p)
	for _, r := range rows {
		shown := pageRow{Key: r.key, Name: r.name, What: terminal.Line(r.what), Where: r.place, File: r.at.File, Line: r.at.Line, Next: -1}
		if r.move >= 0 {
			shown.Moves, shown.Next = true, n.Next[r.move]
		}
		out.Rows = append(out.Rows, shown)
	}
	return out
}

func texts(lines []string) []string {
	out := []string{}
	for _, line := range lines {
		out = append(out, strings.TrimSpace(line))
	}
	return out
}

// sources are those that the learner may have to change, then the tests.
func (l Look) sources() []pageSource {
	var out []pageSource
	for _, name := range slices.SortedFunc(maps.Keys(l.Files), testsLast) {
		s := pageSource{Name: name}
		for i, line := range strings.Split(strings.TrimRight(string(l.Files[name]), "\n"), "\n") {
			s.Lines = append(s.Lines, pageLine{i + 1, terminal.ExpandTabs(terminal.Clean(line))})
		}
		out = append(out, s)
	}
	return out
}

func testsLast(a, b string) int {
	isTest := func(name string) int { return len(name) - len(strings.TrimSuffix(name, "_test.go")) }
	if d := isTest(a) - isTest(b); d != 0 {
		return d
	}
	return strings.Compare(a, b)
}
