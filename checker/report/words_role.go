package report

import (
	"fmt"
	"strings"

	"racelab/checker/finding"
)

// fixedRoles are the words of roles that need no data.
var fixedRoles = map[finding.RoleKind]string{
	finding.RolePanicked:    "it panicked again here",
	finding.RoleFirst:       "one lock is taken here, and then the other",
	finding.RoleOtherFirst:  "the other lock is taken here first",
	finding.RoleOtherSecond: "and here the one lock is taken while the other is held",
	finding.RoleBothFirst:   "either lock is taken first here",
	finding.RoleOneOrder:    "called here with the locks in one order",
	finding.RoleOtherOrder:  "called here with the locks in the other order",
	finding.RoleOtherRun:    "in another run, a goroutine waits to lock a mutex here",
}

// roleWords is what a related place has to do with its finding, beside a
// quotation of the place.
func roleWords(r finding.Related) string {
	role := r.Role
	switch role.Kind {
	case finding.RoleAccess:
		return accessRole(role)
	case finding.RoleStarted:
		return startedRole(role)
	case finding.RoleDoes:
		return doesRole(role)
	case finding.RoleWaits:
		return waitsRole(role)
	case finding.RoleHolds:
		return fmt.Sprintf("%s holds %s since here", namesOf(role), role.Object)
	case finding.RoleKept:
		return keptRole(role)
	case finding.RoleUnwound:
		return fmt.Sprintf("%s panicked here, with %s still locked: %s", namesOf(role), role.Object, role.Text)
	case finding.RoleClosed:
		return strings.Join(strings.Fields(fmt.Sprintf("%s had closed %s here", namesOf(role), role.Object)), " ")
	case finding.RoleLocked:
		return "it was " + lockVerb(role.Reads) + " here"
	case finding.RoleCalls:
		return fmt.Sprintf("calls %s here, still holding the lock", role.Function)
	case finding.RoleCallsBack:
		return fmt.Sprintf("the function called here calls back to %s, which finds the lock still held", role.Function)
	case finding.RoleHeld:
		return heldRole(role)
	case finding.RoleHolderNow:
		return "the goroutine that holds it " + spotHere(*role.Spot, 1)
	case finding.RoleQuoted:
		return role.Text
	}
	return fixedRoles[role.Kind]
}

func accessRole(r finding.Role) string {
	text := string(r.Access.Op)
	if r.Previous {
		text = "previous " + text
	}
	return text + " by " + namesOf(r) + accessHow(*r.Access)
}

// ownAccess says what a data race is about at its own place, beside the other access; "" where
// that is not known.
func ownAccess(f finding.Finding) string {
	c := f.Fact.Conflict
	if c == nil || c.Second == nil || c.First.By == "" || c.First.Exact == finding.Nowhere {
		return ""
	}
	return accessRole(finding.Role{Access: &c.First, Previous: c.First.Previous, Goroutines: []finding.GoroutineName{c.First.By}})
}

func startedRole(r finding.Role) string {
	switch {
	case len(r.Goroutines) == 0:
		return "started here"
	case r.Function != "":
		return namesOf(r) + " was started by " + r.Function + " during the call here"
	case len(r.Goroutines) > 1:
		return namesOf(r) + " were started here"
	}
	return namesOf(r) + " was started here"
}

func doesRole(r finding.Role) string {
	if len(r.Goroutines) == 0 {
		return verbFor(r.Spot.Doing.Verb, 1) + " here"
	}
	text := namesOf(r) + " " + spotHere(*r.Spot, len(r.Goroutines))
	if r.Label != "" {
		text += " (" + r.Label + ")"
	}
	return text
}

func waitsRole(r finding.Role) string {
	text := namesOf(r) + " waits here: " + join(string(r.Op), r.Object)
	switch {
	case len(r.For) == 1:
		text += ", which " + string(r.For[0]) + " holds"
	case len(r.For) > 1:
		text += ", which " + list(texts(r.For)) + " hold"
	}
	return text
}

func keptRole(r finding.Role) string {
	text := fmt.Sprintf("%s %s %s here", namesOf(r), lockVerb(r.Reads), r.Object)
	switch {
	case r.Fate == nil: // an older racelab did not say more
		return text + ", and has ended without unlocking it"
	case r.Fate.Gone():
		return text + ", and nobody unlocks it"
	}
	return text
}

func heldRole(r finding.Role) string {
	text := "the mutex was " + lockVerb(r.Reads) + " here"
	if r.Fate == nil {
		return text
	}
	if fate := fateWords(*r.Fate, r.Reads); fate != "" {
		text += ", " + fate
	}
	return text
}

// namesOf lists goroutines: "goroutine 7", "goroutines 7, 8, 9, 10 and 40 more".
func namesOf(r finding.Role) string {
	if len(r.Goroutines) == 1 && r.More == 0 {
		if r.Goroutines[0] == finding.MainGoroutine {
			return "the main goroutine"
		}
		return "goroutine " + string(r.Goroutines[0])
	}
	names := texts(r.Goroutines)
	if r.More > 0 {
		names = append(names, fmt.Sprint(r.More, " more"))
	}
	return "goroutines " + list(names)
}

func texts[S ~string](items []S) []string {
	out := make([]string, len(items))
	for i, item := range items {
		out[i] = string(item)
	}
	return out
}
