// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/cli/releasing.h"

#include "engine/base/file.h"
#include "engine/cli/recall.h"

enum status releasing_open(struct releasing *l, const struct options *o, struct diags *d)
{
    *l = (struct releasing){.options = o, .now.fd = -1, .before.fd = -1};
    if (o->draft && !o->history)
        return diag(d, E0703, (struct where){0}, "--draft needs --history");
    TRY(gates_open(&l->gate, o, d));
    if (!o->history)
        return OK;
    TRY(history_open(&l->history, o->history, false, d));
    l->stamp = history_stamp(&l->history);
    return OK;
}

static enum status make_snapshot(struct releasing *l, const struct results *r, struct period period,
                                 const struct edition *e, struct diags *d)
{
    snapshot_free(&l->now);
    buf_clear(&l->text);
    write_snapshot(&l->text, r, period, e);
    return snapshot_parse(&l->now, "snapshot.json", buf_view(&l->text), d);
}

static bool is_released(const struct release *r)
{
    return strcmp(r->state, "published") == 0;
}

// The last release of this period that says something else; else, for gates, the last one of the
// study. `same_period` tells which it was.
static enum status find_before(struct releasing *l, bool *same_period, struct diags *d)
{
    struct releases all;
    struct release found = {0};
    char content[SHA256_HEX];
    *same_period = false;
    history_content(&l->now, content);
    enum status status = history_list(&l->history, &all, d);
    for (size_t i = 0; i < all.list.len && !status; i++) {
        const struct release *one = &all.list.at[i];
        bool same = strcmp(one->period, l->now.period) == 0;
        if (strcmp(one->study, l->now.study) != 0 || !is_released(one) || (*same_period && !same))
            continue;
        if (strcmp(one->content, content) == 0) {
            if (same)
                break; // this very release: what came before it counts
            continue;
        }
        found = *one;
        *same_period = same;
    }
    vec_free(&all.list);
    if (status || !found.id)
        return status;
    l->has_before = true;
    TRY(history_export(&l->history, &found, &l->before_text, d));
    return snapshot_parse(&l->before, "history", buf_view(&l->before_text), d);
}

static enum status judge(struct releasing *l, struct diags *d)
{
    struct diff f;
    if (!l->options->gate)
        return OK;
    if (l->has_before)
        diff_make(&f, &l->before, &l->now);
    enum status status = gates_judge(&l->gate, l->options, &l->now, l->has_before ? &f : NULL, d);
    if (l->has_before)
        diff_free(&f);
    if (status != FAIL_GATE)
        return status;
    l->gated = FAIL_GATE;
    return OK;
}

enum status releasing_check(struct releasing *l, struct results *r, struct period period,
                            const struct edition *e, struct diags *d)
{
    bool same_period = false;
    if (!l->options->history && !l->options->gate)
        return OK;
    if (l->options->history)
        TRY(recall_earlier(r, &l->history, period, d));
    TRY(make_snapshot(l, r, period, e, d));
    if (l->options->history) {
        TRY(find_before(l, &same_period, d));
        if (same_period) {
            release_revise(r, &l->before, d);
            TRY(make_snapshot(l, r, period, e, d));
        }
        if (!l->options->draft)
            TRY(release_disclose(r, &l->history, d));
    }
    return judge(l, d);
}

// ---- the pattern of the last release

struct pattern {
    struct dict *keys;
    struct period own, next; // of the release, and the one after it
    struct buf key;
};

// A row of the release's own period stands for the next one too: most of a pattern is about the
// quarter that is new.
static void see_pattern(void *context, const struct history_row *row)
{
    struct pattern *p = context;
    struct str key[SNAPSHOT_KEYS];
    struct period period;
    char text[PERIOD_TEXT];
    if (!str_is(row->text[ROW_STATUS], status_labels[EST_SECONDARY].id))
        return;
    memcpy(key, row->text, sizeof key);
    guard_key(&p->key, key);
    dict_add(p->keys, buf_view(&p->key));
    if (!period_read(key[KEY_OF_PERIOD], &period) || !period_same(period, p->own) ||
        !period_is(p->next))
        return;
    key[KEY_OF_PERIOD] = str_of(period_text(p->next, text));
    guard_key(&p->key, key);
    dict_add(p->keys, buf_view(&p->key));
}

enum status releasing_pattern(struct releasing *l, struct pipeline *p, struct diags *d)
{
    struct releases all;
    const struct release *last = NULL;
    if (!l->options->history)
        return OK;
    enum status status = history_list(&l->history, &all, d);
    for (size_t i = 0; i < all.list.len && !status; i++)
        if (strcmp(all.list.at[i].study, p->study.id) == 0 && is_released(&all.list.at[i]))
            last = &all.list.at[i];
    struct pattern pattern = {.keys = &p->withheld_before};
    if (last && period_read(str_of(last->period), &pattern.own)) {
        pattern.next = period_next(pattern.own);
        status = history_rows(&l->history, last->id, see_pattern, &pattern, d);
    }
    buf_free(&pattern.key);
    vec_free(&all.list);
    return status;
}

// ---- publication

static const char *options_text(struct arena *a, const struct edition *e)
{
    const char *text = "";
    for (size_t i = 0; i < e->setting_count; i++)
        text = arena_print(a, "%s%s%s=%s", text, *text ? " " : "", e->settings[i].name,
                           e->settings[i].value);
    return text;
}

static enum status append(struct releasing *l, const struct results *r, const struct edition *e,
                          struct diags *d)
{
    struct arena a = {0};
    size_t count = r->ledger ? r->ledger->files.len : 0;
    struct history_input *inputs = NEWS(&a, count + 1, struct history_input);
    for (size_t i = 0; i < count; i++) {
        const struct file_count *f = &r->ledger->files.at[i];
        inputs[i] = (struct history_input){f->name, f->sha256, (int64_t)f->bytes, (int64_t)f->read};
    }
    struct history_entry entry = {
        .program = e->program, .options = options_text(&a, e), .inputs = inputs, count};
    enum status status = history_add(&l->history, &l->now, &entry,
                                     l->options->draft ? "draft" : "pending", l->stamp, &l->id, d);
    arena_free(&a);
    return status;
}

enum status releasing_publish(struct releasing *l, struct outdir *out, const struct results *r,
                              const struct edition *e, struct diags *d)
{
    if (!l->options->history)
        return outdir_publish(out, d);
    TRY(append(l, r, e, d));
    enum status status = outdir_publish(out, d);
    if (l->options->draft)
        return status;
    enum status kept = history_settle(&l->history, l->id, status ? "abandoned" : "published", d);
    return status ? status : kept;
}

void releasing_close(struct releasing *l)
{
    snapshot_free(&l->now);
    snapshot_free(&l->before);
    buf_free(&l->text);
    buf_free(&l->before_text);
    gate_free(&l->gate);
    history_close(&l->history);
}
