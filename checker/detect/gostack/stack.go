// Package gostack reads what the Go run-time prints about goroutines: crashes
// (panics and fatal errors), dumps of a program that was killed with SIGQUIT,
// and the text of runtime.Stack. Diagnose says what a crash or a hang is.
//
// It is also where the shape of a stack is known: the parsers of the other
// detectors read function and file lines with ParseFunc, ParsePos and
// ParseStack.
//
// It does not promise that the text came from the run-time: a program can print
// whatever it likes. Ask only about a process that ended as a crash does, with
// status 2 or by a signal.
package gostack

import (
	"strconv"
	"strings"

	"racelab/checker/finding"
)

// A Stack is the body of one goroutine's block, below its header.
type Stack struct {
	// Frames has the innermost frame first. Functions have no arguments; files
	// are as printed.
	Frames []finding.Frame
	// CreatedBy is the go statement, at most one frame: the run-time prints no more.
	CreatedBy []finding.Frame
	// Creator is the number of the goroutine that executed the go statement, 0
	// when it was not printed.
	Creator int
	// args are the arguments of Frames as printed: "0xc000012345, 0x1".
	args []string
}

// ParseFunc reads the line of a stack that names a function, with or without
// arguments, and returns the function and what stands between the parentheses.
func ParseFunc(line string) (name, args string, ok bool) {
	line, ok = strings.CutSuffix(strings.TrimSpace(line), ")")
	if !ok {
		return "", "", false
	}
	open := strings.LastIndexByte(line, '(')
	if open <= 0 {
		return "", "", false
	}
	name, args = line[:open], line[open+1:]
	// Type arguments may hold anything; elsewhere a function has no space in it,
	// which tells it from prose, and a package before it, which tells it from a call.
	plain, _, _ := strings.Cut(name, "[")
	if strings.ContainsAny(plain, " \t:") || name != "panic" && !strings.Contains(plain, ".") {
		return "", "", false
	}
	return name, args, true
}

// ParsePos reads the line of a stack that names a place:
// "/lab/bank.go:12 +0x1d", with or without an offset and registers after it.
func ParsePos(line string) (file string, number int, ok bool) {
	line = strings.TrimSpace(line)
	for _, extra := range []string{" +0x", " fp=0x", " pc=0x"} {
		line, _, _ = strings.Cut(line, extra)
	}
	colon := strings.LastIndexByte(line, ':')
	if colon <= 0 {
		return "", 0, false
	}
	number, err := strconv.Atoi(line[colon+1:])
	if err != nil || number < 0 {
		return "", 0, false
	}
	return line[:colon], number, true
}

// ParseStack reads a stack from the beginning of lines and returns how many of
// them belong to it. It ends before an empty line or the header of the next
// goroutine, or after the place of the go statement. Lines that it does not
// know, such as output of the program in between, are passed over.
func ParseStack(lines []string) (s Stack, n int) {
	var function, args string // waiting for their place
	created := false
	for n < len(lines) {
		line := lines[n]
		if strings.TrimSpace(line) == "" || isHeader(line) {
			break
		}
		n++
		if f, creator, ok := parseCreatedBy(line); ok {
			function, created, s.Creator = f, true, creator
			continue
		}
		if f, a, ok := ParseFunc(line); ok && !isIndented(line) {
			function, args, created = f, a, false
			continue
		}
		file, number, ok := ParsePos(line)
		if !ok || function == "" || !isIndented(line) {
			continue
		}
		frame := finding.Frame{Function: function, File: file, Line: number}
		if created {
			s.CreatedBy = []finding.Frame{frame}
			break
		}
		s.Frames, s.args, function = append(s.Frames, frame), append(s.args, args), ""
	}
	return s, n
}

// isIndented reports whether a line begins with a tab, perhaps after the blanks
// with which package testing indents what a test logs.
func isIndented(line string) bool {
	return strings.HasPrefix(strings.TrimLeft(line, " "), "\t")
}

// parseCreatedBy reads "created by main.main in goroutine 1".
func parseCreatedBy(line string) (function string, creator int, ok bool) {
	function, ok = strings.CutPrefix(strings.TrimSpace(line), "created by ")
	if !ok {
		return "", 0, false
	}
	function, id, _ := strings.Cut(function, " in goroutine ")
	creator, _ = strconv.Atoi(id) // 0 from run-times before go1.21
	return function, creator, true
}
