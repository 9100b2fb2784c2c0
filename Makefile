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

.PHONY: build demo test check format release install clean gazetteers bench compare deps sanitize

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
	@echo "fakta facts $(EXAMPLE)"
	@echo
	@$(PROGRAM) facts $(EXAMPLE)
	@echo
	@echo "Next: $(PROGRAM) annotate $(EXAMPLE) | head -c 600     $(PROGRAM) inspect $(EXAMPLE)     $(PROGRAM) --help"

test: build
	swift build --build-tests
	swift test --skip-build

# Format, lint and data checks: seconds once the program is built.
check: build
	swift format lint --strict --parallel --recursive Sources Tests Package.swift
	Tests/Checks/sources
	Tests/Checks/clock $(PROGRAM)
	$(PROGRAM) gazetteer check gazetteers

format:
	swift format --in-place --parallel --recursive Sources Tests Package.swift

clean:
	rm -rf $(BUILD) .build-asan .build-tsan dist
