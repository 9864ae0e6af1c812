package exercise

import (
	"go/scanner"
	"go/token"
	"go/types"
	"strconv"
	"strings"
)

// Recognise finds the rejected fix that equals a program except for comments, layout, and
// the choice of names. It does not prove that the program is wrong; a variant only provides
// the sentence to show.
func (e Exercise) Recognise(files map[string][]byte) (Variant, bool) {
	shape := e.shape(files)
	for _, v := range e.Variants {
		if !v.Accepted && shape == e.shape(e.Complete(v)) {
			return v, true
		}
	}
	return Variant{}, false
}

// shape is what two programs have in common that differ in comments, layout and names alone.
func (e Exercise) shape(files map[string][]byte) string {
	var keys []string
	for _, name := range e.Files {
		keys = append(keys, shapeKey(string(files[name])))
	}
	return strings.Join(keys, "\n")
}

// shapeOf is the sequence of tokens with each identifier that its author chose
// replaced by the number of its first appearance: two files that differ in names
// alone have one shape. Exported and predeclared names stay, because they have a
// meaning: RLock is not another name for Lock, nor false for true.
func shapeOf(src []byte) []string {
	fset := token.NewFileSet()
	var s scanner.Scanner
	s.Init(fset.AddFile("", fset.Base(), len(src)), src, func(token.Position, string) {}, 0)
	numbers := map[string]int{}
	var shape []string
	for {
		_, tok, lit := s.Scan()
		switch tok {
		case token.EOF:
			return shape
		case token.IDENT:
			if token.IsExported(lit) || types.Universe.Lookup(lit) != nil {
				shape = append(shape, lit)
				continue
			}
			if _, seen := numbers[lit]; !seen {
				numbers[lit] = len(numbers)
			}
			shape = append(shape, strconv.Itoa(numbers[lit]))
		case token.SEMICOLON:
			// Written, implied, or left out before a brace: layout.
		default:
			shape = append(shape, tok.String()+lit)
		}
	}
}
