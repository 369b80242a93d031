# etalon: `make demo` runs the bundled study, `make check` runs the tests. `make help` prints the rest.
SHELL = /bin/sh
CC ?= gcc
BUILD ?= build
PREFIX ?= /usr/local

WARN = -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wformat=2 -Wstrict-prototypes -Wmissing-prototypes -Wvla
HARDEN = -D_FORTIFY_SOURCE=2 -fstack-protector-strong -fstack-clash-protection -fPIE
OPT ?= -O2 -g
CFLAGS_ALL = -std=c17 -D_GNU_SOURCE -I. $(WARN) $(OPT) -ffp-contract=off -pthread $(HARDEN) $(CFLAGS)
LDFLAGS_ALL = -pie -Wl,-z,relro,-z,now,-z,noexecstack -pthread $(LDFLAGS)
LIBS = -lcsv -lyaml -ljansson -lutf8proc -lcrypto -lz -lzstd -lgsl -lgslcblas -lquadmath -lm

SOURCES = $(sort $(wildcard engine/*/*.c metrics/*.c plots/*.c))
OBJECTS = $(SOURCES:%.c=$(BUILD)/%.o)
LIBRARY = $(BUILD)/libetalon.a
TESTS = $(patsubst tests/%.c,$(BUILD)/tests/%,$(sort $(wildcard tests/test_*.c)))

all: $(BUILD)/etalon

$(BUILD)/etalon: $(BUILD)/engine/cli/main.o $(LIBRARY)
	$(CC) $(LDFLAGS_ALL) -o $@ $^ $(LIBS)

$(LIBRARY): $(filter-out $(BUILD)/engine/cli/main.o,$(OBJECTS))
	rm -f $@ && $(AR) rcsD $@ $^

$(BUILD)/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(CFLAGS_ALL) -MMD -MP -c $< -o $@

$(BUILD)/tests/test_%: $(BUILD)/tests/test_%.o $(LIBRARY)
	$(CC) $(LDFLAGS_ALL) -o $@ $^ -lcmocka $(LIBS)

-include $(OBJECTS:.o=.d) $(TESTS:=.d)
.PHONY: all
