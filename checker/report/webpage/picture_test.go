package webpage

import (
	"compress/flate"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"io"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// long is a picture of so many rows, on three lanes; every fifth row has an edge to the
// row after the next.
func long(rows int) *Picture {
	p := &Picture{Lanes: []string{"a", "b", "c"}, Waits: []Wait{{Text: "a waits", Lane: 0, For: []int{1}}}}
	for i := range rows {
		p.Rows = append(p.Rows, Row{Number: i + 1, Lane: i % 3, Text: fmt.Sprintf("step %d", i+1), Known: []int{i}, Moves: []Move{{i % 3, 0, i}}})
		p.Known = append(p.Known, fmt.Sprintf("x = %d", i))
		if i%5 == 0 && i+2 < rows {
			p.Edges = append(p.Edges, Edge{From: i, To: i + 2, Kind: "lock"})
		}
	}
	return p
}

func rowsWord(n int) string { return fmt.Sprint(n, " rows") }

func TestFold(t *testing.T) {
	p := long(8)
	for _, i := range []int{0, 1, 4, 7} {
		p.Rows[i].Own = true
	}
	for range 2 { // folding again changes nothing
		p.Fold(rowsWord)
		var folds []string
		for _, r := range p.Rows {
			folds = append(folds, r.Fold)
		}
		if got, want := strings.Join(folds, "|"), "2 rows||||1 rows|||1 rows"; got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

// What is left out in the middle is neither a mark nor one side of a missing edge; and what
// is known after it is known after the remark.
func TestShortened(t *testing.T) {
	p := long(400)
	p.Rows[200].Sort, p.Rows[200].Waits = Cut, []int{0}
	p.Edges = append(p.Edges, Edge{From: 100, To: 300, Kind: MissingEdge})
	p.Bands = []Band{{Lane: 1, From: 5, To: 399}, {Lane: 2, From: 150, To: -1}}
	s := p.Shortened(rowsWord)
	if len(s.Rows) >= 100 {
		t.Fatalf("%d rows are left", len(s.Rows))
	}
	has := func(text string) bool {
		for _, r := range s.Rows {
			if r.Text == text {
				return true
			}
		}
		return false
	}
	for _, n := range []int{1, 12, 101, 193, 201, 301, 400} {
		if !has(fmt.Sprintf("step %d", n)) {
			t.Errorf("step %d is left out", n)
		}
	}
	told, known := 0, 0
	for _, r := range s.Rows {
		var n int
		if _, err := fmt.Sscanf(r.Text, "%d rows", &n); err == nil {
			told += n - 1
		}
		known += len(r.Known)
	}
	if told+len(s.Rows) != 400 || known != 400 {
		t.Errorf("%d rows are accounted for, and %d values", told+len(s.Rows), known)
	}
	last := s.Edges[len(s.Edges)-1]
	if last.Kind != MissingEdge || s.Rows[last.From].Number != 101 || s.Rows[last.To].Number != 301 {
		t.Errorf("the missing edge is %+v", last)
	}
	if _, err := s.HTML(); err != nil {
		t.Error(err)
	}
	if s.Bands[0].To != len(s.Rows)-1 || s.Bands[1].To != -1 {
		t.Errorf("bands: %+v", s.Bands)
	}
}

// Every edge has a beginning and an end, also where it begins or ends among rows that are
// folded away; but not where all of it is.
func TestEdges(t *testing.T) {
	p := long(12)
	p.Edges = []Edge{{From: 0, To: 4, Kind: "lock"}, {From: 1, To: 3, Kind: "go", Own: true}, {From: 5, To: 10, Kind: "send"}}
	for i := range 4 {
		p.Rows[i].Own = true
	}
	p.Fold(rowsWord)
	body, err := p.HTML()
	if err != nil {
		t.Fatal(err)
	}
	n, err := html.Parse(strings.NewReader(string(body)))
	if err != nil {
		t.Fatal(err)
	}
	count := map[string]int{}
	for d := range n.Descendants() {
		for _, a := range d.Attr {
			if a.Key == "class" {
				count[a.Val]++
			}
		}
	}
	if count["tip"] != 3 {
		t.Errorf("%d arrows have a tip, want 3", count["tip"])
	}
	// In its own rows, and in the one that stands for the first four.
	if count["edge lock"] != 6 || count["edge send"] != 6 || count["edge go o"] != 3 {
		t.Errorf("parts of edges: %v", count)
	}
	if count["row fold"] != 1 {
		t.Errorf("%d folds", count["row fold"])
	}
}

// A picture that was packed is the same when it is unpacked, and was smaller meanwhile.
func TestPacked(t *testing.T) {
	p := long(100)
	p.Rows[3].Text = "</noscript><script>\u2028\"'"
	text, err := p.Packed()
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(flate.NewReader(base64.NewDecoder(base64.StdEncoding, strings.NewReader(text))))
	if err != nil {
		t.Fatal(err)
	}
	want, err := p.HTML()
	if err != nil || string(want) != string(body) {
		t.Errorf("it is another one, %v", err)
	}
	if 4*len(text) > len(want) {
		t.Errorf("%d bytes of %d", len(text), len(want))
	}
}

// There are pictures of nothing, of many lanes, and of goroutines that nobody has drawn.
func TestOddPictures(t *testing.T) {
	many := &Picture{Edges: []Edge{{From: 0, To: 39, Kind: "go"}}}
	for l := range 40 {
		many.Lanes = append(many.Lanes, fmt.Sprint(l))
		many.Rows = append(many.Rows, Row{Lane: l})
	}
	for _, p := range []*Picture{{}, {Rows: []Row{{Lane: NoLane, Text: "nothing"}}}, many, long(1)} {
		if _, err := p.HTML(); err != nil {
			t.Error(err)
		}
		if svg := p.SVG(); !strings.HasSuffix(svg, "</svg>\n") {
			t.Errorf("the drawing ends with %q", svg[max(0, len(svg)-20):])
		}
	}
}

// The policy allows the one script and the one style by what they are, and they ask for
// nothing.
func TestPolicy(t *testing.T) {
	var out strings.Builder
	if err := (Document{Frame: Frame{Title: "A page"}, Headline: "A page"}).Write(&out); err != nil {
		t.Fatal(err)
	}
	n, err := html.Parse(strings.NewReader(out.String()))
	if err != nil {
		t.Fatal(err)
	}
	policy, hashes := "", map[string]string{}
	for d := range n.Descendants() {
		switch {
		case d.Data == "meta" && d.Attr[0].Val == "Content-Security-Policy":
			policy = d.Attr[1].Val
		case d.Data == "script" || d.Data == "style":
			sum := sha256.Sum256([]byte(d.FirstChild.Data))
			hashes[d.Data] = "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
			if regexp.MustCompile(`https?:|url\(|@import|fetch\(|XMLHttp|localStorage`).MatchString(d.FirstChild.Data) {
				t.Errorf("the %s asks for something", d.Data)
			}
		}
	}
	if want := fmt.Sprintf("default-src 'none'; script-src %s; style-src %s; base-uri 'none'; form-action 'none'", hashes["script"], hashes["style"]); policy != want {
		t.Errorf("%s\nwant %s", policy, want)
	}
}
