// SPDX-License-Identifier: GPL-3.0-or-later
// etalon diff: what changed between two snapshots, and whether it passes the gates.
#include "engine/cli/gates.h"
#include "engine/run/work.h"

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

// The two files are read side by side; what is said of the old one comes first.
struct reading {
    const struct options *options;
    struct snapshot *snapshots[2];
    struct diags diags[2];
    enum status status[2];
};

static void read_one(void *context, int worker, size_t number)
{
    struct reading *r = context;
    (void)worker;
    r->status[number] =
        snapshot_read(r->snapshots[number], r->options->arguments.at[number], &r->diags[number]);
}

static enum status read_both(const struct options *o, struct snapshot *old, struct snapshot *new,
                             struct diags *d)
{
    struct reading r = {.options = o, .snapshots = {old, new}};
    enum status status = OK;
    work_each(2, 2, read_one, &r);
    for (int i = 0; i < 2; i++) {
        if (!status)
            diags_append(d, &r.diags[i]);
        if (!status)
            status = r.status[i];
        diags_free(&r.diags[i]);
    }
    return status;
}

static enum status act(const struct options *o, struct gate *gate, struct snapshot *old,
                       struct snapshot *new, struct diags *d)
{
    struct diff f;
    TRY(gates_open(gate, o, d));
    TRY(read_both(o, old, new, d));
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
