package handin

import (
	"bufio"
	"io"
	"slices"
	"strings"
)

// forms are what archives begin with. Where a platform takes only archives with one suffix,
// others get it, too.
var forms = []struct{ begins, form string }{
	{"PK\x03\x04", ".zip"},
	{"PK\x05\x06", ".zip"},
	{"\x1f\x8b", ".gz"},
	{"Rar!\x1a\x07", ".rar"},
	{"7z\xbc\xaf\x27\x1c", ".7z"},
	{"BZh", ".bz2"},
	{"\xfd7zXZ\x00", ".xz"},
	{"\x28\xb5\x2f\xfd", ".zst"},
}

// Of a tar archive: what it has somewhere in its first block, and how many zeros it ends with
// at least.
const (
	ustarAt = 257
	ustar   = "ustar"
	tarEnd  = 512
)

// formOf is how an archive is packed, as the suffix for that, going by how it begins, or else
// by its name: before a zip archive there may be a program that unpacks it. The reader is to be
// used in the place of r.
func formOf(name string, r io.Reader) (string, io.Reader) {
	begin := make([]byte, ustarAt+len(ustar))
	if at, ok := r.(io.ReaderAt); ok {
		n, _ := at.ReadAt(begin, 0) // who reads on will see
		begin = begin[:n]
	} else {
		b := bufio.NewReader(r)
		begin, _ = b.Peek(len(begin))
		r = b
	}
	for _, f := range forms {
		if strings.HasPrefix(string(begin), f.begins) {
			return f.form, r
		}
	}
	lower := strings.ToLower(name)
	switch {
	case len(begin) > ustarAt && string(begin[ustarAt:]) == ustar, strings.HasSuffix(lower, ".tar"):
		return ".tar", r
	case strings.HasSuffix(lower, ".zip"):
		return ".zip", r
	case slices.ContainsFunc(archives, func(suffix string) bool { return strings.HasSuffix(lower, suffix) }):
		return ".gz", r
	}
	return "", r
}

// An ending knows how many zeros the last thing that was read has at its end.
type ending struct {
	r     io.Reader
	zeros int
}

func (e *ending) Read(p []byte) (int, error) {
	n, err := e.r.Read(p)
	last := n
	for last > 0 && p[last-1] == 0 {
		last--
	}
	if last > 0 {
		e.zeros = 0
	}
	e.zeros += n - last
	return n, err
}
