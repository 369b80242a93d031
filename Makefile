# etalon: `make demo` runs the bundled study, `make check` runs the tests; `make help` prints the rest.
SHELL = /bin/sh
CC = gcc
BUILD = build
PREFIX = /usr/local

WARN = -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wformat=2 -Wstrict-prototypes \
	-Wmissing-prototypes -Wvla
HARDEN = -D_FORTIFY_SOURCE=2 -fstack-protector-strong -fstack-clash-protection -fcf-protection -fPIE
OPT = -O2 -g
FLAGS = -std=c17 -D_GNU_SOURCE -I. $(WARN) $(OPT) -ffp-contract=off -pthread $(HARDEN) $(CFLAGS)
LINK = $(CC) -pie -Wl,-z,relro,-z,now,-z,noexecstack -pthread $(LDFLAGS)
LIBS = -lcsv -lyaml -ljansson -lsqlite3 -lglpk -lutf8proc -lcrypto -lz -lzstd -lgsl -lgslcblas -lxlsxwriter $(SAV) $(QUAD) -lm
# SPSS files are read where the library is installed
SAV = $(if $(wildcard /usr/include/readstat.h),-lreadstat)
FLAGS += $(if $(SAV),-DETALON_SAV)
# libquadmath comes with gcc; clang finds it there too
QUAD = $(shell gcc -print-file-name=libquadmath.so | grep / || echo -lquadmath)

# PNG pictures are painted by a program of their own where its libraries are installed
PAINT = $(if $(and $(wildcard /usr/include/librsvg-2.0/librsvg/rsvg.h),$(wildcard /usr/include/png.h)),$(BUILD)/etalon-paint)
PAINT_FLAGS = $(patsubst -I%,-isystem %,$(shell pkg-config --cflags librsvg-2.0 libpng 2>/dev/null))

SOURCES = $(sort $(wildcard engine/*/*.c metrics/*.c plots/*.c))
OBJECTS = $(SOURCES:%.c=$(BUILD)/%.o)
LIBRARY = $(BUILD)/libetalon.a
TESTS = $(patsubst tests/%.c,$(BUILD)/tests/%,$(sort $(wildcard tests/test_*.c)))
HELPERS = $(patsubst %.c,$(BUILD)/%.o,$(sort $(wildcard tests/help_*.c)))
ALL_C = $(wildcard engine/*/*.[ch] metrics/*.[ch] plots/*.[ch] plots/*/*.[ch] datasets/*.[ch] tests/*.[ch] tests/fuzz/*.[ch] tests/bench/*.[ch])

all: $(BUILD)/etalon $(PAINT) ## build the program at build/etalon

demo: ## install what is missing, build, run the bundled study
	@.ci/install build run
	@$(MAKE) --no-print-directory all
	$(BUILD)/etalon run datasets/west -o $(BUILD)/demo
	@echo "The report is at $(BUILD)/demo/report.en.html (en français : $(BUILD)/demo/report.fr.html)"

check: ## install what is missing, build, run the tests
	@.ci/install build run test
	@$(MAKE) --no-print-directory tests
	@sh tests/run_tests.sh $(BUILD)

tests: $(BUILD)/etalon $(PAINT) $(TESTS)

$(BUILD)/etalon: $(BUILD)/engine/cli/main.o $(LIBRARY)
	$(LINK) -o $@ $^ $(LIBS)

$(BUILD)/etalon-paint: $(patsubst %.c,$(BUILD)/%.o,$(wildcard plots/paint/*.c))
	$(LINK) -o $@ $^ $(shell pkg-config --libs librsvg-2.0 libpng) -lz

$(BUILD)/plots/paint/%.o: FLAGS += $(PAINT_FLAGS)

$(LIBRARY): $(filter-out $(BUILD)/engine/cli/main.o,$(OBJECTS))
	@rm -f $@
	$(AR) rcsD $@ $^

$(BUILD)/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(FLAGS) -MMD -MP -c $< -o $@

$(BUILD)/tests/test_%: $(BUILD)/tests/test_%.o $(HELPERS) $(LIBRARY)
	$(LINK) -o $@ $^ -lcmocka $(LIBS)

$(BUILD)/tests/%.o: FLAGS += -DBUILD_FOLDER='"$(BUILD)"'

# Preloaded by a test: makes a call of the program fail.
$(BUILD)/tests/fault.so: tests/fault.c
	@mkdir -p $(@D)
	$(CC) -std=c17 -D_GNU_SOURCE $(WARN) $(if $(findstring -fsanitize,$(CFLAGS)),,-DFAULT_MEMORY) -O1 -fPIC -shared -o $@ $<

$(BUILD)/tests/test_faults: | $(BUILD)/tests/fault.so

$(BUILD)/generate: $(patsubst %.c,$(BUILD)/%.o,$(wildcard datasets/*.c)) $(LIBRARY)
	$(LINK) -o $@ $^ $(LIBS)

browser: all ## open the reports in headless Chromium: accessibility, labels, silence
	sh tests/browser/run.sh $(BUILD)

datasets: $(BUILD)/generate ## write the synthetic data of the bundled study again
	$(BUILD)/generate datasets/west

SANITIZE = -fno-omit-frame-pointer -fno-sanitize-recover=all
asan: ## the tests under the address and undefined-behaviour sanitizers
	@.ci/install build run test
	@$(MAKE) --no-print-directory BUILD=build/asan OPT='-O1 -g' HARDEN=-fPIE \
		CFLAGS='$(SANITIZE) -fsanitize=address,undefined' LDFLAGS=-fsanitize=address,undefined tests
	@sh tests/run_tests.sh build/asan

tsan: ## the tests under the thread sanitizer
	@.ci/install build run test
	@$(MAKE) --no-print-directory BUILD=build/tsan OPT='-O1 -g' HARDEN=-fPIE \
		CFLAGS='$(SANITIZE) -fsanitize=thread' LDFLAGS=-fsanitize=thread tests
	@sh tests/run_tests.sh build/tsan

clang: ## build with clang, warnings are errors
	@.ci/install build lint
	@$(MAKE) --no-print-directory CC=clang BUILD=build/clang OPT='-O1 -Werror' build/clang/etalon $(PAINT:$(BUILD)/%=build/clang/%)

lint: ## format, layers, cppcheck
	@.ci/install lint
	clang-format --dry-run -Werror $(ALL_C)
	sh tests/check_layers.sh
	cppcheck --quiet --std=c11 --inline-suppr --error-exitcode=1 -j 2 -I . \
		--enable=warning,performance,portability --suppressions-list=tests/cppcheck.txt engine metrics plots datasets

format: ## write every C file as .clang-format says
	clang-format -i $(ALL_C)

mpi: ## build build/etalon-mpi, the same program for mpirun
	@.ci/install build mpi
	@$(MAKE) --no-print-directory CC=mpicc BUILD=$(BUILD)/mpi CFLAGS='$(CFLAGS) -DETALON_MPI' \
		$(BUILD)/mpi/etalon
	cp $(BUILD)/mpi/etalon $(BUILD)/etalon-mpi

fuzz: $(BUILD)/tests/fuzz/fuzz_split ## the long form of the random tests
	$(BUILD)/tests/fuzz/fuzz_split 200000

$(BUILD)/tests/fuzz/%: $(BUILD)/tests/fuzz/%.o $(HELPERS) $(LIBRARY)
	$(LINK) -o $@ $^ -lcmocka $(LIBS)

faults: $(BUILD)/etalon $(BUILD)/tests/test_faults ## fail each call of a run in turn: nothing half written
	FAULTS=all $(BUILD)/tests/test_faults

golden: $(BUILD)/etalon $(BUILD)/tests/test_golden ## write the expected files of tests/golden again; read the diff
	ETALON_GOLDEN=write $(BUILD)/tests/test_golden
	git --no-pager diff --stat -- tests/golden

$(BUILD)/tests/bench/%: $(BUILD)/tests/bench/%.o $(LIBRARY)
	$(LINK) -o $@ $^ $(LIBS)

gallery: all ## draw the charts of plots/README.md again
	$(BUILD)/etalon run datasets/west -o $(BUILD)/gallery -q --formats csv --charts svg
	cp $(BUILD)/gallery/charts/all/*.svg plots/gallery/

bench: all $(BUILD)/tests/bench/read_contacts ## measure against a peer in the same run
	sh tests/bench/run.sh $(BUILD)
	sh tests/bench/million.sh $(BUILD)
	sh tests/bench/contacts.sh $(BUILD)
	sh tests/bench/charts.sh $(BUILD)
	sh tests/bench/diff.sh $(BUILD)
	sh tests/bench/history.sh $(BUILD)

profile: all ## where a run over made-up contacts spends its time (perf)
	sh tests/bench/profile.sh $(BUILD)

hooks: ## lint before each commit
	git config core.hooksPath .githooks

SHARE = $(DESTDIR)$(PREFIX)/share
install: all ## install program, manual page, completions and bundled studies into PREFIX
	install -D -m 755 $(BUILD)/etalon $(DESTDIR)$(PREFIX)/bin/etalon
	$(if $(PAINT),install -D -m 755 $(PAINT) $(DESTDIR)$(PREFIX)/libexec/etalon/etalon-paint)
	install -d $(SHARE)/man/man1 $(SHARE)/bash-completion/completions \
		$(SHARE)/zsh/site-functions $(SHARE)/fish/vendor_completions.d $(SHARE)/etalon/datasets
	$(BUILD)/etalon manual man >$(SHARE)/man/man1/etalon.1
	$(BUILD)/etalon manual bash >$(SHARE)/bash-completion/completions/etalon
	$(BUILD)/etalon manual zsh >$(SHARE)/zsh/site-functions/_etalon
	$(BUILD)/etalon manual fish >$(SHARE)/fish/vendor_completions.d/etalon.fish
	cp -R $(dir $(wildcard datasets/*/study.yaml)) $(SHARE)/etalon/datasets/

clean: ## remove what was built
	rm -rf build

help: ## print this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-9s %s\n", $$1, $$2 }' Makefile

-include $(OBJECTS:.o=.d) $(TESTS:=.d) $(HELPERS:.o=.d)
.PHONY: all demo check tests browser datasets asan tsan clang lint format mpi fuzz faults golden gallery bench profile hooks install clean help
.PRECIOUS: $(BUILD)/%.o
