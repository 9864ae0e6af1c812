package page

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"racelab/checker/classroom/record"
	"racelab/checker/finding"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"
)

var update = flag.Bool("update", false, "write the golden files anew")

var renderers = map[string]func(io.Writer, record.Stream, Known) error{"class": Class, "student": Student}

func render(t *testing.T, name string, b record.Book, known Known) string {
	t.Helper()
	var out bytes.Buffer
	if err := renderers[name](&out, b.Stream(), known); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// parse reads a page as a browser does that has scripts, or one that has none.
func parse(t *testing.T, text string, scripts bool) *html.Node {
	t.Helper()
	n, err := html.ParseWithOptions(strings.NewReader(text), html.ParseOptionEnableScripting(scripts))
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// outline is what a reader finds: elements with what tells what they are, and texts.
func outline(n *html.Node, depth int, out *strings.Builder) {
	in := strings.Repeat("  ", depth)
	switch n.Type {
	case html.ElementNode:
		fmt.Fprintf(out, "%s%s", in, n.Data)
		for _, a := range n.Attr {
			if a.Key != "content" { // the policy has hashes of the script and the style
				fmt.Fprintf(out, " %s=%q", a.Key, a.Val)
			}
		}
		out.WriteString("\n")
		if n.Data == "script" || n.Data == "style" {
			return
		}
	case html.TextNode:
		if text := strings.Join(strings.Fields(n.Data), " "); text != "" {
			fmt.Fprintf(out, "%s%q\n", in, text)
		}
	}
	for c := range n.ChildNodes() {
		outline(c, depth+1, out)
	}
}

// sorts has a record of each sort, of two students.
func sorts() (record.Book, Known) {
	b, known := generated(0, 6)
	b.Withheld = []string{"ben"}
	one := func(student, exercise string, r record.Record) {
		r.Student, r.Exercise, r.MaxScore = student, exercise, 10
		b.Records = append(b.Records, r)
	}
	fail := &finding.Verdict{
		Outcome: finding.Fail, Score: 4, Feedback: "Sleeping orders nothing.", Points: []finding.Points{{Name: "No data race", Max: 6}, {Name: "The balance is right", Points: 4, Max: 4}},
		Findings: []finding.Finding{raceAt(18, "TestShown", 4), wrongIn("TestSecret", "the balance is 3, want 4", 3)},
	}
	quotes := []record.Quote{{File: "bank.go", Line: 17, Text: "func (a *Account) Deposit(cents int) {"}, {File: "bank.go", Line: 18, Text: "\ta.balance += cents"}}
	again := []record.Earlier{{Submission: "s", Score: 2, MaxScore: 10, Reason: "TestSecret was too strict"}}
	one("ada", "01-exercise", record.Record{State: record.Graded, Score: 10, Verdict: &finding.Verdict{Outcome: finding.Pass, Score: 10}})
	one("ada", "02-exercise", record.Record{State: record.Graded, Score: 4, Verdict: fail, Quotes: quotes, Submission: "s", Key: "k", Late: true, Earlier: again, Deductions: []record.Deduction{{Reason: "1 day late: 20 % for each day that has begun", Points: 2}}})
	one("ada", "03-exercise", record.Record{State: record.Graded, Verdict: &finding.Verdict{Outcome: finding.Inconclusive, Cause: finding.DoubtTampering, Reason: "the record contradicts itself"}})
	one("ada", "04-exercise", record.Record{State: record.Missing})
	one("ada", "05-exercise", record.Record{State: record.Untouched})
	one("ben", "02-exercise", record.Record{State: record.Graded, Score: 4, Verdict: fail, Quotes: quotes, Submission: "s", Key: "k"})
	return b, known
}

func TestGolden(t *testing.T) {
	b, known := sorts()
	for name, b := range map[string]record.Book{"class": b, "student": b.Of("ada")} {
		text := render(t, name, b, known)
		var got strings.Builder
		outline(parse(t, text, false), 0, &got)
		file := filepath.Join("testdata", name+".golden")
		if *update {
			if err := os.WriteFile(file, []byte(got.String()), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), got.String()); diff != "" {
			t.Errorf("%s\ngo test ./checker/classroom/page -update writes it anew", diff)
		}
	}
}

// each calls f with every element of a page.
func each(n *html.Node, f func(*html.Node)) {
	for d := range n.Descendants() {
		if d.Type == html.ElementNode {
			f(d)
		}
	}
}

// What students wrote makes no element and no attribute, with scripts and without; and what
// is asked for later is as harmless.
func TestHostile(t *testing.T) {
	b, known := hostileBook()
	plain, _ := hostileBook()
	for i, r := range plain.Records { // the same page of somebody harmless
		r.Student, r.Name = "ada", "Ada"
		plain.Records[i] = r
	}
	for name := range renderers {
		text := render(t, name, b, known)
		if !utf8.ValidString(text) || strings.ContainsAny(text, "\x00\x1b\u202e") {
			t.Errorf("%s: what controls a terminal, or the direction of writing, is there", name)
		}
		for _, scripts := range []bool{true, false} {
			count := map[string]int{}
			page := parse(t, text, scripts)
			each(page, func(n *html.Node) {
				count[n.Data]++
				for _, a := range n.Attr {
					if strings.HasPrefix(a.Key, "on") || a.Key == "style" || a.Key == "src" || a.Key == "href" && !strings.HasPrefix(a.Val, "#") {
						t.Errorf("%s: %s has %s=%q", name, n.Data, a.Key, a.Val)
					}
				}
				if n.Data != "noscript" || !scripts {
					return
				}
				for _, part := range mustFragments(t, n.FirstChild.Data) {
					each(part, func(n *html.Node) { count[n.Data]++ })
				}
			})
			if count["script"] != 1 || count["style"] != 1 || count["img"]+count["iframe"] != 0 {
				t.Errorf("%s: %v", name, count)
			}
		}
	}
}

// mustFragments reads what the script takes for HTML.
func mustFragments(t *testing.T, text string) []*html.Node {
	t.Helper()
	n, err := html.Parse(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return []*html.Node{n}
}

// hashOf is how a policy names a script or a style.
func hashOf(text string) string {
	sum := sha256.Sum256([]byte(text))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}

// The policy allows the one script and the one style by what they are, and nothing else.
func TestPolicy(t *testing.T) {
	b, known := sorts()
	for name := range renderers {
		policy, texts := "", []string{}
		each(parse(t, render(t, name, b.Of("ada"), known), true), func(n *html.Node) {
			switch {
			case n.Data == "meta" && n.Attr[0].Val == "Content-Security-Policy":
				policy = n.Attr[1].Val
			case n.Data == "script" || n.Data == "style":
				texts = append(texts, n.FirstChild.Data)
			}
		})
		want := fmt.Sprintf("default-src 'none'; script-src %s; style-src %s; base-uri 'none'; form-action 'none'", hashOf(texts[1]), hashOf(texts[0]))
		if policy != want {
			t.Errorf("%s: %s\nwant %s", name, policy, want)
		}
		for _, text := range texts {
			if regexp.MustCompile(`https?:|url\(|@import|fetch\(|XMLHttp|localStorage`).MatchString(text) {
				t.Errorf("%s asks for something", name)
			}
		}
	}
}

// Links lead somewhere: within the page.
func TestLinks(t *testing.T) {
	b, known := generated(20, 6)
	ids := map[string]bool{}
	var links []string
	each(parse(t, render(t, "class", b, known), false), func(n *html.Node) {
		for _, a := range n.Attr {
			switch a.Key {
			case "id":
				if ids[a.Val] {
					t.Errorf("two are called %s", a.Val)
				}
				ids[a.Val] = true
			case "href":
				links = append(links, strings.TrimPrefix(a.Val, "#"))
			}
		}
	})
	for _, to := range links {
		if !ids[to] {
			t.Errorf("there is no %s", to)
		}
	}
	if len(links) < 50 {
		t.Errorf("%d links", len(links))
	}
}

// However many records have a verdict, the page has it once, and there is room for so much.
func TestRoom(t *testing.T) {
	_, known := sorts()
	var records []record.Record
	for i := range 30 {
		r := record.Record{Exercise: "01-exercise", Verdict: &finding.Verdict{Outcome: finding.Fail, Findings: []finding.Finding{raceAt(10+i%10, "TestShown", 20)}}}
		if i%2 == 0 {
			r.Key = fmt.Sprint(i % 10)
		}
		records = append(records, r)
	}
	l, err := newLibrary(known)
	if err != nil {
		t.Fatal(err)
	}
	for i, r := range records {
		if _, err := l.add(r, i); err != nil {
			t.Fatal(err)
		}
	}
	blocks := func() (all []verdictBlock) {
		var err error
		for b := range l.blocks(record.Book{Records: records}.Stream().Whole, &err) {
			all = append(all, b)
		}
		if err != nil {
			t.Fatal(err)
		}
		return all
	}
	steps := func(all []verdictBlock) (n int) {
		for _, v := range all {
			n += strings.Count(string(v.Body), `<ol class="rows"`)
		}
		return n
	}
	cut := l.fit(1 << 20)
	whole := blocks()
	if cut || len(whole) != 10 {
		t.Fatalf("%d verdicts, cut: %v", len(whole), cut)
	}
	packed := 0
	for _, v := range l.all {
		packed += l.sizeOf(v, packedFirst)
	}
	if packed*3 > len(whole[0].Body)*len(whole) {
		t.Errorf("packed they take %d bytes, and %d as they are", packed, len(whole[0].Body)*len(whole))
	}
	cut = l.fit(packed + len(whole[0].Body))
	all := blocks()
	if n := strings.Count(fmt.Sprint(all), " data-packed="); cut || steps(all) == 0 || steps(all)+n != 10 {
		t.Errorf("%d verdicts with steps and %d with packed ones, cut: %v", steps(all), n, cut)
	}
	exact(t, l, all)
	room := len(whole[0].Body) + len(whole[1].Body) + 1 // for two in full, and one more to begin with
	cut = l.fit(room)
	some := blocks()
	if !cut || len(some) != 10 || steps(whole) != 10 || steps(some) > 3 {
		t.Errorf("%d verdicts, %d of %d with steps, cut: %v", len(some), steps(some), steps(whole), cut)
	}
	exact(t, l, some)
	if i := slices.IndexFunc(some, func(v verdictBlock) bool { return strings.Contains(string(v.Body), "no room") }); i < 0 {
		t.Error("the page does not say what it leaves out")
	}
}

// exact reports where something else than what was measured is written.
func exact(t *testing.T, l *library, all []verdictBlock) {
	t.Helper()
	for i, v := range all {
		if got, want := len(v.Body), l.sizeOf(l.all[i], l.all[i].room); got != want {
			t.Errorf("%s has %d bytes, and room for %d", v.Anchor, got, want)
		}
	}
}

func BenchmarkClass(b *testing.B) {
	book, known := generated(200, 46)
	for b.Loop() {
		var out bytes.Buffer
		if err := Class(&out, book.Stream(), known); err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(out.Len())/(1<<20), "MiB")
	}
}
