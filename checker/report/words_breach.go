package report

import (
	"fmt"
	"strings"

	"racelab/checker/finding"
)

// breachWords says which rule a submission breaks.
func breachWords(b finding.Breach) string {
	switch b.Rule {
	case finding.RuleImport:
		return importWords(b) + "; allowed are " + strings.Join(b.Allowed, ", ")
	case finding.RuleMember:
		return fmt.Sprintf("%s is not allowed here; of that package you may use %s", b.Name, list(b.Allowed))
	case finding.RuleDirective:
		return fmt.Sprintf("the directive %s is not allowed", b.Name)
	case finding.RulePlace:
		return fmt.Sprintf("%s is not allowed like this: a program may not learn from which file and line it is called; a logger's flags are a constant without files, and slog's options name their fields in the call", b.Name)
	case finding.RulePackage:
		return fmt.Sprintf("the package is called %s; the tests need it to be %s", b.Name, b.Want)
	case finding.RuleNotRead:
		if b.More > 0 {
			return fmt.Sprintf("%s, and %d more Go files, are not part of the submission: only %v is read", b.Name, b.More, b.Allowed)
		}
		return fmt.Sprintf("%s is not part of the submission: only %v is read", b.Name, b.Allowed)
	case finding.RuleUntampered:
		return "the record of the tests was tampered with"
	case finding.RuleMemory:
		if b.Want != "" {
			return fmt.Sprintf("the tests of this program take more than %d MiB of memory, and were stopped", b.KiB>>10)
		}
		return fmt.Sprintf("compiling and checking this program takes more than %d MiB of memory, and was stopped", b.KiB>>10)
	case finding.RuleProcessor:
		return fmt.Sprintf("compiling and checking this program takes longer than %s, and was stopped", b.Want)
	case finding.RuleAPI:
		return apiWords(*b.API) + "; what was exported must stay, and may be added to"
	}
	return b.Name + " " + fileWords(b)
}

// fileWords says what is wrong with a file.
func fileWords(b finding.Breach) string {
	switch b.Rule {
	case finding.RuleEmpty:
		return "is empty"
	case finding.RuleText:
		return "is not UTF-8 text"
	case finding.RuleMissing:
		return "is missing"
	case finding.RuleRegular:
		return "is not a regular file"
	case finding.RuleSize:
		return fmt.Sprintf("is larger than %d KiB", b.KiB)
	case finding.RuleReadable:
		return "cannot be read: " + b.Want
	}
	return "breaks the rule " + string(b.Rule)
}

// instead says what to take in place of an import.
var instead = map[string]string{
	"C":             "no exercise needs C",
	"os":            "no exercise needs files or the environment; to print, use fmt or log",
	"os/exec":       "no exercise here starts a process",
	"net":           "no exercise here needs a network; io.Pipe connects two goroutines",
	"net/http":      "no exercise here needs a network",
	"reflect":       "a type switch or type parameters do the same here",
	"runtime/debug": "nothing here needs it",
	"syscall":       "no exercise needs the operating system",
	"testing":       "the tests are racelab's own",
	"unsafe":        "sync/atomic has types for numbers and pointers",
}

func importWords(b finding.Breach) string {
	text := fmt.Sprintf("the import %s is not allowed here", b.Name)
	if other := instead[strings.Trim(b.Name, `"`)]; other != "" {
		text += " (" + other + ")"
	}
	return text
}

func apiWords(c finding.APIChange) string {
	name := fmt.Sprintf("the %s %s", c.Thing, c.Name)
	switch {
	case c.NotType:
		return c.Name + " is no type any more"
	case c.Thing == finding.APIObject && c.Now == "":
		return c.Was + " is gone"
	case c.Thing == finding.APIObject:
		return fmt.Sprintf("it was %s and is now %s", c.Was, c.Now)
	case c.Now == "":
		return name + " is gone"
	}
	return fmt.Sprintf("%s was %s and is now %s", name, c.Was, c.Now)
}
