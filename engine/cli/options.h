// SPDX-License-Identifier: GPL-3.0-or-later
// The command line. An option is a row of a table; help is printed from it.
#pragma once
#include "engine/base/err.h"
#include "engine/base/label.h"
#include "engine/study/study.h"

#include <stdio.h>

enum when { WHEN_AUTO, WHEN_ALWAYS, WHEN_NEVER };

enum format { FORMAT_CSV = 1, FORMAT_JSON = 2, FORMAT_HTML = 4, FORMAT_MD = 8, FORMAT_XLSX = 16 };
enum { FORMAT_ALL = FORMAT_CSV | FORMAT_JSON | FORMAT_HTML | FORMAT_MD | FORMAT_XLSX };

struct command;
struct options {
    const struct command *command;
    VEC(const char *) arguments;
    const char *out;
    struct period period;
    bool langs[LANG_COUNT];
    unsigned formats, charts; // enum format; enum chart_format
    int threads;              // 0 = as many as there are cores
    double max_rejects;       // NaN = the study's
    bool max_rejects_percent;
    bool help, quiet, verbose, json, json_messages, records_json, explain, draft, markdown;
    enum when color, progress;
    struct dialect dialect; // cat
    const char *files;      // partial: the first pattern
    const char *history, *gate, *junit, *gate_json, *from;
};

struct command {
    const char *name, *arguments, *summary;
    const char
        *options; // letters of the rows of the option table that it takes beside the general ones
    int least, most; // number of arguments; most -1 = any
    enum status (*run)(const struct options *o, struct diags *d);
};
extern const struct command commands[];
extern const size_t command_count;

// Reads the command line. FAIL_USAGE with a diagnostic when it makes no sense.
MUST_CHECK enum status options_read(struct options *o, int count, char **words, struct diags *d);
void options_free(struct options *o);
void options_help(const struct command *command, FILE *out); // NULL: of the program

extern const char program_version[];

// One file per command.
enum status command_run(const struct options *o, struct diags *d);
enum status command_check(const struct options *o, struct diags *d);
enum status command_init(const struct options *o, struct diags *d);
enum status command_list(const struct options *o, struct diags *d);
enum status command_doctor(const struct options *o, struct diags *d);
enum status command_selftest(const struct options *o, struct diags *d);
enum status command_partial(const struct options *o, struct diags *d);
enum status command_diff(const struct options *o, struct diags *d);
enum status command_history(const struct options *o, struct diags *d);
enum status command_manual(const struct options *o, struct diags *d);
