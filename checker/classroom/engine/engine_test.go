package engine_test

import (
	"bytes"
	"os/exec"
	"path"
	"slices"
	"strings"
	"testing"

	"racelab/checker/classroom/engine"
)

// eachFile calls f with all files of all kinds.
func eachFile(t *testing.T, f func(t *testing.T, k engine.Kind, file engine.File)) {
	t.Helper()
	for _, k := range engine.Kinds {
		files, err := k.Files("")
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: %d files, %v", k.Name, len(files), err)
		}
		for _, file := range files {
			t.Run(k.Name+"/"+file.Name, func(t *testing.T) { f(t, k, file) })
		}
	}
}

// Two kinds do not want the same name, so that all of them can be asked for together.
func TestNamesDiffer(t *testing.T) {
	seen := map[string]bool{}
	eachFile(t, func(t *testing.T, _ engine.Kind, f engine.File) {
		if seen[f.Name] {
			t.Errorf("another kind writes %s, too", f.Name)
		}
		seen[f.Name] = true
	})
}

// People read these files, mostly in a terminal.
func TestFilesReadWell(t *testing.T) {
	eachFile(t, func(t *testing.T, _ engine.Kind, f engine.File) {
		for i, line := range strings.Split(string(f.Data), "\n") {
			if strings.TrimRight(line, " \t\r") != line {
				t.Errorf("line %d ends in a blank", i+1)
			}
			if strings.HasPrefix(strings.TrimSpace(line), "#") && len(line) > 96 {
				t.Errorf("line %d, a remark, has %d columns", i+1, len(line))
			}
		}
		if !bytes.HasSuffix(f.Data, []byte("\n")) {
			t.Error("the last line does not end")
		}
	})
}

func TestSource(t *testing.T) {
	for source, good := range map[string]bool{
		"https://example.org/x.git": true, "git@example.org:a/b.git": true, "/srv/git/racelab": true,
		"-u": false, "@x": false, "%x": false, "~/racelab.git": false, "a b": false, "x\ny": false, `x"`: false, "$(id)": false, "x#y": false,
	} {
		files, err := engine.Kinds[0].Files(source)
		if (err == nil) != good {
			t.Errorf("source %q: %v", source, err)
		}
		if good && (!bytes.Contains(files[0].Data, []byte(source)) || bytes.Contains(files[0].Data, []byte(engine.Source))) {
			t.Errorf("the file does not name %q alone", source)
		}
	}
}

func TestNamed(t *testing.T) {
	got, err := engine.Named([]string{"kubernetes", "slurm", "docker", "exercism"})
	var names []string
	for _, k := range got {
		names = append(names, k.Name)
	}
	if want := []string{"docker", "kubernetes", "slurm", "exercism"}; err != nil || !slices.Equal(names, want) {
		t.Errorf("got %v, %v, want %v", names, err, want)
	}
	if _, err := engine.Named([]string{"jenkins"}); err == nil {
		t.Error("there is a kind jenkins")
	}
}

// What a shell runs has none of the mistakes that shellcheck knows.
func TestScripts(t *testing.T) {
	checker, err := exec.LookPath("shellcheck")
	if err != nil {
		t.Skip("there is no shellcheck here (Debian: apt-get install shellcheck)")
	}
	eachFile(t, func(t *testing.T, _ engine.Kind, f engine.File) {
		if !bytes.HasPrefix(f.Data, []byte("#!")) {
			return
		}
		cmd := exec.Command(checker, "-")
		cmd.Stdin = bytes.NewReader(f.Data)
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Errorf("%s: %v\n%s", path.Base(f.Name), err, out)
		}
	})
}
