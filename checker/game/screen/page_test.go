package screen

import (
	"bytes"
	"encoding/json"
	"regexp"
	"strings"
	"testing"

	"racelab/checker/finding"
	"racelab/checker/game"
	"racelab/checker/game/internal/sim"
)

var nodesOf = regexp.MustCompile(`(?s)<script type="application/json" id="nodes">(.*?)</script>`)

// pageOf is a page, and its nodes.
func pageOf(t *testing.T, l Look, p game.Program, k game.Known, most int) (string, []pageNode) {
	t.Helper()
	k.Exercise, k.Test = "01-bank", "TestAdd"
	tree, err := game.Grow(t.Context(), p, k, false, most)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := l.Page(&out, tree); err != nil {
		t.Fatal(err)
	}
	var nodes []pageNode
	if err := json.Unmarshal([]byte(nodesOf.FindStringSubmatch(out.String())[1]), &nodes); err != nil || len(nodes) != len(tree.Nodes) {
		t.Fatalf("%d nodes of %d, %v", len(nodes), len(tree.Nodes), err)
	}
	return out.String(), nodes
}

func TestPage(t *testing.T) {
	known := game.Known{Preemptions: &one, Failing: 3, Coverage: finding.Coverage{Schedules: 8}, Par: path("aabbba")}
	look := Look{Files: map[string][]byte{"bank.go": []byte(bank), "bank_test.go": []byte(bankTest)}, Replay: "racelab replay 01"}
	text, nodes := pageOf(t, look, sim.Counter(), known, 1000)
	for _, want := range []string{"<h1>01-bank, TestAdd</h1>", "<p>Two add one each, and none of it is lost.</p>", "This page has all 19 positions.", `data-file="bank.go"`, "sum&#43;&#43;"} {
		if !strings.Contains(text, want) {
			t.Errorf("there is no %s in\n%s", want, text[:min(len(text), 3000)])
		}
	}
	if strings.Index(text, `data-file="bank.go"`) > strings.Index(text, `data-file="bank_test.go"`) {
		t.Error("the test comes before the program")
	}
	at := nodes[0]
	for ; at.Hint >= 0; at = nodes[at.Hint] {
		if len(at.Rows) != 2 || !at.Rows[0].Moves || at.Rows[0].Next < 0 || at.Rows[0].File == "" {
			t.Errorf("rows: %+v", at.Rows)
		}
	}
	if !at.Failed || !strings.Contains(strings.Join(at.End, "\n"), "the sum is 1, want 2") || !strings.Contains(at.Trail, "» b in add: read sum: 0") {
		t.Errorf("the hints lead to %+v", at)
	}
}

func TestExtent(t *testing.T) {
	for most, want := range map[int]string{1: "and not all", 12: "all orders without a preemption, and some others", 1000: "This page has all"} {
		if text, _ := pageOf(t, Look{}, sim.Counter(), game.Known{}, most); !strings.Contains(text, want) {
			t.Errorf("at most %d: no %q", most, want)
		}
	}
}

// What a program is called and says stays text.
func TestPagesAreNotFooled(t *testing.T) {
	const bad = `</script><script>alert(1)</script>`
	p := &sim.Program{Want: 9}
	for range 2 {
		p.Goroutines = append(p.Goroutines, []sim.Op{{Do: finding.OpRead, Object: bad, Line: 1}, {Do: finding.OpWrite, Object: bad, Line: 1}})
	}
	text, nodes := pageOf(t, Look{Files: map[string][]byte{bad: []byte(bad), "bank.go": []byte("\x1b[2J" + bad)}}, p, game.Known{}, 50)
	if strings.Contains(text, bad) || strings.Contains(text, "\x1b") {
		t.Error("it is not escaped")
	}
	if !strings.Contains(nodes[0].Rows[0].What, bad) {
		t.Errorf("it is not shown: %+v", nodes[0].Rows)
	}
}
