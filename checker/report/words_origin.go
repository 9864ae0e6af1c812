package report

import (
	"cmp"
	"fmt"

	"racelab/checker/finding"
)

// useVerbs say what a goroutine does to an object that several use.
var useVerbs = map[finding.Op]string{
	finding.OpLock: "locks %s", finding.OpTryLock: "tries to lock %s", finding.OpReadLock: "read-locks %s", "try read lock": "tries to read-lock %s",
	"load": "reads %s", "store": "writes %s", "update": "changes %s", "read": "reads %s", "write": "writes %s",
}

// useWords is what a goroutine does to an object: "locks a.mu here", "reads a.balance (1000)
// here".
func useWords(u finding.Use, object string) string {
	switch {
	case u.Op == "":
		return "makes the call here"
	case object == "":
		object = "what both use"
	}
	text := string(u.Op) + " " + object
	if verb, ok := useVerbs[u.Op]; ok {
		text = fmt.Sprintf(verb, object)
	}
	if u.Value != "" {
		text += " (" + u.Value + ")"
	}
	return text + " here"
}

// originTitle is what is wrong, in a few words, where the kind of the finding does not say it.
func originTitle(o finding.Origin) string {
	if o.Kind == finding.OriginClosed {
		return "A closed channel is taken for one that sends"
	}
	return ""
}

// originWhys say why that is a defect, where the kind of the finding does not.
var originWhys = map[finding.OriginKind]string{
	finding.OriginClosed: "A receive from a closed channel does not wait: it returns the zero value at once, again and again. Only the second " +
		"result, or the end of a range loop, tells that nobody has sent it.",
	finding.OriginLate: "A go statement does not wait: the function goes on, and may return before the goroutine that it has started does " +
		"anything. Who has called it takes its work to be done.",
	finding.OriginFunction: "It goes wrong in every order in which the goroutines may run, even where there is only one: no lock helps.",
}

// originWords says what went wrong in the learner's code.
func originWords(o finding.Origin) string {
	switch o.Kind {
	case finding.OriginClosed:
		return fmt.Sprintf("goroutine %s receives from %s, which is closed, and goes on as if something had been sent",
			o.Goroutine, cmp.Or(o.Object, "a channel"))
	case finding.OriginLate:
		return fmt.Sprintf("%s starts a goroutine and returns before that has begun", cmp.Or(o.First.Place.Function, "a function"))
	case finding.OriginFunction:
		text := lastName(o.First.Place.Function) + " does the wrong thing: with the reference solution's in its place, this goes right"
		if o.With != "" {
			text += " as soon as " + lastName(o.With) + " is right, too"
		}
		return text
	}
	in := "one piece of code"
	if f := o.First.Place.Function; f != "" {
		in = "one call of " + f
	}
	return fmt.Sprintf("%s takes two steps, and another goroutine comes between them", in)
}

func originRole(o finding.Origin) string {
	switch o.Kind {
	case finding.OriginFunction:
		return ""
	case finding.OriginLate:
		return fmt.Sprintf("goroutine %s starts goroutine %s here, and goes on …", o.Goroutine, o.By)
	case finding.OriginClosed:
		return fmt.Sprintf("goroutine %s receives nothing here: %s is closed", o.Goroutine, cmp.Or(o.Object, "the channel"))
	}
	return fmt.Sprintf("goroutine %s %s …", o.Goroutine, useWords(o.First, o.Object))
}

// originPlaces are what came then.
func originPlaces(o finding.Origin) []finding.Related {
	if o.Kind == finding.OriginFunction {
		return nil
	}
	if o.Kind == finding.OriginLate {
		return []finding.Related{{Message: fmt.Sprintf("… and goroutine %s does this only when it is too late", o.By), Location: o.Then.Place}}
	}
	if o.Other == nil {
		return []finding.Related{{Message: fmt.Sprintf("goroutine %s goes on here all the same", o.Goroutine), Location: o.Then.Place}}
	}
	return []finding.Related{
		{Message: fmt.Sprintf("… then goroutine %s %s …", o.By, useWords(*o.Other, o.Object)), Location: o.Other.Place},
		{Message: fmt.Sprintf("… and only then goroutine %s %s", o.Goroutine, useWords(o.Then, o.Object)), Location: o.Then.Place},
	}
}
