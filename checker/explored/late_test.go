package explored

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"racelab/checker/finding"
	"racelab/checker/internal/fixture"
	"racelab/checker/sandbox"
)

// What a goroutine reports to a test panics when the test has ended. That has to be
// found although nothing but the report and the end depends on their order.
func TestReportsThatComeLate(t *testing.T) {
	reports := []string{
		`t.Log("late")`, `t.Errorf("late")`, `t.Fatal("late")`, `t.Fail()`, `t.FailNow()`,
		`t.Run("late", func(*testing.T) {})`,
		`t.Run("part", func(t *testing.T) { queue.%s(func() { t.Log("late") }) })`,
	}
	for name, late := range map[string]bool{"Forgets": true, "Waits": false} {
		var tests strings.Builder
		for i, report := range reports {
			call := fmt.Sprintf("queue.%s(func() { %s })", name, report)
			if strings.Contains(report, "%s") {
				call = fmt.Sprintf(report, name)
			}
			fmt.Fprintf(&tests, "func Test%d(t *testing.T) { _ = fmt.Sprint; %s }\n", i, call)
		}
		ex := fixture.Exercise(tests.String())
		p := fixture.Build(t, ex, fixture.Submit(ex, `package queue

// Forgets waits for another goroutine than the one that reports.
func Forgets(report func()) {
	other := make(chan int)
	go func() { report() }()
	go func() { other <- 1 }()
	<-other
}

func Waits(report func()) {
	both := make(chan int)
	go func() { defer func() { both <- 1 }(); report() }()
	go func() { both <- 1 }()
	<-both
	<-both
}
`))
		shown, err := Explorer{Sandbox: sandbox.Limited{}, Exercise: ex, Program: p}.Explore(t.Context())
		if err != nil || shown.Doubt.Why != "" {
			t.Fatal(err, shown.Doubt.Why)
		}
		for i, report := range reports {
			found := slices.ContainsFunc(shown.Findings, func(f finding.Finding) bool {
				return f.Kind == finding.Panic && f.Evidence.Schedule != "" && slices.Contains(f.Evidence.Tests, p.Tests[i])
			})
			if found != late {
				t.Errorf("%s, %s: found %v, want %v", name, report, found, late)
			}
		}
	}
}
