// SPDX-License-Identifier: GPL-3.0-or-later
// etalon history: what was released, and taking a release back.
#include "engine/base/json.h"
#include "engine/cli/options.h"
#include "engine/store/history.h"

typedef enum status action_fn(struct history *h, const struct options *o, struct buf *out,
                              struct diags *d);

static const char *release_id(const struct options *o)
{
    return o->arguments.at[2];
}

static void json_release(struct json *j, const struct release *r)
{
    json_open(j, '{', false);
    json_key_int(j, "id", r->id);
    json_key_text(j, "study", r->study);
    json_key_text(j, "period", r->period);
    json_key_int(j, "release", r->number);
    json_key_text(j, "state", r->state);
    json_key_text(j, "date", r->date);
    json_key_text(j, "program", r->program);
    json_key_text(j, "options", r->options);
    json_key_int(j, "estimates", r->rows);
    json_key_text(j, "content", r->content);
    json_key_text(j, "study_sha256", r->study_sha256);
    json_key_text(j, "checksum", r->checksum);
    json_close(j, '}');
}

static enum status list(struct history *h, const struct options *o, struct buf *out,
                        struct diags *d)
{
    struct releases all;
    struct json j;
    enum status status = history_list(h, &all, d);
    json_start(&j, out);
    if (o->json)
        json_open(&j, '[', false);
    else
        buf_print(out, "%4s  %-20s %-12s %7s  %-9s  %-10s %9s  %s\n", "id", "study", "period",
                  "release", "state", "date", "estimates", "program");
    for (size_t i = 0; i < all.list.len; i++) {
        const struct release *r = &all.list.at[i];
        if (o->json)
            json_release(&j, r);
        else
            buf_print(out, "%4lld  %-20s %-12s %7lld  %-9s  %-10s %9lld  %s\n", (long long)r->id,
                      r->study, r->period, (long long)r->number, r->state, r->date,
                      (long long)r->rows, r->program);
    }
    if (o->json)
        json_close(&j, ']');
    vec_free(&all.list);
    return status;
}

static enum status show(struct history *h, const struct options *o, struct buf *out,
                        struct diags *d)
{
    struct release r;
    struct json j;
    TRY(history_find(h, release_id(o), &r, d));
    json_start(&j, out);
    json_release(&j, &r);
    return OK;
}

static enum status export(struct history *h, const struct options *o, struct buf *out,
                          struct diags *d) {
    struct release r; TRY(history_find(h, release_id(o), &r, d));
    return history_export(h, &r, out, d);
}

// Opening has checked everything already.
static enum status verify(struct history *h, const struct options *o, struct buf *out,
                          struct diags *d)
{
    struct releases all;
    enum status status = history_list(h, &all, d);
    if (!status && !o->quiet)
        buf_print(out, "%s: %zu releases, all as they were stored\n", h->path, all.list.len);
    vec_free(&all.list);
    return status;
}

static enum status withdraw(struct history *h, const struct options *o, struct buf *out,
                            struct diags *d)
{
    struct release r;
    TRY(history_find(h, release_id(o), &r, d));
    if (strcmp(r.state, "withdrawn") == 0 || strcmp(r.state, "abandoned") == 0)
        return diag(d, E0836, (struct where){h->path, 0, 0}, "release %lld is %s already",
                    (long long)r.id, r.state);
    TRY(history_state(h, r.id, "withdrawn", d));
    if (!o->quiet)
        buf_print(out, "release %lld is withdrawn\n", (long long)r.id);
    return OK;
}

static const struct {
    const char *name;
    size_t arguments;
    action_fn *act;
} actions[] = {
    {"list", 2, list},     {"show", 3, show},         {"export", 3, export},
    {"verify", 2, verify}, {"withdraw", 3, withdraw},
};
enum { ACTIONS = sizeof actions / sizeof *actions };

static enum status unknown(const char *word, struct diags *d)
{
    const char *names[ACTIONS];
    for (size_t i = 0; i < ACTIONS; i++)
        names[i] = actions[i].name;
    enum status status = diag(d, E0703, (struct where){0}, "'etalon history' cannot %s",
                              diag_quote(d, str_of(word)));
    const char *near = str_nearest(word, names, ACTIONS);
    if (near)
        diag_help(d, "did you mean '%s'?", near);
    else
        diag_help(d, "it can: list, show ID, export ID, verify, withdraw ID");
    return status;
}

static enum status find_action(const struct options *o, size_t *which, struct diags *d)
{
    const char *word = o->arguments.len > 1 ? o->arguments.at[1] : "list";
    for (*which = 0; *which < ACTIONS; ++*which)
        if (strcmp(actions[*which].name, word) == 0)
            break;
    if (*which == ACTIONS)
        return unknown(word, d);
    size_t given = o->arguments.len > 1 ? o->arguments.len : 2;
    if (given == actions[*which].arguments)
        return OK;
    return diag(d, E0703, (struct where){0}, "'etalon history FILE %s' takes %s", word,
                actions[*which].arguments == 3 ? "the id of a release" : "nothing more");
}

enum status command_history(const struct options *o, struct diags *d)
{
    struct history h = {0};
    struct buf out = {0};
    size_t which;
    enum status status = find_action(o, &which, d);
    if (!status)
        status = history_open(&h, o->arguments.at[0], true, d);
    if (!status)
        status = actions[which].act(&h, o, &out, d);
    if (!status && out.len)
        fwrite(out.ptr, 1, out.len, stdout);
    buf_free(&out);
    history_close(&h);
    return status;
}
