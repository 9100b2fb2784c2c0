# Fakta: two commands for a new machine (Debian 12, Swift 6.3 in the path): make demo, make test.
SHELL := /bin/bash
.DEFAULT_GOAL := build

PREFIX ?= /usr/local
BUILD := .build
PROGRAM := $(BUILD)/release/fakta
GAZETTEERS := $(BUILD)/fakta.gazetteers
LISTS := $(shell find gazetteers -name '*.tsv' -o -name '*.rules' -o -name '*.model' 2>/dev/null)
SOURCES := $(shell find Sources -type f) Package.swift
EXAMPLE := docs/example.txt
APT := libicu-dev libxml2-dev zlib1g-dev libzstd-dev pkg-config
MISSING := $(shell for p in $(APT); do dpkg -s $$p >/dev/null 2>&1 || echo $$p; done)
SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)

.PHONY: build demo test check format release order install clean gazetteers bench compare consumers browser deps

build: deps $(PROGRAM) $(GAZETTEERS)

# Installs what is missing, and says so; nothing is touched where all is there.
deps:
ifneq ($(strip $(MISSING)),)
	@echo "installing: $(MISSING)"
	@$(SUDO) apt-get update -qq && $(SUDO) apt-get install -y -qq --no-install-recommends $(MISSING) >/dev/null
endif

$(PROGRAM): $(SOURCES) | deps
	swift build -c release --product fakta
	@touch $@

$(GAZETTEERS): $(LISTS) $(PROGRAM)
	$(PROGRAM) gazetteer compile gazetteers --output $@

demo: build
	@echo
	@echo "fakta facts $(EXAMPLE) --to table --width 118"
	@echo
	@$(PROGRAM) facts $(EXAMPLE) --to table --width 118
	@echo
	@echo "Next: $(PROGRAM) annotate $(EXAMPLE) | head -c 600     $(PROGRAM) inspect $(EXAMPLE)     $(PROGRAM) --help"

test: build
	swift build --build-tests
	swift test --skip-build
	Tests/Checks/linear $(PROGRAM)

# Format, lint and data checks: seconds once the program is built.
check: build
	swift format lint --strict --parallel --recursive Sources Tests Package.swift
	Tests/Checks/sources
	Tests/Checks/clock $(PROGRAM)
	$(PROGRAM) gazetteer check gazetteers

format:
	swift format --in-place --parallel --recursive Sources Tests Package.swift

# The articles that are measured: the shared ones where they are, else the project's own.
ARTICLES ?= $(firstword $(wildcard ../shared/data/articles/indosum.ndjson.gz) Tests/Bench/articles.ndjson)

# Speed, memory and growth, as a table and as bench.json.
bench: build
	python3 Tests/Bench/bench.py $(PROGRAM) $(ARTICLES) --json $(BUILD)/bench.json

# Side by side with what people use today, installed from PyPI into a folder that goes afterwards.
compare: build
	Tests/Compare/run $(PROGRAM) $(ARTICLES)

# Every output format read by the tools it is made for, and the recipes of docs/.
consumers: build
	Tests/Consumers/run $(PROGRAM)

# Reports in a real browser (Debian: chromium, chromium-driver).
browser: build
	Tests/Browser/run

# A program at a fixed place in memory starts 2 ms sooner: a megabyte of addresses need not be set at each start.
AT_FIXED_PLACE := -Xswiftc -Xclang-linker -Xswiftc -no-pie
# The functions that annotating needs side by side (functions.order, see make order), and no names for other programs: less of
# the program is in memory.
IN_ORDER := -Xswiftc -use-ld=lld -Xswiftc -Xfrontend -Xswiftc -function-sections -Xlinker --no-export-dynamic \
  -Xlinker --symbol-ordering-file=$(CURDIR)/Sources/functions.order -Xlinker --no-warn-symbol-ordering
RELEASE := swift build -c release --product fakta --static-swift-stdlib --scratch-path .build-release $(AT_FIXED_PLACE) $(IN_ORDER)

# One stripped program with the Swift runtime and the lists inside: copy it anywhere (it needs libicu, libxml2, zlib, libzstd).
release: build
	$(RELEASE)
	mkdir -p dist
	strip -o dist/fakta.bare .build-release/release/fakta
	$(PROGRAM) gazetteer compile gazetteers --into dist/fakta.bare --output dist/fakta
	rm dist/fakta.bare
	chmod 755 dist/fakta
	@ls -l dist/fakta

# Finds out anew which functions annotating needs; commit the file.
order: release
	Tests/Bench/order .build-release/release/fakta $(GAZETTEERS) Tests/Bench/articles.ndjson > $(BUILD)/functions.order
	mv $(BUILD)/functions.order Sources/functions.order

install: release
	install -D -m 755 dist/fakta $(DESTDIR)$(PREFIX)/bin/fakta

# Rebuilds the lists that come from packages, and shows what changed.
gazetteers:
	gazetteers/build/rebuild

clean:
	rm -rf $(BUILD) .build-release .build-asan .build-tsan dist
