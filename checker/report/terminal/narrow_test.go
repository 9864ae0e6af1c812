package terminal

import "testing"

func TestNarrow(t *testing.T) {
	const help = `Say what is wrong with
your version.

Flags:
  -h, --help   help
      --full   show all problems, with all
      --format-of-the-report FORMAT   the form
  racelab check 01 --from somewhere --json
	source <(racelab completion zsh)
`
	for _, tt := range []struct {
		width int
		want  string
	}{
		{44, `Say what is wrong with
your version.

Flags:
  -h, --help   help
      --full   show all problems, with all
      --format-of-the-report FORMAT
          the form
  racelab check 01 --from somewhere --json
    source <(racelab completion zsh)
`},
		{40, `Say what is wrong with
your version.

Flags:
  -h, --help   help
      --full   show all problems, with
               all
      --format-of-the-report FORMAT
          the form
  racelab check 01 --from somewhere
      --json
    source <(racelab completion zsh)
`},
		{20, `Say what is wrong
with your version.

Flags:
  -h, --help   help
      --full
          show all
          problems,
          with all
      --format-of-the-report FORMAT
          the form
  racelab check 01
      --from
      somewhere
      --json
    source <(racelab
        completion
        zsh)
`},
	} {
		if got := Narrow(help, tt.width); got != tt.want {
			t.Errorf("%d columns:\n%s\nwant\n%s", tt.width, got, tt.want)
		}
	}
	if got := Narrow("", 40); got != "" {
		t.Errorf("nothing becomes %q", got)
	}
}
