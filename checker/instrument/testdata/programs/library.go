package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"log"
	"log/slog"
	"os"
	"strings"
	"time"
)

type level bool

func (l level) String() string { return fmt.Sprint("level ", bool(l)) }

// held has a logger, as a field and embedded.
type held struct {
	*log.Logger
	second log.Logger
	print  func(...any)
}

type printer interface{ Printf(string, ...any) }

func next(n *int) int {
	*n++
	return *n
}

func numberAndWord() (any, any) { return 1, "two" }

// Calls of the library have the caller, the order of evaluation and the types that
// they had.
func library() {
	var text bytes.Buffer
	out := log.New(&text, "", log.Lshortfile|log.Lmsgprefix)
	n := 0
	out.Print(next(&n), next(&n))
	out.Println("untyped", 1<<3, 'x', 2.5, nil, next(&n) == 3, 1<<next(&n))
	out.Print(numberAndWord())
	out.Printf("%v %v", []any{next(&n), "spread"}...)
	out.Print(level(next(&n) == 6), strings.Repeat("x", next(&n)))
	h := held{Logger: out, print: log.New(&text, "", 0).Print}
	h.second.SetOutput(&text)
	h.second.SetFlags(log.Lshortfile)
	h.Print("embedded")
	h.second.Print("addressed",
		"over two lines")
	(&h).second.Print("pointer")
	h.print("value")
	var p printer = out
	p.Printf("interface %d", next(&n))
	if out.Print("header"); n > 0 {
		out.Print("body")
	}
	switch out.Prefix() {
	case "":
		out.Print("case")
	}
	func() {
		defer out.Print("deferred ", next(&n))
		defer func() { out.Print("recovered ", recover()) }()
		out.Panic("panic")
	}()
	fmt.Fprintln(&text, "buffer", next(&n))
	fmt.Fprintln(io.MultiWriter(&text, &text), "twice")
	io.WriteString(&text, "string\n")
	var w io.Writer = &text
	io.WriteString(w, "writer\n")
	w.Write([]byte("bytes\n"))
	print := fmt.Fprintln
	print(w, "function")
	for _, f := range []func(io.Writer, ...any) (int, error){fmt.Fprintln, fmt.Fprint} {
		f(w, "element")
	}
	s := slog.New(slog.NewTextHandler(&text, &slog.HandlerOptions{
		AddSource: true, ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr {
			if src, ok := a.Value.Any().(*slog.Source); ok {
				return slog.Int("line", src.Line)
			}
			if a.Key == slog.TimeKey {
				return slog.Attr{}
			}
			return a
		},
	}))
	s.Info("info", "n", next(&n))
	s.With("a", 1).Warn("warn", slog.Duration("d", time.Second))
	if _, err := os.Open("/nowhere"); !errors.Is(err, os.ErrNotExist) {
		out.Print(err)
	}
	{
		defer os.Stderr.WriteString("last\n")
	}
	var missing *log.Logger
	func() {
		defer func() { println(recover() != nil) }()
		missing.Print("nobody")
	}()
	os.Stderr.Write(text.Bytes())
}
