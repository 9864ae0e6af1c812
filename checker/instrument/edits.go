package instrument

import (
	"bytes"
	"strings"
)

// edits are the changes to one file, by the offset in src where they begin. They
// are recorded inner first: what is around a node is rewritten after it.
type edits struct {
	src []byte
	at  map[int]*change
}

// A change is all that happens at one offset.
type change struct {
	after  string // ends the code before it
	before string // begins the code after it
	over   string // takes the place of the code after it …
	end    int    // … up to here; 0 if there is none
}

func (es *edits) change(offset int) *change {
	if es.at[offset] == nil {
		es.at[offset] = &change{}
	}
	return es.at[offset]
}

// insertAfter puts text behind the code that ends at offset, and insertBefore
// in front of the code that begins there: outside of what is there already.
func (es *edits) insertAfter(offset int, text string) { es.change(offset).after += text }

func (es *edits) insertBefore(offset int, text string) {
	c := es.change(offset)
	c.before = text + c.before
}

// replace puts text in the place of src[start:end] and of all changes within.
func (es *edits) replace(start, end int, text string) {
	for offset := start + 1; offset < end; offset++ {
		delete(es.at, offset)
	}
	c := es.change(start)
	c.before, c.over, c.end = "", text, end
	es.change(end).after = ""
}

// render returns src[start:end] with the changes within: at its two ends, those
// that begin and end it.
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
