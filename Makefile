# Isobole. `make demo` and `make test` install what they need by themselves; see README.md.
SHELL := /bin/bash
.DEFAULT_GOAL := help

# Code for this machine: AVX2 or AVX-512 when the processor has them. `make MARCH= …` builds for any x86-64.
MARCH := $(shell if grep -qw avx512f /proc/cpuinfo 2>/dev/null && grep -qw avx512dq /proc/cpuinfo && grep -qw avx512vl /proc/cpuinfo && grep -qw avx512bw /proc/cpuinfo; then echo x86-64-v4; \
  elif grep -qw avx2 /proc/cpuinfo 2>/dev/null && grep -qw fma /proc/cpuinfo; then echo x86-64-v3; fi)
# Tests look at internals, and one build serves the tool and its tests.
FLAGS := -c release -Xswiftc -enable-testing $(if $(MARCH),-Xcc -march=$(MARCH))
# Every import is declared in Package.swift.
IMPORTS := --explicit-target-dependency-import-check error
SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)
# The packages of some groups of apt-packages.txt.
apt = $(shell awk -v groups=' $(1) ' '!/^[a-z[]/ { next } /^[[]/ { use = index(groups, " " substr($$1, 2, length($$1) - 2) " "); next } use' apt-packages.txt)
# Installs those of them that are missing.
install = missing=$$(for p in $(call apt,$(1)); do dpkg-query -W -f='$${Status}' $$p 2>/dev/null | grep -q 'install ok installed' || echo $$p; done); \
	if [ -n "$$missing" ]; then echo "Installing:" $$missing; \
	  $(SUDO) apt-get update -qq && $(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing >/dev/null; fi
BIN = $(shell swift build $(FLAGS) --show-bin-path)
SWIFT_DIRS := Package.swift Sources Tests Benchmarks/Package.swift Benchmarks/Sources Fuzz/Package.swift Fuzz/Sources
DEMO := Plates/simulated-xpo1-screen.csv

.PHONY: help demo serve web deps-demo deps-lint deps-web sample test test-swift test-browser test-web test-crash crash lint format build deps benchmark fuzz clean

help: ## what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

deps: ## install the Debian packages of apt-packages.txt that are missing
	@$(call install,demo web lint test)

deps-demo:
	@$(call install,demo)

deps-lint:
	@$(call install,lint)

deps-web:
	@$(call install,demo web)

build: deps-demo ## release build of the command for this machine
	swift build $(FLAGS) $(IMPORTS) --product isobole

web: build deps-web ## release build of the web app besides
	swift build $(FLAGS) $(IMPORTS) --product isobole-web

demo: build ## run the main job on an example screen
	@$(BIN)/isobole analyze $(DEMO) --out Reports/demo
	@echo "Open $(CURDIR)/Reports/demo/report.html in a browser."

serve: web ## the web app on this machine, http://127.0.0.1:8080/
	@$(BIN)/isobole serve

sample: build ## the committed sample of a report
	@rm -rf Reports/sample .build/sample
	@$(BIN)/isobole analyze $(DEMO) --out .build/sample --formats md --quiet
	@$(BIN)/isobole report .build/sample --top 6 --out Reports/sample --quiet

test: test-swift test-browser test-web test-crash ## all tests

test-swift: deps
	swift build $(FLAGS) $(IMPORTS) --build-tests
	swift test $(FLAGS) --skip-build

.venv/done: pip-packages.txt | deps
	python3 -m venv .venv
	.venv/bin/pip install -q --disable-pip-version-check -r pip-packages.txt
	touch $@

test-browser: build .venv/done ## the report in a real browser
	ISOBOLE=$(BIN)/isobole .venv/bin/pytest -q Tests/Browser

test-web: web .venv/done ## the web app: real servers, a real browser, crashes
	ISOBOLE=$(BIN)/isobole .venv/bin/pytest -q Tests/Web

test-crash: build .venv/done ## kills and errors while results are put in place, a few of them
	ISOBOLE=$(BIN)/isobole .venv/bin/pytest -q Tests/Crash

crash: build ## the same at every system call (minutes)
	ISOBOLE=$(BIN)/isobole python3 Tests/Crash/publishing.py

lint: deps-lint ## style of every Swift file, words of every text, folders without circles
	swift format lint -s -r $(wildcard $(SWIFT_DIRS))
	python3 Scripts/check-words.py
	python3 Scripts/folder-graph.py

format: ## rewrite every Swift file in the house style
	swift format -i -r $(wildcard $(SWIFT_DIRS))

benchmark: build ## speeds, beside peers and floors
	swift run --package-path Benchmarks $(FLAGS) isobole-benchmarks --tool $(BIN)/isobole

# Seconds that `make fuzz` runs.
FUZZ_SECONDS := 600

fuzz: build ## random files against every reader (FUZZ_SECONDS=600); see Fuzz/README.md
	swift build --package-path Fuzz -c release --sanitize fuzzer
	Fuzz/run $(BIN)/isobole $(FUZZ_SECONDS)

clean: ## remove what was built
	rm -rf .build .venv Benchmarks/.build Fuzz/.build
