// Rare: data-race
// Native: 0 of 100 runs.
// A reader asks whether the page is in use and then counts itself in. If the last
// user leaves in between, it empties the page while the reader reads it.

// Package page shares pages that are emptied when nobody uses them any more.
package page

import "sync/atomic"

// Page counts its users.
type Page struct {
	users atomic.Int32
	text  []byte
}

// Open returns a page with one user.
func Open(text string) *Page {
	p := &Page{text: []byte(text)}
	p.users.Store(1)
	return p
}

// Read returns the page's length, unless nobody uses it any more.
func (p *Page) Read() (length int, ok bool) {
	if p.users.Load() == 0 {
		return 0, false
	}
	p.users.Add(1)
	defer p.Close()
	return len(p.text), true
}

// Close counts a user out. The last one empties the page.
func (p *Page) Close() {
	if p.users.Add(-1) == 0 {
		p.text = nil
	}
}
