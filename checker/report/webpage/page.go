// Package webpage has what racelab's pages share: the frame with its Content-Security-Policy,
// the style, and the drawing of an interleaving through which one can step. A page is one file
// of HTML that asks for nothing else and works offline, by keyboard, on paper and, for reading,
// without a script.
//
// It writes no sentence about what was found: its texts come from package report, and are
// escaped here whatever they are. Drawings are in SVG, row by row: see lines.
package webpage

import (
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"strings"
)

var (
	//go:embed parts.html
	partsHTML string
	//go:embed page.html
	pageHTML string
	//go:embed page.css
	css string
	//go:embed steps.js
	stepsJS string
)

var (
	parts = template.Must(template.New("parts").Parse(partsHTML))
	page  = template.Must(template.Must(parts.Clone()).New("page").Parse(pageHTML))
)

// Parts are templates that a page may use: head, of a Frame; colours; told, of a Told of
// package report; picture, of a Picture.
func Parts() *template.Template { return template.Must(parts.Clone()) }

// Told writes what package report tells of a verdict as HTML.
func Told(told any) (template.HTML, error) { return part("told", told) }

// Steps is the drawing of a problem, as Told has it: open, or to be opened.
func Steps(p *Picture, open bool) (template.HTML, error) {
	if open {
		return part("opened", p)
	}
	return part("closed", p)
}

func part(name string, data any) (template.HTML, error) {
	var out strings.Builder
	err := parts.ExecuteTemplate(&out, name, data)
	return template.HTML(out.String()), err
}

// A Frame is what every page has.
type Frame struct {
	Title  string
	Policy string // Content-Security-Policy
	Style  template.CSS
	Script template.JS
}

// NewFrame makes a frame whose policy allows its own script and style, by their hashes. The
// script is that of drawings, and then the page's own.
func NewFrame(title, script string) Frame {
	script = stepsJS + script
	return Frame{
		Title:  title,
		Policy: fmt.Sprintf("default-src 'none'; script-src %s; style-src %s; base-uri 'none'; form-action 'none'", hashOf(script), hashOf(css)),
		Style:  template.CSS(css),
		Script: template.JS(script),
	}
}

func hashOf(text string) string {
	sum := sha256.Sum256([]byte(text))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}
