//go:build pagetest

package report

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"racelab/checker/finding"
	"racelab/checker/report/webpage"
	"racelab/checker/report/webpage/browsertest"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// open shows the page of an interleaving.
func open(t *testing.T, ctx context.Context, r finding.Replay, known Context) {
	t.Helper()
	var out bytes.Buffer
	if err := ReplayHTML(&out, r, Style{}, known); err != nil {
		t.Fatal(err)
	}
	show(t, ctx, out.Bytes())
}

// show shows a page.
func show(t *testing.T, ctx context.Context, page []byte) {
	t.Helper()
	name := filepath.Join(t.TempDir(), "page.html")
	if err := os.WriteFile(name, page, 0o644); err != nil {
		t.Fatal(err)
	}
	browsertest.Run(t, ctx, chromedp.Navigate("file://"+name))
}

const (
	current = `document.querySelector(".row[aria-current=step] .n")?.textContent ?? document.querySelector(".row[aria-current=step] .what").textContent`
	shown   = `[...document.querySelectorAll(".row")].filter(r => r.offsetHeight > 0).length`
	isReady = `!document.querySelector(".controls").hidden`
)

// Keys, buttons, the slider and clicks lead from step to step, and the page says what is so
// after each.
func TestStepsInBrowser(t *testing.T) {
	ctx := browsertest.Start(t)
	r, known := recordedReplay(t, "06-overdraft")
	open(t, ctx, r, known)
	browsertest.Until(t, ctx, isReady)
	at := func(want string) {
		t.Helper()
		if got := browsertest.Eval[string](t, ctx, current); got != want {
			t.Errorf("the current step is %q, want %q", got, want)
		}
	}
	at("6") // the test's own steps are folded away
	browsertest.Run(t, ctx, chromedp.KeyEvent(kb.ArrowRight))
	at("7")
	browsertest.Run(t, ctx, chromedp.KeyEvent(kb.ArrowLeft))
	at("6")
	browsertest.Focus(t, ctx, ".rows")
	browsertest.Run(t, ctx, chromedp.KeyEvent(kb.End))
	at("3 steps of the test itself")
	browsertest.Run(t, ctx, chromedp.KeyEvent(kb.ArrowUp))
	at("28")
	browsertest.Run(t, ctx, chromedp.KeyEvent(kb.Home), chromedp.KeyEvent(kb.ArrowDown), chromedp.KeyEvent(kb.ArrowDown))
	at("7")
	browsertest.Do(t, ctx, `document.querySelector("[data-to=on]").click()`)
	at("b sleep")
	browsertest.Do(t, ctx, `{ const s = document.querySelector("input[type=range]"); s.value = 5; s.dispatchEvent(new Event("input")) }`)
	at("9")
	browsertest.Do(t, ctx, `[...document.querySelectorAll(".row")].find(r => r.querySelector(".n")?.textContent === "18").click()`)
	at("18")
	for what, want := range map[string]string{
		`document.querySelector(".now").textContent`:                                                                        "17 of 32: b: lock a.mu a.mu.Lock() (c had a.mu since step 7, when b gave it back)",
		`document.querySelector(".waiting").textContent`:                                                                    "a waits in wg.Wait, for b and c",
		`document.querySelector(".file .acts").textContent.trim().replace(/\s+/g, " ")`:                                     "56 a.mu.Lock() ◂ b",
		`document.querySelector(".now").getAttribute("role")`:                                                               "status",
		`document.querySelectorAll("[aria-current]").length + ""`:                                                           "1",
		`document.querySelector(".graph").querySelectorAll("circle").length + ""`:                                           "3",
		`getComputedStyle(document.querySelector(".rows")).outlineStyle === "none" ? "" : document.activeElement.className`: "rows",
	} {
		if got := browsertest.Eval[string](t, ctx, what); got != want {
			t.Errorf("%s is %q, want %q", what, got, want)
		}
	}
	// Unfolded, the same step stays the current one.
	folded := browsertest.Eval[int](t, ctx, shown)
	browsertest.Do(t, ctx, `document.querySelector(".unfold input").click()`)
	if n := browsertest.Eval[int](t, ctx, shown); n != len(r.Interleaving.Steps) || n <= folded {
		t.Errorf("%d rows folded, %d unfolded", folded, n)
	}
	at("18")
}

// Without a script all steps can be read, and folded away.
func TestStepsWithoutScriptInBrowser(t *testing.T) {
	ctx := browsertest.Start(t)
	r, known := recordedReplay(t, "07-forgotten")
	browsertest.Call(t, ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	open(t, ctx, r, known)
	if browsertest.Eval[bool](t, ctx, isReady) {
		t.Error("there are buttons that do nothing")
	}
	browsertest.Do(t, ctx, `document.querySelector(".unfold input").click()`)
	if n := browsertest.Eval[int](t, ctx, shown); n < len(r.Interleaving.Steps) {
		t.Errorf("%d rows", n)
	}
}

// On a phone nothing is wider than the screen.
func TestStepsOnPhoneInBrowser(t *testing.T) {
	for _, name := range []string{"01-race", "02-deadlock", "04-leak", "08-clock"} {
		t.Run(name, func(t *testing.T) {
			ctx := browsertest.Start(t)
			r, known := recordedReplay(t, name)
			browsertest.Run(t, ctx, chromedp.EmulateViewport(390, 844, chromedp.EmulateMobile))
			open(t, ctx, r, known)
			if width := browsertest.Eval[int](t, ctx, `document.documentElement.scrollWidth`); width > 390 {
				t.Errorf("the page is %d wide", width)
			}
			picture(t, ctx, name+"-phone")
		})
	}
}

// The colours follow the system.
func TestStepsInTheDarkInBrowser(t *testing.T) {
	ctx := browsertest.Start(t)
	r, known := recordedReplay(t, "01-race")
	open(t, ctx, r, known)
	colours := func() string {
		return browsertest.Eval[string](t, ctx, `getComputedStyle(document.body).backgroundColor + getComputedStyle(document.querySelector(".access .dot")).fill`)
	}
	light := colours()
	picture(t, ctx, "race-light")
	dark := &emulation.MediaFeature{Name: "prefers-color-scheme", Value: "dark"}
	browsertest.Call(t, ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{dark}})
	if got := colours(); got == light {
		t.Errorf("dark is %s, as light is", got)
	}
	picture(t, ctx, "race-dark")
}

// Paper has every step, whatever the list scrolls to, and nothing to press.
func TestStepsOnPaperInBrowser(t *testing.T) {
	ctx := browsertest.Start(t)
	r, known := recordedReplay(t, "04-leak")
	open(t, ctx, r, known)
	browsertest.Call(t, ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"})
	if !browsertest.Eval[bool](t, ctx, `(() => { const l = document.querySelector(".rows"); return l.scrollHeight <= l.clientHeight + 2 && document.querySelector(".bar").offsetHeight === 0 })()`) {
		t.Error("the list is cut, or there is something to press")
	}
	picture(t, ctx, "leak-paper")
}

// A thousand steps are no more trouble than ten. How long they take is printed, and decides
// nothing.
func TestThousandStepsInBrowser(t *testing.T) {
	ctx := browsertest.Start(t)
	r := finding.Replay{Exercise: "01-x", Test: "TestLong", Schedule: "TestLong::1.a.b"}
	r.Interleaving.Goroutines = []finding.Lane{{Name: "a", Function: "TestLong"}, {Name: "b"}, {Name: "c"}}
	for i := range 1000 {
		op := []finding.Op{finding.OpLock, finding.OpUnlock}[i%2]
		r.Interleaving.Steps = append(r.Interleaving.Steps, finding.Step{Number: i + 1, Goroutine: finding.GoroutineName("abc"[i/2%3 : i/2%3+1]), Op: op, Object: "mu", Location: finding.Location{File: "a.go", Line: i + 1}})
	}
	begun := time.Now()
	open(t, ctx, r, Context{})
	browsertest.Until(t, ctx, isReady)
	t.Logf("loaded in %v", time.Since(begun).Round(time.Millisecond))
	took := browsertest.Eval[float64](t, ctx, `new Promise(done => { const t = performance.now(); document.querySelector("[data-to=last]").click(); document.body.offsetHeight; requestAnimationFrame(() => setTimeout(() => done(performance.now() - t))) })`)
	t.Logf("to the last step: %.0f ms", took)
	if got := browsertest.Eval[string](t, ctx, current); got != "1000" {
		t.Errorf("the current step is %q", got)
	}
	if !browsertest.Eval[bool](t, ctx, `(() => { const r = document.querySelector("[aria-current]").getBoundingClientRect(); return r.top >= 0 && r.bottom <= innerHeight })()`) {
		t.Error("one does not see it")
	}
}

// picture keeps a picture of the page for a person to look at, where RACELAB_PICTURES names
// a folder.
func picture(t *testing.T, ctx context.Context, name string) {
	t.Helper()
	folder := os.Getenv("RACELAB_PICTURES")
	if folder == "" {
		return
	}
	png, err := chromedp.Run(ctx, chromedp.CaptureScreenshot())
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, fmt.Sprintf("%s.png", name)), png, 0o644); err != nil {
		t.Fatal(err)
	}
}

// A drawing that was packed is unpacked, and one can step through it.
func TestPackedInBrowser(t *testing.T) {
	ctx := browsertest.Start(t)
	r, known := recordedReplay(t, "06-overdraft")
	r.Findings[0].Evidence.Trace = &r.Interleaving
	told := Tell(finding.Verdict{Outcome: finding.Fail, Findings: r.Findings[:1]}, known)
	var err error
	if told.Problems[0].Packed, err = told.Problems[0].Picture.Packed(); err != nil {
		t.Fatal(err)
	}
	told.Problems[0].Picture = nil
	body, err := webpage.Told(told)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := (webpage.Document{Body: body}).Write(&out); err != nil {
		t.Fatal(err)
	}
	show(t, ctx, out.Bytes())
	browsertest.Until(t, ctx, `document.querySelector(".controls")?.hidden === false`)
	browsertest.Run(t, ctx, chromedp.KeyEvent(kb.ArrowRight))
	if got := browsertest.Eval[string](t, ctx, current); got != "7" {
		t.Errorf("the current step is %q", got)
	}
	if browsertest.Eval[bool](t, ctx, `!!document.querySelector(".packed")`) {
		t.Error("the remark that it is packed is still there")
	}
}
