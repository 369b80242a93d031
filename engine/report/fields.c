// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/report/fields.h"

#include "engine/base/num.h"
#include "engine/report/escape.h"

#include <math.h>

// ---- what each kind of result consists of

static void put_region(struct fields *f, const struct results *r, uint16_t region)
{
    f->text(f, "region", region == REGION_EMPTY ? "" : places_region_id(r->places, region));
}

static void put_period(struct fields *f, struct period p)
{
    char text[PERIOD_TEXT];
    f->text(f, "period", period_text(p, text));
}

// The symbols of a cell stand side by side: x F E, then p, then r.
static void put_symbol(struct fields *f, const struct estimate *e)
{
    char text[16] = "";
    const char *parts[] = {status_symbols[e->status], e->preliminary ? "p" : "",
                           e->revised ? "r" : ""};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (*text && *parts[i])
            strcat(text, " ");
        strcat(text, parts[i]);
    }
    f->text(f, "symbol", text);
}

void fields_estimate(struct fields *f, const struct results *r, const struct estimate *e)
{
    f->hidden =
        e->status == EST_SUPPRESSED || e->status == EST_SECONDARY || e->status == EST_UNRELIABLE;
    f->text(f, "indicator", e->indicator->label.id);
    f->text(f, "item", e->item);
    put_region(f, r, e->region);
    put_period(f, e->period);
    f->text(f, "by", e->by);
    f->text(f, "level", e->level);
    f->number(f, "value", e->value);
    f->number(f, "se", e->se);
    f->number(f, "ci_low", e->low);
    f->number(f, "ci_high", e->high);
    f->number(f, "df", e->df);
    f->number(f, "n", e->n);
    f->number(f, "weighted_n", e->weighted_n);
    f->number(f, "effective_n", e->effective_n);
    f->number(f, "deff", e->deff);
    f->number(f, "numerator", e->numerator);
    f->number(f, "denominator", e->denominator);
    f->text(f, "unit", e->unit);
    f->text(f, "status", status_labels[e->status].id);
    put_symbol(f, e);
    f->hidden = false;
    if (!f->whole)
        return;
    f->number(f, "decimals", e->decimals);
    f->text(f, "reason", e->reason);
}

void fields_comparison(struct fields *f, const struct results *r, const struct comparison *c)
{
    f->hidden = c->withheld;
    f->text(f, "indicator", c->indicator->label.id);
    f->text(f, "item", c->item);
    put_region(f, r, c->region);
    put_period(f, c->period);
    f->text(f, "by", c->by);
    f->text(f, "level", c->level);
    f->text(f, "kind", c->kind);
    f->text(f, "a", c->a);
    f->text(f, "b", c->b);
    f->number(f, "difference", c->difference);
    f->number(f, "se", c->se);
    f->number(f, "ci_low", c->low);
    f->number(f, "ci_high", c->high);
    f->number(f, "statistic", c->statistic);
    f->number(f, "df", c->df);
    f->number(f, "p", c->p);
    f->number(f, "p_adjusted", c->p_adjusted);
    f->text(f, "adjust", c->adjust);
    f->text(f, "method", c->method);
    f->number(f, "effect", c->effect);
    f->text(f, "effect_kind", c->effect_kind);
    f->flag(f, "significant", isfinite(c->p_adjusted) && !c->withheld, c->significant);
    f->hidden = false;
}

void fields_test(struct fields *f, const struct results *r, const struct test *t)
{
    f->text(f, "test", t->test);
    f->text(f, "item", t->item);
    put_region(f, r, t->region);
    if (t->point)
        f->text(f, "period", t->point);
    else
        put_period(f, t->period);
    f->text(f, "by", t->by);
    f->number(f, "statistic", t->statistic);
    f->number(f, "df1", t->df1);
    f->number(f, "df2", t->df2);
    f->number(f, "p", t->p);
    f->number(f, "n", t->n);
    f->text(f, "method", t->method);
}

void fields_driver(struct fields *f, const struct results *r, const struct driver *d)
{
    f->hidden = d->withheld;
    f->text(f, "survey", d->survey);
    put_region(f, r, d->region);
    put_period(f, d->period);
    f->text(f, "item", d->item);
    f->text(f, "driver", d->driver);
    f->number(f, "n", d->n);
    f->number(f, "r", d->r);
    f->number(f, "beta", d->beta);
    f->number(f, "se", d->se);
    f->number(f, "t", d->t);
    f->number(f, "p", d->p);
    f->number(f, "vif", d->vif);
    f->number(f, "lmg", d->lmg);
    f->number(f, "lmg_low", d->lmg_low);
    f->number(f, "lmg_high", d->lmg_high);
    f->number(f, "relative_weight", d->relative_weight);
    f->number(f, "stated_importance", d->stated_importance);
    f->number(f, "performance", d->performance);
    f->text(f, "quadrant", d->withheld ? "" : d->quadrant);
    f->number(f, "rank", d->rank);
    f->number(f, "r_squared", d->r_squared);
    f->hidden = false;
}

void fields_quality(struct fields *f, const struct quality_count *q)
{
    f->text(f, "input", q->input);
    f->text(f, "file", q->file);
    f->text(f, "column", q->column);
    f->text(f, "reason", q->reason);
    f->number(f, "count", (double)q->count);
    f->text(f, "role", q->role);
}

// ---- the ledger as counts

static void each_of_file(const struct ledger *l, size_t at, quality_visit *visit, void *context)
{
    const struct file_count *file = &l->files.at[at];
    struct quality_count q = {
        .input = file->input->id, .file = file->name, .column = "", .role = ""};
    const struct {
        const char *reason;
        uint64_t count;
        bool always;
    } rows[] = {
        {"read", file->read, true},
        {"used", file->used, true},
        {"rejected", file->rejected, true},
        {"filtered", file->filtered, false},
        {"zero_weight", file->zero_weight, false},
        {"blank_line", file->blank_lines, false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        q.reason = rows[i].reason, q.count = rows[i].count;
        if (q.count || rows[i].always)
            visit(context, &q);
    }
    for (size_t i = 0; i < REJECT_REASON_COUNT; i++) {
        q.reason = reject_labels[i].id, q.count = file->by_reason[i];
        if (q.count)
            visit(context, &q);
    }
}

static void each_of_column(const struct ledger *l, size_t at, quality_visit *visit, void *context)
{
    const struct column_count *column = &l->columns.at[at];
    const struct file_count *file = &l->files.at[column->file];
    struct quality_count q = {.input = file->input->id,
                              .file = file->name,
                              .column = column->column,
                              .role = column->role};
    for (size_t i = 0; i < MISSING_COUNT; i++) {
        q.reason = missing_labels[i].id, q.count = column->by[i];
        if (q.count || i == VALID)
            visit(context, &q);
    }
}

void quality_each(const struct ledger *l, quality_visit *visit, void *context)
{
    for (size_t i = 0; l && i < l->files.len; i++) {
        each_of_file(l, i, visit, context);
        for (size_t k = 0; k < l->columns.len; k++)
            if (l->columns.at[k].file == i)
                each_of_column(l, k, visit, context);
    }
}
