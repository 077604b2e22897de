# aiscaffold: `make demo` shows what it does, `make check` proves it, `make help` lists the rest.

VERSION  := $(shell sed -n 's/.*AIS_VERSION "\(.*\)"/\1/p' include/aiscaffold.h)
BUILD    ?= build
CC       ?= cc
PREFIX   ?= /usr/local
DESTDIR  ?=

LIBS     := libgit2 jansson libarchive nettle libpcre2-8 libdeflate zlib
CFLAGS   ?= -O2 -g
WARNINGS := -Wall -Wextra -Wpedantic -Werror -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wvla
HARDEN   := -fstack-protector-strong -fPIE -D_FORTIFY_SOURCE=2
HARDLINK := -pie -Wl,-z,relro,-z,now
ALL_CFLAGS = -std=c11 -D_GNU_SOURCE -Iinclude -Isrc $(WARNINGS) $(HARDEN) $(PKG_CFLAGS) $(CFLAGS)
# looked up once a build, and only by rules that compile
PKG_CFLAGS = $(eval PKG_CFLAGS := $$(shell pkg-config --cflags $(LIBS)))$(PKG_CFLAGS)
PKG_LIBS   = $(eval PKG_LIBS := $$(shell pkg-config --libs $(LIBS)) -lunistring -lm)$(PKG_LIBS)

SOURCES  := $(sort $(wildcard src/*/*.c))
FRONT    := $(patsubst src/%.c,$(BUILD)/%.o,src/main.c $(filter src/cmd/% src/ui/%,$(SOURCES))) $(BUILD)/pages.o
OBJECTS  := $(filter-out $(FRONT),$(SOURCES:src/%.c=$(BUILD)/%.o)) $(BUILD)/catalogue.o
LIBRARY  := $(BUILD)/libaiscaffold.a
PROGRAM  := $(BUILD)/aiscaffold
MANUAL    = $(DESTDIR)$(PREFIX)/share/man
SHARED    = $(DESTDIR)$(PREFIX)/share/aiscaffold
SCHEMAS  := $(wildcard include/schemas/*.json) templates/template.schema.json
PAGES    := $(foreach page,$(notdir $(wildcard man/*.[157])),$(subst .,,$(suffix $(page)))/$(page))
UNITS    := $(patsubst %.c,$(BUILD)/%,$(wildcard tests/unit/*.c))

.DEFAULT_GOAL := all
.DELETE_ON_ERROR:
.PHONY: all help demo check check-fresh check-projects units coverage install uninstall clean format lint asan valgrind \
        bench dist FORCE

all: $(PROGRAM) ## build the program

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  \1\t\2/p' Makefile | expand -t 16

# What is made is named; V=1 shows how.
Q = $(if $(V),,@echo '  $@';)

$(PROGRAM): $(FRONT) $(LIBRARY)
	$(Q)$(CC) $(ALL_CFLAGS) $(HARDLINK) $(LDFLAGS) -o $@ $^ $(PKG_LIBS)

$(LIBRARY): $(OBJECTS)
	@rm -f $@
	$(Q)$(AR) rcs $@ $^

$(BUILD)/%.o: src/%.c Makefile
	@mkdir -p $(@D)
	$(Q)$(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

# The catalogue is made anew each time, and replaced only where it differs: its files have names
# that make can't depend on.
$(BUILD)/catalogue.c: FORCE
	@mkdir -p $(@D)
	@src/template/catalogue.sh templates > $@.new
	@if cmp -s $@.new $@; then rm $@.new; else mv $@.new $@; fi

$(BUILD)/pages.c: $(wildcard man/*.[157]) man/pages.sh man/text.awk
	@mkdir -p $(@D)
	@man/pages.sh > $@

$(BUILD)/catalogue.o $(BUILD)/pages.o: %.o: %.c
	$(Q)$(CC) $(ALL_CFLAGS) -c -o $@ $<

$(BUILD)/tests/unit/%: tests/unit/%.c $(LIBRARY)
	@mkdir -p $(@D)
	$(Q)$(CC) $(ALL_CFLAGS) $(HARDLINK) $(LDFLAGS) -MMD -MP -o $@ $< $(LIBRARY) $(PKG_LIBS)

demo: ## install what is missing, build, and make a project
	@.ci/deps build
	@$(MAKE) --no-print-directory -j"$$(nproc)" all
	@.ci/demo $(PROGRAM)

check: ## run the tests
	@.ci/deps check
	@$(MAKE) --no-print-directory -j"$$(nproc)" all
	@tests/run

check-projects: all ## check, lint and measure every idea in both editions; WRITE=README.md keeps the table
	@tests/projects/run $(if $(WRITE),measure --write $(WRITE))

check-fresh: all ## run both commands of the README on bare machines (as root)
	@tests/fresh

units: $(UNITS) ## build the unit programs

format: ## format the sources
	clang-format -i $$(git ls-files '*.[ch]')

lint: all ## look for what compilers don't see
	@tests/lint

asan: ## the same program with sanitizers, in build/asan
	$(MAKE) BUILD=$(BUILD)/asan HARDEN=-fno-omit-frame-pointer HARDLINK= \
	    CFLAGS="-O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all" all units

valgrind: all ## the test cases under valgrind
	@tests/run --valgrind

coverage: ## line coverage of src/ by the suite: at least 90 percent
	@tests/coverage

bench: all ## measure against the peers
	@tests/bench/run

install: all ## install into PREFIX
	install -D -m 755 $(PROGRAM) $(DESTDIR)$(PREFIX)/bin/aiscaffold
	for page in $(PAGES); do install -D -m 644 man/$${page#*/} $(MANUAL)/man$$page; done
	for file in $(SCHEMAS); do install -D -m 644 $$file $(SHARED)/schemas/$${file##*/}; done

uninstall: ## remove what install put there
	rm -f $(DESTDIR)$(PREFIX)/bin/aiscaffold
	for page in $(PAGES); do rm -f $(MANUAL)/man$$page; done
	rm -rf $(SHARED)

dist: all ## make the source archive
	$(PROGRAM) package . -o $(BUILD)/aiscaffold-$(VERSION).tar.gz

clean: ## remove what was built
	rm -rf $(BUILD)

-include $(OBJECTS:.o=.d) $(FRONT:.o=.d) $(UNITS:=.d)
