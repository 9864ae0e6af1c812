package exercise

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"

	"racelab/checker/source"
)

// A Problem is one thing that keeps an exercise from being complete. It
// concerns the exercise's author; what a learner's code does wrong is a finding.
type Problem struct {
	File    string // from the repository's top, "exercises/01-x/README.md"; may be empty
	Line    int    // 1-based, 0 when the whole file is meant
	Message string // what is wrong, and what to do about it
}

// String is the problem as compilers print theirs: "file:line: message".
func (p Problem) String() string {
	switch {
	case p.File == "":
		return p.Message
	case p.Line == 0:
		return p.File + ": " + p.Message
	}
	return fmt.Sprintf("%s:%d: %s", p.File, p.Line, p.Message)
}

// IDs lists the exercise folders of content, sorted.
func IDs(content Content) ([]string, error) {
	ids, err := fs.Glob(content.Exercises, "[0-9]*")
	slices.Sort(ids)
	return ids, err
}

// Validate reads the exercise in folder id and reports everything about it
// that CONTRIBUTING.md asks for and that can be told without running it.
//
// content needs all three of its file systems. The error says that the exercise
// cannot even be read, for instance because a manifest key is unknown; then
// there is nothing more to say about it.
func Validate(content Content, id string) (Exercise, []Problem, error) {
	if content.Exercises == nil || content.Solutions == nil || content.Hints == nil {
		return Exercise{}, nil, errors.New("validating needs exercises, solutions and hints")
	}
	ex, err := load(content, id)
	if err != nil {
		return ex, nil, err
	}
	a := &audit{content: content, ex: ex, sources: map[string]*source.File{}}
	a.files()
	a.manifest()
	a.broken()
	a.tests()
	a.reference()
	a.variants()
	a.symptoms()
	a.readme()
	a.hints()
	slices.SortStableFunc(a.problems, func(x, y Problem) int {
		return cmp.Or(cmp.Compare(x.File, y.File), cmp.Compare(x.Line, y.Line), cmp.Compare(x.Message, y.Message))
	})
	return ex, slices.Compact(a.problems), nil
}

// ValidateLayout reports what no single exercise can: a number or slug used
// twice, and what lies in the three folders and belongs to no exercise.
func ValidateLayout(content Content, set []Exercise) []Problem {
	problems := duplicates(set)
	ids, err := IDs(content)
	if err != nil {
		return append(problems, Problem{File: "exercises", Message: err.Error()})
	}
	for _, room := range []struct {
		name   string
		fsys   fs.FS
		suffix string
	}{{"exercises", content.Exercises, ""}, {"solutions", content.Solutions, ""}, {"hints", content.Hints, ".md"}} {
		entries, err := fs.ReadDir(room.fsys, ".")
		if err != nil {
			problems = append(problems, Problem{File: room.name, Message: err.Error()})
		}
		for _, e := range entries {
			base, found := strings.CutSuffix(e.Name(), room.suffix)
			regular := e.IsDir() || e.Type().IsRegular()
			belongs := found && regular && slices.Contains(ids, base) && e.IsDir() == (room.suffix == "")
			// The embedding package itself lies beside the exercises.
			if !belongs && (e.IsDir() || path.Ext(e.Name()) != ".go") {
				problems = append(problems, Problem{
					File:    path.Join(room.name, e.Name()),
					Message: "belongs to no exercise: remove it, or name it after a folder in exercises/",
				})
			}
		}
	}
	return problems
}

func duplicates(set []Exercise) []Problem {
	var problems []Problem
	numbers, slugs := map[int]string{}, map[string]string{}
	for _, ex := range set {
		file := path.Join("exercises", ex.ID, ManifestFile)
		if other, taken := numbers[ex.Number]; taken {
			problems = append(problems, Problem{File: file, Message: fmt.Sprintf("number %d is also that of %s: take the next free one", ex.Number, other)})
		}
		if other, taken := slugs[ex.Slug]; taken {
			problems = append(problems, Problem{File: file, Message: fmt.Sprintf("slug %q is also that of %s: choose another", ex.Slug, other)})
		}
		numbers[ex.Number], slugs[ex.Slug] = ex.ID, ex.ID
	}
	return problems
}

// An audit collects the problems of one exercise. Its methods are the rules,
// one file of this package for each part of an exercise.
type audit struct {
	content  Content
	ex       Exercise
	sources  map[string]*source.File // parsed Go files, by path from the repository's top
	problems []Problem
}

func (a *audit) add(file string, line int, format string, args ...any) {
	a.problems = append(a.problems, Problem{file, line, fmt.Sprintf(format, args...)})
}

func (a *audit) inExercise(name string) string { return path.Join("exercises", a.ex.ID, name) }
func (a *audit) inSolution(name string) string { return path.Join("solutions", a.ex.ID, name) }
func (a *audit) hintsFile() string             { return path.Join("hints", a.ex.ID+".md") }

// text reads a file by its path from the repository's top. A missing one is
// empty: the rule that needs it reports that.
func (a *audit) text(file string) string {
	room, rest, _ := strings.Cut(file, "/")
	fsys := map[string]fs.FS{"exercises": a.content.Exercises, "solutions": a.content.Solutions, "hints": a.content.Hints}[room]
	data, err := fs.ReadFile(fsys, rest)
	if err != nil {
		return ""
	}
	return string(data)
}

// files looks at every file of the exercise, whatever it is for: nothing
// stray, nothing unfinished, plain text, formatted Go.
func (a *audit) files() {
	a.walk("exercises", a.content.Exercises, a.belongsToExercise)
	a.walk("solutions", a.content.Solutions, a.belongsToSolution)
	if text := a.text(a.hintsFile()); text != "" {
		a.plainText(a.hintsFile(), text)
	}
}

func (a *audit) walk(room string, fsys fs.FS, belongs func(name string) bool) {
	err := fs.WalkDir(fsys, a.ex.ID, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		file, inside := path.Join(room, name), strings.TrimPrefix(strings.TrimPrefix(name, a.ex.ID), "/")
		switch {
		case d.IsDir() && (inside == "" || room == "solutions" && isSolutionFolder(inside)):
			return nil
		case d.IsDir():
			a.add(file, 0, "a folder that no exercise has: remove it")
			return fs.SkipDir
		case !d.Type().IsRegular():
			a.add(file, 0, "not a regular file: replace it with its content")
		case !belongs(inside):
			a.add(file, 0, "no part of an exercise: remove it, or name it in files of exercise.toml")
		default:
			text := a.text(file)
			a.plainText(file, text)
			if path.Ext(file) == ".go" {
				a.parse(file, text)
			}
		}
		return nil
	})
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		a.add(path.Join(room, a.ex.ID), 0, "cannot be read: %v", err)
	}
}

// solutionFolders are the folders a solution consists of, besides its own.
var solutionFolders = []string{"testdata", "testdata/accepted", "testdata/rejected"}

func (a *audit) belongsToExercise(name string) bool {
	return name == ManifestFile || name == "README.md" ||
		slices.Contains(a.ex.Files, name) || strings.HasSuffix(name, "_test.go")
}

func (a *audit) belongsToSolution(name string) bool {
	if name == EquivalentsFile || name == SymptomsFile || name == path.Join("testdata", ContractFile) {
		return true
	}
	folder := path.Dir(name)
	if slices.Contains(solutionFolders[1:], folder) {
		return variantName.MatchString(path.Base(name)) && path.Ext(name) == ".go"
	}
	return (folder == "." || isSolutionFolder(folder)) && slices.Contains(a.ex.Files, path.Base(name))
}

// isSolutionFolder reports whether it is one of solutionFolders, or a variant's.
func isSolutionFolder(name string) bool {
	return slices.Contains(solutionFolders, name) || slices.Contains(solutionFolders[1:], path.Dir(name)) && variantName.MatchString(path.Base(name)) && path.Ext(name) == ""
}

var (
	variantName = regexp.MustCompile(`^[a-z][a-z0-9]*([-_][a-z0-9]+)*(\.go)?$`)
	unfinished  = regexp.MustCompile(`\bTODO\b`)
)

func (a *audit) plainText(file, text string) {
	if at := strings.IndexByte(text, '\r'); at >= 0 {
		a.add(file, lineAt(text, at), "has a carriage return: save it with Unix line ends")
	}
	if text != "" && !strings.HasSuffix(text, "\n") {
		a.add(file, lineAt(text, len(text)), "the last line has no end: add a newline")
	}
	if loc := unfinished.FindStringIndex(text); loc != nil {
		a.add(file, lineAt(text, loc[0]), "unfinished: write what the TODO stands for")
	}
}

// lineAt is the 1-based line of a byte offset.
func lineAt(text string, offset int) int { return strings.Count(text[:offset], "\n") + 1 }

// lineOf is the line of the first match of pattern, 0 when there is none.
func lineOf(text string, pattern *regexp.Regexp) int {
	if loc := pattern.FindStringIndex(text); loc != nil {
		return lineAt(text, loc[0])
	}
	return 0
}
