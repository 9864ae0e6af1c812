package handin

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// narrow are limits that small bombs exceed.
var narrow = limits{entries: 300, bytes: 4 << 20, held: 2 << 20, directory: 64 << 10}

// Bombs are not unpacked, each gets one sentence, and they cost the others nothing.
func TestBombs(t *testing.T) {
	bank := entry("bank.go", "package bank")
	dir := t.TempDir()
	files{
		"a-entries.zip":    zipOf(t, empty(301)...),
		"b-entries.tar.gz": gz(tarOf(t, headers(301)...)),
		"c-long-name.tar":  tarOf(t, tar.Header{Name: strings.Repeat("x", 2000) + "/bank.go", Typeflag: tar.TypeReg}, tar.Header{Name: "bank.go", Typeflag: tar.TypeReg}),
		"d-names.zip":      zipOf(t, entry(strings.Repeat("x", 60_000), ""), entry(strings.Repeat("y", 60_000), ""), bank),
		"e-promises.zip":   promising(zipOf(t, bank), 60_000),
		"f-file.zip":       zipOf(t, bomb("bank.go", 64<<20)),
		"g-tar.tar.gz":     bombTar(t, "data.bin", 5<<20),
		"h-files.zip":      zipOf(t, bomb("1/bank.go", 1<<20), bomb("2/bank.go", 1<<20), bomb("3/bank.go", 1<<20)),
		"i-nested.zip":     zipOf(t, nested("1.tgz", bombTar(t, "x", 3<<20)), nested("2.tgz", bombTar(t, "x", 3<<20)), bank),
		"j-nested.tar":     tarWith(t, "in.zip", zipOf(t, bomb("x.go", 64<<20), bank)),
		"k-holes.tar.gz":   recorded(t, "sparse-gnu.tar.gz"),
		"l-holes.tar.gz":   recorded(t, "sparse-pax.tar.gz"),
		"m/bank.go":        "package bank",
	}.write(t, dir)
	want := []string{
		"a-entries ! a-entries.zip: the archive has more than 300 entries",
		"b-entries ! b-entries.tar.gz: the archive has more than 300 entries",
		"c-long-name | 01 package bank ! c-long-name.tar/" + strings.Repeat("x", maxPath) + ": a path that is too long; it was left out",
		"d-names ! d-names.zip: the list of files in the archive is larger than 64 KiB",
		"e-promises ! e-promises.zip: the archive is damaged (unexpected EOF)",
		"f-file | 01  size",
		"g-tar ! g-tar.tar.gz: the archive has more than 4 MiB in it",
		"h-files | 01 " + strings.Repeat("\x00", 1<<20) + " ! h-files.zip/3/bank.go: there are so many files that the rest was left out",
		"i-nested ! i-nested.zip/2.tgz: the archive has more than 4 MiB in it ! i-nested.zip: the archive has more than 4 MiB in it",
		"j-nested | 01 package bank",
		"k-holes | 01  regular | 02 package office // sells",
		"l-holes | 01  regular | 02 package office // sells",
		"m | 01 package bank",
	}
	if diff := cmp.Diff(want, readWithin(t, dir, narrow)); diff != "" {
		t.Error(diff)
	}
}

// An archive that has all of them is as good as a folder: each student has a budget.
func TestBombsOfAClass(t *testing.T) {
	in := files{
		"anna/bank.go": "package bank", "ben/1.tgz": bombTar(t, "x", 5<<20), "cid/bank.go": "package bank // c", "cid/bank.go/x.go": "",
		"dan.zip": files{"bank.go": "package bank // d"}, "eve/lab.tar.gz": files{"exercises/01-balance/bank.go": "package bank // e"}, "fay/notes.txt": "",
	}
	want := []string{
		"anna | 01 package bank", "ben ! 1.tgz: the archive has more than 4 MiB in it", "cid | 01 package bank // c", "dan | 01 package bank // d", "eve | 01 package bank // e",
	}
	for name, data := range map[string][]byte{"class.zip": in.zip(t), "class.tar.gz": in.tarGz(t)} {
		file := filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(file, data, 0o600); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, readWithin(t, file, narrow)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

// However large what was handed in is, little of it is ever in memory: less than a fifth of it
// is asked for in all.
func TestMemoryIsFlat(t *testing.T) {
	noise := make([]byte, 256<<10)
	_, _ = rand.NewChaCha8([32]byte{9}).Read(noise) // never fails
	lab, class := files{"bank.go": "package bank"}, files{}
	for i := range 12 {
		lab[fmt.Sprintf("more/%d.bin", i)] = noise
		class[fmt.Sprintf("student%02d/bank.go", i)] = fmt.Sprintf("package bank // %d", i)
		class[fmt.Sprintf("student%02d/more.go", i)] = noise
	}
	for name, in := range map[string]files{
		"a folder with an archive":  {"anna.zip": lab},
		"a folder with a tar":       {"anna.tar.gz": lab},
		"an archive of a class":     {"class.zip": class},
		"a tar of a class":          {"class.tar.gz": class},
		"a tar in a tar of a class": {"class.tar.gz": files{"anna.tar.gz": lab}},
		"a zip in a tar of a class": {"class.tar.gz": files{"anna.zip": lab}},
		"a tar in a zip of a class": {"class.zip": files{"anna.tar.gz": lab}},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			in.write(t, dir)
			for file := range in {
				if strings.HasPrefix(file, "class") {
					dir = filepath.Join(dir, file)
				}
			}
			before := allocated()
			got := read(t, dir)
			n := allocated() - before
			t.Logf("%d KiB", n>>10)
			if n > 3<<20/5 {
				t.Errorf("%d KiB for 3 MiB", n>>10)
			}
			if !strings.Contains(got[0], "| 01 package bank") || strings.Contains(strings.Join(got, "\n"), "!") {
				t.Error(got)
			}
		})
	}
}

// allocated is how much memory was asked for since the beginning.
func allocated() int64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.TotalAlloc)
}

func empty(n int) (all []func(*zip.Writer) error) {
	for i := range n {
		all = append(all, entry(fmt.Sprint(i), ""))
	}
	return all
}

func headers(n int) (all []tar.Header) {
	for i := range n {
		all = append(all, tar.Header{Name: fmt.Sprint(i), Typeflag: tar.TypeReg})
	}
	return all
}

// promising is a zip archive that says that it has n entries.
func promising(data []byte, n uint16) []byte {
	end := bytes.LastIndex(data, []byte("PK\x05\x06"))
	binary.LittleEndian.PutUint16(data[end+8:], n)
	binary.LittleEndian.PutUint16(data[end+10:], n)
	return data
}

// bomb is a long file that packs well.
func bomb(name string, size int64) func(*zip.Writer) error {
	return func(z *zip.Writer) error {
		w, err := z.Create(name)
		if err == nil {
			_, err = io.CopyN(w, zero{}, size)
		}
		return err
	}
}

func nested(name string, data []byte) func(*zip.Writer) error { return entry(name, string(data)) }

func bombTar(t *testing.T, name string, size int64) []byte {
	t.Helper()
	var b bytes.Buffer
	g := gzip.NewWriter(&b)
	a := tar.NewWriter(g)
	if err := a.WriteHeader(&tar.Header{Name: name, Mode: 0o644, Size: size}); err != nil {
		t.Fatal(err)
	}
	if _, err := io.CopyN(a, zero{}, size); err != nil {
		t.Fatal(err)
	}
	_ = a.Close()
	_ = g.Close()
	return b.Bytes()
}

func tarWith(t *testing.T, name string, data []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	a := tar.NewWriter(&b)
	if err := a.WriteHeader(&tar.Header{Name: name, Mode: 0o644, Size: int64(len(data))}); err != nil {
		t.Fatal(err)
	}
	_, _ = a.Write(data)
	_ = a.Close()
	return b.Bytes()
}

// recorded is what GNU tar 1.34 has written with -S of a bank.go of 1 TiB that is a hole but for
// a few bytes, and of a whole office.go.
func recorded(t *testing.T, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

type zero struct{}

func (zero) Read(p []byte) (int, error) { clear(p); return len(p), nil }
