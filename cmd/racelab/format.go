package main

import (
	"strings"

	"racelab/checker/report"

	"github.com/spf13/cobra"
)

// renderFlags are the flags of the commands that render what became of a
// submission.
type renderFlags struct {
	from       string
	formatName string
	full       bool

	format report.Format // that formatName names
}

// add adds them to cmd, for the uses that it has.
func (f *renderFlags) add(cmd *cobra.Command, uses ...report.Use) {
	formats := report.Formats(uses...)
	var offered []cobra.Completion
	for _, format := range formats {
		offered = append(offered, cobra.CompletionWithDesc(format.Name, format.About))
	}
	cmd.Flags().StringVar(&f.from, "from", "", "check the files in `DIR` or DIR/NN-slug, or one file")
	cmd.Flags().StringVar(&f.formatName, "format", formats[0].Name, "`FORMAT` of the report: "+namesOf(formats))
	cmd.Flags().BoolFunc("json", "the same as --format json", func(string) error {
		f.formatName = "json"
		return nil
	})
	_ = cmd.MarkFlagFilename("from", "go")
	_ = cmd.RegisterFlagCompletionFunc("format", cobra.FixedCompletions(offered, cobra.ShellCompDirectiveNoFileComp))
}

// complete finds the format for a use, and refuses values that make no sense.
func (f *renderFlags) complete(cmd *cobra.Command, use report.Use) error {
	var ok bool
	if f.format, ok = report.FormatNamed(f.formatName, use); !ok {
		return usage("--format is %s, not %q.", namesOf(report.Formats(use)), f.formatName)
	}
	if cmd.Flags().Changed("from") && f.from == "" {
		return usage("--from needs the name of a folder, or of a file.")
	}
	return nil
}

// namesOf says "text or json".
func namesOf(formats []report.Format) string {
	var names []string
	for _, f := range formats {
		names = append(names, f.Name)
	}
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + " or " + names[last]
}

// style is how reports look here.
func (a *app) style(f renderFlags) report.Style {
	return report.Style{Palette: a.palette, Width: a.width, Full: f.full}
}
