//go:build pagetest

// Package browsertest has what tests need to try a page in a Chromium without a window.
package browsertest

import (
	"context"
	"fmt"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/dom"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// patience is how long a browser may take; no test asks how fast it is.
const patience = 5 * time.Minute

// Start starts a Chromium without a window, if there is one. What it complains of, and
// whatever it asks of anybody but the page's own file, fails the test.
func Start(t *testing.T) context.Context {
	t.Helper()
	name := ""
	for _, n := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if found, err := exec.LookPath(n); err == nil {
			name = found
			break
		}
	}
	if name == "" {
		t.Skip("there is no chromium on this machine: the pages are not tried in a browser (apt-get install chromium)")
	}
	ctx, cancel := chromedp.NewExecAllocator(t.Context(), append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(name), chromedp.NoSandbox, chromedp.DisableGPU, chromedp.UserDataDir(t.TempDir()), chromedp.WindowSize(1280, 900),
		chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true),
	)...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	if err := chromedp.Listen(ctx, func(ev any) {
		if said := complaint(ev); said != "" {
			t.Error(said)
		}
	}); err != nil {
		t.Fatal(err)
	}
	ctx, cancel = context.WithTimeout(ctx, patience)
	t.Cleanup(cancel)
	Call(t, ctx, network.Enable, network.EnableParams{})
	Call(t, ctx, dom.Disable, cdp.Empty{}) // else every row that moves is told
	return ctx
}

// complaint is what an event says against a page; "" if it says nothing.
func complaint(ev any) string {
	switch ev := ev.(type) {
	case *runtime.EventExceptionThrown:
		return fmt.Sprintf("the script failed: %+v", ev.ExceptionDetails)
	case *page.EventJavascriptDialogOpening:
		return "what a student wrote was run: " + ev.Message
	case *network.EventRequestWillBeSent:
		if !strings.HasPrefix(ev.Request.URL, "file://") {
			return "the page asks for " + ev.Request.URL
		}
	case *runtime.EventConsoleAPICalled:
		return fmt.Sprintf("the console says %v", ev.Args)
	}
	return ""
}

// Run takes actions, and fails the test where one fails.
func Run(t *testing.T, ctx context.Context, actions ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	if err := chromedp.Do(ctx, actions...); err != nil {
		t.Fatal(err)
	}
}

// Call sends a command of the protocol.
func Call[P, R any](t *testing.T, ctx context.Context, command cdp.Command[P, R], params P) R {
	t.Helper()
	result, err := chromedp.Call(ctx, command, params)
	if err != nil {
		t.Fatal(err)
	}
	return result
}

// Eval is what an expression is on the page.
func Eval[T any](t *testing.T, ctx context.Context, expression string) T {
	t.Helper()
	value, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatal(err)
	}
	return value
}

// Do runs a statement on the page.
func Do(t *testing.T, ctx context.Context, statement string) {
	t.Helper()
	Run(t, ctx, chromedp.Evaluate[chromedp.Void](statement))
}

// Focus gives an element the focus.
func Focus(t *testing.T, ctx context.Context, selector string) {
	t.Helper()
	Do(t, ctx, "document.querySelector(`"+selector+"`).focus()")
}

// Until waits for something to become true on the page.
func Until(t *testing.T, ctx context.Context, expression string) {
	t.Helper()
	for !Eval[bool](t, ctx, expression) {
		Run(t, ctx, chromedp.Sleep(20*time.Millisecond))
	}
}
