package page

import (
	"cmp"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"html/template"
	"iter"
	"slices"

	"racelab/checker/classroom/record"
	"racelab/checker/report"
	"racelab/checker/report/webpage"
)

// A library knows the verdicts of a page, each once, however many records have it: copies of
// one submission, and others of which there is the same to say. It holds none of them: they
// are read again when it is their turn on the page.
type library struct {
	known  Known
	byKey  map[string]int // what all that the verdict depends on is called
	byText map[[sha256.Size]byte]int
	all    []volume
	remark int // how many bytes it takes to say that there was no room
}

// A volume is a verdict, and how many records have it.
type volume struct {
	first int // the place of the first record that has it, among all
	used  int
	size  int   // in bytes, as a whole
	steps []int // how much of that are the steps of each problem that has some
	pack  int   // how much those of the first take that are packed
	room        // what there is room for
}

// A room is what a page has room for of a verdict: the steps of so many problems as they are,
// or those of the first one packed.
type room struct {
	most   int
	packed bool
}

func newLibrary(known Known) (*library, error) {
	l := &library{known: known, byKey: map[string]int{}, byText: map[[sha256.Size]byte]int{}}
	with, err := webpage.Told(report.Told{Command: known.Command, Cut: true})
	if err != nil {
		return nil, err
	}
	without, err := webpage.Told(report.Told{Command: known.Command})
	l.remark = len(with) - len(without)
	return l, err
}

// add returns where the page will have the verdict of a record, which has this place among
// all.
func (l *library) add(r record.Record, place int) (anchor string, err error) {
	i, ok := l.byKey[r.Key]
	if r.Key == "" || !ok {
		if i, err = l.shelve(newTold(r, *r.Verdict, l.known), place); err != nil {
			return "", err
		}
	}
	l.byKey[r.Key] = i
	l.all[i].used++
	return anchorOf(i), nil
}

func anchorOf(i int) string { return fmt.Sprintf("v%d", i) }

// shelve finds what is told, or adds it.
func (l *library) shelve(t report.Told, place int) (int, error) {
	text, err := json.Marshal(t)
	if err != nil {
		return 0, err
	}
	hash := sha256.Sum256(text)
	if i, ok := l.byText[hash]; ok {
		return i, nil
	}
	v, err := measure(t)
	if err != nil {
		return 0, err
	}
	v.first = place
	i := len(l.all)
	l.byText[hash] = i
	l.all = append(l.all, v)
	return i, nil
}

// fit decides what there is room for, in bytes: verdicts that most records have are shown
// whole, as long as they take half of the room; then with the steps of the first problem
// alone, and with those packed where the others would otherwise have none. Where all of a
// verdict's are left out, cut is set.
func (l *library) fit(bytes int) (cut bool) {
	order := make([]int, len(l.all))
	left, others := bytes, 0 // what the others take that are packed
	for i, v := range l.all {
		order[i] = i
		others += l.sizeOf(v, packedFirst)
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(l.all[b].used, l.all[a].used) })
	for _, i := range order {
		v := &l.all[i]
		others -= l.sizeOf(*v, packedFirst)
		whole, first := room{most: len(v.steps)}, room{most: min(1, len(v.steps))}
		switch free := left - others; {
		case left > bytes/2 && l.sizeOf(*v, whole) <= free:
			v.room = whole
		case l.sizeOf(*v, first) <= free:
			v.room = first
		case l.sizeOf(*v, packedFirst) <= left:
			v.room = packedFirst
		default:
			v.room, cut = room{}, cut || len(v.steps) > 0
		}
		left -= l.sizeOf(*v, v.room)
	}
	return cut
}

var packedFirst = room{packed: true}

// sizeOf is how many bytes a verdict takes with the steps that there is room for.
func (l *library) sizeOf(v volume, r room) int {
	size := v.size
	for _, n := range v.steps[r.most:] {
		size -= n
	}
	switch {
	case len(v.steps) == 0 || r.most > 0:
	case r.packed:
		size += v.pack
	default:
		size += l.remark
	}
	return size
}

// blocks yields all verdicts as the page shows them, in order. They are those of the records
// that were added. What goes wrong meanwhile is in err afterwards.
func (l *library) blocks(records iter.Seq2[record.Record, error], err *error) iter.Seq[verdictBlock] {
	return func(yield func(verdictBlock) bool) {
		place, next := 0, 0
		for r, wrong := range records {
			if *err = wrong; wrong != nil || next == len(l.all) {
				return
			}
			if v := l.all[next]; v.first == place {
				var told report.Told
				if told, *err = within(newTold(r, *r.Verdict, l.known), v); *err != nil {
					return
				}
				var body template.HTML
				if body, *err = webpage.Told(told); *err != nil || !yield(verdictBlock{Anchor: anchorOf(next), Body: body}) {
					return
				}
				next++
			}
			place++
		}
	}
}

// within has the steps that there is room for.
func within(t report.Told, v volume) (report.Told, error) {
	switch {
	case v.most == len(v.steps):
		return t, nil
	case v.packed:
		return packed(t)
	}
	return brief(t, v.most), nil
}

// measure is how many bytes what is told takes, and what the steps of each problem take of it.
func measure(t report.Told) (v volume, err error) {
	bare := brief(t, 0)
	bare.Cut = false
	text, err := webpage.Told(bare)
	if err != nil {
		return v, err
	}
	v.size = len(text)
	for i, p := range t.Problems {
		if p.Picture == nil {
			continue
		}
		steps, err := webpage.Steps(p.Picture, t.Opens(i))
		if err != nil {
			return v, err
		}
		v.size, v.steps = v.size+len(steps), append(v.steps, len(steps))
	}
	small, err := packed(t)
	if err != nil {
		return v, err
	}
	with, err := webpage.Told(small)
	v.pack = len(with) - len(text)
	return v, err
}
