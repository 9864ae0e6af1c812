package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"racelab/checker/atomicfile"
	"racelab/checker/classroom/engine"
	"racelab/checker/report/terminal"

	"github.com/spf13/cobra"
)

// newClassroomCommand groups what a teacher does before there is anything to grade.
func newClassroomCommand(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "classroom",
		Short: "Set up what your school grades with: CI, clusters, platforms",
		Long: `Set up what your school grades with. racelab has no machines of its own: grade
runs where you start it, and this writes the files with which others start it.`,
		Example: `  racelab classroom init
  racelab classroom init slurm`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return nil
			}
			return usage("there is no command \"classroom %s\". `%s classroom --help` shows what there is.", args[0], a.command)
		},
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newClassroomInitCommand(a))
	return cmd
}

// classroomFlags are the flags of classroom init.
type classroomFlags struct {
	dir, source string
	force       bool
}

func newClassroomInitCommand(a *app) *cobra.Command {
	var flags classroomFlags
	cmd := &cobra.Command{
		Use:   "init [KIND...]",
		Short: "Write ready-made files for CI, a cluster or a platform",
		Long: `Write ready-made files with which CI, a cluster or a learning platform grades a
class, and say what is left to do. Without KIND, list what there is:

` + kindList() + `
The files are yours: read and change them. One that is there already, and says
something else, is written over only with --force.`,
		Example: `  racelab classroom init
  racelab classroom init slurm
  racelab classroom init gitlab docker --dir teaching`,
		ValidArgsFunction: func(*cobra.Command, []string, string) (out []cobra.Completion, _ cobra.ShellCompDirective) {
			for _, k := range engine.Kinds {
				out = append(out, cobra.CompletionWithDesc(k.Name, k.About))
			}
			return out, cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				a.listKindsOfFiles()
				return nil
			}
			return a.runClassroomInit(args, flags)
		},
	}
	cmd.Flags().StringVar(&flags.dir, "dir", ".", "write into this `FOLDER`")
	cmd.Flags().StringVar(&flags.source, "source", "", "`URL` from which git clones racelab there")
	cmd.Flags().BoolVar(&flags.force, "force", false, "write over files that differ")
	return cmd
}

// kindList says what each kind is.
func kindList() string {
	var list strings.Builder
	for _, k := range engine.Kinds {
		fmt.Fprintf(&list, "  %-18s%s\n", k.Name, k.About)
	}
	return list.String()
}

func (a *app) listKindsOfFiles() {
	a.say("There are ready-made files for")
	a.say("")
	a.say("%s", strings.TrimSuffix(kindList(), "\n"))
	a.say("")
	a.say("Say which you want, one or several:")
	a.say("")
	a.say("  %s", a.palette.Code(a.command+" classroom init "+engine.Kinds[0].Name))
}

// A readyFile is a file to be written.
type readyFile struct {
	engine.File
	name  string // absolute
	asked bool   // or else another kind needs it
	keep  bool   // there is one already, which stays as it is
}

// runClassroomInit writes nothing before it knows that it may write everything.
func (a *app) runClassroomInit(names []string, flags classroomFlags) error {
	kinds, err := engine.Named(names)
	if err != nil {
		return usage("%v. `%s classroom init` lists what there is.", err, a.command)
	}
	dir := a.abs(flags.dir)
	if isFile(dir) {
		return usage("%s is a file, and --dir wants a folder.", a.shorten(dir))
	}
	var all []readyFile
	for _, k := range kinds {
		files, err := k.Files(flags.source)
		if err != nil {
			return usage("--source %q: %v.", flags.source, err)
		}
		for _, f := range files {
			t := readyFile{File: f, name: filepath.Join(dir, filepath.FromSlash(f.Name))}
			t.asked = slices.Contains(names, k.Name)
			if t.keep, err = a.keeps(t, flags.force); err != nil {
				return err
			}
			all = append(all, t)
		}
	}
	if err := a.writeReady(all); err != nil {
		return err
	}
	a.whatNext(kinds, flags)
	return nil
}

// keeps reports whether there is such a file already that stays as it is, and refuses to
// write over another one.
func (a *app) keeps(t readyFile, force bool) (bool, error) {
	is, err := os.ReadFile(t.name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return false, nil
	case isDir(t.name):
		return false, usage("%s is a folder, where a file has to be. Choose another place with --dir.", a.shorten(t.name))
	case err != nil:
		return false, err
	case bytes.Equal(is, t.Data):
		return true, nil
	case !force && t.asked:
		return false, usage("%s is there already, and differs. Nothing was written. Move it away, or write over it with --force.", a.shorten(t.name))
	}
	return !force, nil
}

func (a *app) writeReady(all []readyFile) error {
	for _, t := range all {
		if t.keep {
			a.say("left      %s, which is there already", a.shorten(t.name))
			continue
		}
		mode := os.FileMode(0o644)
		if t.Exec {
			mode = 0o755
		}
		if err := os.MkdirAll(filepath.Dir(t.name), 0o755); err != nil {
			return cannotWrite(t.name, err)
		}
		if err := atomicfile.Write(t.name, t.Data, mode); err != nil {
			return cannotWrite(t.name, err)
		}
		a.say("wrote     %s", a.shorten(t.name))
	}
	return nil
}

// whatNext is what is left to do, each step once.
func (a *app) whatNext(kinds []engine.Kind, flags classroomFlags) {
	said := map[engine.Step]bool{engine.ChangeSource: flags.source != ""}
	where := ""
	if flags.dir != "." {
		where = ", in " + a.shorten(a.abs(flags.dir))
	}
	for _, k := range kinds {
		a.say("")
		a.say("What next, for %s%s:", k.Name, where)
		n := 0
		for _, step := range k.Next {
			if said[step] {
				continue
			}
			said[step] = true
			n++
			first := fmt.Sprintf("  %d. ", n)
			fmt.Fprint(a.stdout, terminal.Wrap(step.Do, a.width, first, "     "))
			if step.Type != "" {
				a.say("       %s", a.palette.Code(step.Type))
			}
		}
	}
	a.say("")
	a.say("docs/INSTRUCTORS.md in racelab's repository says more.")
}
