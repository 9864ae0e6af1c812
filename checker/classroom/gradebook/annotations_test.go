package gradebook

import (
	"bytes"
	"strings"
	"testing"

	"racelab/checker/classroom/record"
	"racelab/checker/classroom/record/recordtest"
)

// A workflow obeys the commands of a log as GitHub's runner does: it returns those that it has
// obeyed, and the lines that it has only shown.
func obey(log string) (commands, shown []string) {
	stopped := ""
	for line := range strings.Lines(log) {
		line = strings.TrimRight(line, "\r\n")
		command, isCommand := strings.CutPrefix(strings.TrimSpace(line), "::")
		switch {
		case stopped != "" && command == stopped+"::":
			stopped = ""
		case stopped != "":
			shown = append(shown, line)
		case isCommand || strings.Contains(line, "##["):
			commands = append(commands, line)
			if word, ok := strings.CutPrefix(command, "stop-commands::"); ok {
				stopped = word
			}
		default:
			shown = append(shown, line)
		}
	}
	return commands, shown
}

// Whatever students are called and programs say, the commands are racelab's, and no more
// annotations than GitHub shows.
func TestAnnotationsAreInert(t *testing.T) {
	for seed := range uint64(10) {
		var out bytes.Buffer
		if err := GitHubActions(&out, recordtest.Class(seed, 12, 5).Stream(), Style{}); err != nil {
			t.Fatal(err)
		}
		commands, shown := obey(out.String())
		annotations := 0
		for _, c := range commands {
			name, _, _ := strings.Cut(strings.TrimPrefix(c, "::"), " ")
			switch {
			case name == "error" || name == "warning":
				annotations++
			case strings.HasPrefix(c, "::group::"), strings.HasPrefix(c, "::stop-commands::"), c == "::endgroup::":
			default:
				t.Errorf("%q", c)
			}
		}
		if annotations != mostAnnotations || len(commands) != mostAnnotations+3 || len(shown) == 0 {
			t.Errorf("%d annotations, %d commands, %d lines", annotations, len(commands), len(shown))
		}
		if strings.ContainsAny(out.String(), "\x1b\x00\r\u202e") {
			t.Errorf("something takes control of a terminal:\n%q", out.String())
		}
	}
}

// The word that ends the silence is another one each time.
func TestStopCommandsCannotBeGuessed(t *testing.T) {
	var one, other bytes.Buffer
	_ = GitHubActions(&one, ada().Stream(), Style{})
	_ = GitHubActions(&other, ada().Stream(), Style{})
	if one.String() == other.String() {
		t.Error("twice the same token")
	}
}

// The table for people is no command either, where it stands in a log of GitHub Actions.
func TestTextIsInert(t *testing.T) {
	var out bytes.Buffer
	if err := Text(&out, recordtest.Class(1, 120, 3), Style{Width: 80}); err != nil {
		t.Fatal(err)
	}
	if commands, _ := obey(out.String()); len(commands) > 0 {
		t.Errorf("%q", commands)
	}
}

// The summary stays under a limit, and says what it leaves out.
func TestStepSummary(t *testing.T) {
	class := recordtest.Class(1, 30, 5)
	for name, c := range map[string]struct {
		book record.Book
		most int
		want string
	}{
		"a student":  {ada(), summarySize, "| ada | 10 | 4 | ? | - | · | 14 of 50 |\n"},
		"problems":   {ada(), summarySize, "**ada**, 02\\-reentry\n\n    bank.go:18: unsynch"},
		"marks":      {ada(), summarySize, "`?` racelab could not tell"},
		"a class":    {class, summarySize, "| student000 |"},
		"some room":  {class, 5000, "more submissions, of which"},
		"small room": {class, 500, "more students."},
	} {
		got, err := stepSummary(c.book.Stream(), c.most)
		if err != nil || len(got) > c.most+500 || !strings.Contains(got, c.want) {
			t.Errorf("%s: %d bytes, no %q in\n%.2000s", name, len(got), c.want, got)
		}
	}
}
