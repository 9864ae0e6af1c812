package gradebook

import (
	"encoding/xml"
	"fmt"
	"io"
	"strings"

	"racelab/checker/classroom/record"
)

// The elements of JUnit's XML, as https://github.com/testmoapp/junitxml describes them.
type (
	junitSuites struct {
		XMLName xml.Name     `xml:"testsuites"`
		Suites  []junitSuite `xml:"testsuite"`
	}
	junitSuite struct {
		Name     string      `xml:"name,attr"`
		Tests    int         `xml:"tests,attr"`
		Failures int         `xml:"failures,attr"`
		Errors   int         `xml:"errors,attr"`
		Skipped  int         `xml:"skipped,attr"`
		Time     string      `xml:"time,attr"`
		Cases    []junitCase `xml:"testcase"`
	}
	junitCase struct {
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
func JUnit(w io.Writer, b record.Book, _ Style) error {
	var all junitSuites
	for _, o := range outcomes(b) {
		if n := len(all.Suites); n == 0 || all.Suites[n-1].Name != o.Student {
			all.Suites = append(all.Suites, junitSuite{Name: o.Student, Time: noTime})
		}
		s := &all.Suites[len(all.Suites)-1]
		c := junitCase{Name: o.Exercise, Class: o.Student, Time: noTime}
		words := &junitWords{Message: inert(o.Message), Text: inert(o.Output)}
		switch {
		case o.State != record.Graded:
			c.Skipped = words
			s.Skipped++
		case o.Status == fails:
			c.Failure = words
			s.Failures++
		case o.Status == unclear:
			c.Error = words
			s.Errors++
		}
		if o.Verdict != nil && len(o.Verdict.Findings) > 0 {
			c.File = o.Verdict.Findings[0].Location.File
		}
		s.Tests++
		s.Cases = append(s.Cases, c)
	}
	text, err := xml.MarshalIndent(all, "", "  ")
	if err == nil {
		_, err = fmt.Fprintf(w, "%s%s\n", xml.Header, text)
	}
	return err
}

// inert takes out what GitLab takes for the name of a file to show.
// See https://docs.gitlab.com/ci/testing/unit_test_reports/#view-junit-screenshots-on-gitlab.
func inert(text string) string { return strings.ReplaceAll(text, "[[ATTACHMENT|", "") }
