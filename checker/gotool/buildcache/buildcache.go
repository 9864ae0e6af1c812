// Package buildcache serves the go command a build cache of two layers: one that many share
// and nobody may write to, and one on top of it for whoever asks. So a build is as fast as
// with the shared cache, and what it makes is seen by nobody else.
//
// The go command asks on standard input, in the protocol of GOCACHEPROG (cmd/go/internal/cacheprog).
package buildcache

import (
	"bufio"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"
)

// A Layered is such a cache. What was put into it is forgotten with it.
type Layered struct {
	Shared string // a GOCACHE
	Own    string // a folder

	put map[string]response // by action, hexadecimal
}

type request struct {
	ID       int64
	Command  string
	ActionID []byte `json:",omitempty"`
	OutputID []byte `json:",omitempty"`
	BodySize int64  `json:",omitempty"`
}

type response struct {
	ID            int64
	Err           string     `json:",omitempty"`
	KnownCommands []string   `json:",omitempty"`
	Miss          bool       `json:",omitempty"`
	OutputID      []byte     `json:",omitempty"`
	Size          int64      `json:",omitempty"`
	Time          *time.Time `json:",omitempty"`
	DiskPath      string     `json:",omitempty"`
}

// Serve answers requests until the go command has no more.
func (l *Layered) Serve(r io.Reader, w io.Writer) error {
	l.put = map[string]response{}
	out := json.NewEncoder(w)
	if err := out.Encode(response{KnownCommands: []string{"get", "put", "close"}}); err != nil {
		return err
	}
	in := bufio.NewReader(r)
	for {
		line, err := in.ReadBytes('\n')
		switch {
		case errors.Is(err, io.EOF) && len(line) == 0:
			return nil
		case err != nil:
			return err
		case len(line) == 1: // between a request and its body
			continue
		}
		var q request
		if err := json.Unmarshal(line, &q); err != nil {
			return fmt.Errorf("the go command asks for %q: %w", line, err)
		}
		a, err := l.answer(q, in)
		if err != nil {
			a = response{Err: err.Error()}
		}
		a.ID = q.ID
		if err := out.Encode(a); err != nil || q.Command == "close" {
			return err
		}
	}
}

func (l *Layered) answer(q request, in *bufio.Reader) (response, error) {
	switch q.Command {
	case "get":
		if a, ok := l.put[hex.EncodeToString(q.ActionID)]; ok {
			return a, nil
		}
		return l.shared(hex.EncodeToString(q.ActionID)), nil
	case "put":
		return l.keep(q, in)
	case "close":
		return response{}, nil
	}
	return response{}, fmt.Errorf("unknown command %q", q.Command)
}

// shared looks into the shared cache, in the format of cmd/go/internal/cache: a file with the
// name of the action says which file is the output.
func (l *Layered) shared(action string) response {
	miss := response{Miss: true}
	if len(action) < 2 {
		return miss
	}
	text, err := os.ReadFile(filepath.Join(l.Shared, action[:2], action+"-a"))
	if err != nil {
		return miss
	}
	var version, id, output string
	var size, nanoseconds int64
	if _, err := fmt.Sscan(string(text), &version, &id, &output, &size, &nanoseconds); err != nil || version != "v1" || id != action || len(output) < 2 {
		return miss
	}
	name := filepath.Join(l.Shared, output[:2], output+"-d")
	info, err := os.Stat(name)
	if err != nil || info.Size() != size {
		return miss
	}
	outputID, err := hex.DecodeString(output)
	if err != nil {
		return miss
	}
	at := time.Unix(0, nanoseconds)
	return response{OutputID: outputID, Size: size, Time: &at, DiskPath: name}
}

// keep writes the body of a request, a text in base64, into a file of its own.
func (l *Layered) keep(q request, in *bufio.Reader) (response, error) {
	name := filepath.Join(l.Own, hex.EncodeToString(q.OutputID))
	f, err := os.Create(name)
	if err != nil {
		return response{}, errors.Join(err, readBody(q, in, io.Discard))
	}
	if err := errors.Join(readBody(q, in, f), f.Close()); err != nil {
		return response{}, err
	}
	now := time.Now()
	l.put[hex.EncodeToString(q.ActionID)] = response{OutputID: q.OutputID, Size: q.BodySize, Time: &now, DiskPath: name}
	return response{DiskPath: name}, nil
}

// readBody copies the body of a request to w, and leaves in behind it.
func readBody(q request, in *bufio.Reader, w io.Writer) error {
	if q.BodySize == 0 {
		return nil
	}
	for {
		b, err := in.ReadByte()
		if err != nil {
			return err
		}
		if b == '"' {
			break
		}
	}
	text := &quoted{in: in}
	n, err := io.Copy(w, base64.NewDecoder(base64.StdEncoding, text))
	_, rest := io.Copy(io.Discard, text)
	if err == nil && n != q.BodySize {
		err = fmt.Errorf("%d bytes were sent, not %d", n, q.BodySize)
	}
	return errors.Join(err, rest)
}

// quoted reads up to the quotation mark at the end of a text.
type quoted struct {
	in    *bufio.Reader
	ended bool
}

func (t *quoted) Read(p []byte) (n int, err error) {
	for n < len(p) && !t.ended {
		b, err := t.in.ReadByte()
		if err != nil {
			return n, io.ErrUnexpectedEOF
		}
		if t.ended = b == '"'; !t.ended {
			p[n] = b
			n++
		}
	}
	if n == 0 && t.ended {
		return 0, io.EOF
	}
	return n, nil
}
