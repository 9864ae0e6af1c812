package handin

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"strings"
	"testing/fstest"
)

// Limits of an archive. A lab has some 150 files, a clone with its history some
// thousands; a file of a submission that is larger than maxFile is refused anyway.
const (
	maxEntries  = 20_000
	maxUnpacked = 256 << 20
	maxFile     = 1<<20 + 1
	maxNested   = 64 << 20
)

// macJunk is a folder that macOS puts into archives, with a shadow of each file.
const macJunk = "__MACOSX"

// archives are the suffixes of those that are read.
var archives = []string{".zip", ".tar.gz", ".tgz", ".tar"}

func isArchive(name string) bool { return withoutSuffix(name) != name }

func withoutSuffix(name string) string {
	for _, suffix := range archives {
		if n := len(name) - len(suffix); n > 0 && strings.EqualFold(name[n:], suffix) {
			return name[:n]
		}
	}
	return name
}

// everything that may matter: Go files, and archives of them.
func everything(name string) bool { return path.Ext(name) == ".go" || isArchive(name) }

// A packed archive is what was read of it.
type packed struct {
	fsys  fstest.MapFS
	notes []Note
}

// unpack reads of an archive the files that are wanted. Nothing is written.
func unpack(name string, r io.Reader, wanted func(string) bool) (packed, error) {
	p := unpacking{packed: packed{fsys: fstest.MapFS{}}, wanted: wanted, left: maxUnpacked}
	lower := strings.ToLower(name)
	var err error
	switch {
	case strings.HasSuffix(lower, ".zip"):
		err = p.zip(r)
	case strings.HasSuffix(lower, ".tar"):
		err = p.tar(r)
	default:
		err = p.gzip(r)
	}
	return p.packed, err
}

type unpacking struct {
	packed
	wanted  func(string) bool
	entries int
	left    int64 // bytes that may still be unpacked
}

// What is wrong with an archive as a whole.
var (
	errEntries = fmt.Errorf("the archive has more than %d entries", maxEntries)
	errSize    = fmt.Errorf("the archive has more than %d MiB in it", maxUnpacked>>20)
	errNested  = fmt.Errorf("an archive is larger than %d MiB", maxNested>>20)
)

// damaged names a fault of the archive itself.
func damaged(err error) error {
	if err == nil || errors.Is(err, errEntries) || errors.Is(err, errSize) {
		return err
	}
	return fmt.Errorf("the archive is damaged (%w)", err)
}

func (p *unpacking) zip(r io.Reader) error {
	data, err := io.ReadAll(io.LimitReader(r, maxNested+1)) // its directory stands at the end
	if err != nil {
		return err
	}
	if len(data) > maxNested {
		return errNested
	}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return damaged(err)
	}
	for _, f := range z.File {
		if err := p.entry(f.Name, f.Mode(), f.Open); err != nil {
			return damaged(err)
		}
	}
	return nil
}

func (p *unpacking) gzip(r io.Reader) error {
	z, err := gzip.NewReader(r)
	if err != nil {
		return damaged(err)
	}
	return p.tar(z)
}

func (p *unpacking) tar(r io.Reader) error {
	limited := &io.LimitedReader{R: r, N: maxUnpacked}
	t := tar.NewReader(limited)
	for {
		h, err := t.Next()
		switch {
		case limited.N <= 0:
			return errSize
		case err == io.EOF:
			return nil
		case err != nil && !errors.Is(err, tar.ErrInsecurePath):
			return damaged(err)
		}
		open := func() (io.ReadCloser, error) { return io.NopCloser(t), nil }
		mode := h.FileInfo().Mode()
		if h.Typeflag == tar.TypeLink {
			mode |= fs.ModeSymlink // another name of a file: a link all the same
		}
		if err := p.entry(h.Name, mode, open); err != nil {
			return damaged(err)
		}
	}
}

// entry takes in one file of an archive, if it is wanted.
func (p *unpacking) entry(name string, mode fs.FileMode, open func() (io.ReadCloser, error)) error {
	if p.entries++; p.entries > maxEntries {
		return errEntries
	}
	name = strings.ReplaceAll(name, `\`, "/") // of some archivers on Windows
	clean := path.Clean(name)
	switch {
	case !p.wanted(clean) || mode.IsDir():
		return nil
	case path.IsAbs(name) || !fs.ValidPath(clean):
		p.notes = append(p.notes, Note{Outside, name})
		return nil
	case p.fsys[clean] != nil:
		p.notes = append(p.notes, Note{Twice, clean})
		return nil
	}
	file := &fstest.MapFile{Mode: mode}
	p.fsys[clean] = file
	if !mode.IsRegular() {
		return nil
	}
	r, err := open()
	if err != nil {
		return err
	}
	defer r.Close()
	most := int64(maxFile)
	if isArchive(clean) {
		most = maxNested + 1
	}
	file.Data, err = io.ReadAll(io.LimitReader(r, min(most, p.left+1)))
	if p.left -= int64(len(file.Data)); p.left < 0 {
		return errSize
	}
	return err
}
