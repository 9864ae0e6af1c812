// The linters, apart from go.mod so that racelab itself depends on neither of
// them. Run one:    go tool -modfile=.ci/tools.mod staticcheck ./...
// Update one:       go get -modfile=.ci/tools.mod -tool mvdan.cc/gofumpt@latest
// Never `go mod tidy` with this file: it would add all that racelab imports.
module racelab/ci

go 1.26.0

tool (
	honnef.co/go/tools/cmd/staticcheck
	mvdan.cc/gofumpt
)

require (
	github.com/BurntSushi/toml v1.4.1-0.20240526193622-a339e1f7089c // indirect
	golang.org/x/exp/typeparams v0.0.0-20231108232855-2478ac86f678 // indirect
	golang.org/x/mod v0.41.0 // indirect
	golang.org/x/sync v0.23.0 // indirect
	golang.org/x/tools v0.51.0 // indirect
	honnef.co/go/tools v0.8.2 // indirect
	mvdan.cc/gofumpt v0.12.0 // indirect
)
