// SPDX-License-Identifier: GPL-3.0-or-later
// A diff for people (text, Markdown) and for machines (JSON).
#include "engine/store/diff.h"

#include "engine/base/utf8.h"
#include "engine/report/escape.h"

#include <math.h>

static const char *const headings[CHANGE_KINDS] = {
    "appeared", "gone", "changed", "changed in status only or withheld", "changed in unit"};

static void put_str(struct buf *out, struct str s)
{
    utf8_escape(out, s, false);
}

// ---- pieces that text and Markdown share

static void put_number(struct buf *out, double value, int decimals, bool sign)
{
    if (isnan(value))
        buf_text(out, "-");
    else
        buf_print(out, sign ? "%+.*f" : "%.*f", decimals, value);
}

static const char *size_words[] = {"", " (within its uncertainty)", " (beyond its uncertainty)",
                                   " (a complete record)"};

static void put_change(struct buf *out, const struct change *c)
{
    if (c->kind == CHANGE_VALUE || c->kind == CHANGE_UNIT || c->kind == CHANGE_STATUS) {
        put_number(out, c->before, c->decimals, false);
        buf_text(out, " -> ");
        put_number(out, c->after, c->decimals, false);
    } else {
        put_number(out, c->new ? c->after : c->before, c->decimals, false);
    }
    if (c->kind == CHANGE_VALUE) {
        buf_text(out, ", ");
        put_number(out, c->by, c->decimals, true);
        buf_text(out, size_words[c->size]);
    }
    if (c->kind == CHANGE_STATUS) {
        buf_text(out, ", ");
        put_str(out, c->old->status);
        buf_text(out, " -> ");
        put_str(out, c->new->status);
    }
    if (c->kind == CHANGE_UNIT) {
        buf_text(out, ", ");
        put_str(out, snapshot_field(c->old, "unit"));
        buf_text(out, " -> ");
        put_str(out, snapshot_field(c->new, "unit"));
    }
    if (c->redefined)
        buf_text(out, ", definition changed");
}

static const struct str *change_key(const struct change *c)
{
    return c->new ? c->new->key : c->old->key;
}

static void put_word(struct buf *out, const struct word_diff *w)
{
    const struct snapshot_word *any = w->new ? w->new : w->old;
    buf_text(out, w->item ? "item " : "indicator ");
    put_str(out, str_of(any->id));
    buf_print(out, ": %s", word_change_ids[w->change]);
    if (w->change == WORD_LABEL || w->change == WORD_UNIT) {
        bool label = w->change == WORD_LABEL;
        buf_text(out, " \"");
        put_str(out, str_of(label ? w->old->label.in[LANG_EN] : w->old->unit));
        buf_text(out, "\" -> \"");
        put_str(out, str_of(label ? w->new->label.in[LANG_EN] : w->new->unit));
        buf_text(out, "\"");
    }
}

static void put_summary(struct buf *out, const struct diff *f)
{
    buf_print(out,
              "%zu rows as before, %zu changed (%zu beyond their uncertainty), %zu changed in "
              "status, %zu in unit, %zu appeared, %zu gone; %zu changes of meaning",
              f->same, f->counts[CHANGE_VALUE], f->beyond, f->counts[CHANGE_STATUS],
              f->counts[CHANGE_UNIT], f->counts[CHANGE_APPEARED], f->counts[CHANGE_GONE],
              f->words.len);
}

static void put_rest(struct buf *out, size_t count, size_t most, const char *lead)
{
    if (count > most)
        buf_print(out, "%sand %zu more (--json lists all)\n", lead, count - most);
}

// ---- text

void diff_text(struct buf *out, const struct diff *f, size_t most)
{
    if (f->next_period) {
        put_str(out, str_of(f->old->period));
        buf_text(out, " -> ");
        put_str(out, str_of(f->new->period));
        buf_text(out, ": ");
    }
    put_summary(out, f);
    buf_char(out, '\n');
    for (size_t i = 0; i < f->words.len && i < most; i++) {
        buf_text(out, "  ");
        put_word(out, &f->words.at[i]);
        buf_char(out, '\n');
    }
    put_rest(out, f->words.len, most, "  ");
    struct arena names = {0};
    for (int kind = 0; kind < CHANGE_KINDS; kind++) {
        size_t shown = 0;
        if (f->counts[kind])
            buf_print(out, "\n%s\n", headings[kind]);
        for (size_t i = 0; i < f->changes.len && shown < most; i++) {
            const struct change *c = &f->changes.at[i];
            if ((int)c->kind != kind)
                continue;
            buf_text(out, "  ");
            put_str(out, str_of(snapshot_name(&names, change_key(c))));
            buf_text(out, ": ");
            put_change(out, c);
            buf_char(out, '\n');
            shown++;
        }
        put_rest(out, f->counts[kind], most, "  ");
    }
    arena_free(&names);
}

// ---- Markdown

static void md_cell(struct buf *out, struct str text)
{
    buf_text(out, "| ");
    escape_markdown(out, text);
    buf_char(out, ' ');
}

static void md_section(struct buf *out, const struct diff *f, int kind, size_t most)
{
    struct buf cell = {0};
    size_t shown = 0;
    buf_print(out, "\n### %zu %s\n\n", f->counts[kind], headings[kind]);
    buf_text(out, "| indicator | item | region | period | by | level | change |\n"
                  "|---|---|---|---|---|---|---|\n");
    for (size_t i = 0; i < f->changes.len && shown < most; i++) {
        const struct change *c = &f->changes.at[i];
        if ((int)c->kind != kind)
            continue;
        for (int k = 0; k < SNAPSHOT_KEYS; k++)
            md_cell(out, change_key(c)[k]);
        buf_clear(&cell);
        put_change(&cell, c);
        md_cell(out, buf_view(&cell));
        buf_text(out, "|\n");
        shown++;
    }
    buf_free(&cell);
    put_rest(out, f->counts[kind], most, "\n");
}

void diff_markdown(struct buf *out, const struct diff *f, size_t most)
{
    struct buf line = {0};
    put_summary(&line, f);
    buf_text(out, "## ");
    escape_markdown(out, str_of(f->new->study));
    buf_text(out, ": ");
    escape_markdown(out, str_of(f->old->period));
    buf_text(out, " → ");
    escape_markdown(out, str_of(f->new->period));
    buf_print(out, "\n\n%s\n", line.ptr);
    if (f->words.len)
        buf_text(out, "\n### Changes of meaning\n\n");
    for (size_t i = 0; i < f->words.len && i < most; i++) {
        buf_clear(&line);
        put_word(&line, &f->words.at[i]);
        buf_text(out, "- ");
        escape_markdown(out, buf_view(&line));
        buf_char(out, '\n');
    }
    put_rest(out, f->words.len, most, "- ");
    for (int kind = 0; kind < CHANGE_KINDS; kind++)
        if (f->counts[kind])
            md_section(out, f, kind, most);
    buf_free(&line);
}

// ---- JSON

static void json_key_str(struct json *j, const char *key, struct str text)
{
    if (!text.len)
        return;
    json_key(j, key);
    json_str(j, text);
}

static void json_key_known(struct json *j, const char *key, double value)
{
    if (!isnan(value))
        json_key_number(j, key, value);
}

static void json_change(struct json *j, const struct change *c)
{
    json_open(j, '{', true);
    json_key_text(j, "change", change_ids[c->kind]);
    for (int k = 0; k < SNAPSHOT_KEYS; k++)
        json_key_str(j, snapshot_key_names[k], change_key(c)[k]);
    json_key_known(j, "before", c->before);
    json_key_known(j, "after", c->after);
    json_key_known(j, "difference", c->by);
    json_key_str(j, "size", str_of(change_size_ids[c->size]));
    if (c->old)
        json_key_str(j, "status_before", c->old->status);
    if (c->new)
        json_key_str(j, "status_after", c->new->status);
    json_key_str(j, "unit", snapshot_field(c->new ? c->new : c->old, "unit"));
    if (c->redefined) {
        json_key(j, "redefined");
        json_bool(j, true);
    }
    json_close(j, '}');
}

static void json_word(struct json *j, const struct word_diff *w)
{
    json_open(j, '{', true);
    json_key_text(j, "kind", w->item ? "item" : "indicator");
    json_key_text(j, "id", (w->new ? w->new : w->old)->id);
    json_key_text(j, "change", word_change_ids[w->change]);
    json_close(j, '}');
}

static void json_side(struct json *j, const char *key, const struct snapshot *s)
{
    json_key(j, key);
    json_open(j, '{', true);
    json_key_text(j, "study", s->study);
    json_key_text(j, "period", s->period);
    json_key_text(j, "version", s->version);
    json_key_int(j, "estimates", (int64_t)s->estimates.len);
    json_close(j, '}');
}

void diff_json(struct json *j, const struct diff *f)
{
    json_open(j, '{', false);
    json_side(j, "old", f->old);
    json_side(j, "new", f->new);
    json_key(j, "counts");
    json_open(j, '{', true);
    json_key_int(j, "same", (int64_t)f->same);
    for (int kind = 0; kind < CHANGE_KINDS; kind++)
        json_key_int(j, change_ids[kind], (int64_t)f->counts[kind]);
    json_key_int(j, "beyond_uncertainty", (int64_t)f->beyond);
    json_close(j, '}');
    json_key(j, "meaning");
    json_open(j, '[', false);
    for (size_t i = 0; i < f->words.len; i++)
        json_word(j, &f->words.at[i]);
    json_close(j, ']');
    json_key(j, "changes");
    json_open(j, '[', false);
    for (size_t i = 0; i < f->changes.len; i++)
        json_change(j, &f->changes.at[i]);
    json_close(j, ']');
    json_close(j, '}');
}
