package handin

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"racelab/checker/exercise"

	"github.com/google/go-cmp/cmp"
)

// The set has two exercises with a file of the same name.
var set = exercise.Set{
	fixture(1, "balance", "bank.go", "package bank\n"),
	fixture(2, "reentry", "office.go", "package office\n// sells\n"),
	fixture(7, "unlock", "office.go", "package office\n// refunds\n"),
}

func fixture(number int, slug, file, text string) exercise.Exercise {
	return exercise.Exercise{
		ID:       fmt.Sprintf("%02d-%s", number, slug),
		Manifest: exercise.Manifest{Number: number, Slug: slug, Files: []string{file}},
		Dir:      fstest.MapFS{file: {Data: []byte(text)}},
	}
}

// files are contents by path; that of an archive is files again.
type files map[string]any

func (f files) write(t *testing.T, dir string) {
	t.Helper()
	for _, name := range slices.Sorted(maps.Keys(f)) {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, content(t, name, f[name]), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func content(t *testing.T, name string, of any) []byte {
	t.Helper()
	switch of := of.(type) {
	case string:
		return []byte(of)
	case []byte:
		return of
	case files:
		if strings.HasSuffix(name, ".zip") {
			return of.zip(t)
		}
		return of.tarGz(t)
	}
	t.Fatalf("%s is %T", name, of)
	return nil
}

func (f files) zip(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range slices.Sorted(maps.Keys(f)) {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		_, _ = w.Write(content(t, name, f[name]))
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func (f files) tarGz(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	g := gzip.NewWriter(&b)
	a := tar.NewWriter(g)
	for _, name := range slices.Sorted(maps.Keys(f)) {
		data := content(t, name, f[name])
		if err := a.WriteHeader(&tar.Header{Name: name, Mode: 0o644, Size: int64(len(data))}); err != nil {
			t.Fatal(err)
		}
		_, _ = a.Write(data)
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	_ = g.Close()
	return b.Bytes()
}

// read is what is found in a class folder: "who: NN content, …", with notes behind.
func read(t *testing.T, name string) []string {
	t.Helper()
	return readWithin(t, name, ofStudent)
}

// readWithin is read with other limits for each student.
func readWithin(t *testing.T, name string, l limits) []string {
	t.Helper()
	c, err := Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	c.student = l
	var out []string
	for _, h := range c.Handins {
		line := h.ID
		if h.Name != "" {
			line += " (" + h.Name + ")"
		}
		if h.Late {
			line += " late"
		}
		r := c.Read(h, set)
		for _, ex := range set {
			sub, ok := r.Submissions[ex.ID]
			if !ok {
				continue
			}
			line += fmt.Sprintf(" | %02d %s", ex.Number, strings.ReplaceAll(strings.TrimSpace(string(sub.Files[ex.Files[0]])), "\n", " "))
			for _, f := range sub.Findings {
				line += " " + string(f.Fact.Breach.Rule)
			}
		}
		for _, n := range r.Notes {
			line += " ! " + n.String()
		}
		out = append(out, line)
	}
	for _, o := range c.Others {
		out = append(out, "? "+o)
	}
	return out
}

func TestShapes(t *testing.T) {
	const bank, sells, refunds = "package bank // mine", "package office\n// sells\nmine", "package office\n// refunds\nmine"
	for name, c := range map[string]struct {
		in   files
		want []string
	}{
		"a lab, a clone, exercise folders, single files": {
			files{
				"anna/exercises/01-balance/bank.go": bank, "anna/go.mod": "module lab", "anna/exercises/01-balance/bank_test.go": "x",
				"ben/racelab-main/exercises/01-balance/bank.go": bank, "ben/racelab-main/solutions/01-balance/bank.go": "theirs",
				"ben/racelab-main/.git/bank.go": "x",
				"cid/01-balance/bank.go":        bank, "cid/7/office.go": sells,
				"dan/bank.go": bank, "dan/office.go": refunds,
				"eve/notes.txt": "sorry",
			},
			[]string{
				"anna | 01 package bank // mine", "ben | 01 package bank // mine",
				"cid | 01 package bank // mine | 07 package office // sells mine", "dan | 01 package bank // mine | 07 package office // refunds mine", "eve",
			},
		},
		"archives": {
			files{
				"anna.zip":      files{"lab/exercises/01-balance/bank.go": bank, "__MACOSX/lab/exercises/01-balance/._bank.go": "x"},
				"ben.tar.gz":    files{"./bank.go": bank},
				"cid/work.tgz":  files{`exercises\02-reentry\office.go`: sells},
				"dan.zip":       files{"more.zip": files{"bank.go": bank, "still.zip": files{"office.go": sells}}},
				"eve.zip":       "this is no archive",
				"fay.zip":       files{"../../etc/bank.go": bank, "/bank.go": bank, "01/bank.go": bank},
				"__MACOSX/x.go": "x", ".hidden/bank.go": "x", "grades.csv": "x",
			},
			[]string{
				"anna | 01 package bank // mine", "ben | 01 package bank // mine", "cid | 02 package office // sells mine",
				"dan | 01 package bank // mine ! dan.zip/more.zip/still.zip: " + string(Nested),
				"eve ! eve.zip: the archive is damaged (zip: not a valid zip file)",
				"fay | 01 package bank // mine ! fay.zip/../../etc/bank.go: " + string(Outside) + " ! fay.zip//bank.go: " + string(Outside),
				"? grades.csv",
			},
		},
		"archives to which a file was added again": {
			files{
				"anna.tar": append(tarOf(t, tar.Header{Name: "bank.go", Typeflag: tar.TypeReg})[:1024], tarWith(t, "./bank.go", []byte(bank))...),
				"ben.zip":  zipOf(t, entry("bank.go", "package bank"), entry("office.go", sells), entry("bank.go", bank)),
			},
			[]string{
				"anna | 01 package bank // mine ! anna.tar/bank.go: " + string(Twice),
				"ben | 01 package bank // mine | 02 package office // sells mine ! ben.zip/bank.go: " + string(Twice),
			},
		},
		"Moodle": {
			files{
				"Anna Bell_4711_assignsubmission_file_/bank.go":  bank,
				"Ben O'Hara_4712_assignsubmission_file_bank.go":  bank,
				"Cid Ng_4713_assignsubmission_file/lab.zip":      files{"01/bank.go": bank},
				"Dan_Day_4714_assignsubmission_file_my work.zip": files{"bank.go": bank},
			},
			[]string{
				"4711 (Anna Bell) | 01 package bank // mine", "4712 (Ben O'Hara) | 01 package bank // mine",
				"4713 (Cid Ng) | 01 package bank // mine", "4714 (Dan_Day) | 01 package bank // mine",
			},
		},
		"Canvas": {
			files{
				"bellanna_4711_998_bank.go": "old", "bellanna_4711_999_bank-1.go": "newer", "bellanna_4711_999_bank-12.go": bank,
				"ohara_LATE_4712_55_office.go": refunds,
			},
			[]string{
				"4711 (bellanna) | 01 package bank // mine", "4712 (ohara) late | 07 package office // refunds mine",
			},
		},
		"GitHub Classroom": {
			files{"lab-submissions/lab-anna/bank.go": bank, "lab-submissions/lab-ben-o/bank.go": bank},
			[]string{"anna | 01 package bank // mine", "ben-o | 01 package bank // mine"},
		},
		"files of all students": {
			files{"anna-bank.go": bank, "ben_office.go": sells, "ben_bank.go": bank},
			[]string{"anna | 01 package bank // mine", "ben | 01 package bank // mine | 02 package office // sells mine"},
		},
		"two versions": {
			files{"anna/a/bank.go": bank, "anna/b/bank.go": "other", "ben/bank.go": bank, "ben/old/bank.go": bank},
			[]string{"anna | 01 package bank // mine ! b/bank.go: " + string(Ambiguous), "ben | 01 package bank // mine"},
		},
		"shadows of files, and others with nearly the same name": {
			files{
				"anna.tar.gz": files{"./._bank.go": "\x00\x05\x16\x07", "./bank.go": bank, "._work.zip": "\x00\x05\x16\x07"}, "ben/._bank.go": "\x00\x05\x16\x07", "ben/bank.go": bank,
				"cid/_bank.go": "package bank // notes", "cid/bank.go": bank, "dan/a-bank.go": bank, "._dan.zip": "\x00\x05\x16\x07",
			},
			[]string{
				"anna | 01 package bank // mine", "ben | 01 package bank // mine",
				"cid | 01 package bank // mine ! _bank.go: " + string(Ambiguous), "dan | 01 package bank // mine",
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			c.in.write(t, dir)
			if inner := filepath.Join(dir, "lab-submissions"); name == "GitHub Classroom" {
				dir = inner
			}
			if diff := cmp.Diff(c.want, read(t, dir)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// A download is one archive, often.
func TestArchiveOfAClass(t *testing.T) {
	name := filepath.Join(t.TempDir(), "download.zip")
	data := files{"Anna Bell_4711_assignsubmission_file_/lab.zip": files{"bank.go": "package bank"}, "Ben_4712_assignsubmission_file_bank.go": "package bank"}.zip(t)
	if err := os.WriteFile(name, data, 0o644); err != nil {
		t.Fatal(err)
	}
	want := []string{"4711 (Anna Bell) | 01 package bank", "4712 (Ben) | 01 package bank"}
	if diff := cmp.Diff(want, read(t, name)); diff != "" {
		t.Error(diff)
	}
}

// What is no regular file is a finding, and nobody follows it.
func TestLinks(t *testing.T) {
	dir := t.TempDir()
	files{"anna/x.txt": "x", "ben/01/bank.go": "package bank"}.write(t, dir)
	secret := filepath.Join(t.TempDir(), "bank.go")
	if err := os.WriteFile(secret, []byte("the reference"), 0o644); err != nil {
		t.Fatal(err)
	}
	for link, to := range map[string]string{"anna/bank.go": secret, "cid": filepath.Dir(secret), "ben/02": filepath.Dir(secret)} {
		if err := os.Symlink(to, filepath.Join(dir, link)); err != nil {
			t.Skip(err)
		}
	}
	want := []string{"anna | 01  regular", "ben | 01 package bank", "? cid"}
	if diff := cmp.Diff(want, read(t, dir)); diff != "" {
		t.Error(diff)
	}
}

// A folder that was packed as a whole is the class, and not one student of that name.
func TestArchiveOfAFolder(t *testing.T) {
	for name, c := range map[string]struct {
		in   files
		want []string
	}{
		"class.zip":           {files{"class/anna/bank.go": "package bank", "class/ben.zip": files{"bank.go": "package bank"}}, []string{"anna | 01 package bank", "ben | 01 package bank"}},
		"class.tar.gz":        {files{"class/anna/bank.go": "package bank", "class/cid-bank.go": "package bank"}, []string{"anna | 01 package bank", "cid | 01 package bank"}},
		"lab-submissions.zip": {files{"lab-submissions/lab-anna/bank.go": "package bank", "lab-submissions/lab-ben/bank.go": "package bank"}, []string{"anna | 01 package bank", "ben | 01 package bank"}},
		"one.zip":             {files{"anna/exercises/01-balance/bank.go": "package bank"}, []string{"anna | 01 package bank"}},
		"class.tgz":           {files{"class/anna/bank.go": "package bank", "ben/bank.go": "package bank"}, []string{"ben | 01 package bank", "class | 01 package bank"}},
	} {
		file := filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(file, content(t, name, c.in), 0o644); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(c.want, read(t, file)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}
