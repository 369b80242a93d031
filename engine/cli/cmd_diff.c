// SPDX-License-Identifier: GPL-3.0-or-later
// etalon diff: what changed between two snapshots, and whether it passes the gates.
#include "engine/cli/gates.h"

enum { MOST_ROWS = 100 }; // of each kind, for people

static void show(const struct diff *f, const struct options *o)
{
    struct buf out = {0};
    struct json j;
    json_start(&j, &out);
    if (o->json)
        diff_json(&j, f);
    else if (o->markdown)
        diff_markdown(&out, f, MOST_ROWS);
    else
        diff_text(&out, f, MOST_ROWS);
    fwrite(out.ptr, 1, out.len, stdout);
    buf_free(&out);
}

static enum status act(const struct options *o, struct gate *gate, struct snapshot *old,
                       struct snapshot *new, struct diags *d)
{
    struct diff f;
    TRY(gates_open(gate, o, d));
    TRY(snapshot_read(old, o->arguments.at[0], d));
    TRY(snapshot_read(new, o->arguments.at[1], d));
    if (strcmp(old->study, new->study) != 0)
        diag(d, E0813, (struct where){new->path, 0, 0}, "the studies differ: %s and %s",
             diag_quote(d, str_of(old->study)), diag_quote(d, str_of(new->study)));
    diff_make(&f, old, new);
    if (!o->quiet || o->json || o->markdown)
        show(&f, o);
    enum status status = gates_judge(gate, o, new, &f, d);
    diff_free(&f);
    return status;
}

enum status command_diff(const struct options *o, struct diags *d)
{
    struct gate gate = {0};
    struct snapshot old = {.fd = -1}, new = {.fd = -1};
    enum status status = act(o, &gate, &old, &new, d);
    snapshot_free(&old);
    snapshot_free(&new);
    gate_free(&gate);
    return status;
}
