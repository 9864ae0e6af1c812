package main

import (
	"path/filepath"
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
	file       string // in which a page is written; "" for racelab's choice, "-" for stdout

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
	f.addPage(cmd)
	_ = cmd.RegisterFlagCompletionFunc("format", cobra.FixedCompletions(offered, cobra.ShellCompDirectiveNoFileComp))
}

// addPage adds the flag that asks for a page.
func (f *renderFlags) addPage(cmd *cobra.Command) {
	cmd.Flags().BoolFunc("html", "write a page to `FILE`, or beside the lab, for a browser", func(file string) error {
		f.formatName = "html"
		if file != "true" {
			f.file = file
		}
		return nil
	})
}

// page reports whether a page is asked for.
func (f *renderFlags) page() bool { return f.formatName == "html" }

// args are the arguments that are no name of a page: --html takes one with a space as well,
// as no other flag that may have a value does.
func (f *renderFlags) args(args []string) []string {
	last := len(args) - 1
	if !f.page() || f.file != "" || last < 0 || args[last] != "-" && filepath.Ext(args[last]) != ".html" && !ofAll(args[:last]) {
		return args
	}
	return args[:last]
}

// ofAll reports whether arguments mean all exercises: a folder for their pages may follow.
func ofAll(args []string) bool { return len(args) == 1 && args[0] == "all" }

// takeFile takes the name of a page from the arguments, and returns the others.
func (f *renderFlags) takeFile(args []string) []string {
	rest := f.args(args)
	if len(rest) < len(args) {
		f.file = args[len(rest)]
	}
	return rest
}

// complete finds the format for a use, and refuses values that make no sense.
func (f *renderFlags) complete(cmd *cobra.Command, use report.Use) error {
	var ok bool
	name := f.formatName
	if use == report.ForCheckAll && f.page() { // the pages are written beside what is printed
		name = "text"
	}
	if f.format, ok = report.FormatNamed(name, use); !ok {
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
	return report.Style{Palette: a.palette, Links: a.links, Width: a.width, Full: f.full}
}
