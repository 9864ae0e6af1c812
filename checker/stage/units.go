package stage

import (
	"path/filepath"

	"racelab/checker/gotool"
	"racelab/checker/source"
)

// Units are the packages of the instrumented tree in the order in which they are
// built: those of the sources, with the harness in that of the tests, and the
// program that runs them.
func (ws *Workspace) Units() []gotool.Unit {
	var units []gotool.Unit
	for _, u := range ws.Source.Units() {
		var names []string
		for _, f := range u.Files {
			names = append(names, f.Name)
		}
		if u.Path == ws.Source.UnitPath(ws.harness) {
			names = append(names, harnessFile)
		}
		unit := gotool.Unit{Path: u.Path, Lang: ws.Source.GoVersion}
		for _, name := range source.InOrder(names) {
			unit.Files = append(unit.Files, filepath.Join(ws.Dir(Instrumented), name))
		}
		units = append(units, unit)
	}
	return append(units, gotool.Unit{Path: "main", Lang: ws.Source.GoVersion, Files: []string{filepath.Join(ws.root(Instrumented), mainFile)}})
}
