package handin

import (
	"strings"
	"testing"
)

// However much there is to say of a download, little of it is kept, and how much is not.
func TestFew(t *testing.T) {
	var notes []Note
	for range 100_000 {
		notes = append(notes, Note{Outside, "../" + strings.Repeat("é", 1000)})
	}
	got := Few(notes)
	if len(got) != mostNotes+1 || len(got[0].Path) > longPath+3 {
		t.Errorf("%d notes, %d bytes", len(got), len(got[0].Path))
	}
	if want := "there is more to say of 99950 other files; it was left out"; got[mostNotes].String() != want {
		t.Errorf("%q", got[mostNotes])
	}
	if few := Few(notes[:2]); len(few) != 2 || Few(nil) != nil {
		t.Errorf("%d", len(few))
	}
}
