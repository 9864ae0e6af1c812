package evidence

import (
	"bytes"
	"strings"

	"racelab/checker/finding"
)

// EndedItself says that the process ended in the middle of a test, "" where that
// is not known, without a crash that explains it.
func EndedItself(test string, status int, stderr []byte) finding.Finding {
	return finding.Finding{
		Kind: finding.Panic, Detector: finding.Runtime, Severity: finding.Error,
		Fact:     finding.Fact{Exit: &finding.Exit{Test: test, Status: status}},
		Evidence: finding.Evidence{Output: Tail(stderr)},
	}
}

// NoEnd says that the tests were stopped at a limit.
func NoEnd(what finding.NoEnd, stderr []byte) finding.Finding {
	return finding.Finding{
		Kind: finding.Timeout, Detector: finding.Runtime, Severity: finding.Error,
		Fact:     finding.Fact{NoEnd: &what},
		Evidence: finding.Evidence{Output: Tail(stderr)},
	}
}

// TooMuchMemory says that the tests were stopped because they had more than so many bytes.
func TooMuchMemory(most int, stderr []byte) finding.Finding {
	return finding.Finding{
		Kind: finding.Policy, Detector: finding.PolicyRule, Severity: finding.Error,
		Fact:     finding.Fact{Breach: &finding.Breach{Rule: finding.RuleMemory, Want: "running", KiB: most >> 10}},
		Evidence: finding.Evidence{Output: Tail(stderr)},
	}
}

// Forged says that the record of the tests holds lines that the run-time did not
// write.
func Forged(stderr []byte) finding.Finding {
	return finding.Finding{
		Kind: finding.Policy, Detector: finding.PolicyRule, Severity: finding.Error,
		Fact:     finding.Fact{Breach: &finding.Breach{Rule: finding.RuleUntampered}},
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
