//go:build pagetest

package screen

import (
	"os"
	"path/filepath"
	"testing"

	"racelab/checker/finding"
	"racelab/checker/game"
	"racelab/checker/game/internal/sim"
	"racelab/checker/report/webpage/browsertest"

	"github.com/chromedp/chromedp"
)

// What a page shows: what was counted, who can go on and, at an end, how it ended.
const (
	counts = `document.getElementById("count").textContent`
	canGo  = `[...document.querySelectorAll("#rows button:not(:disabled) b")].map(b => b.textContent).join(", ")`
	inHand = `document.activeElement.textContent.trim().split(" ").slice(0, 2).join(" ")`
	ending = `document.querySelector("#end h2")?.textContent ?? ""`
	told   = `document.getElementById("told").textContent`
)

// A game is played by buttons and by keys, with the policy of the page in force.
func TestGameInBrowser(t *testing.T) {
	ctx := browsertest.Start(t)
	known := game.Known{Preemptions: &one, Failing: 3, Coverage: finding.Coverage{Schedules: 8}, Par: path("aabbba")}
	look := Look{Files: map[string][]byte{"bank.go": []byte(bank), "bank_test.go": []byte(bankTest)}, Replay: "racelab replay 01"}
	text, _ := pageOf(t, look, sim.Counter(), known, 1000)
	name := filepath.Join(t.TempDir(), "game.html")
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	browsertest.Run(t, ctx, chromedp.Navigate("file://"+name))
	browsertest.Until(t, ctx, `!document.querySelector("main").hidden`)
	shows := func(expression, want string) {
		t.Helper()
		if got := browsertest.Eval[string](t, ctx, expression); got != want {
			t.Errorf("%s is %q, want %q", expression, got, want)
		}
	}
	press := func(keys string) {
		t.Helper()
		browsertest.Run(t, ctx, chromedp.KeyEvent(keys))
	}
	click := func(selector string) {
		t.Helper()
		browsertest.Do(t, ctx, "document.querySelector(`"+selector+"`).click()")
	}

	shows(canGo, "1 a, 2 b")
	press("\r")
	shows(counts, "1 move, 0 preemptions (par 1)")
	press("b")
	press("1") // a reads; then b reads and writes, which is lost
	shows(counts, "1 move, 0 preemptions (par 1)")
	shows(inHand, "1 a")
	press("2")
	shows(inHand, "2 b")
	press("\r")
	press("\r")
	shows(ending, "It fails: Wrong result")
	shows(canGo, "")
	shows(`document.getElementById("hint").disabled.toString()`, "true")
	press("b")
	shows(counts, "3 moves, 1 preemption (par 1)")
	press("n")
	shows(counts, "0 moves, 0 preemptions (par 1)")

	click("#rows li:nth-child(1) button") // a reads and writes, as it should
	click("#rows li:nth-child(1) button")
	shows(ending, "Nothing is wrong at the end of this order.")
	press("h")
	shows(told, "Hint: take back 1 move; from there, b goes on.")
	click("#hint")
	shows(told, "Hint: b goes on.")
	click("#hint")
	shows(ending, "It fails: Wrong result")
	click("#back")
	shows(told, "")
	shows(`document.querySelector('[data-file="bank.go"] .here .who').textContent`, "a b")
}
