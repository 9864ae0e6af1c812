package instrument

import (
	"bytes"
	"strings"
)

// edits are the changes to one file, by the offset in src where they begin. A node
// is rewritten before the node around it.
type edits struct {
	src []byte
	at  map[int]*change
}

// A change is all the text that is inserted or replaced at one offset.
type change struct {
	after  string // belongs to the code before the offset
	before string // belongs to the code after the offset
	over   string // replaces the code after the offset …
	end    int    // … up to here; 0 if nothing is replaced
}

func (es *edits) change(offset int) *change {
	if es.at[offset] == nil {
		es.at[offset] = &change{}
	}
	return es.at[offset]
}

// insertAfter puts text after the code that ends at offset, and insertBefore before
// the code that begins there: both outside of the text that was inserted earlier.
func (es *edits) insertAfter(offset int, text string) { es.change(offset).after += text }

func (es *edits) insertBefore(offset int, text string) {
	c := es.change(offset)
	c.before = text + c.before
}

// replace replaces src[start:end] and all changes within.
func (es *edits) replace(start, end int, text string) {
	for offset := start + 1; offset < end; offset++ {
		delete(es.at, offset)
	}
	c := es.change(start)
	c.before, c.over, c.end = "", text, end
	es.change(end).after = ""
}

// render returns src[start:end] with its changes. At start these are the ones that
// belong to the code after it, and at end those that belong to the code before it.
func (es *edits) render(start, end int) string {
	var b strings.Builder
	for offset := start; offset <= end; {
		c := es.at[offset]
		if c == nil {
			c = &change{}
		}
		if offset > start {
			b.WriteString(c.after)
		}
		if offset == end {
			break
		}
		b.WriteString(c.before)
		if c.end > 0 {
			b.WriteString(c.over)
			offset = c.end
			continue
		}
		b.WriteByte(es.src[offset])
		offset++
	}
	return b.String()
}

// broken reports whether there is a line break in src[start:end].
func (es *edits) broken(start, end int) bool { return bytes.IndexByte(es.src[start:end], '\n') >= 0 }
