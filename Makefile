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
APT := libicu-dev libxml2-dev liblzma-dev zlib1g-dev libzstd-dev pkg-config
MISSING := $(shell for p in $(APT); do dpkg -s $$p >/dev/null 2>&1 || echo $$p; done)
SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)

.PHONY: build demo test check format release order profile install clean gazetteers bench compare consumers browser deps

build: deps $(PROGRAM) $(GAZETTEERS)

# Installs what is missing, and says so; nothing is touched where all is there.
deps:
ifneq ($(strip $(MISSING)),)
	@echo "installing: $(MISSING)"
	@$(SUDO) apt-get update -qq && $(SUDO) apt-get install -y -qq --no-install-recommends $(MISSING) >/dev/null
endif

# Everything in one file at a fixed place: no library has to be found and mapped at each start, and the program runs where none
# is installed. Of ICU's 31 MB of data it holds what calendars need (ICU_KEPT).
ICU := $(BUILD)/icu/icudata.o
ICU_KEPT := root pool res_index supplementalData keyTypeData timezoneTypes zoneinfo64 metaZones windowsZones likelySubtags en id zh
STATIC := --static-swift-stdlib -Xswiftc -static-executable -Xlinker -llzma -Xlinker -lstdc++ -Xlinker $(CURDIR)/$(ICU)
# All modules are optimized together when they are linked: 7 % fewer instructions for two minutes more.
OPTIMIZED := --omit-frame-pointers --experimental-lto-mode full -Xlinker --lto-O3
# Which ways the program goes when it annotates (see make profile): 7 % less time.
PROFILE := Sources/annotate.profdata
PROFILED := -Xlinker --lto-cs-profile-file=$(CURDIR)/$(PROFILE)
# The functions that annotating needs side by side (functions.order, see make order), and no names for other programs: less of
# the program is in memory.
IN_ORDER := -Xswiftc -use-ld=lld -Xlinker --no-export-dynamic \
  -Xlinker --symbol-ordering-file=$(CURDIR)/Sources/functions.order -Xlinker --no-warn-symbol-ordering

$(PROGRAM): $(SOURCES) $(ICU) | deps
	swift build -c release --product fakta $(STATIC) $(OPTIMIZED) $(PROFILED) $(IN_ORDER)
	@touch $@

$(ICU): Makefile | deps
	rm -rf $(@D)
	mkdir -p $(@D)
	cd $(@D) && ar x "$$(pkg-config --variable=libdir icu-uc)/libicudata.a" && set -- icudt*_dat.o && name=$${1%_dat.o} \
	  && objcopy -O binary -j .rodata $$1 $$name.dat \
	  && icupkg -l $$name.dat | grep -vxE '($(subst $() ,|,$(ICU_KEPT)))\.res' > dropped.txt \
	  && icupkg -r dropped.txt $$name.dat kept.dat \
	  && genccode -q -o -m $$1 -e $${name%?} -f icudata kept.dat && rm $$name.dat $$1

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
	Tests/Checks/clock $(BUILD)/debug/fakta
	Tests/Checks/linear $(PROGRAM)
	Tests/Checks/soup $(PROGRAM)

# Format, lint and data checks: seconds once the program is built.
check: build
	swift format lint --strict --parallel --recursive Sources Tests Package.swift
	Tests/Checks/sources
	$(PROGRAM) gazetteer check gazetteers

format:
	swift format --in-place --parallel --recursive Sources Tests Package.swift

# The articles that are measured: the shared ones where they are, else the project's own.
ARTICLES ?= $(firstword $(wildcard ../shared/data/articles/indosum.ndjson.gz) Tests/Bench/articles.ndjson)

# Speed, memory and growth, as a table and as bench.json.
bench: release
	python3 Tests/Bench/bench.py $(PROGRAM) $(ARTICLES) --released dist/fakta --json $(BUILD)/bench.json

# Side by side with what people use today, installed from PyPI into a folder that goes afterwards.
compare: build
	Tests/Compare/run $(PROGRAM) $(ARTICLES)

# Every output format read by the tools it is made for, and the recipes of docs/.
consumers: build
	Tests/Consumers/run $(PROGRAM)

# Reports in a real browser (Debian: chromium, chromium-driver).
browser: build
	Tests/Browser/run

# One stripped program with the lists inside: copy it anywhere.
release: build
	mkdir -p dist
	strip -o dist/fakta.bare $(PROGRAM)
	$(PROGRAM) gazetteer compile gazetteers --into dist/fakta.bare --output dist/fakta
	rm dist/fakta.bare
	chmod 755 dist/fakta
	@ls -l dist/fakta

# Counts anew which ways the program goes, with one that counts; commit the file.
TOOLS := $(dir $(realpath $(shell command -v swift)))
COUNTING := -Xlinker --lto-cs-profile-generate -Xlinker -u__llvm_profile_runtime -Xlinker \
  $(firstword $(wildcard $(TOOLS)../lib/clang/*/lib/linux/libclang_rt.profile-$(shell uname -m).a))
profile: build
	swift build -c release --product fakta $(STATIC) $(OPTIMIZED) $(COUNTING) $(IN_ORDER)
	Tests/Bench/profile $(PROGRAM) $(GAZETTEERS) Tests/Bench/articles.ndjson $(TOOLS)llvm-profdata > $(BUILD)/annotate.profdata
	mv $(BUILD)/annotate.profdata $(PROFILE)
	rm -f $(PROGRAM) # it counts, and is to be linked anew

# Finds out anew which functions annotating needs; commit the file.
order: build
	Tests/Bench/order $(PROGRAM) $(GAZETTEERS) Tests/Bench/articles.ndjson > $(BUILD)/functions.order
	mv $(BUILD)/functions.order Sources/functions.order
	rm -f $(PROGRAM) # to be linked anew: the order is none of the files that the build looks at

install: release
	install -D -m 755 dist/fakta $(DESTDIR)$(PREFIX)/bin/fakta

# Rebuilds the lists that come from packages, and shows what changed.
gazetteers:
	gazetteers/build/rebuild

clean:
	rm -rf $(BUILD) .build-asan .build-tsan dist
