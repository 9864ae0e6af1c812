// Package submission reads the learner's editable files for one exercise and no
// other files. A file that is missing is a finding, and so is one that cannot be read, of
// which the machine is at fault: see Submission.Unreadable.
package submission

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"

	"racelab/checker/exercise"
	"racelab/checker/finding"
)

// maxFile is the size in bytes up to which a submitted file is read.
const maxFile = 1 << 20

// A Submission is the learner's editable files for one exercise.
type Submission struct {
	// Files are the contents by name, as in the manifest's files.
	Files map[string][]byte
	// Extra names Go files that lie beside them and are not part of the submission.
	Extra []string
	// Findings are the faults found while reading: a missing file, a link, a
	// file that is too large.
	Findings []finding.Finding
}

// Unreadable is why a file that is there could not be read; nil if none is like that. It is
// the machine's fault, and no verdict can be given.
func (s Submission) Unreadable() error {
	for _, f := range s.Findings {
		if b := f.Fact.Breach; b != nil && b.Rule == finding.RuleReadable {
			return fmt.Errorf("%s cannot be read: %s", b.Name, b.Want)
		}
	}
	return nil
}

// Read reads the named files from dir. What is wrong with them is a finding;
// an error means that dir itself cannot be read.
func Read(dir string, files []string) (Submission, error) {
	sub := Submission{Files: map[string][]byte{}}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return sub, fmt.Errorf("read the submission: %w", err)
	}
	for _, e := range entries {
		name := e.Name()
		if strings.HasSuffix(name, ".go") && !strings.HasSuffix(name, "_test.go") && !slices.Contains(files, name) {
			sub.Extra = append(sub.Extra, name)
		}
	}
	fsys := os.DirFS(dir)
	for _, name := range files {
		src, broken := ReadFile(fsys, name)
		if broken != nil {
			sub.Findings = append(sub.Findings, Breach(name, *broken))
			continue
		}
		sub.Files[name] = src
	}
	return sub, nil
}

// From makes a submission of the named files in fsys: a version of our own.
func From(fsys fs.FS, files []string) (Submission, error) {
	sub := Submission{Files: map[string][]byte{}}
	for _, name := range files {
		src, err := fs.ReadFile(fsys, name)
		if err != nil {
			return sub, err
		}
		sub.Files[name] = src
	}
	return sub, nil
}

// Reference returns the reference solution as a submission.
func Reference(ex exercise.Exercise) (Submission, error) {
	if ex.Reference == nil {
		return Submission{}, fmt.Errorf("exercise %s comes without a reference solution", ex.ID)
	}
	return From(ex.Reference, ex.Files)
}

// Ours is the reference, or the broken version where there is none.
func Ours(ex exercise.Exercise) (Submission, error) {
	if ex.Reference != nil {
		return Reference(ex)
	}
	return From(ex.Dir, ex.Files)
}

// ReadFile reads a regular file and says which rule any other breaks.
func ReadFile(fsys fs.FS, name string) (src []byte, broken *finding.Breach) {
	info, err := fs.Lstat(fsys, name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, &finding.Breach{Rule: finding.RuleMissing}
	case err != nil:
		return nil, unreadable(err)
	case !info.Mode().IsRegular():
		return nil, &finding.Breach{Rule: finding.RuleRegular}
	case info.Size() > maxFile:
		return nil, &finding.Breach{Rule: finding.RuleSize, KiB: maxFile >> 10}
	}
	f, err := fsys.Open(name)
	if err != nil {
		return nil, unreadable(err)
	}
	defer f.Close()
	src, err = io.ReadAll(io.LimitReader(f, maxFile))
	if err != nil {
		return nil, unreadable(err)
	}
	return src, nil
}

// unreadable says why a file cannot be read, without the path that is known.
func unreadable(err error) *finding.Breach {
	if pe, ok := errors.AsType[*fs.PathError](err); ok {
		err = pe.Err
	}
	return &finding.Breach{Rule: finding.RuleReadable, Want: err.Error()}
}

// Breach is the finding that a file of a submission breaks a rule.
func Breach(name string, broken finding.Breach) finding.Finding {
	broken.Name = name
	return finding.Finding{
		Kind: finding.Policy, Detector: finding.PolicyRule, Severity: finding.Error,
		Fact: finding.Fact{Breach: &broken}, Location: finding.Location{File: name},
	}
}
