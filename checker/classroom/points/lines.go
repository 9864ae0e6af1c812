package points

import (
	"errors"
	"fmt"
	"strings"

	"github.com/pelletier/go-toml/v2"
	"github.com/pelletier/go-toml/v2/unstable"
)

// places are the lines of keys, by their path. The decoder tells lines of what it cannot
// decode, and forgets those of what it can.
type places map[string]int

// keyOf takes case as the decoder does: not at all.
func keyOf(path []string) string { return strings.ToLower(strings.Join(path, "\x00")) }

func (p places) line(path ...string) int { return p[keyOf(path)] }

func (p places) has(path ...string) bool { return p[keyOf(path)] > 0 }

// wrong is an error about a key, or the table that it should stand in.
func (p places) wrong(text string, path ...string) error {
	for n := len(path); n > 0; n-- {
		if line := p.line(path[:n]...); line > 0 {
			return fmt.Errorf("line %d: %s", line, text)
		}
	}
	return errors.New(text)
}

// linesOf finds the keys of a text that could be decoded.
func linesOf(text []byte) places {
	all := places{}
	var p unstable.Parser
	p.Reset(text)
	var table []string
	for p.NextExpression() {
		switch e := p.Expression(); e.Kind {
		case unstable.Table, unstable.ArrayTable:
			table = all.add(&p, nil, e)
		case unstable.KeyValue:
			all.addValue(&p, table, e)
		}
	}
	return all
}

// add takes in a key beneath a table, and returns its path.
func (p places) add(parser *unstable.Parser, table []string, n *unstable.Node) []string {
	path := append([]string(nil), table...)
	for key := n.Key(); key.Next(); {
		path = append(path, string(key.Node().Data))
		if line := parser.Shape(key.Node().Raw).Start.Line; !p.has(path...) {
			p[keyOf(path)] = line
		}
	}
	return path
}

// addValue takes in a key with its value, which may be a table in braces.
func (p places) addValue(parser *unstable.Parser, table []string, n *unstable.Node) {
	path := p.add(parser, table, n)
	if value := n.Value(); value.Kind == unstable.InlineTable {
		for inner := value.Children(); inner.Next(); {
			p.addValue(parser, path, inner.Node())
		}
	}
}

// wants says what the value of a key has to be.
var wants = map[string]string{
	"points": "a whole number", "all-or-nothing": "true or false", "lines": `a table, as in { "No data race" = 3 }`,
	"per-day": "a whole number, of percent", "most-days": "a whole number", "exercises": "a table, as in [exercises.01-10]", "late": "a table: [late]",
}

// placed puts a decoder's error into words, with its line.
func placed(err error) error {
	if strict, ok := errors.AsType[*toml.StrictMissingError](err); ok && len(strict.Errors) > 0 {
		unknown := strict.Errors[0]
		line, _ := unknown.Position()
		return fmt.Errorf("line %d: %s means nothing here", line, strings.Join(unknown.Key(), "."))
	}
	wrong, ok := errors.AsType[*toml.DecodeError](err)
	if !ok {
		return err
	}
	line, _ := wrong.Position()
	text := strings.TrimPrefix(wrong.Error(), "toml: ")
	key := wrong.Key()
	if len(key) == 0 {
		return fmt.Errorf("line %d: %s", line, text)
	}
	name := key[len(key)-1]
	if strings.HasPrefix(text, "cannot ") {
		if want := wants[name]; want != "" {
			return fmt.Errorf("line %d: %s is %s", line, name, want)
		}
		return fmt.Errorf("line %d: what %s weighs is a whole number", line, name)
	}
	return fmt.Errorf("line %d: %s", line, text)
}
