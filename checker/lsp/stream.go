package lsp

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strconv"
	"strings"
	"sync"

	"github.com/sourcegraph/jsonrpc2"
)

// largestMessage is far above what an editor sends: the text of a file of an exercise.
const largestMessage = 16 << 20

// A stream is that of the library, with the header of the protocol before each message.
// Unlike the library's own it goes on behind a message that is none, reserves no memory for
// a length that nobody has sent yet, and reads no line without an end.
type stream struct {
	in *bufio.Reader

	mu     sync.Mutex // guards the rest
	out    io.Writer
	closed bool
	broken error // why nothing can be read any more
}

// WriteObject writes one message.
func (s *stream) WriteObject(message any) error {
	text, err := json.Marshal(message)
	if err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	_, err = s.out.Write(append(fmt.Appendf(nil, "Content-Length: %d\r\n\r\n", len(text)), text...))
	return err
}

// ReadObject reads the next message into what the library has for it. What is none, it
// answers itself.
func (s *stream) ReadObject(message any) error {
	for {
		text, err := s.next()
		s.mu.Lock()
		switch {
		case s.closed:
			err = io.EOF
		case err != nil:
			s.broken = err
		}
		s.mu.Unlock()
		if err != nil {
			return err
		}
		why := json.Unmarshal(text, message)
		if why == nil {
			return nil
		}
		reflect.ValueOf(message).Elem().SetZero() // of half a message nothing is left
		if err := s.WriteObject(refusal(text, why)); err != nil {
			return err
		}
	}
}

// A refused is the answer to a message of which not even the id is known.
type refused struct {
	Version string          `json:"jsonrpc"`
	ID      *int            `json:"id"` // null
	Error   *jsonrpc2.Error `json:"error"`
}

func refusal(text []byte, why error) refused {
	code := int64(jsonrpc2.CodeInvalidRequest)
	if !json.Valid(text) {
		code = jsonrpc2.CodeParseError
	}
	return refused{Version: "2.0", Error: &jsonrpc2.Error{Code: code, Message: why.Error()}}
}

// Close leaves standard input and output alone: a read of it may be waiting. What that
// returns is not looked at.
func (s *stream) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.closed = true
	return nil
}

// why is why the stream has ended: nil where the editor has closed it between two messages.
func (s *stream) why() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if errors.Is(s.broken, io.EOF) {
		return nil
	}
	return s.broken
}

// next returns the text of the next message. After an error nobody knows where it begins.
func (s *stream) next() ([]byte, error) {
	length, err := s.header()
	if err != nil {
		return nil, err
	}
	text, err := io.ReadAll(io.LimitReader(s.in, int64(length)))
	if err == nil && len(text) < length {
		err = io.ErrUnexpectedEOF
	}
	return text, err
}

// header returns the length of the message that follows. What it does not know, it skips.
func (s *stream) header() (length int, err error) {
	length = -1
	for {
		line, err := s.in.ReadSlice('\n')
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			return 0, errors.New("a line of a header is too long")
		case errors.Is(err, io.EOF) && (len(line) > 0 || length >= 0):
			return 0, io.ErrUnexpectedEOF
		case err != nil:
			return 0, err
		}
		text := strings.TrimSpace(string(line))
		if text == "" && length >= 0 {
			return length, nil
		}
		name, value, _ := strings.Cut(text, ":")
		if !strings.EqualFold(strings.TrimSpace(name), "Content-Length") {
			continue
		}
		n, err := strconv.ParseUint(strings.TrimSpace(value), 10, 32)
		if err != nil || n > largestMessage {
			return 0, fmt.Errorf("a header says Content-Length: %.40q, which is no number up to %d", strings.TrimSpace(value), largestMessage)
		}
		length = int(n)
	}
}
