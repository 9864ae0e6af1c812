package handin

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"io/fs"
	"math"
)

// zipLocked is the flag of a file in a zip archive that is encrypted.
const zipLocked = 1

// zip reads one. Its directory stands at the end, and the library holds all of it. Where an archive
// says that it has more entries than its size has room for, the library does not believe it.
func (p *unpacking) zip(r io.Reader) error {
	at, size, err := inAnyOrder(r)
	switch {
	case err != nil:
		return damaged(err)
	case size > p.left.all.bytes:
		return p.left.tooLarge()
	}
	directory := &bounded{at, p.left.all.directory}
	z, err := zip.NewReader(directory, size)
	switch {
	case directory.left < 0:
		return p.left.longList()
	case err != nil && !errors.Is(err, zip.ErrInsecurePath):
		return damaged(err)
	}
	directory.left = math.MaxInt64 // what the files have in them is counted
	for _, f := range z.File {
		if f.Flags&zipLocked != 0 && mayMatter(f.Name) {
			return errLocked
		}
		open := func(left *budget) (io.ReadCloser, error) { return left.opening(f.Open()) }
		err := p.entry(packed{f.Name, f.Mode(), open})
		switch { // any other fault is of this file alone
		case isRefusal(err), errors.Is(err, ErrNoRoom):
			return err
		case err != nil:
			p.note(oddityOf(err), f.Name)
		}
	}
	return nil
}

// oddityOf is why one file of an archive is left out.
func oddityOf(err error) Oddity {
	switch {
	case isFault(err):
		return Unreadable
	case errors.Is(err, zip.ErrAlgorithm):
		return Packing
	}
	return Damaged
}

// bounded ends the reading of a zip archive's directory that is too large.
type bounded struct {
	io.ReaderAt
	left int64
}

func (b *bounded) ReadAt(p []byte, at int64) (int, error) {
	if b.left -= int64(len(p)); b.left < 0 {
		return 0, io.ErrUnexpectedEOF
	}
	return b.ReaderAt.ReadAt(p, at)
}

// inAnyOrder is r if it can be read in any order, as files can; or else it is read into memory.
func inAnyOrder(r io.Reader) (io.ReaderAt, int64, error) {
	switch r := r.(type) {
	case interface {
		io.ReaderAt
		Size() int64
	}:
		return r, r.Size(), nil
	case interface {
		io.ReaderAt
		Stat() (fs.FileInfo, error)
	}:
		info, err := r.Stat()
		if err != nil {
			return nil, 0, err
		}
		return r, info.Size(), nil
	}
	data, err := io.ReadAll(io.LimitReader(r, maxNested+1))
	if len(data) > maxNested {
		return nil, 0, errNested
	}
	return bytes.NewReader(data), int64(len(data)), err
}
