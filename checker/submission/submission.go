// Package submission reads the learner's editable files for one exercise, and
// nothing else. What is wrong with them is a finding.
package submission

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
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
	for _, name := range files {
		src, problem := readFile(filepath.Join(dir, name))
		if problem != "" {
			sub.Findings = append(sub.Findings, unreadable(name, problem))
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

// readFile reads a regular file and says in words what is wrong with any other.
func readFile(name string) (src []byte, problem string) {
	info, err := os.Lstat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, "is missing"
	case err != nil:
		return nil, "cannot be read: " + plain(err)
	case !info.Mode().IsRegular():
		return nil, "is not a regular file"
	case info.Size() > maxFile:
		return nil, fmt.Sprintf("is larger than %d KiB", maxFile>>10)
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, "cannot be read: " + plain(err)
	}
	defer f.Close()
	src, err = io.ReadAll(io.LimitReader(f, maxFile))
	if err != nil {
		return nil, "cannot be read: " + plain(err)
	}
	return src, ""
}

// plain leaves out of a path error the path, which the message has already.
func plain(err error) string {
	if pe, ok := errors.AsType[*fs.PathError](err); ok {
		return pe.Err.Error()
	}
	return err.Error()
}

func unreadable(name, problem string) finding.Finding {
	return finding.Finding{
		Kind: finding.Policy, Detector: finding.PolicyRule, Severity: finding.Error,
		Message: name + " " + problem, Location: finding.Location{File: name},
	}
}
