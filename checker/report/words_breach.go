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
	case finding.RuleDirective:
		return fmt.Sprintf("the directive %s is not allowed", b.Name)
	case finding.RulePackage:
		return fmt.Sprintf("the package is called %s; the tests need it to be %s", b.Name, b.Want)
	case finding.RuleNotRead:
		return fmt.Sprintf("%s is not part of the submission: only %v is read", b.Name, b.Allowed)
	case finding.RuleUntampered:
		return "the record of the tests was tampered with"
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

func importWords(b finding.Breach) string {
	return fmt.Sprintf("the import %s is not allowed here", b.Name)
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
