// SPDX-License-Identifier: GPL-3.0-or-later
// The file: its schema, and whether it is sound.
#include "engine/store/history.h"

#include "engine/store/history_parts.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

enum { APPLICATION = 0x4574616c }; // "Etal"

// One step per version, never changed once it was shipped.
static const char *const migrations[] = {
    "CREATE TABLE release(id INTEGER PRIMARY KEY, study TEXT NOT NULL, period TEXT NOT NULL,"
    " number INTEGER NOT NULL, state TEXT NOT NULL CHECK (state IN ('pending', 'published',"
    " 'draft', 'abandoned', 'withdrawn')), content TEXT NOT NULL, checksum TEXT NOT NULL,"
    " program TEXT NOT NULL, options TEXT NOT NULL, study_sha256 TEXT NOT NULL, date TEXT NOT NULL,"
    " min_n REAL NOT NULL, row_count INTEGER NOT NULL, UNIQUE (study, period, number)) STRICT;"
    "CREATE TABLE input(release INTEGER NOT NULL REFERENCES release, position INTEGER NOT NULL,"
    " path TEXT NOT NULL, sha256 TEXT NOT NULL, bytes INTEGER NOT NULL, row_count INTEGER NOT NULL,"
    " PRIMARY KEY (release, position)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE word(release INTEGER NOT NULL REFERENCES release, item INTEGER NOT NULL,"
    " position INTEGER NOT NULL, id TEXT NOT NULL, en TEXT NOT NULL, fr TEXT NOT NULL,"
    " unit TEXT NOT NULL, definition TEXT NOT NULL, PRIMARY KEY (release, item, position))"
    " STRICT, WITHOUT ROWID;"
    "CREATE TABLE region(release INTEGER NOT NULL REFERENCES release, position INTEGER NOT NULL,"
    " id TEXT NOT NULL, PRIMARY KEY (release, position)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE estimate(release INTEGER NOT NULL REFERENCES release, position INTEGER NOT NULL,"
    " indicator TEXT NOT NULL, item TEXT NOT NULL, region TEXT NOT NULL, period TEXT NOT NULL,"
    " by TEXT NOT NULL, level TEXT NOT NULL, unit TEXT NOT NULL, status TEXT NOT NULL,"
    " symbol TEXT NOT NULL, reason TEXT NOT NULL, value REAL, se REAL, ci_low REAL, ci_high REAL,"
    " df REAL, n REAL, weighted_n REAL, effective_n REAL, deff REAL, numerator REAL,"
    " denominator REAL, decimals INTEGER NOT NULL, PRIMARY KEY (release, position))"
    " STRICT, WITHOUT ROWID;"
#define KEPT(table)                                         \
    "CREATE TRIGGER keep_" table " BEFORE DELETE ON " table \
    " BEGIN SELECT RAISE(ABORT, 'the history is append-only'); END;"
#define FIXED(table)                                       \
    KEPT(table)                                            \
    "CREATE TRIGGER fix_" table " BEFORE UPDATE ON " table \
    " BEGIN SELECT RAISE(ABORT, 'the history is append-only'); END;"
    KEPT("release") FIXED("input") FIXED("word") FIXED("region")
        FIXED("estimate") "CREATE TRIGGER fix_release BEFORE UPDATE OF id, study, period, number, "
                          "content, checksum,"
                          " program, options, study_sha256, date, min_n, row_count ON release"
                          " BEGIN SELECT RAISE(ABORT, 'the history is append-only'); END;"
                          "CREATE TRIGGER way_of_release BEFORE UPDATE OF state ON release WHEN "
                          "NOT (OLD.state = NEW.state"
                          " OR (OLD.state = 'draft' AND NEW.state IN ('pending', 'withdrawn'))"
                          " OR (OLD.state = 'pending' AND NEW.state IN ('published', 'abandoned', "
                          "'withdrawn'))"
                          " OR (OLD.state = 'published' AND NEW.state = 'withdrawn'))"
                          " BEGIN SELECT RAISE(ABORT, 'no way from this state to that'); END;",
    // 2: estimates in one compressed piece (store/sheet.h); releases of before keep their rows
    "CREATE TABLE sheet(release INTEGER PRIMARY KEY REFERENCES release, bytes BLOB NOT NULL)"
    " STRICT;" FIXED("sheet"),
};
enum { VERSION = sizeof migrations / sizeof *migrations };

// ---- soundness

static struct where place(const struct history *h)
{
    return (struct where){h->path, 0, 0};
}

static enum status check_integrity(struct history *h, struct diags *d)
{
    struct query q;
    query_open(&q, &h->sql, "PRAGMA integrity_check", d);
    if (query_row(&q) && !str_is(query_str(&q, 0), "ok"))
        q.status = diag(d, E0831, place(h), "is damaged: %s", diag_quote(d, query_str(&q, 0)));
    return query_end(&q);
}

static enum status read_schema(struct sql *sql, struct buf *out, struct diags *d)
{
    struct query q;
    query_open(&q, sql, "SELECT type, name, sql FROM sqlite_schema ORDER BY type, name", d);
    while (query_row(&q))
        for (int i = 0; i < 3; i++) {
            buf_str(out, query_str(&q, i));
            buf_char(out, '\n');
        }
    return query_end(&q);
}

static enum status migrate(struct sql *sql, int from, struct diags *d)
{
    for (int i = from; i < VERSION; i++)
        TRY(sql_run(sql, migrations[i], d));
    return OK;
}

// Tables and triggers must be ours, to the letter: a trigger that lost a word protects nothing.
static enum status check_schema(struct history *h, struct diags *d)
{
    struct sql model;
    struct buf ours = {0}, theirs = {0};
    TRY(sql_open(&model, ":memory:", true, d));
    enum status status = migrate(&model, 0, d);
    if (!status)
        status = read_schema(&model, &ours, d);
    if (!status)
        status = read_schema(&h->sql, &theirs, d);
    if (!status && !str_same(buf_view(&ours), buf_view(&theirs)))
        status = diag(d, E0831, place(h), "its tables are not those of a history");
    buf_free(&ours);
    buf_free(&theirs);
    sql_close(&model);
    return status;
}

static enum status check_checksums(struct history *h, struct diags *d)
{
    struct releases all;
    char hex[SHA256_HEX];
    enum status status = history_list(h, &all, d);
    for (size_t i = 0; i < all.list.len && !status; i++) {
        const struct release *r = &all.list.at[i];
        status = history_checksum(h, r, hex, d);
        if (!status && strcmp(hex, r->checksum) != 0)
            status =
                diag(d, E0831, place(h), "release %lld is not what was stored", (long long)r->id);
    }
    vec_free(&all.list);
    return status;
}

static enum status upgrade(struct history *h, int version, struct diags *d)
{
    char pragma[80];
    snprintf(pragma, sizeof pragma, "PRAGMA application_id = %d; PRAGMA user_version = %d",
             (int)APPLICATION, (int)VERSION);
    TRY(sql_run(&h->sql, "BEGIN IMMEDIATE", d));
    TRY(migrate(&h->sql, version, d));
    TRY(sql_run(&h->sql, pragma, d));
    return sql_run(&h->sql, "COMMIT", d);
}

static enum status check_file(struct history *h, struct diags *d)
{
    TRY(check_integrity(h, d)); // first of all: says when the file is no database
    int64_t application = sql_number_of(&h->sql, "PRAGMA application_id"),
            version = sql_number_of(&h->sql, "PRAGMA user_version"),
            tables = sql_number_of(&h->sql, "SELECT count(*) FROM sqlite_schema");
    bool fresh = application == 0 && version == 0 && tables == 0;
    if (!fresh && application != APPLICATION)
        return diag(d, E0831, place(h), "is a database, but not a history of etalon");
    if (version > VERSION)
        return diag(d, E0832, place(h), "was written by a newer etalon (version %lld, known: %d)",
                    (long long)version, VERSION);
    if (version < VERSION)
        TRY(upgrade(h, (int)version, d));
    TRY(check_schema(h, d));
    return check_checksums(h, d);
}

static enum status open_checked(struct history *h, bool create, struct diags *d)
{
    TRY(sql_open(&h->sql, h->path, create, d));
    TRY(sql_run(&h->sql,
                "PRAGMA journal_mode = DELETE; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;"
                "PRAGMA trusted_schema = OFF",
                d));
    return check_file(h, d);
}

enum status history_open(struct history *h, const char *path, bool must_exist, struct diags *d)
{
    struct stat info;
    *h = (struct history){0};
    h->path = arena_text(&h->arena, path);
    if (stat(path, &info) != 0 && errno == ENOENT)
        return must_exist ? diag(d, E0201, place(h), "cannot open: %s", strerror(errno)) : OK;
    if (stat(path, &info) == 0 && !S_ISREG(info.st_mode))
        return diag(d, E0210, place(h), "is not a regular file");
    return open_checked(h, false, d);
}

enum status history_create(struct history *h, struct diags *d)
{
    return h->sql.db ? OK : open_checked(h, true, d);
}

void history_close(struct history *h)
{
    if (h->sql.db)
        sql_close(&h->sql);
    arena_free(&h->arena);
    *h = (struct history){0};
}
