// SPDX-License-Identifier: GPL-3.0-or-later
// Status and diagnostics. Libraries never print and never exit: they add a diagnostic with the
// place in the input that they know, and return its status.
#pragma once
#include "engine/base/codes.h"
#include "engine/base/str.h"

// Exit statuses (interface.md, section 1); a signal n ends the program with 128 + n.
enum status {
    OK = 0,
    FAIL_GATE = 1,
    FAIL_DISCLOSURE = 3,
    FAIL_USAGE = 64,
    FAIL_DATA = 65,
    FAIL_INPUT = 66,
    FAIL_GNUPLOT = 69,
    FAIL_INTERNAL = 70,
    FAIL_CREATE = 73,
    FAIL_IO = 74,
    FAIL_RETRY = 75,
};

#define MUST_CHECK __attribute__((warn_unused_result))
#define TRY(call)                        \
    do {                                 \
        enum status try_status = (call); \
        if (try_status)                  \
            return try_status;           \
    } while (0)

enum severity { SEVERITY_NOTE, SEVERITY_WARNING, SEVERITY_ERROR };

// A place in the input. Zero line or column: not known. NULL file: the command itself.
struct where {
    const char *file;
    long line, column;
};

enum code {
#define CODE(id, severity, status, meaning, help) id,
    DIAGNOSTIC_CODES(CODE)
#undef CODE
        CODE_COUNT,
};

struct code_info {
    const char *id;
    enum severity severity;
    enum status status;
    const char *meaning, *help; // help: what to do, unless the caller knows better
};
extern const struct code_info code_table[CODE_COUNT];

struct diag {
    enum code code;
    struct where where;
    const char *text, *help; // owned by the list; may hold bytes from files: escape when printed
};

// A list of diagnostics in the order they were found. Owns its texts. Zeroed = empty.
struct diags {
    struct arena arena;
    VEC(struct diag) list;
    size_t errors, warnings;
    enum status status; // of the first error, OK if none
    unsigned counts[CODE_COUNT];
};

// Adds a diagnostic; returns its status (OK for notes and warnings). Past 1000 of one code only
// the count grows.
__attribute__((format(printf, 4, 5))) enum status diag(struct diags *d, enum code code,
                                                       struct where where, const char *format, ...);
// Replaces the help of the diagnostic added last.
__attribute__((format(printf, 2, 3))) void diag_help(struct diags *d, const char *format, ...);
void diags_append(struct diags *d, const struct diags *more); // in their order
void diags_free(struct diags *d);

// A value from a file as it may stand in a message: quoted, cut to 80 characters. Owned by the
// list.
const char *diag_quote(struct diags *d, struct str value);
