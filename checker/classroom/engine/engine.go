// Package engine has ready-made files with which the platforms and clusters that a school
// has already grade a class: GitHub Actions, GitLab CI, Kubernetes, Slurm, Gradescope and
// others. The files are what is in the folder files, word for word, but for the one line
// that says where racelab's source is. Nothing here talks to any of them.
package engine

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// files has a folder for each kind; what is in it lies in the same place of the teacher's
// folder. Some names begin with a dot.
//
//go:embed all:files
var files embed.FS

// Source is where the files say racelab's source is, unless they are told otherwise. There
// is nothing.
const Source = "https://git.example.edu/racelab.git"

// A Kind is what an engine needs.
type Kind struct {
	Name  string
	About string   // in a few words
	With  []string // names of other kinds whose files it needs
	Next  []Step   // what is left to do
}

// A Step is something that a person has to do.
type Step struct {
	Do   string
	Type string // a command with which it is done, or ""
}

// ChangeSource is the step that there is for files which install racelab, unless they were
// told where from.
var ChangeSource = Step{Do: "In these files, change RACELAB_SOURCE to where racelab's source is. (With --source that is done.)"}

// Kinds are all that there are, in the order in which they are shown.
var Kinds = []Kind{
	{Name: "github", About: "GitHub Actions: a class, on four machines", Next: []Step{
		ChangeSource,
		{Do: "Put the folder submissions beside .github, and push all of it to a private repository."},
		{Do: "There, choose Actions, Grade the class, Run workflow. The artifact called grades has the points."},
	}},
	{Name: "github-classroom", About: "GitHub Classroom: an answer for each push", Next: []Step{
		ChangeSource,
		{Do: "Push .github to a repository of yours, and let the organisation's repositories use it: Settings, Actions, General, Access."},
		{Do: "In student/.github/workflows/classroom.yml, change YOUR-ORGANISATION/YOUR-REPOSITORY to that one."},
		{Do: "Put what is in the folder student into the template repository of the assignment."},
	}},
	{Name: "gitlab", About: "GitLab CI: a class, on four runners", Next: []Step{
		ChangeSource,
		{Do: "Put the folder submissions beside .gitlab-ci.yml, and push all of it to a private project."},
		{Do: "The job called merge has the points, in its artifact grades.csv."},
	}},
	{Name: "docker", About: "an image with racelab in it", Next: []Step{
		ChangeSource,
		{Do: "Make the image.", Type: "docker build --tag racelab ."},
	}},
	{Name: "kubernetes", About: "a Kubernetes Indexed Job: a class, in four pods", With: []string{"docker"}, Next: []Step{
		{Do: "Push the image to your registry, and name it in both files of the folder kubernetes."},
		{Do: "Put the folder submissions into a volume that all nodes can use; its claim is racelab-class. User 1000 must be able to write to the folder records there."},
		{Do: "Grade.", Type: "kubectl apply -f kubernetes/grade.yaml"},
		{Do: "When that has ended, put the parts together. The points are in records/grades.csv.", Type: "kubectl apply -f kubernetes/merge.yaml"},
	}},
	{Name: "slurm", About: "a Slurm job array: a class, in four tasks", Next: []Step{
		{Do: "Make sure that racelab, Go and a C compiler are in the PATH on every node. Once, on a node of those that grade:", Type: "racelab doctor"},
		{Do: "Grade, in the folder that has the folder submissions. When both jobs have ended, the points are in grades.csv.", Type: "slurm/submit.sh"},
	}},
	{Name: "gradescope", About: "an autograder for Gradescope", Next: []Step{
		ChangeSource,
		{Do: "In gradescope/run_autograder, say which exercises are to be graded."},
		{Do: "Pack both files, and upload them in Configure Autograder. Let it have 2 CPUs and 3 GB, if you may choose.", Type: "zip -j autograder.zip gradescope/*"},
	}},
	{Name: "prairielearn", About: "an external grader for PrairieLearn", With: []string{"docker"}, Next: []Step{
		{Do: "Make another image of that one, and push it.", Type: "docker build --tag YOUR-NAME/racelab-prairielearn prairielearn"},
		{Do: "Name it in prairielearn/info.json, together with the exercise and with a UUID of its own."},
		{Do: "Put info.json and question.html into the folder of a question."},
	}},
	{Name: "autolab", About: "an autograder for Autolab", Next: []Step{
		{Do: "In autolab/autograde-Makefile, say what the submission is called, and which exercises are to be graded."},
		{Do: "Make autograde.tar, and upload it together with autograde-Makefile.", Type: "make -C autolab"},
		{Do: "Make sure that racelab, Go and a C compiler are in the image that Autolab uses, and that this was typed there:", Type: "racelab doctor"},
	}},
	{Name: "exercism", About: "a test runner, as Exercism has them", With: []string{"docker"}, Next: []Step{
		{Do: "Make another image of that one.", Type: "docker build --tag racelab-test-runner exercism"},
		{Do: "Try it on a folder with a bank.go in it. It writes results.json.", Type: `docker run --rm --user "$(id -u)" -v "$PWD:/io" racelab-test-runner unlocked-balance /io /io`},
	}},
}

// Named looks kinds up, and adds those that they need, each once and before who needs it.
func Named(names []string) ([]Kind, error) {
	var all []Kind
	for _, name := range names {
		i := slices.IndexFunc(Kinds, func(k Kind) bool { return k.Name == name })
		if i < 0 {
			return nil, fmt.Errorf("there is no kind %q", name)
		}
		needed, err := Named(Kinds[i].With)
		if err != nil {
			return nil, err
		}
		for _, k := range append(needed, Kinds[i]) {
			if !slices.ContainsFunc(all, func(known Kind) bool { return known.Name == k.Name }) {
				all = append(all, k)
			}
		}
	}
	return all, nil
}

// A File is one to be written.
type File struct {
	Name string // below the teacher's folder, with slashes
	Data []byte
	Exec bool // somebody starts it
}

// Files are those of the kind alone. They get racelab from source, which is a place that git
// knows, or "" when somebody will write that into them.
func (k Kind) Files(source string) (all []File, err error) {
	if source == "" {
		source = Source
	}
	if err := cloneable(source); err != nil {
		return nil, err
	}
	top := path.Join("files", k.Name)
	err = fs.WalkDir(files, top, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := files.ReadFile(name)
		data = bytes.ReplaceAll(data, []byte(Source), []byte(source))
		isScript := bytes.HasPrefix(data, []byte("#!")) && path.Ext(name) != ".sbatch"
		all = append(all, File{strings.TrimPrefix(name, top+"/"), data, isScript})
		return err
	})
	return all, err
}

// cloneable makes sure that a source stands in YAML, in scripts and in a Dockerfile alike as
// what it is.
func cloneable(source string) error {
	odd := strings.IndexFunc(source, func(r rune) bool {
		return !('a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' || strings.ContainsRune("-._~/:@+%", r))
	})
	switch {
	case strings.ContainsRune("-@%:~", rune(source[0])): // an option, or what YAML or a shell keeps for itself
		return errors.New("that is no place to clone from")
	case odd >= 0:
		return fmt.Errorf("a place to clone from has letters, digits and -._~/:@+%% in it, and no %q", source[odd:odd+1])
	}
	return nil
}
