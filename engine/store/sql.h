// SPDX-License-Identifier: GPL-3.0-or-later
// The door to SQLite. Values reach SQL only as bound parameters; an error sticks to its query until
// the end, so that callers look once. Inside engine/store only.
#pragma once
#include "engine/base/err.h"

#include <stdint.h>

struct sql {
    const char *path;
    void *db; // NULL: not open
};
struct query {
    struct sql *sql;
    struct diags *d;
    void *statement;
    enum status status;
};

// `create`: make the file when it is not there. Waits ten seconds for others (then FAIL_RETRY).
MUST_CHECK enum status sql_open(struct sql *s, const char *path, bool create, struct diags *d);
void sql_close(struct sql *s);
MUST_CHECK enum status sql_run(struct sql *s, const char *text, struct diags *d); // no values
// The first number of the first row, -1 when there is none.
int64_t sql_number_of(struct sql *s, const char *text);

void query_open(struct query *q, struct sql *s, const char *text, struct diags *d);
void query_text(struct query *q, int at, struct str value);  // parameters count from 1
void query_bytes(struct query *q, int at, struct str value); // a BLOB
void query_int(struct query *q, int at, int64_t value);
void query_number(struct query *q, int at, double value); // not finite: NULL
bool query_row(struct query *q);                          // false: no more rows, or an error
void query_again(struct query *q);                        // ready for other values
int query_columns(struct query *q);
struct str query_str(struct query *q, int column);  // from 0; good until the next row
struct str query_blob(struct query *q, int column); // likewise
int64_t query_whole(struct query *q, int column);
double query_real(struct query *q, int column); // NULL: NaN
enum status query_end(struct query *q);
