package finding

import (
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// Sources tells the exercise's files from everything else that appears in a
// stack: the standard library, the run-time, the detectors themselves.
type Sources struct {
	// Dir is the folder in which the exercise was built, absolute.
	Dir string
	// Editable are the learner's files, relative to Dir.
	Editable []string
	// Timed are those of them in which a wait for a channel may be one for a timer, where
	// nothing else tells.
	Timed []string
}

// Rel returns file relative to the exercise's folder, and whether it lies
// directly in it.
func (s Sources) Rel(file string) (string, bool) {
	if s.Dir == "" || path.Dir(filepath.ToSlash(file)) != filepath.ToSlash(s.Dir) {
		return file, false
	}
	return path.Base(filepath.ToSlash(file)), true
}

// IsEditable reports whether file (absolute or relative) is one of the learner's.
func (s Sources) IsEditable(file string) bool {
	rel, _ := s.Rel(file)
	return slices.Contains(s.Editable, rel)
}

// IsTests reports whether a function, by its full name, is in the package of the
// exercise's tests.
func (s Sources) IsTests(function string) bool {
	return strings.Contains(function, "/"+path.Base(filepath.ToSlash(s.Dir))+"_test.")
}

// MayTime reports whether file is one of Timed.
func (s Sources) MayTime(file string) bool {
	rel, _ := s.Rel(file)
	return slices.Contains(s.Timed, rel)
}

// Place picks from a stack, innermost frame first, the frame a person should
// look at: the innermost one in the learner's own files, else the innermost in
// the exercise's tests. ok is false when the stack never enters the exercise.
// The location has Line 0 where the run-time knew none.
func (s Sources) Place(stack []Frame) (loc Location, ok bool) {
	for _, want := range []func(string) bool{s.IsEditable, s.inExercise} {
		for _, f := range stack {
			if want(f.File) {
				f = s.own(f)
				return Location{File: f.File, Line: f.Line, Function: f.Function}, true
			}
		}
	}
	return Location{}, false
}

func (s Sources) inExercise(file string) bool {
	_, ok := s.Rel(file)
	return ok
}

// Trim keeps the frames that lie in the exercise and makes their files
// relative, their functions short.
func (s Sources) Trim(stack []Frame) []Frame {
	var kept []Frame
	for _, f := range stack {
		if s.inExercise(f.File) {
			kept = append(kept, s.own(f))
		}
	}
	return kept
}

// own is a frame of the exercise as a person should see it. For a loop with
// nothing in it the run-time names the first line of the file, where the package
// clause or a comment stands and never a statement: such a line is not known.
func (s Sources) own(f Frame) Frame {
	f.File, _ = s.Rel(f.File)
	f.Function = ShortFunction(f.Function)
	if f.Line == 1 {
		f.Line = 0
	}
	return f
}

// Resolve is Rel for a file as a tool prints it: absolute, or relative to a
// working directory that is not known ("./bank.go", "exercises/01-x/bank.go",
// "../../lab/exercises/01-x/bank.go"). A bare file name is taken to lie in the
// exercise's folder.
func (s Sources) Resolve(printed string) (string, bool) {
	file := path.Clean(filepath.ToSlash(printed))
	if s.Dir == "" || path.IsAbs(file) {
		return s.Rel(file)
	}
	for strings.HasPrefix(file, "../") {
		file = file[len("../"):]
	}
	dir := path.Dir(file)
	if dir != "." && !strings.HasSuffix(filepath.ToSlash(s.Dir), "/"+dir) {
		return printed, false
	}
	return path.Base(file), true
}

// wrapper matches what the compiler adds to the name of a function for the call
// in a go or defer statement, and for a method that is used as a value. A method
// that somebody called "gowrap1" follows a parenthesis.
var wrapper = regexp.MustCompile(`([^.)])\.(?:go|defer)wrap\d+|-fm$`)

// ShortFunction strips the package path, arguments and type arguments from a
// function name as stacks print it, and what the compiler adds for wrappers:
// "racelab/exercises/01-x.(*Account).Deposit(...)" becomes "(*Account).Deposit".
func ShortFunction(name string) string {
	// The race detector prints type arguments in full, slashes included.
	if i, j := strings.IndexByte(name, '['), strings.LastIndexByte(name, ']'); 0 <= i && i < j {
		name = name[:i] + "[...]" + name[j+1:]
	}
	name = name[strings.LastIndexByte(name, '/')+1:]
	if i := strings.IndexByte(name, '.'); i >= 0 {
		name = name[i+1:]
	}
	// Arguments, if any, are the last parenthesis; "(*T)" is not one of them.
	if strings.HasSuffix(name, ")") {
		if i := strings.LastIndexByte(name, '('); i > 0 {
			name = name[:i]
		}
	}
	return wrapper.ReplaceAllString(name, "$1")
}
