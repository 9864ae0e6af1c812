package handin

import (
	"regexp"
	"strconv"
)

// Learning platforms name what they offer for download after the student.
var (
	// Moodle: "Anna Bell_4711_assignsubmission_file_" is a folder, or a prefix of files.
	moodle = regexp.MustCompile(`^(.+)_(\d+)_assignsubmission_(?:file|onlinetext)(?:_(.*))?$`)
	// Canvas: "bellanna_LATE_4711_998877_bank-2.go", of user 4711. The number at the
	// end is that of a resubmission.
	canvas = regexp.MustCompile(`^([^_]+)_(LATE_)?(\d+)_(\d+)_(.+)$`)
)

// onPlatform reads the name of a platform's entry: whose it is, and what the student
// called it.
func onPlatform(name string) (who Who, as string, ok bool) {
	if m := moodle.FindStringSubmatch(name); m != nil {
		return Who{ID: m[2], Name: m[1]}, m[3], true
	}
	if m := canvas.FindStringSubmatch(name); m != nil {
		return Who{ID: m[3], Name: m[1], Late: m[2] != ""}, m[5], true
	}
	return Who{}, "", false
}

// resubmission reads the number that Canvas puts behind the name of a file that was
// handed in again: "bank-2.go" is bank.go, for the third time.
var resubmission = regexp.MustCompile(`^(.+)-(\d{1,3})(\.[^.]+)$`)

// original is the name of a file without that number, and the number.
func original(name string) (string, int) {
	m := resubmission.FindStringSubmatch(name)
	if m == nil {
		return name, 0
	}
	number, _ := strconv.Atoi(m[2]) // three digits at most
	return m[1] + m[3], number
}
