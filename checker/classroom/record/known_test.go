package record

import "testing"

// Graded again without a roster, a student is known as before; with one, as it says now.
func TestAfterKnows(t *testing.T) {
	old := Record{Name: "Bell, Anna", Known: &Known{Canvas: "4711"}}
	if got := (Record{Student: "abell"}).After(old, ""); got.Name != old.Name || got.Known.Canvas != "4711" {
		t.Errorf("%+v", got)
	}
	now := Record{Name: "Anna Bell", Known: &Known{Canvas: "4712"}}
	if got := now.After(old, ""); got.Name != now.Name || got.Known.Canvas != "4712" {
		t.Errorf("%+v", got)
	}
}
