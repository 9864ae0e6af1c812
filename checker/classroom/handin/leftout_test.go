package handin

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
)

// What cannot be read was handed in: of the exercises that may be in it, it is said.
func TestLeftOut(t *testing.T) {
	packed := files{"bank.go": "package bank"}.zip(t)
	compressed := gz(tarOf(t, tar.Header{Name: "bank.go", Typeflag: tar.TypeReg}))
	plain := tarOf(t, tar.Header{Name: "bank.go", Typeflag: tar.TypeReg})
	dir := t.TempDir()
	files{
		"ada.zip": packed[:60], "ben.tar.gz": flipped(compressed, len(compressed)-6), "bob.tgz": compressed[:len(compressed)-6], "cid.tar": plain[:1024], "dan.rar": "Rar!\x1a\x07", "eve/work.7z": "", "eve/bank.go": "package bank",
		"fay.zip": zipOf(t, method(`lab\bank.go`, 14)), "gus.zip": zipOf(t, entry("../bank.go", ""), entry("../helper.go", ""), entry("vendor/../../office.go", "")),
		"hal.tar": "", "ian.zip": zipOf(t, method("vendor/office.go", 14), entry("bank.go", "package bank")), "jo/lab.tar.xz": "", "kim.zip": files{"bank.go": "package bank", "bank.bak": "x"},
		"lea/notes.txt": "sorry",
	}.write(t, dir)
	c, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	var got []string
	for _, h := range c.Handins {
		r := c.Read(h, set)
		for _, ex := range set {
			if n, ok := r.LeftOut[ex.ID]; ok {
				got = append(got, fmt.Sprint(h.ID, " ", ex.Number, " ", n))
			}
		}
	}
	all := func(who, what string) (of []string) {
		for _, ex := range set {
			of = append(of, fmt.Sprint(who, " ", ex.Number, " ", what))
		}
		return of
	}
	want := slices.Concat(
		all("ada", "ada.zip: the archive is damaged (zip: not a valid zip file)"), all("ben", "ben.tar.gz: the archive is damaged (gzip: invalid checksum)"),
		all("bob", "bob.tgz: the archive is damaged (unexpected EOF)"), all("cid", "cid.tar: the archive is damaged (unexpected EOF)"), all("dan", "dan.rar: "+errForeign.Error()), all("eve", "work.7z: "+errForeign.Error())[1:],
		[]string{"fay 1 fay.zip/lab\\bank.go: " + string(Packing), "gus 1 gus.zip/../bank.go: " + string(Outside)},
		all("hal", "hal.tar: the archive is damaged (unexpected EOF)"), all("jo", "lab.tar.xz: "+errForeign.Error()),
	)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// What a disk does not give back is no fault of the archive's.
func TestUnreadableDisk(t *testing.T) {
	data := gz(tarOf(t, tar.Header{Name: "bank.go", Typeflag: tar.TypeReg}))
	for _, name := range []string{"lab.tar.gz", "lab.zip"} {
		s := newSearch(set, ofStudent.budget())
		err := s.archive(name, 0, true, func() (io.ReadCloser, error) {
			broken := iotest.ErrReader(&fs.PathError{Op: "read", Path: name, Err: errors.New("input/output error")})
			return io.NopCloser(io.MultiReader(bytes.NewReader(data[:40]), broken)), nil
		})
		if err != nil || s.unreadable != name || len(s.found) > 0 {
			t.Error(s.unreadable, s.notes, err)
		}
	}
}

// method is an entry that is packed in some way, as other archivers do it.
func method(name string, number uint16) func(*zip.Writer) error {
	return func(z *zip.Writer) error {
		w, err := z.CreateRaw(&zip.FileHeader{Name: name, Method: number, CompressedSize64: 1, UncompressedSize64: 1})
		if err == nil {
			_, err = w.Write([]byte("x"))
		}
		return err
	}
}

// flipped is data with one bit that is another one.
func flipped(data []byte, at int) []byte {
	data = bytes.Clone(data)
	data[at] ^= 1
	return data
}
