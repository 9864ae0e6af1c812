//go:build pagetest

package page

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"racelab/checker/classroom/record"
	"racelab/checker/report/webpage/browsertest"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

const (
	filtersShow = `document.getElementById("filters").offsetHeight > 0`
	isOpen      = `!!document.querySelector("#record[open] .told")`
	isClosed    = `!document.getElementById("record").open`
)

// write writes a page, and returns its address.
func write(t *testing.T, render func(io.Writer, record.Stream, Known) error, b record.Book, known Known) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "page.html")
	f, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	if err := render(f, b.Stream(), known); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	return "file://" + name
}

const (
	firstName = `[...document.querySelectorAll("#grades tbody tr")].find(r => !r.hidden).cells[0].textContent`
	shownRows = `[...document.querySelectorAll("#grades tbody tr")].filter(r => !r.hidden).length`
	focused   = `document.activeElement.closest("tr")?.rowIndex + ":" + document.activeElement.closest("td,th")?.cellIndex`
)

// Everything that a page of 9,200 marks can do, done in Chromium. How long it takes is
// printed, and decides nothing.
func TestClassInBrowser(t *testing.T) {
	ctx := browsertest.Start(t)
	b, known := generated(200, 46)
	address := write(t, Class, b, known)
	start := time.Now()
	browsertest.Run(t, ctx, chromedp.Navigate(address))
	browsertest.Until(t, ctx, filtersShow)
	t.Logf("loaded in %v", time.Since(start).Round(time.Millisecond))
	if rows := browsertest.Eval[int](t, ctx, shownRows); rows != 200 {
		t.Errorf("%d rows", rows)
	}

	// Sorting, by name and by points.
	sort := func(column int) {
		timed(t, ctx, "sort", fmt.Sprintf(`document.querySelectorAll("#grades thead button")[%d].click()`, column))
	}
	sort(0)
	if name := browsertest.Eval[string](t, ctx, firstName); !strings.HasPrefix(name, "student199") {
		t.Errorf("the last name is %q", name)
	}
	sort(1)
	if !browsertest.Eval[bool](t, ctx, `(() => { const s = [...document.querySelectorAll("#grades tbody td.sum")].map(c => +c.dataset.sum); return s.every((n, i) => i === 0 || s[i-1] <= n) })()`) {
		t.Error("not sorted by sum")
	}
	sort(5)
	sort(5)
	if got := browsertest.Eval[string](t, ctx, `[...document.querySelectorAll("th[aria-sort]")].map(h => h.cellIndex + h.getAttribute("aria-sort")).join()`); got != "5descending" {
		t.Errorf("aria-sort: %s", got)
	}
	if text := browsertest.Eval[string](t, ctx, `document.querySelector("#grades tbody tr").cells[5].textContent`); text != "✓10" {
		t.Errorf("the best in 04 has %q", text)
	}

	// Filtering.
	browsertest.Focus(t, ctx, "#by-name")
	browsertest.Run(t, ctx, chromedp.KeyEvent("STUDENT01"))
	if rows, said := browsertest.Eval[int](t, ctx, shownRows), browsertest.Eval[string](t, ctx, `document.getElementById("shown").textContent`); rows != 10 || said != "10 of 200 students" {
		t.Errorf("%d rows, %q", rows, said)
	}
	browsertest.Do(t, ctx, `document.getElementById("by-name").value = ""`)
	timed(t, ctx, "filter", `{ const o = document.getElementById("by-outcome"); o.value = "fail"; document.getElementById("by-exercise").value = "3"; o.dispatchEvent(new Event("input", {bubbles: true})) }`)
	if !browsertest.Eval[bool](t, ctx, `[...document.querySelectorAll("#grades tbody tr")].every(r => r.hidden !== r.cells[5].classList.contains("fail"))`) {
		t.Error("filtered otherwise than by failing in 04")
	}

	// A failure's interleaving is one click away, and the page does not have it before.
	if n := browsertest.Eval[int](t, ctx, `document.querySelectorAll(".picture").length`); n != 0 {
		t.Errorf("%d interleavings before one is asked for", n)
	}
	timed(t, ctx, "open", `document.querySelector(".mistakes .who a").click()`)
	browsertest.Until(t, ctx, isOpen)
	if steps := browsertest.Eval[int](t, ctx, `document.querySelectorAll("#record details[open] .rows .row").length`); steps < 40 {
		t.Errorf("%d steps", steps)
	}
	browsertest.Run(t, ctx, chromedp.KeyEvent(kb.Escape))
	browsertest.Until(t, ctx, isClosed)
}

// timed runs a statement on the page until it is painted, and logs how long that took.
func timed(t *testing.T, ctx context.Context, what, statement string) {
	t.Helper()
	took := browsertest.Eval[float64](t, ctx, fmt.Sprintf(`new Promise(done => { const t = performance.now(); %s; document.body.offsetHeight; requestAnimationFrame(() => setTimeout(() => done(performance.now() - t))) })`, statement))
	t.Logf("%s: %.0f ms", what, took)
}

// The keyboard alone does all.
func TestKeyboardInBrowser(t *testing.T) {
	ctx := browsertest.Start(t)
	b, known := generated(12, 5)
	browsertest.Run(t, ctx, chromedp.Navigate(write(t, Class, b, known)))
	browsertest.Until(t, ctx, filtersShow)
	browsertest.Focus(t, ctx, "#by-name")
	stops := 0
	for ; stops < 40; stops++ { // Tab gets out of the table again
		browsertest.Run(t, ctx, chromedp.KeyEvent(kb.Tab))
		if browsertest.Eval[bool](t, ctx, `!!document.activeElement.closest("#grades tbody")`) {
			break
		}
	}
	at := browsertest.Eval[string](t, ctx, focused)
	if at != "1:2" {
		t.Fatalf("after %d stops the focus is on %s", stops, at)
	}
	if width := browsertest.Eval[string](t, ctx, `getComputedStyle(document.activeElement).outlineWidth`); width != "3px" {
		t.Errorf("one does not see the focus: %s", width)
	}
	browsertest.Run(t, ctx, chromedp.KeyEvent(kb.ArrowDown), chromedp.KeyEvent(kb.ArrowRight), chromedp.KeyEvent(kb.ArrowRight), chromedp.KeyEvent(kb.ArrowLeft), chromedp.KeyEvent(kb.ArrowUp), chromedp.KeyEvent(kb.ArrowUp))
	if at := browsertest.Eval[string](t, ctx, focused); at != "1:3" {
		t.Errorf("the arrows lead to %s", at)
	}
	browsertest.Run(t, ctx, chromedp.KeyEvent(kb.End), chromedp.KeyEvent(kb.PageDown))
	if at := browsertest.Eval[string](t, ctx, focused); at != "11:6" {
		t.Errorf("End and PageDown lead to %s", at)
	}
	// To the first failure, and into it, and back.
	failing := browsertest.Eval[string](t, ctx, `(() => { const a = document.querySelector("#grades td.fail a"); a.focus(); return `+focused+` })()`)
	browsertest.Run(t, ctx, chromedp.KeyEvent(kb.Enter))
	browsertest.Until(t, ctx, isOpen)
	// Not on Close: the same key would close it again.
	if at := browsertest.Eval[string](t, ctx, `document.activeElement.id`); at != "record-title" {
		t.Errorf("the focus is on %s", at)
	}
	browsertest.Focus(t, ctx, "#record button")
	browsertest.Run(t, ctx, chromedp.KeyEvent(kb.Enter)) // on Close
	browsertest.Until(t, ctx, isClosed)
	if back := browsertest.Eval[string](t, ctx, focused); back != failing {
		t.Errorf("the focus is on %s, and was on %s", back, failing)
	}
	browsertest.Run(t, ctx, chromedp.KeyEvent(kb.Tab))
	if browsertest.Eval[bool](t, ctx, `!!document.activeElement.closest("#grades tbody")`) {
		t.Error("Tab stays in the table")
	}
	// A heading is a button.
	browsertest.Focus(t, ctx, "#grades thead th:nth-child(2) button")
	browsertest.Run(t, ctx, chromedp.KeyEvent(kb.Enter))
	if sort := browsertest.Eval[string](t, ctx, `document.querySelector("#grades thead th:nth-child(2)").getAttribute("aria-sort")`); sort != "ascending" {
		t.Errorf("aria-sort is %s", sort)
	}
}

const (
	paper     = `getComputedStyle(document.body).backgroundColor`
	lightness = "rgb(255, 255, 255)"
	darkness  = "rgb(22, 24, 28)"
)

// Dark is what the system says, until the reader says otherwise; without a script, too.
func TestColoursInBrowser(t *testing.T) {
	for _, script := range []bool{true, false} {
		t.Run(fmt.Sprintf("script=%v", script), func(t *testing.T) {
			ctx := browsertest.Start(t)
			b, known := generated(3, 2)
			dark := &emulation.MediaFeature{Name: "prefers-color-scheme", Value: "dark"}
			browsertest.Call(t, ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !script})
			browsertest.Run(t, ctx, chromedp.Navigate(write(t, Class, b, known)))
			if got := browsertest.Eval[string](t, ctx, paper); got != lightness {
				t.Errorf("light is %s", got)
			}
			browsertest.Call(t, ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{dark}})
			if got := browsertest.Eval[string](t, ctx, paper); got != darkness {
				t.Errorf("dark is %s", got)
			}
			browsertest.Focus(t, ctx, ".colours select")
			browsertest.Run(t, ctx, chromedp.KeyEvent("l"))
			if got := browsertest.Eval[string](t, ctx, paper); got != lightness {
				t.Errorf("light, in a dark system, is %s", got)
			}
		})
	}
}

// Without a script everything can be read: a mark leads to a record, and that to its
// interleaving.
func TestWithoutScriptInBrowser(t *testing.T) {
	ctx := browsertest.Start(t)
	b, known := generated(12, 5)
	browsertest.Call(t, ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	browsertest.Run(t, ctx, chromedp.Navigate(write(t, Class, b, known)))
	if browsertest.Eval[bool](t, ctx, `!!document.querySelector("#filters").offsetHeight`) {
		t.Error("there is a filter, which does nothing")
	}
	for _, link := range []string{`#grades td.fail a`, `article:target a.verdict`} {
		browsertest.Until(t, ctx, "!!document.querySelector(`"+link+"`)")
		browsertest.Do(t, ctx, "document.querySelector(`"+link+"`).click()")
	}
	browsertest.Until(t, ctx, `document.querySelector(":target .rows")?.offsetHeight > 0`)
}

// What students wrote is text, in every place, also once it is asked for.
func TestHostileInBrowser(t *testing.T) {
	ctx := browsertest.Start(t)
	b, known := hostileBook()
	browsertest.Run(t, ctx, chromedp.Navigate(write(t, Class, b, known)), chromedp.Evaluate[chromedp.Void](`document.querySelector("#grades td.fail a").click()`))
	browsertest.Until(t, ctx, isOpen)
	if n := browsertest.Eval[int](t, ctx, `document.querySelectorAll("img, iframe, object, embed, script:not(body > script:last-child), [onerror], [style]").length`); n != 0 {
		t.Errorf("%d elements of a student's", n)
	}
	browsertest.Run(t, ctx, chromedp.Navigate(write(t, Student, b, known)), chromedp.Evaluate[chromedp.Void](`document.getElementById("all").click()`))
	if n := browsertest.Eval[int](t, ctx, `document.querySelectorAll("img, [onerror]").length`); n != 0 {
		t.Errorf("%d elements of a student's", n)
	}
}

// On a narrow screen nothing but the tables is wider than it.
func TestNarrowInBrowser(t *testing.T) {
	ctx := browsertest.Start(t)
	b, known := generated(12, 46)
	for name, render := range renderers {
		browsertest.Run(t, ctx, chromedp.EmulateViewport(400, 800, chromedp.EmulateMobile), chromedp.Navigate(write(t, render, b, known)),
			chromedp.Evaluate[chromedp.Void](`for (const d of document.querySelectorAll("details")) d.open = true`))
		if width := browsertest.Eval[int](t, ctx, `document.documentElement.scrollWidth`); width > 400 {
			t.Errorf("the page of a %s is %d wide", name, width)
		}
	}
}

// Paper has everything of a student's page, also what is closed on the screen.
func TestPaperInBrowser(t *testing.T) {
	ctx := browsertest.Start(t)
	b, known := generated(1, 8)
	browsertest.Run(t, ctx, chromedp.Navigate(write(t, Student, b, known)))
	browsertest.Call(t, ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"})
	pdf, err := chromedp.Run(ctx, chromedp.PrintToPDF(chromedp.PDFPaper(chromedp.PaperA4)))
	if err != nil {
		t.Fatal(err)
	}
	if len(pdf) < 10_000 || browsertest.Eval[bool](t, ctx, `[...document.querySelectorAll(".rows")].some(g => g.offsetHeight === 0)`) {
		t.Errorf("something is missing in %d bytes of paper", len(pdf))
	}
}
