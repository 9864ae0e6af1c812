package main

import (
	"context"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"

	"racelab/checker/report"
	"racelab/checker/report/terminal"

	"github.com/spf13/cobra"
)

func (a *app) newUpgradeCommand() *cobra.Command {
	var dryRun bool
	cmd := &cobra.Command{
		Use:   "upgrade",
		Short: "Bring a lab of an older racelab up to date",
		Long: `Bring the lab up to date: READMEs, tests and go.mod become those of this
racelab, and exercises that are new are added. The programs that you edit stay
as they are, and so does your progress.

Of every file that is replaced, what was there is kept in .racelab/backup, in a
folder named after the time. A link, or a folder in the place of a file, is left
as it is. With --dry-run, upgrade only says what it would do.

racelab itself is upgraded with ` + "`go install`" + `.`,
		Example: `  racelab upgrade --dry-run
  racelab upgrade`,
		Args: atMost(0),
		RunE: func(cmd *cobra.Command, _ []string) error { return a.runUpgrade(cmd.Context(), dryRun) },
	}
	cmd.Flags().BoolVarP(&dryRun, "dry-run", "n", false, "only say what would be done")
	return cmd
}

func (a *app) runUpgrade(ctx context.Context, dryRun bool) error {
	l, u, err := a.planUpgrade()
	if err != nil {
		return err
	}
	switch {
	case len(u.old)+len(u.missing)+len(u.left) == 0:
		a.paragraph("", "The lab is up to date. Nothing was changed.")
		return nil
	case len(u.old)+len(u.missing) == 0:
		a.showUpgrade(u)
		a.say("")
		a.paragraph("", "The rest of the lab is up to date. Nothing was changed.")
		return nil
	case dryRun:
		a.showUpgrade(u)
		a.say("")
		a.paragraph("", fmt.Sprintf("Nothing was changed. `%s upgrade` does it.", a.command))
		return nil
	}
	backup, err := u.do(ctx, a, l)
	if err != nil {
		if backup != "" {
			a.note("what was there before is kept in %s", a.shorten(backup))
		}
		return err
	}
	a.showUpgrade(u)
	if backup != "" {
		a.say("")
		a.say("What was there is kept in")
		a.say("  %s", terminal.Line(a.shorten(backup)))
	}
	return nil
}

// An upgrade is what is to be done in a lab.
type upgrade struct {
	old     []labFile // ours, and not as this racelab has them
	missing []labFile
	added   map[string]bool // exercises of which there was nothing, by ID
	yours   int             // files that the learner edits, and which stay
	left    []string        // what stands in the place of our files, and stays
}

// planUpgrade looks at what there is to do in the lab where the user is.
func (a *app) planUpgrade() (l lab, u upgrade, err error) {
	if l, err = a.lab(); err != nil {
		return l, u, err
	}
	if l.isClone() {
		return l, u, usage("%s is a clone of racelab, and no lab of its own. `git pull` brings it up to date.", a.shorten(l.dir))
	}
	set, err := a.set()
	if err != nil {
		return l, u, err
	}
	files, err := labFiles(set)
	if err != nil {
		return l, u, err
	}
	return l, l.compare(files), nil
}

// compare says what becomes of each file that a lab should have.
func (l lab) compare(files []labFile) upgrade {
	u := upgrade{added: map[string]bool{}}
	for _, f := range files {
		state, err := l.look(f)
		switch {
		case state == isMissing:
			u.missing = append(u.missing, f)
			if f.of != nil && !isDir(l.exerciseDir(*f.of)) {
				u.added[f.of.ID] = true
			}
		case f.yours():
			if f.of != nil {
				u.yours++
			}
		case err != nil:
			u.left = appendNew(u.left, err.Error())
		case state == isOld:
			u.old = append(u.old, f)
		}
	}
	return u
}

// appendNew adds text to those that are told unless it is among them.
func appendNew(told []string, text string) []string {
	if slices.Contains(told, text) {
		return told
	}
	return append(told, text)
}

// do keeps what is there, then replaces it, then adds what is missing. It says where what
// was there is kept.
func (u *upgrade) do(ctx context.Context, a *app, l lab) (backup string, err error) {
	if len(u.old) > 0 {
		if backup, err = newBackupDir(l, a.now(), "upgrade"); err != nil {
			return "", fmt.Errorf("%w. Nothing was changed", err)
		}
		if err := copyTo(backup, l, u.old); err != nil {
			os.RemoveAll(backup) // half a backup would look like one
			return "", fmt.Errorf("%w. Nothing was changed", err)
		}
	}
	for _, f := range u.old {
		if err := writeFile(joinPath(l.dir, f.name), f.data); err != nil {
			return backup, err
		}
	}
	w := &labWriter{dir: l.dir}
	return backup, w.writeAll(ctx, u.missing)
}

// copyTo copies what the lab has of files into a folder, under the same names.
func copyTo(dir string, l lab, files []labFile) error {
	for _, f := range files {
		data, err := os.ReadFile(joinPath(l.dir, f.name))
		if err != nil {
			return err
		}
		if _, err := writeNew(joinPath(dir, f.name), data); err != nil {
			return err
		}
	}
	return nil
}

// showUpgrade is a table: what becomes of which file.
func (a *app) showUpgrade(u upgrade) {
	for _, f := range u.old {
		a.upgradeRow("renewed", f.name)
	}
	told := map[string]bool{}
	for _, f := range u.missing {
		switch {
		case f.of == nil || !u.added[f.of.ID]:
			a.upgradeRow("new", f.name)
		case !told[f.of.ID]:
			told[f.of.ID] = true
			a.upgradeRow("new", path.Join("exercises", f.of.ID)+": "+f.of.Title)
		}
	}
	for _, why := range u.left {
		a.upgradeRow("left", why)
	}
	if u.yours > 0 {
		a.upgradeRow("kept", report.Count(u.yours, "file")+" that you edit")
	}
}

func (a *app) upgradeRow(what, text string) {
	fmt.Fprint(a.stdout, terminal.Wrap(filepath.FromSlash(text), a.width, fmt.Sprintf("  %-9s", what), "           "))
}

// oldWords says which files are not as this racelab has them; "" if there are none. They
// may be of an older one, or edited: nobody can tell.
func oldWords(names []string) string {
	const them = " not as this racelab has "
	switch n := len(names); n {
	case 0:
		return ""
	case 1:
		return names[0] + " is" + them + "it (older, or edited)"
	case 2:
		return names[0] + " and " + names[1] + " are" + them + "them (older, or edited)"
	default:
		return fmt.Sprintf("%d READMEs, tests and such are%sthem (older, or edited)", n, them)
	}
}

// aboutOld is oldWords of those of files that are like that in a lab, by the names that they
// have from where the user is.
func (a *app) aboutOld(l lab, files []labFile) string {
	var names []string
	for _, name := range l.oldFiles(files) {
		names = append(names, a.shorten(joinPath(l.dir, name)))
	}
	return oldWords(names)
}

// renewing is what to do about them.
func (a *app) renewing() string {
	return fmt.Sprintf("`%s upgrade` renews what is old, and keeps a copy of it; with -n, it only says what.", a.command)
}

// noteOld tells somebody who has checked ex in a lab that the README or the tests beside it
// are not those that the check is about.
func (a *app) noteOld(t target) {
	if t.lab == nil {
		return
	}
	files, err := exerciseFiles(&t.ex)
	if err != nil {
		return // the check is done, and racelab's own files were good enough for it
	}
	if words := a.aboutOld(*t.lab, files); words != "" {
		a.note("%s. A check runs racelab's own tests. %s", words, a.renewing())
	}
}
