package editor

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestCommand(t *testing.T) {
	const spaced = "/Applications/Sublime Text.app/bin/subl"
	for _, tt := range []struct {
		env  string // NAME=value, separated by ;
		line int
		want string // words separated by |
	}{
		{"EDITOR=vim", 18, "vim|+18|a/bank.go"},
		{"EDITOR=vim", 0, "vim|a/bank.go"},
		{"EDITOR=/usr/bin/nvim -u NONE", 3, "/usr/bin/nvim|-u|NONE|+3|a/bank.go"},
		{"EDITOR=nano;VISUAL=code -w", 18, "code|-w|--goto|a/bank.go:18"},
		{"VISUAL= ;EDITOR=emacsclient -nw", 18, "emacsclient|-nw|+18|a/bank.go"},
		{"EDITOR=hx", 18, "hx|a/bank.go:18"},
		{"EDITOR=subl -w", 18, "subl|-w|a/bank.go:18"},
		{"EDITOR=zed --wait", 18, "zed|--wait|a/bank.go:18"},
		{"EDITOR=micro", 18, "micro|+18|a/bank.go"},
		{"EDITOR=ed", 18, "ed|a/bank.go"},
		{"EDITOR=" + spaced, 18, spaced + "|a/bank.go:18"},
		{`EDITOR="` + spaced + `" -w`, 18, spaced + "|-w|a/bank.go:18"},
		{`EDITOR=C:\Tools\Code.exe --wait`, 18, `C:\Tools\Code.exe|--wait|--goto|a/bank.go:18`},
		{"TERM_PROGRAM=vscode", 18, "code|--goto|a/bank.go:18"},
		{"TERM_PROGRAM=vscode", 0, "code|a/bank.go"},
		{"TERM_PROGRAM=vscode;EDITOR=vi", 2, "vi|+2|a/bank.go"},
		{"TERM_PROGRAM=tmux", 18, ""},
		{"", 18, ""},
	} {
		env := map[string]string{}
		for pair := range strings.SplitSeq(tt.env, ";") {
			name, value, _ := strings.Cut(pair, "=")
			env[name] = value
		}
		got, err := Environment{
			Lookup: func(name string) (string, bool) { v, ok := env[name]; return v, ok },
			Exists: func(program string) bool { return program == spaced },
		}.Command(Place{"a/bank.go", tt.line})
		if (tt.want == "") != errors.Is(err, ErrNone) {
			t.Errorf("%s: %v", tt.env, err)
		}
		if diff := cmp.Diff(tt.want, strings.Join(got, "|")); diff != "" {
			t.Errorf("%s: -want +got\n%s", tt.env, diff)
		}
	}
}

func TestSplit(t *testing.T) {
	for in, want := range map[string][]string{
		"":                {},
		"a  b\tc":         {"a", "b", "c"},
		`a "b c" ''`:      {"a", "b c", ""},
		`a"b c"d 'e "f"'`: {"ab cd", `e "f"`},
		`"open end`:       {"open end"},
	} {
		if diff := cmp.Diff(want, append([]string{}, split(in)...)); diff != "" {
			t.Errorf("%q: -want +got\n%s", in, diff)
		}
	}
}
