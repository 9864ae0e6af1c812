package checker

import (
	"strconv"

	"racelab/checker/cache"
)

// Key names by content everything that the verdict on a task depends on: the
// submission, the exercise and its reference, the toolchain, and racelab itself.
func (g *Grader) Key(t Task) (string, error) {
	exercise, err := referenceKey(t.Exercise, g.toolchain.String())
	if err != nil {
		return "", err
	}
	facts := map[string][]byte{"exercise": []byte(exercise), "first": []byte(strconv.FormatBool(t.First)), "unread": []byte(strconv.FormatBool(t.Unread))}
	for name, content := range t.Submission.Files {
		facts["submission/"+name] = content
	}
	return cache.Key(facts), nil
}
