package gotool

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"fmt"
	"strings"
)

// Exports returns the files with the export data of the imported packages and
// of all that they need, by import path. compiling is told each of them that was not built
// before, when the compiler begins with it.
func (b Builder) Exports(ctx context.Context, imports []string, compiling func(path string)) (map[string]string, error) {
	files := map[string]string{}
	if len(imports) == 0 {
		return files, nil
	}
	exit, err := b.runHeard(ctx, Env(b.Toolchain, b.Temp), b.Toolchain.Go, ExportArgs(imports), &packageLines{tell: compiling})
	if err != nil {
		return nil, err
	}
	if exit.Code != 0 {
		return nil, fmt.Errorf("go list: %s", complaint(exit.Stderr))
	}
	lines := bufio.NewScanner(bytes.NewReader(exit.Stdout))
	for lines.Scan() {
		if said, ok := strings.CutPrefix(lines.Text(), "!"); ok {
			if failedToWrite(said) {
				return nil, fmt.Errorf("go list: %s", said)
			}
			continue
		}
		if path, file, ok := strings.Cut(lines.Text(), "="); ok && file != "" {
			files[path] = file
		}
	}
	return files, lines.Err()
}

// Deps counts the imported packages and all that they need.
func (b Builder) Deps(ctx context.Context, imports []string) (int, error) {
	exit, err := b.Go(ctx, DepsArgs(imports))
	if err == nil && exit.Code != 0 {
		err = fmt.Errorf("go list: %s", bytes.TrimSpace(exit.Stderr))
	}
	return bytes.Count(exit.Stdout, []byte("\n")), err
}

// packageLines hears of the packages that the go command names while it compiles them, among
// what else it says.
type packageLines struct {
	tell func(path string)
	rest []byte // of a line that has not ended
}

// Write never fails: nobody's build ends because of those who listen.
func (p *packageLines) Write(b []byte) (int, error) {
	p.rest = append(p.rest, b...)
	for {
		line, rest, ended := bytes.Cut(p.rest, []byte("\n"))
		if !ended {
			return len(b), nil
		}
		if isPackage(string(line)) {
			p.tell(string(line))
		}
		p.rest = rest
	}
}

// isPackage tells the path of a package from a sentence, and from other names of files.
func isPackage(line string) bool {
	return line != "" && !strings.ContainsAny(line, " \t:=\\") && line[0] != '/' && line[0] != '.'
}

// complaint is what the go command said besides the packages that it compiled; all of it where
// it said nothing else.
func complaint(stderr []byte) string {
	var out strings.Builder
	for line := range strings.Lines(string(stderr)) {
		if !isPackage(strings.TrimRight(line, "\r\n")) {
			out.WriteString(line)
		}
	}
	return cmp.Or(strings.TrimSpace(out.String()), strings.TrimSpace(string(stderr)))
}
