package handin

import (
	"fmt"
	"io"
)

// A budget is what may still be read of all archives of one student, or of the archive of a
// class: an archive may have many others in it.
type budget struct {
	entries int
	bytes   int64 // read of tar archives, and of what is packed in zip archives
	held    int64 // of files that are found, wherever they lie
	all     *limits
}

// limits are a budget before anything was read.
type limits struct {
	entries     int
	bytes, held int64
	directory   int64 // of a zip archive, in bytes: the library reads all of it
}

// ofStudent and ofClass bound what is held in memory: of a student the files that are found,
// an archive within another one, and some hundred bytes for each entry; of a class that comes
// as an archive some hundred bytes for each of its entries.
var (
	ofStudent = limits{entries: maxEntries, bytes: maxUnpacked, held: 32 << 20, directory: 4 << 20}
	ofClass   = limits{entries: 200_000, bytes: 4 << 30, directory: 40 << 20}
)

func (l *limits) budget() *budget { return &budget{l.entries, l.bytes, l.held, l} }

func (b *budget) tooMany() error {
	return refusal(fmt.Sprintf("the archive has more than %d entries", b.all.entries))
}

func (b *budget) tooLarge() error {
	return refusal(fmt.Sprintf("the archive has more than %d MiB in it", b.all.bytes>>20))
}

func (b *budget) longList() error {
	return refusal(fmt.Sprintf("the list of files in the archive is larger than %d KiB", b.all.directory>>10))
}

// reading counts what is read, and ends with an error when that is too much.
func (b *budget) reading(r io.Reader) io.Reader { return counted{r, b} }

type counted struct {
	r    io.Reader
	left *budget
}

func (c counted) Read(p []byte) (int, error) {
	if c.left.bytes < 0 {
		return 0, c.left.tooLarge()
	}
	n, err := c.r.Read(p)
	if c.left.bytes -= int64(n); c.left.bytes < 0 {
		return n, c.left.tooLarge()
	}
	return n, err
}

// opening counts what is read of what has been opened.
func (b *budget) opening(r io.ReadCloser, err error) (io.ReadCloser, error) {
	if err != nil {
		return nil, err
	}
	return opened{b.reading(r), r}, nil
}

type opened struct {
	io.Reader
	io.Closer
}
