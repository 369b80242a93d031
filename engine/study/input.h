// SPDX-License-Identifier: GPL-3.0-or-later
// What every block of data files of a study has in common: files, dialect, columns, missing values.
// Open data like the rest of the study (study.h).
#pragma once
#include "engine/base/err.h"
#include "engine/base/label.h"
#include "engine/study/period.h"

// Why a value is missing (indicators.md 1.1). Zero = a valid value.
enum missing {
    VALID,
    MISSING_BLANK,
    MISSING_DONT_KNOW,
    MISSING_NOT_APPLICABLE,
    MISSING_REFUSED,
    MISSING_NOT_ASKED,
    MISSING_BAD_TEXT,
    MISSING_OUT_OF_RANGE,
    MISSING_COUNT,
};
extern const struct label missing_labels[MISSING_COUNT]; // ids: valid, blank, dont_know, …

struct texts { // a list of plain texts
    const char *const *at;
    size_t count;
};

// Codes that mean "missing", per reason. A list that is not declared is empty (count 0, at NULL);
// for MISSING_BLANK that still includes the empty cell.
struct missing_codes {
    struct texts by[MISSING_COUNT];
};

struct dialect {           // NULL or 0 = find out
    const char *delimiter; // one character, or ", "
    const char *quote;     // one character, "" = none
    const char *encoding;  // utf-8, utf-16le, utf-16be, windows-1252, iso-8859-1, -15, macroman
    char decimal;          // '.' or ','
    const char *group;     // thousands separator in numbers, NULL = none
    enum date_order date;
    bool month; // period_format: month: a bare 2003-04 in a period column is April 2003
};

// Which column of the file plays a role ("region", "weight", "wait" …). Several names: the first
// that the file has. Roles that take lists (cluster, fpc of two stages) are repeated with `stage`
// 1, 2.
struct column_map {
    const char *role;
    struct texts names;
    int stage; // 1 or 2
    struct where where;
};

struct filter { // where: {column: [values]}
    const char *column;
    struct texts values;
    struct where where;
};

enum input_kind {
    INPUT_SURVEY,
    INPUT_EVENTS,
    INPUT_COUNTS,
    INPUT_SERVICES,
    INPUT_STANDARDS,
    INPUT_POPULATION,
    INPUT_TARGETS,
    INPUT_BENCHMARKS,
    INPUT_PLAN,
    INPUT_LEDGER,
    INPUT_SCORES,
    INPUT_MARGINS,
    INPUT_KIND_COUNT,
};

struct input { // what every block of data files has in common
    enum input_kind kind;
    const char *id; // of the block; "population", "targets" … where the block has none
    struct where where;
    struct texts files; // as written, relative to the study file; patterns allowed
    struct dialect dialect;
    struct column_map *columns; // declared ones; none: the canonical names of input_roles()
    size_t column_count;
    bool columns_declared;
    struct filter *filters;
    size_t filter_count;
    struct period period; // constant for all rows, or none
    const char *region;   // constant id, or NULL
    struct missing_codes missing;
    struct texts breakdowns; // column names; each is also the id of the breakdown
};

// The names under which a role may stand in the file: what the study declared, or (when it declared
// no columns at all) the canonical name. count 0: this input does not have that role.
struct texts input_column(const struct input *in, const char *role, int stage);
// The canonical roles of a kind of input, in the order of the manual; NULL-terminated.
const char *const *input_roles(enum input_kind kind);
