package handin

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"fmt"
	"hash/crc32"
	"io/fs"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// zipOf is an archive of what entries write.
func zipOf(t testing.TB, entries ...func(*zip.Writer) error) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, write := range entries {
		if err := write(z); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func entry(name, text string) func(*zip.Writer) error {
	return func(z *zip.Writer) error {
		w, err := z.Create(name)
		if err == nil {
			_, err = w.Write([]byte(text))
		}
		return err
	}
}

// lying is an entry whose header says something else of the size, or is encrypted.
func lying(name, text string, size uint64, flags uint16) func(*zip.Writer) error {
	return func(z *zip.Writer) error {
		w, err := z.CreateRaw(&zip.FileHeader{
			Name: name, Flags: flags, CRC32: crc32.ChecksumIEEE([]byte(text)),
			CompressedSize64: uint64(len(text)), UncompressedSize64: size,
		})
		if err == nil {
			_, err = w.Write([]byte(text))
		}
		return err
	}
}

// tarOf is an archive of headers, each with a text that may be another size.
func tarOf(t testing.TB, headers ...tar.Header) []byte {
	t.Helper()
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	for _, h := range headers {
		text := "package bank"
		if h.Typeflag == tar.TypeReg {
			h.Size = int64(len(text))
		}
		h.Mode = 0o644
		if err := w.WriteHeader(&h); err != nil {
			t.Fatal(err)
		}
		if h.Typeflag == tar.TypeReg {
			if _, err := w.Write([]byte(text)); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func gz(parts ...[]byte) []byte {
	var b bytes.Buffer
	for _, part := range parts {
		w := gzip.NewWriter(&b)
		_, _ = w.Write(part) // a buffer never fails
		_ = w.Close()
	}
	return b.Bytes()
}

func hostile(t testing.TB) files {
	inner := zipOf(t, entry("bank.go", "package bank // inner"))
	whole := tarOf(t, tar.Header{Name: "bank.go", Typeflag: tar.TypeReg})
	return files{
		"a-size-less.zip":   zipOf(t, lying("bank.go", "package bank // long", 3, 0), entry("office.go", "package office\n// sells")),
		"b-size-more.zip":   zipOf(t, lying("bank.go", "package bank // short", 1<<40, 0)),
		"c-locked.zip":      zipOf(t, lying("bank.go", "\x00\x01\x02", 3, 1)),
		"d-names.zip":       zipOf(t, entry("x\x00/bank.go", "package bank // nul"), entry("\xff/bank.go", ""), entry("c:/bank.go", "package bank // nul"), entry(`..\\..\\bank.go`, "")),
		"e-case.zip":        zipOf(t, entry("BANK.GO", "package other"), entry("bank.go", "package bank // lower")),
		"f-file-dir.zip":    zipOf(t, entry("bank.go", "package bank // file"), entry("bank.go/bank.go", "package bank // beneath")),
		"g-slip.zip":        zipOf(t, entry("../../bank.go", ""), entry("/bank.go", ""), entry("a/../bank.go", "package bank // inside")),
		"h-nested.zip":      zipOf(t, entry("1.zip", string(inner))),
		"i-deep.zip":        zipOf(t, entry("1.zip", string(zipOf(t, entry("2.zip", string(inner)))))),
		"j-two.tar.gz":      gz(whole[:700], whole[700:]),
		"k-links.tar":       tarOf(t, tar.Header{Name: "bank.go", Typeflag: tar.TypeSymlink, Linkname: "/etc/passwd"}, tar.Header{Name: "x/bank.go", Typeflag: tar.TypeLink, Linkname: "bank.go"}),
		"l-odd.tar":         tarOf(t, tar.Header{Name: "bank.go", Typeflag: tar.TypeFifo}, tar.Header{Name: "y/bank.go", Typeflag: tar.TypeBlock}),
		"m-huge.tar":        hugeTar(whole),
		"n-cut.tar.gz":      gz(whole)[:40],
		"o-not.zip":         []byte("PK\x03\x04 and nothing else"),
		"p-empty.zip":       []byte{},
		"q-directories.zip": zipOf(t, entry("bank.go/", "")),
	}
}

// hugeTar says in its header that its file is larger than any disk.
func hugeTar(whole []byte) []byte {
	b := append([]byte(nil), whole...)
	copy(b[124:136], "77777777777\x00")
	copy(b[148:156], "        ")
	sum := 0
	for _, c := range b[:512] {
		sum += int(c)
	}
	copy(b[148:156], fmt.Sprintf("%06o\x00 ", sum))
	return b
}

// Whatever is in an archive, what can be read of it is, and it is said what cannot.
func TestHostileArchives(t *testing.T) {
	dir := t.TempDir()
	hostile(t).write(t, dir)
	want := []string{
		"a-size-less | 02 package office // sells ! a-size-less.zip/bank.go: is damaged in the archive; it was left out",
		"b-size-more ! b-size-more.zip/bank.go: is damaged in the archive; it was left out",
		"c-locked ! c-locked.zip: the archive is locked with a password",
		"d-names | 01 package bank // nul ! d-names.zip/\xff/bank.go: a path that leads out of the archive; it was left out ! d-names.zip/..//..//bank.go: a path that leads out of the archive; it was left out",
		"e-case | 01 package bank // lower",
		"f-file-dir | 01 package bank // file ! f-file-dir.zip/bank.go/bank.go: there is another version of this file, and it was not taken",
		"g-slip | 01 package bank // inside ! g-slip.zip/../../bank.go: a path that leads out of the archive; it was left out ! g-slip.zip//bank.go: a path that leads out of the archive; it was left out",
		"h-nested | 01 package bank // inner",
		"i-deep ! i-deep.zip/1.zip/2.zip: an archive in an archive in an archive; it was left out",
		"j-two | 01 package bank",
		"k-links | 01  regular",
		"l-odd | 01  regular",
		"m-huge ! m-huge.tar: the archive is damaged (unexpected EOF)",
		"n-cut ! n-cut.tar.gz: the archive is damaged (unexpected EOF)",
		"o-not ! o-not.zip: the archive is damaged (zip: not a valid zip file)",
		"p-empty ! p-empty.zip: the archive is damaged (zip: not a valid zip file)",
		"q-directories",
	}
	if diff := cmp.Diff(want, read(t, dir)); diff != "" {
		t.Error(diff)
	}
}

// No archive makes the reading crash, and what is read of it are files with proper names.
func FuzzUnpack(f *testing.F) {
	for name, data := range hostile(f) {
		f.Add(name, data.([]byte))
	}
	f.Fuzz(func(t *testing.T, name string, data []byte) {
		s := newSearch(set, ofStudent.budget())
		err := unpack(name, bytes.NewReader(data), unpacking{left: s.left, note: func(Oddity, string) {}, take: func(p packed) error {
			if !fs.ValidPath(p.path) || len(p.path) > maxPath {
				t.Errorf("%q", p.path)
			}
			return s.within(p, "", 1)
		}})
		if err != nil {
			return
		}
		for _, c := range s.found {
			if len(c.data) > maxFile {
				t.Errorf("%s has %d bytes", c.name, len(c.data))
			}
		}
	})
}
