package gradebook

import (
	"bufio"
	"encoding/xml"
	"errors"
	"io"
	"strconv"
	"strings"

	"racelab/checker/classroom/record"
)

// The elements of JUnit's XML, as https://github.com/testmoapp/junitxml describes them.
var (
	junitSuites = xml.Name{Local: "testsuites"}
	junitSuite  = xml.Name{Local: "testsuite"}
)

type (
	junitCase struct {
		XMLName xml.Name    `xml:"testcase"`
		Name    string      `xml:"name,attr"`
		Class   string      `xml:"classname,attr"`
		File    string      `xml:"file,attr,omitempty"`
		Time    string      `xml:"time,attr"`
		Skipped *junitWords `xml:"skipped"`
		Failure *junitWords `xml:"failure"`
		Error   *junitWords `xml:"error"`
	}
	junitWords struct {
		Message string `xml:"message,attr"`
		Text    string `xml:",chardata"`
	}
)

// noTime stands for what a record does not know: how long the check took on some machine.
const noTime = "0"

// JUnit writes a suite for each student, and a case for each exercise. What was not handed
// in, or is as it was handed out, was skipped.
func JUnit(w io.Writer, s record.Stream, _ Style) error {
	buffer := bufio.NewWriter(w) // Flush returns the error
	_, _ = buffer.WriteString(xml.Header)
	out := xml.NewEncoder(buffer)
	out.Indent("", "  ")
	if err := out.EncodeToken(xml.StartElement{Name: junitSuites}); err != nil {
		return err
	}
	if err := writeSuites(out, s); err != nil {
		return err
	}
	if err := errors.Join(out.EncodeToken(xml.EndElement{Name: junitSuites}), out.Close()); err != nil {
		return err
	}
	_, _ = buffer.WriteString("\n")
	return buffer.Flush()
}

func writeSuites(out *xml.Encoder, s record.Stream) error {
	counts := countCases(s.Records)
	student, open := "", false
	for r, err := range s.Whole {
		if err == nil && open && r.Student != student {
			err = out.EncodeToken(xml.EndElement{Name: junitSuite})
			open = false
		}
		if err == nil && !open {
			student, open = r.Student, true
			err = out.EncodeToken(counts[student].suite(student))
		}
		if err == nil {
			err = out.Encode(newCase(rawOutcome(r)))
		}
		if err != nil {
			return err
		}
	}
	if !open {
		return nil
	}
	return out.EncodeToken(xml.EndElement{Name: junitSuite})
}

// caseCounts are how many cases of a student there are, which a suite begins with.
type caseCounts struct{ tests, failures, errors, skipped int }

func countCases(brief []record.Record) map[string]caseCounts {
	all := map[string]caseCounts{}
	for _, r := range brief {
		n, o := all[r.Student], rawOutcome(r)
		n.tests++
		switch {
		case o.State != record.Graded:
			n.skipped++
		case o.Status == fails:
			n.failures++
		case o.Status == unclear:
			n.errors++
		}
		all[r.Student] = n
	}
	return all
}

func (n caseCounts) suite(student string) xml.StartElement {
	attr := func(name, value string) xml.Attr { return xml.Attr{Name: xml.Name{Local: name}, Value: value} }
	return xml.StartElement{Name: junitSuite, Attr: []xml.Attr{
		attr("name", inert(student)), attr("tests", strconv.Itoa(n.tests)), attr("failures", strconv.Itoa(n.failures)),
		attr("errors", strconv.Itoa(n.errors)), attr("skipped", strconv.Itoa(n.skipped)), attr("time", noTime),
	}}
}

func newCase(o outcome) junitCase {
	c := junitCase{Name: inert(o.Exercise), Class: inert(o.Student), Time: noTime}
	words := &junitWords{Message: inert(o.Message), Text: inert(o.Output)}
	switch {
	case o.State != record.Graded:
		c.Skipped = words
	case o.Status == fails:
		c.Failure = words
	case o.Status == unclear:
		c.Error = words
	}
	if o.Verdict != nil && len(o.Verdict.Findings) > 0 {
		c.File = inert(pathOf(o.Exercise, placeOf(o.Verdict.Findings[0]).File))
	}
	return c
}

// attachment is what GitLab takes for the name of a file to show.
// See https://docs.gitlab.com/ci/testing/unit_test_reports/#view-junit-screenshots-on-gitlab.
const attachment = "[[ATTACHMENT|"

// inert takes it out, also where it is put together by taking it out. What XML does not
// allow becomes U+FFFD when it is written.
func inert(text string) string {
	for strings.Contains(text, attachment) {
		text = strings.ReplaceAll(text, attachment, "")
	}
	return text
}
