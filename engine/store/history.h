// SPDX-License-Identifier: GPL-3.0-or-later
// The history: every snapshot that was released, with what it rested on. Append-only; only the
// state of a release changes. What a release holds is what was published: no withheld number is in
// it.
#pragma once
#include "engine/store/history_row.h"
#include "engine/store/sql.h"

struct history {
    struct arena arena;
    const char *path;
    struct sql sql; // not open: there is no file yet
};

struct release {
    int64_t id, number; // number: 1, 2 … among those of the study and period
    const char *study, *period, *state, *content, *program, *options, *study_sha256, *date;
    const char *checksum;
    double min_n;
    int64_t rows;
};
struct releases {
    VEC(struct release) list; // by id; texts live with the history
};

struct history_input {
    const char *path, *sha256;
    int64_t bytes, rows;
};
struct history_entry { // what a release says beside its snapshot
    const char *program, *options;
    const struct history_input *inputs;
    size_t input_count;
};

// Opens and checks the file: SQLite's own integrity, our schema, the checksum of every release. A
// file that is not there is no error unless `must_exist`. E0201, E0831 (corrupt), E0832 (newer),
// E0833 (locked, FAIL_RETRY), E0834 (cannot be written).
MUST_CHECK enum status history_open(struct history *h, const char *path, bool must_exist,
                                    struct diags *d);
void history_close(struct history *h);
MUST_CHECK enum status history_list(struct history *h, struct releases *out, struct diags *d);
MUST_CHECK enum status history_find(struct history *h, const char *id, struct release *out,
                                    struct diags *d); // E0835
// The release as a snapshot (JSON).
MUST_CHECK enum status history_export(struct history *h, const struct release *r, struct buf *out,
                                      struct diags *d);
// Calls `each` for every estimate of a release, in their order.
MUST_CHECK enum status history_rows(struct history *h, int64_t release, history_row_visit *each,
                                    void *context, struct diags *d);
// Calls `each` for every estimate of a published or pending release of the study that shows its n.
typedef void history_visit(void *context, int64_t release, const struct str key[SNAPSHOT_KEYS],
                           double n);
MUST_CHECK enum status history_each_n(struct history *h, const char *study, history_visit *each,
                                      void *context, struct diags *d);

// One name for what a snapshot says, whatever its symbols.
void history_content(const struct snapshot *s, char hex[65]);
// A count that grows with every change of the file; 0 without one.
int64_t history_stamp(struct history *h);
// Appends the snapshot in this state (pending, draft), or finds the release with the same content
// and gives that its state. The file is made when it is not there. FAIL_RETRY when the stamp is no
// longer the one given: somebody released something in between.
MUST_CHECK enum status history_add(struct history *h, const struct snapshot *s,
                                   const struct history_entry *entry, const char *state,
                                   int64_t stamp, int64_t *id, struct diags *d);
// A pending release gets this state; any other stays as it is.
MUST_CHECK enum status history_settle(struct history *h, int64_t id, const char *state,
                                      struct diags *d);
MUST_CHECK enum status history_state(struct history *h, int64_t id, const char *state,
                                     struct diags *d); // E0836: no way from its state to that
