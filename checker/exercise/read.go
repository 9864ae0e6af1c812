package exercise

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"

	"racelab/checker/finding"

	"github.com/pelletier/go-toml/v2"
)

// ManifestFile is the name of an exercise's manifest.
const ManifestFile = "exercise.toml"

func readManifest(dir fs.FS) (Manifest, error) {
	var m Manifest
	data, err := fs.ReadFile(dir, ManifestFile)
	if err != nil {
		return m, err
	}
	dec := toml.NewDecoder(bytes.NewReader(data)).DisallowUnknownFields()
	if err := dec.Decode(&m); err != nil {
		return m, placed(err)
	}
	return m, nil
}

// placed adds the place in the manifest to a decoder's error.
func placed(err error) error {
	if strict, ok := errors.AsType[*toml.StrictMissingError](err); ok && len(strict.Errors) > 0 {
		unknown := strict.Errors[0]
		line, _ := unknown.Position()
		return fmt.Errorf("%s:%d: unknown key %s", ManifestFile, line, strings.Join(unknown.Key(), "."))
	}
	if syntax, ok := errors.AsType[*toml.DecodeError](err); ok {
		line, _ := syntax.Position()
		return fmt.Errorf("%s:%d: %w", ManifestFile, line, err)
	}
	return fmt.Errorf("%s: %w", ManifestFile, err)
}

var hintHeading = regexp.MustCompile(`(?m)^## +\d+.*$`)

// readHints splits NN-slug.md at its "## n" headings. A missing file gives
// no hints, and Validate reports that.
func readHints(fsys fs.FS, id string) ([]string, error) {
	data, err := fs.ReadFile(fsys, id+".md")
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var hints []string
	at := hintHeading.FindAllIndex(data, -1)
	for i, loc := range at {
		end := len(data)
		if i+1 < len(at) {
			end = at[i+1][0]
		}
		hints = append(hints, strings.TrimSpace(string(data[loc[1]:end])))
	}
	return hints, nil
}

// A Variant is a fix of an exercise besides the reference: a right one that must
// pass, or a near miss that must fail. It is a file that replaces the exercise's first
// editable one, or a folder with files of the names of those that it replaces.
type Variant struct {
	Name     string // file name without .go, or the folder's
	Path     string // of the file with the header, in the folder of the solution
	Accepted bool
	// Why says in a sentence what an accepted fix does.
	Why string
	// Kind is the kind of finding that every check of a rejected fix must report.
	Kind finding.Kind
	// Feedback is the sentence for a learner who writes this fix.
	Feedback string
	Files    map[string][]byte // by the names of the files that they replace
}

// ID tells it from all other versions of the exercise: "accepted/atomic".
func (v Variant) ID() string {
	if v.Accepted {
		return "accepted/" + v.Name
	}
	return "rejected/" + v.Name
}

// readVariants reads those of an exercise with these editable files.
func readVariants(solution fs.FS, editable []string) ([]Variant, error) {
	var out []Variant
	for _, folder := range []string{"accepted", "rejected"} {
		room := path.Join("testdata", folder)
		entries, err := fs.ReadDir(solution, room) // sorted
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
		for _, entry := range entries {
			if !entry.IsDir() && path.Ext(entry.Name()) != ".go" {
				continue
			}
			name := path.Join(room, entry.Name())
			replaces := map[string]string{name: first(editable)}
			if entry.IsDir() {
				replaces = within(name, editable)
			}
			v, err := readVariant(solution, replaces, folder == "accepted")
			if err != nil {
				return nil, fmt.Errorf("%s: %w", name, err)
			}
			v.Name = strings.TrimSuffix(entry.Name(), ".go")
			out = append(out, v)
		}
	}
	return out, nil
}

func first(names []string) string {
	if len(names) == 0 {
		return "" // reported
	}
	return names[0]
}

// within says which editable files the files of a folder replace.
func within(folder string, editable []string) map[string]string {
	out := map[string]string{}
	for _, name := range editable {
		out[path.Join(folder, name)] = name
	}
	return out
}

// readVariant reads the files there are of those that may replace one. The first has the header.
func readVariant(solution fs.FS, replaces map[string]string, accepted bool) (v Variant, err error) {
	files := map[string][]byte{}
	for _, name := range slices.Sorted(maps.Keys(replaces)) {
		src, err := fs.ReadFile(solution, name)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		} else if err != nil {
			return v, err
		}
		if len(files) == 0 {
			if v, err = parseVariant(src, accepted); err != nil {
				return v, err
			}
			v.Path = name
		}
		files[replaces[name]] = src
	}
	if v.Files = files; len(files) == 0 {
		return v, errors.New("the folder has no file of the name of one that the learner edits")
	}
	return v, nil
}

// parseVariant reads the header, a comment block before the package clause:
//
//	// Rejected: data-race
//	// Feedback: one sentence.
//
// or, for an accepted fix, "// Accepted: what it does."
func parseVariant(src []byte, accepted bool) (Variant, error) {
	v := Variant{Accepted: accepted}
	header := headerFields(src)
	if accepted {
		if v.Why = header["Accepted"]; v.Why == "" {
			return v, errors.New(`no "// Accepted: …" line at the top`)
		}
		return v, nil
	}
	v.Kind, v.Feedback = finding.Kind(header["Rejected"]), header["Feedback"]
	switch {
	case !slices.Contains(finding.Kinds(), v.Kind):
		return v, fmt.Errorf(`"// Rejected: %s" names no kind of finding`, v.Kind)
	case v.Feedback == "":
		return v, errors.New(`no "// Feedback: …" line at the top`)
	}
	return v, nil
}

// headerFields reads the "// Key: value" lines of the first comment block;
// lines without a key continue the value before them.
func headerFields(src []byte) map[string]string {
	fields, key := map[string]string{}, ""
	for line := range strings.Lines(string(src)) {
		text, ok := strings.CutPrefix(strings.TrimSpace(line), "//")
		if !ok {
			break
		}
		text = strings.TrimSpace(text)
		if k, v, found := strings.Cut(text, ": "); found && slices.Contains([]string{"Accepted", "Rejected", "Feedback"}, k) {
			key, fields[k] = k, strings.TrimSpace(v)
		} else if key != "" {
			fields[key] = strings.TrimSpace(fields[key] + " " + text)
		}
	}
	return fields
}
