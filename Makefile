# make run and make test are all that a newcomer needs; `make help` lists the rest.
PORT         ?= 8080
SANDBOX_PORT ?= 8090
DATA         ?= data
export PORT SANDBOX_PORT DATA
export CGO_ENABLED = 0
# One set of flags for build and tests, so that everything is compiled once.
export GOFLAGS := -trimpath $(GOFLAGS)

BIN     := bin/xinsheng
# The commit that the program names as its own; empty outside a repository.
COMMIT  := -X main.revision=$(shell git describe --always --dirty=+ 2>/dev/null) -X main.committed=$(shell git log -1 --format=%cI 2>/dev/null)
WEB     := static/dist/web/index.html
SOURCES := $(shell git ls-files '*.go' 'sql' 'go.mod' 'go.sum' 'cmd/xinsheng/demo' 'sandbox/phone' 2>/dev/null)
PAGES   := $(shell find static/src static/public static/staff static/index.html static/build static/scripts static/vite.config.ts static/vite.staff.config.ts static/package.json static/package-lock.json -type f 2>/dev/null)

.PHONY: help run test check build dev faults pushes bench lighthouse fuzz clean
help: ## show what there is
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  \1\t/' | expand -t 12

run: $(BIN) ## first run: the site, the sandbox's phone and the demo students
	@exec $(BIN) demo

test: ## everything that must hold, on both stores and in a browser; installs what is missing
	@sh test/run.sh

check: static/node_modules/.stamp ## format, vet, lint, types, the import table
	@sh test/check.sh

build: $(BIN) ## the program with its pages in bin/xinsheng

dev: $(BIN) ## pages from Vite with hot reload, beside `make run`
	@cd static && npm run dev

faults: $(WEB) ## kill -9 at every mark, twenty times on each store
	@FAULT_ROUNDS=20 sh test/faults.sh

pushes: ## pushes to 20,000: pace, kill -9, the quota's end, stale tokens
	@sh test/pushes.sh

bench: ## speed against a floor, not part of the tests
	go test -run '^$$' -bench . -benchtime 2s ./test/bench

lighthouse: $(BIN) ## the login page as Lighthouse's phone sees it, not part of the tests
	@cd test/lighthouse && npm ci --no-audit --no-fund --ignore-scripts && node run.mjs

fuzz: ## twenty seconds for every parser of foreign bytes
	@sh test/fuzz.sh

clean: ## take away what was built; data stays
	rm -rf bin static/dist/web static/dist/font

static/node_modules/.stamp: static/package.json static/package-lock.json
	@echo "==> installing the front end's packages (about a minute)"
	@cd static && npm ci --no-audit --no-fund
	@touch $@

$(WEB): static/node_modules/.stamp $(PAGES)
	@echo "==> building the pages"
	@cd static && npm run build
	@touch $@

$(BIN): $(WEB) $(SOURCES)
	@echo "==> building the program (the first time takes some minutes)"
	@mkdir -p bin
	go build -trimpath -ldflags '-s -w $(COMMIT)' -o $(BIN) ./cmd/xinsheng
