package handin

import (
	"archive/tar"
	"bufio"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// Limits of an archive. A lab has some 150 files, a clone with its history some
// thousands; a file of a submission that is larger than maxFile is refused anyway.
const (
	maxEntries  = 20_000
	maxUnpacked = 256 << 20
	maxFile     = 1<<20 + 1
	maxNested   = 64 << 20
	maxPath     = 1 << 10
)

// macJunk is a folder that macOS puts into archives, with a shadow of each file. Elsewhere a
// shadow lies beside its file: "._lab.zip".
const (
	macJunk   = "__MACOSX"
	macShadow = "._"
)

// archives are the suffixes of those that are read, and foreign those of others: whoever hands
// in such a one has handed in something.
var (
	archives = []string{".zip", ".tar.gz", ".tgz", ".tar"}
	foreign  = []string{".rar", ".7z", ".tar.bz2", ".tbz2", ".bz2", ".tar.xz", ".txz", ".xz", ".tar.zst", ".zst", ".gz"}
)

func isArchive(name string) bool {
	return withoutSuffix(name) != name && !strings.HasPrefix(path.Base(name), macShadow)
}

func withoutSuffix(name string) string {
	for _, suffix := range slices.Concat(archives, foreign) {
		if n := len(name) - len(suffix); n > 0 && strings.EqualFold(name[n:], suffix) {
			return name[:n]
		}
	}
	return name
}

// mayMatter is true of Go files, and of archives of them.
func mayMatter(name string) bool { return path.Ext(name) == ".go" || isArchive(name) }

// A packed file is one in an archive.
type packed struct {
	path string // clean, with slashes, and within the archive
	mode fs.FileMode
	// open reads it, and counts what is read. Of some archives that has to be before the
	// next file is reached.
	open func(*budget) (io.ReadCloser, error)
}

// An unpacking reads an archive from the beginning to the end, and holds nothing of it but
// the paths that it has seen.
type unpacking struct {
	left *budget
	note func(Oddity, string)
	take func(packed) error // each file that may matter
	seen map[string]bool
}

// unpack reads an archive. After an error, what was taken until then is not to be trusted.
func unpack(name string, r io.Reader, p unpacking) error {
	p.seen = map[string]bool{}
	form, r := formOf(name, r)
	switch form {
	case ".zip":
		return p.zip(r)
	case ".tar":
		return p.tar(r)
	case ".gz":
		return p.gzip(r)
	}
	return errForeign
}

// A refusal is why an archive is left out as a whole, in words.
type refusal string

func (r refusal) Error() string { return string(r) }

const (
	errLocked  refusal = "the archive is locked with a password"
	errForeign refusal = "racelab reads no archives of this kind, but zip and tar.gz"
)

var errNested = refusal(fmt.Sprintf("an archive is larger than %d MiB", maxNested>>20))

func isRefusal(err error) bool {
	_, ok := errors.AsType[refusal](err)
	return ok
}

// isFault tells a machine that cannot read from an archive that cannot be read.
func isFault(err error) bool {
	_, ok := errors.AsType[*fs.PathError](err)
	return ok
}

// damaged names a fault of the archive itself.
func damaged(err error) error {
	if err == nil || isRefusal(err) || errors.Is(err, ErrNoRoom) {
		return err
	}
	return fmt.Errorf("the archive is damaged (%w)", err)
}

func (p *unpacking) gzip(r io.Reader) error {
	m := &members{from: bufio.NewReader(r)}
	var err error
	if m.z, err = gzip.NewReader(m.from); err != nil {
		return damaged(err)
	}
	m.z.Multistream(false)
	if err := p.tar(m); err != nil {
		return err
	}
	// Behind the last file stands whether all that was read is as it was packed.
	_, err = io.Copy(io.Discard, p.left.reading(m))
	return damaged(err)
}

// members are what was compressed in several parts, as one. What may follow the last part
// belongs to nothing.
type members struct {
	z    *gzip.Reader // nil after the last part
	from *bufio.Reader
}

func (m *members) Read(p []byte) (int, error) {
	if m.z == nil {
		return 0, io.EOF
	}
	n, err := m.z.Read(p)
	if err != io.EOF {
		return n, err
	}
	if m.z.Reset(m.from) != nil {
		m.z = nil
		return n, io.EOF
	}
	m.z.Multistream(false)
	return n, nil
}

// tar reads one that is not compressed, or no longer. All that is read of it counts.
func (p *unpacking) tar(r io.Reader) error {
	end := &ending{r: p.left.reading(r)}
	t := tar.NewReader(end)
	for {
		h, err := t.Next()
		switch {
		case p.left.bytes < 0:
			return p.left.tooLarge()
		case err == io.EOF && end.zeros < tarEnd:
			return damaged(io.ErrUnexpectedEOF)
		case err == io.EOF:
			return nil
		case err != nil && !errors.Is(err, tar.ErrInsecurePath):
			return damaged(err)
		}
		open := func(*budget) (io.ReadCloser, error) { return io.NopCloser(t), nil }
		if err := p.entry(packed{h.Name, tarMode(h), open}); err != nil {
			return damaged(err)
		}
	}
}

// tarMode is the mode of a file. A link to another one and a file with holes, whose size is
// whatever somebody has written into it, are no regular files.
func tarMode(h *tar.Header) fs.FileMode {
	mode := h.FileInfo().Mode()
	if h.Typeflag == tar.TypeLink {
		mode |= fs.ModeSymlink
	}
	if h.Typeflag == tar.TypeGNUSparse || isSparse(h.PAXRecords) {
		mode |= fs.ModeIrregular
	}
	return mode
}

func isSparse(records map[string]string) bool {
	for name := range records {
		if strings.HasPrefix(name, "GNU.sparse.") {
			return true
		}
	}
	return false
}

// entry takes in one file of an archive, if it may matter. Its path is the one in the archive.
func (p *unpacking) entry(one packed) error {
	if p.left.entries--; p.left.entries < 0 {
		return p.left.tooMany()
	}
	name := strings.ReplaceAll(one.path, `\`, "/") // of some archivers on Windows
	one.path = path.Clean(name)
	switch {
	case !mayMatter(one.path) || one.mode.IsDir():
		return nil
	case len(name) > maxPath:
		p.note(LongPath, name[:maxPath])
		return nil
	case path.IsAbs(name) || !fs.ValidPath(one.path):
		p.note(Outside, name)
		return nil
	case p.seen[one.path]:
		p.note(Twice, one.path)
	}
	p.seen[one.path] = true
	return p.take(one)
}
