package worker

import (
	"io"
	"os"
	"strings"
)

// A raceLog is the file to which a worker's race detector appends its reports.
type raceLog struct {
	name string
	read int64  // bytes
	rest string // read, but of later schedules
}

const (
	all       = -1
	fence     = "==================\n"
	maxReport = 1 << 20 // bytes of the log that are read at a time
)

// races returns the next n reports, or all. The worker counts them for each
// schedule, and may have begun the next one since.
func (w *worker) races(n int) []string {
	if n == 0 {
		return nil
	}
	return w.log.take(n)
}

func (l *raceLog) take(n int) (reports []string) {
	l.fill()
	for len(reports) != n {
		_, from, ok := strings.Cut(l.rest, fence)
		if !ok {
			break
		}
		report, rest, ok := strings.Cut(from, fence)
		if !ok {
			break
		}
		reports = append(reports, fence+report+fence)
		l.rest = rest
	}
	return reports
}

func (l *raceLog) fill() {
	f, err := os.Open(l.name)
	if err != nil {
		return // there is none before the first report
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(io.NewSectionReader(f, l.read, 1<<40), maxReport))
	if err != nil {
		return
	}
	l.read += int64(len(data))
	l.rest += string(data)
}
