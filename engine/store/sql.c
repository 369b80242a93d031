// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/sql.h"

#include <math.h>
#include <sqlite3.h>

enum { BUSY_MS = 10000 };

static enum status failed(struct sql *s, struct diags *d)
{
    static const struct {
        int result;
        enum code code;
    } known[] = {
        {SQLITE_BUSY, E0833},     {SQLITE_LOCKED, E0833},     {SQLITE_CORRUPT, E0831},
        {SQLITE_NOTADB, E0831},   {SQLITE_MISMATCH, E0831},   {SQLITE_ERROR, E0831},
        {SQLITE_CANTOPEN, E0837}, {SQLITE_CONSTRAINT, E0836},
    };
    int result = sqlite3_errcode(s->db) & 0xff;
    enum code code = E0834;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (known[i].result == result)
            code = known[i].code;
    return diag(d, code, (struct where){s->path, 0, 0}, "%s", sqlite3_errmsg(s->db));
}

enum status sql_open(struct sql *s, const char *path, bool create, struct diags *d)
{
    sqlite3 *db = NULL;
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_EXRESCODE | (create ? SQLITE_OPEN_CREATE : 0);
    int result = sqlite3_open_v2(path, &db, flags, NULL);
    *s = (struct sql){path, db};
    if (result == SQLITE_OK) {
        sqlite3_busy_timeout(db, BUSY_MS);
        sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
        return OK;
    }
    enum status status = failed(s, d);
    sql_close(s);
    return status;
}

void sql_close(struct sql *s)
{
    sqlite3_close(s->db);
    s->db = NULL;
}

enum status sql_run(struct sql *s, const char *text, struct diags *d)
{
    return sqlite3_exec(s->db, text, NULL, NULL, NULL) == SQLITE_OK ? OK : failed(s, d);
}

int64_t sql_number_of(struct sql *s, const char *text)
{
    sqlite3_stmt *statement = NULL;
    int64_t value = -1;
    if (sqlite3_prepare_v2(s->db, text, -1, &statement, NULL) == SQLITE_OK &&
        sqlite3_step(statement) == SQLITE_ROW)
        value = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    return value;
}

static void check(struct query *q, int result)
{
    if (result != SQLITE_OK && !q->status)
        q->status = failed(q->sql, q->d);
}

void query_open(struct query *q, struct sql *s, const char *text, struct diags *d)
{
    sqlite3_stmt *statement = NULL;
    *q = (struct query){.sql = s, .d = d};
    check(q, sqlite3_prepare_v2(s->db, text, -1, &statement, NULL));
    q->statement = statement;
}

void query_text(struct query *q, int at, struct str value)
{
    if (!q->status)
        check(q, sqlite3_bind_text64(q->statement, at, value.ptr ? value.ptr : "", value.len,
                                     SQLITE_TRANSIENT, SQLITE_UTF8));
}

void query_bytes(struct query *q, int at, struct str value)
{
    if (!q->status)
        check(q, sqlite3_bind_blob64(q->statement, at, value.ptr ? value.ptr : "", value.len,
                                     SQLITE_TRANSIENT));
}

void query_int(struct query *q, int at, int64_t value)
{
    if (!q->status)
        check(q, sqlite3_bind_int64(q->statement, at, value));
}

void query_number(struct query *q, int at, double value)
{
    if (!q->status)
        check(q, isfinite(value) ? sqlite3_bind_double(q->statement, at, value)
                                 : sqlite3_bind_null(q->statement, at));
}

bool query_row(struct query *q)
{
    if (q->status)
        return false;
    int result = sqlite3_step(q->statement);
    if (result != SQLITE_ROW && result != SQLITE_DONE)
        check(q, result);
    return result == SQLITE_ROW;
}

void query_again(struct query *q)
{
    sqlite3_reset(q->statement);
}

int query_columns(struct query *q)
{
    return sqlite3_column_count(q->statement);
}

struct str query_str(struct query *q, int column)
{
    const char *text = (const char *)sqlite3_column_text(q->statement, column);
    return (struct str){text ? text : "", (size_t)sqlite3_column_bytes(q->statement, column)};
}

struct str query_blob(struct query *q, int column)
{
    const char *bytes = sqlite3_column_blob(q->statement, column);
    return (struct str){bytes ? bytes : "", (size_t)sqlite3_column_bytes(q->statement, column)};
}

int64_t query_whole(struct query *q, int column)
{
    return sqlite3_column_int64(q->statement, column);
}

double query_real(struct query *q, int column)
{
    return sqlite3_column_type(q->statement, column) == SQLITE_NULL
               ? (double)NAN
               : sqlite3_column_double(q->statement, column);
}

enum status query_end(struct query *q)
{
    sqlite3_finalize(q->statement);
    q->statement = NULL;
    return q->status;
}
