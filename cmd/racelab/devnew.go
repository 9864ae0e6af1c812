package main

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	texttemplate "text/template"

	"racelab/checker/exercise"

	"github.com/spf13/cobra"
)

// scaffold holds what a new exercise starts from: a complete small one, in which
// everything that an author must write is marked TODO. Its folders are those of
// the repository, without the exercise's own.
//
//go:embed devtemplate
var scaffold embed.FS

// newExercise is what the templates may refer to.
type newExercise struct {
	Number      int
	Slug, Title string
	Part        int
	Package     string
	ID, NN      string
	paths       []string          // what the exercise consists of, from the repository's top
	files       map[string][]byte // by path from the repository's top
}

func newDevNewCommand(a *app) *cobra.Command {
	var n newExercise
	cmd := &cobra.Command{
		Use:   "new SLUG",
		Short: "Scaffold an exercise",
		Long: `Scaffold an exercise with the next free number: a small one that works, in
exercises/, solutions/ and hints/, with TODO where an author has to write.

It compiles, and its proof would hold; "racelab dev check" reports it as
unfinished until the last TODO is gone.`,
		Example: `  racelab dev new lost-update
  racelab dev new --number 5 --part 2 --package account lost-update`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usage("name the exercise, as in `%s dev new lost-update`.", a.command)
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error {
			n.Slug = args[0]
			return a.runDevNew(n)
		},
	}
	cmd.Flags().IntVar(&n.Number, "number", 0, "its number (default: after the last one)")
	cmd.Flags().IntVar(&n.Part, "part", 0, "the part it belongs to (default: that of the last one)")
	cmd.Flags().StringVar(&n.Package, "package", "", "the Go package (default: the slug's last word)")
	cmd.Flags().StringVar(&n.Title, "title", "", "the title (default: made from the slug)")
	return cmd
}

func (a *app) runDevNew(n newExercise) error {
	c, err := a.clone()
	if err != nil {
		return err
	}
	if err := n.complete(c); err != nil {
		return err
	}
	if err := n.render(); err != nil {
		return err
	}
	if err := n.write(c); err != nil {
		return err
	}
	a.say("Made %s. Now write what is marked TODO:", n.ID)
	for _, p := range n.paths {
		a.say("  %s", a.shorten(filepath.Join(c.dir, filepath.FromSlash(p))))
	}
	a.say("")
	a.commands([][2]string{
		{"dev check --no-run " + n.NN, "what is missing"},
		{"dev check " + n.NN, "the proof"},
	})
	return nil
}

var goodPackage = regexp.MustCompile(`^[a-z][a-z0-9]*$`)

// complete checks what was given and fills in what was not.
func (n *newExercise) complete(c clone) error {
	if !exercise.IsSlug(n.Slug) {
		return usage("%q is no slug: use lower-case words with hyphens between them, as in lost-update.", n.Slug)
	}
	ids, err := exercise.IDs(c.content())
	if err != nil {
		return err
	}
	last := 0
	for _, id := range ids {
		nn, slug, _ := strings.Cut(id, "-")
		number, _ := strconv.Atoi(nn)
		last = max(last, number)
		if slug == n.Slug {
			return usage("there is an exercise %s already: choose another slug.", id)
		}
		if number == n.Number {
			return usage("number %d is taken by %s: choose another.", number, id)
		}
	}
	if n.Number == 0 {
		n.Number = last + 1
	}
	if n.Number < 1 || n.Number > 99 {
		return usage("%d is no number for an exercise: use 1 to 99.", n.Number)
	}
	if n.Part == 0 {
		n.Part = lastPart(c)
	}
	n.NN = fmt.Sprintf("%02d", n.Number)
	n.ID = n.NN + "-" + n.Slug
	n.paths = []string{"exercises/" + n.ID, "solutions/" + n.ID, "hints/" + n.ID + ".md"}
	return n.choosePackage()
}

// choosePackage takes the slug's last word, as a package is called after a
// thing: "unlocked-balance" makes package balance.
func (n *newExercise) choosePackage() error {
	words := strings.Split(n.Slug, "-")
	if n.Package == "" {
		n.Package = words[len(words)-1]
	}
	if n.Title == "" {
		n.Title = strings.ToUpper(words[0][:1]) + strings.Join(words, " ")[1:]
	}
	inTemplates := []string{"sync", "atomic", "testing", "strconv", "time", "together", "main"}
	if !goodPackage.MatchString(n.Package) || token.IsKeyword(n.Package) || slices.Contains(inTemplates, n.Package) {
		return usage("%q cannot be the name of the package: choose one with --package NAME.", n.Package)
	}
	return nil
}

// lastPart is the part of the exercise with the highest number, 1 when there is none.
func lastPart(c clone) int {
	set, err := exercise.Load(exercise.Content{Exercises: c.content().Exercises})
	if err != nil || len(set) == 0 {
		return 1
	}
	return set[len(set)-1].Part
}

// render fills in every template.
func (n *newExercise) render() error {
	n.files = map[string][]byte{}
	return fs.WalkDir(scaffold, "devtemplate", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		t, err := texttemplate.ParseFS(scaffold, name)
		if err != nil {
			return err
		}
		var out bytes.Buffer
		if err := t.Execute(&out, n); err != nil {
			return err
		}
		n.files[n.place(name)] = out.Bytes()
		return nil
	})
}

// place is where a template's text belongs: "devtemplate/exercises/code.go.txt"
// in exercises/NN-slug/<package>.go. The templates end in .txt because the go
// command would compile them otherwise.
func (n *newExercise) place(name string) string {
	name = strings.TrimSuffix(strings.TrimPrefix(name, "devtemplate/"), ".txt")
	if name == "hints.md" {
		return "hints/" + n.ID + ".md"
	}
	room, rest, _ := strings.Cut(name, "/")
	if base := path.Base(rest); strings.HasPrefix(base, "code") {
		rest = path.Join(path.Dir(rest), n.Package+strings.TrimPrefix(base, "code"))
	}
	return path.Join(room, n.ID, rest)
}

// write makes the exercise, or leaves nothing of it.
func (n *newExercise) write(c clone) (err error) {
	for _, p := range n.paths {
		if _, err := os.Lstat(filepath.Join(c.dir, filepath.FromSlash(p))); !errors.Is(err, fs.ErrNotExist) {
			return usage("%s exists already: move it away, or choose another slug.", p)
		}
	}
	defer func() {
		if err != nil {
			for _, p := range n.paths {
				os.RemoveAll(filepath.Join(c.dir, filepath.FromSlash(p)))
			}
		}
	}()
	for name, content := range n.files {
		if _, err := writeNew(filepath.Join(c.dir, filepath.FromSlash(name)), content); err != nil {
			return err
		}
	}
	return nil
}
