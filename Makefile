# make              lint, build and test
# make test-race    our own packages under the race detector
# make stdtest      rewritten packages of the standard library, with their own tests
# make engines-test ready-made files, read by the libraries of GitHub, GitLab and Kubernetes
# make slurm-test   a class graded by Slurm itself, if it is installed
# make page-test    the pages, in Chromium
# make picture      draw docs/interleaving.svg anew, of a recorded schedule
# make dev-check    prove every exercise (EX=03 for one)
# make mutate       mistakes in the right fixes, and which of them pass (EX=03 for one)
# make bench        racelab check beside go test -race, on exercise 01, and
#                   schedules a second beside the bare cost of a hand-off
# make ablation     what hiding the hand-offs and each strategy are worth, and the
#                   default strategy beside published numbers of other tools
# make hostile      a class in which nobody means well
# make kill-test    a grader that is killed 50 times while it grades a class
# make fuzz         every fuzz target for FUZZTIME
# make record       record the detectors' real output again
# make clean

GO       ?= go
EX       ?= all
FUZZTIME ?= 5s
TOOL      = $(GO) tool -modfile=.ci/tools.mod

.PHONY: all lint fmt build test test-race stdtest engines-test slurm-test page-test picture hostile kill-test fuzz record dev-check mutate bench ablation clean

all: lint build test

# Exercises and solutions are outside ./... and may be anything but unformatted:
# dev check looks at those.
lint:
	@unformatted=$$($(TOOL) gofumpt -l .); \
	if [ -n "$$unformatted" ]; then echo "not formatted, run make fmt:"; echo "$$unformatted"; exit 1; fi
	$(GO) vet ./...
	$(GO) vet -tags stdtest ./checker/instrument/stdtest
	$(GO) vet -tags slurm ./cmd/racelab
	$(GO) vet -tags pagetest ./checker/classroom/page ./checker/report ./checker/game/screen
	$(TOOL) staticcheck -tags stdtest,pagetest ./...
	$(GO) run ./cmd/racelab dev check --no-run all
	$(GO) mod tidy -diff

fmt:
	$(TOOL) gofumpt -w .

build:
	$(GO) build -o bin/racelab ./cmd/racelab

test:
	$(GO) test -timeout 30m ./...

# Some are left out. The tests of labrt only build programs with the race detector
# and run them. The strategies of explore start no goroutine, and would take half a
# minute; neither do those who read and render the records of a class. Without GORACE, each racelab that the tests of cmd start would sleep for a
# second when it ends.
test-race:
	GORACE=atexit_sleep_ms=0 $(GO) test -race -short -timeout 10m \
		$$($(GO) list ./cmd/... ./checker/... | grep -v -e /labrt -e 'checker/explore$$' -e 'classroom/[a-rt-z]')

stdtest:
	$(GO) test -tags stdtest -timeout 10m ./checker/instrument/stdtest

# A module of its own: the types of Kubernetes bring much along.
engines-test:
	$(GO) test -C .ci/engines -v ./...

slurm-test:
	$(GO) test -tags slurm -count 1 -timeout 15m -v -run '^TestSlurm$$' ./cmd/racelab

# Without a Chromium it says so, and passes.
page-test:
	$(GO) test -tags pagetest -count 1 -timeout 30m -v -run 'Browser' ./checker/classroom/page ./checker/report ./checker/game/screen

picture:
	$(GO) test ./checker/report -run '^TestPicture$$' -update-picture

hostile:
	RACELAB_HOSTILE=1 $(GO) test -count 1 -timeout 30m -v -run '^TestHostile$$' ./cmd/racelab

# go test takes one fuzz target at a time, so this finds them by name.
fuzz:
	@grep -rEo '^func Fuzz[A-Za-z0-9_]+' --include='*_test.go' cmd checker | \
	sed -E 's|^(.*)/[^/]*:func (.*)$$|\1 \2|' | sort -u | \
	while read -r dir target; do \
		echo "fuzz $$target in $$dir"; \
		$(GO) test -run '^$$' -fuzz "^$$target$$" -fuzztime $(FUZZTIME) "./$$dir" </dev/null || exit 1; \
	done

kill-test:
	RACELAB_KILLS=50 $(GO) test -count=1 -run '^(TestKill|TestCrash)$$' -v ./cmd/racelab ./checker/classroom/store

record:
	$(GO) run ./checker/detect/internal/record
	$(GO) test ./checker/native -run '^TestRecord$$' -record

dev-check: build
	bin/racelab dev check $(EX)

mutate: build
	bin/racelab dev mutate $(EX)

bench: build
	bin/racelab dev bench
	$(GO) test -run '^$$' -bench Schedules -benchtime 3000x ./checker/explored
	$(GO) test -race -run '^$$' -bench HandOff ./checker/labrt

ablation:
	$(GO) test -run '^$$' -bench 'Hidden|Strategies|Published' -benchtime 1x -timeout 30m ./checker/explored

clean:
	rm -rf bin
