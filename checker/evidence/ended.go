package evidence

import (
	"bytes"
	"fmt"
	"strings"

	"racelab/checker/finding"
)

// EndedItself says that the process ended in the middle of a test, "" where that
// is not known, without a crash that explains it.
func EndedItself(test string, status int, stderr []byte) finding.Finding {
	where := ""
	if test != "" {
		where = " in " + test
	}
	return finding.Finding{
		Kind: finding.Panic, Detector: finding.Runtime, Severity: finding.Error,
		Message:  fmt.Sprintf("the program ended itself%s with exit status %d, before its tests were done", where, status),
		Evidence: finding.Evidence{Output: Tail(stderr)},
	}
}

// NoEnd says that the tests were stopped at a limit.
func NoEnd(message string, stderr []byte) finding.Finding {
	return finding.Finding{
		Kind: finding.Timeout, Detector: finding.Runtime, Severity: finding.Error, Message: message,
		Evidence: finding.Evidence{Output: Tail(stderr)},
	}
}

// Forged says that the record of the tests holds lines that the run-time did not
// write.
func Forged(stderr []byte) finding.Finding {
	return finding.Finding{
		Kind: finding.Policy, Detector: finding.PolicyRule, Severity: finding.Error,
		Message:  "the record of the tests was tampered with",
		Evidence: finding.Evidence{Output: Tail(stderr)},
	}
}

// Tail is the end of an output, where the reason usually stands.
func Tail(output []byte) string {
	const keep = 2000
	if len(output) > keep {
		output = output[len(output)-keep:]
	}
	return strings.ToValidUTF8(string(bytes.TrimSpace(output)), "\ufffd")
}
