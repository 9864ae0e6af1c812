package webpage

import (
	"html/template"
	"io"
)

// A Document is a page of its own about one program.
type Document struct {
	Frame
	Headline  string
	Otherwise string        // what it means that it is not what was recorded
	Body      template.HTML // of Told, or of a Picture
	Next      []Next
	Replay    string // the command that shows it again
}

// A Next is a command to type, and what it is for.
type Next struct{ Command, Purpose string }

// Write writes the page.
func (d Document) Write(w io.Writer) error {
	d.Frame = NewFrame(d.Title, "")
	return page.Execute(w, d)
}
