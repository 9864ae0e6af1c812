package gradebook

import (
	"bytes"
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"racelab/checker/classroom/record"
	"racelab/checker/classroom/record/recordtest"
	"racelab/checker/finding"

	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

// publishedSchema is the one of SARIF 2.1.0 with errata 01, as OASIS has published it. The
// library has it as a constant of its source, under a name that it does not export.
func publishedSchema(t testing.TB) *jsonschema.Schema {
	t.Helper()
	dir, err := exec.CommandContext(t.Context(), "go", "list", "-m", "-f", "{{.Dir}}", "github.com/owenrumney/go-sarif/v3").Output()
	if err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(strings.TrimSpace(string(dir)), "pkg", "report", "v210", "sarif", "schema.go")
	file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	text := ""
	ast.Inspect(file, func(n ast.Node) bool {
		if lit, ok := n.(*ast.BasicLit); ok && len(lit.Value) > len(text) {
			text = lit.Value
		}
		return true
	})
	if text, err = strconv.Unquote(text); err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource(sarifSchema, doc); err != nil {
		t.Fatal(err)
	}
	schema, err := c.Compile(sarifSchema)
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

// valid reports what the schema, and what it cannot say, has against a log.
func valid(schema *jsonschema.Schema, text []byte) error {
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		return err
	}
	if err := schema.Validate(doc); err != nil {
		return err
	}
	log, err := sarif.FromBytes(text, sarif.WithStrictValidation())
	if err != nil {
		return err
	}
	for _, run := range log.Runs {
		for _, r := range run.Results {
			if err := sound(run, r); err != nil {
				return err
			}
		}
	}
	return nil
}

// sound is what GitHub asks of a result beside the schema.
func sound(run *sarif.Run, r *sarif.Result) error {
	rules := run.Tool.Driver.Rules
	switch {
	case r.RuleIndex < 0 || r.RuleIndex >= len(rules) || *rules[r.RuleIndex].ID != *r.RuleID:
		return fmt.Errorf("%s is not rule %d", *r.RuleID, r.RuleIndex)
	case len(r.PartialFingerprints) == 0:
		return fmt.Errorf("a result has no fingerprint")
	case len(r.Locations) != 1 || r.Locations[0].PhysicalLocation == nil:
		return fmt.Errorf("%s has no place", *r.Message.Text)
	}
	uri := *r.Locations[0].PhysicalLocation.ArtifactLocation.URI
	if !strings.HasPrefix(uri, "exercises/") || strings.Contains(uri, "..") {
		return fmt.Errorf("%s is outside of the exercises", uri)
	}
	return nil
}

// However odd a class is, its log is what the schema asks for, and the contract of an
// exercise is nowhere in it.
func TestSARIFIsValid(t *testing.T) {
	schema := publishedSchema(t)
	for _, b := range []record.Book{ada(), {}, recordtest.Class(1, 20, 5), recordtest.Class(2, 3, 17)} {
		text := rendered(t, "sarif", b)
		if err := valid(schema, text); err != nil {
			t.Error(err)
		}
		if bytes.Contains(text, []byte(finding.ContractFile)) || bytes.Contains(text, []byte("payingIn")) {
			t.Error("the log shows the contract of an exercise")
		}
	}
	if err := valid(schema, []byte(`{"version":"2.1.0","runs":[{"tool":{"driver":{}}}]}`)); err == nil {
		t.Error("the schema asks for nothing")
	}
}

func TestSARIFIsRead(t *testing.T) {
	b := ada()
	b.Racelab = "v1.2.3"
	race := &b.Records[1].Verdict.Findings[0]
	race.Related = []finding.Related{{Message: "previous write by goroutine 8", Location: finding.Location{File: "bank.go", Line: 11, Function: "Deposit"}}}
	race.Evidence.Trace = &finding.Interleaving{
		Goroutines: []finding.Lane{{Name: "b", Function: "TestRush.func1", Started: finding.Location{File: "bank_test.go", Line: 3}}},
		Steps: []finding.Step{
			{Number: 1, Goroutine: "b", Op: finding.OpLock, Object: "a.mu", Location: finding.Location{File: "bank.go", Line: 10}},
			{Number: 2, Goroutine: "c", Op: finding.OpRace, Location: finding.Location{File: "bank.go", Line: 18}, Wrong: true, Why: "a data race"},
			{Number: 3, Goroutine: "b", Op: finding.OpUnlock, Object: "a.mu", Location: finding.Location{File: "bank.go", Line: 12}},
		},
		Left: []finding.Waiting{{Goroutine: "c", Op: finding.OpLock, Object: "a.mu", For: []finding.GoroutineName{"b"}, Location: finding.Location{File: "bank.go", Line: 10}}},
	}
	wrong := &b.Records[1].Verdict.Findings[1]
	wrong.Detector, wrong.Location.File = finding.Contract, "bank.go"
	wrong.Fact.Answer = &finding.Answer{Kind: finding.Unexplained, Call: "a.Deposit(300)"}
	log, err := sarif.FromBytes(rendered(t, "sarif", b), sarif.WithStrictValidation())
	if err != nil || len(log.Runs) != 1 || log.Version != "2.1.0" || log.Schema == "" {
		t.Fatalf("%+v, %v", log, err)
	}
	run := log.Runs[0]
	if d := run.Tool.Driver; *d.Name != "racelab" || *d.Version != "v1.2.3" || len(d.Rules) != 2 || *d.Rules[0].ShortDescription.Text != "Data race" || d.Rules[0].FullDescription == nil || d.Rules[0].Help == nil {
		t.Errorf("%+v", d)
	}
	if *run.AutomationDetails.ID != "racelab/ada/" || *run.Invocations[0].ExecutionSuccessful || len(run.Invocations[0].ToolExecutionNotifications) != 3 {
		t.Errorf("%+v, %+v", run.AutomationDetails, run.Invocations[0])
	}
	r := run.Results[0]
	place := r.Locations[0].PhysicalLocation
	if *place.ArtifactLocation.URI != "exercises/02-reentry/bank.go" || *place.Region.StartLine != 18 || len(r.RelatedLocations) != 1 {
		t.Errorf("%+v", r)
	}
	flows := r.CodeFlows[0].ThreadFlows
	if len(flows) != 2 || len(flows[0].Locations) != 2 || flows[0].Locations[1].ExecutionOrder != 3 || *flows[0].Message.Text != "goroutine b runs TestRush.func1" {
		t.Errorf("%+v", flows)
	}
	if l := flows[1].Locations; l[0].ExecutionOrder != 2 || l[0].Importance != "essential" || !strings.Contains(*l[1].Location.Message.Text, "waits for b") {
		t.Errorf("%+v", l)
	}
	if l := run.Results[1].Locations[0]; l.PhysicalLocation.Region != nil || *l.LogicalLocations[0].FullyQualifiedName != "Deposit" {
		t.Errorf("%+v", l)
	}
}

// Graded again, a problem has the same fingerprint, whatever else has changed.
func TestSARIFFingerprintsStay(t *testing.T) {
	prints := func(b record.Book) []byte {
		log, err := sarif.FromBytes(rendered(t, "sarif", b))
		if err != nil {
			t.Fatal(err)
		}
		out, _ := json.Marshal(log.Runs[0].Results[0].PartialFingerprints)
		return out
	}
	before, b := prints(ada()), ada()
	b.Records[1].Verdict.Findings[0].Evidence.Seen = 7
	b.Records[1].Verdict.Findings[0].Message = "said otherwise"
	b.Records = b.Records[1:]
	if after := prints(b); !bytes.Equal(before, after) {
		t.Errorf("%s, then %s", before, after)
	}
}
