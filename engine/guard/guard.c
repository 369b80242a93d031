// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/guard/guard.h"

#include <math.h>

bool guard_about_people(const struct estimate *e)
{
    return e->from_survey || e->indicator->interval == INTERVAL_PROCESS;
}

static bool has_value(const struct estimate *e)
{
    return e->status == EST_OK || e->status == EST_CAUTION;
}

static void primary(struct estimate *e, const struct study *s)
{
    // also where there is no value: the base itself is a number of people
    if (guard_about_people(e) && isfinite(e->n) && e->n < s->min_n && e->n > 0) {
        e->status = EST_SUPPRESSED;
        return;
    }
    if (!has_value(e))
        return;
    enum estimate_status judged = guard_reliability(s->rule, e);
    if (judged == EST_UNRELIABLE || (judged == EST_CAUTION && e->status == EST_OK))
        e->status = judged;
}

// Nothing may be left to find: no number, and nothing computed from one.
static void withhold(struct estimate *e)
{
    e->value = e->se = e->low = e->high = e->df = e->n = e->weighted_n = NAN;
    e->effective_n = e->deff = e->numerator = e->denominator = e->sd = NAN;
    e->scores = NULL;
}

static bool is_withheld(enum estimate_status s)
{
    return s == EST_SUPPRESSED || s == EST_SECONDARY || s == EST_UNRELIABLE;
}

static bool is_confidential(enum estimate_status s)
{
    return s == EST_SUPPRESSED || s == EST_SECONDARY;
}

static void guard_comparisons(struct results *r)
{
    for (size_t i = 0; i < r->comparisons.len; i++) {
        struct comparison *c = &r->comparisons.at[i];
        size_t sides[] = {c->estimate_a, c->estimate_b};
        for (size_t k = 0; k < 2; k++) {
            if (sides[k] == SIZE_MAX)
                continue;
            enum estimate_status s = r->estimates.at[sides[k]].status;
            c->withheld = c->withheld || is_confidential(s);
            c->caution = c->caution || s == EST_UNRELIABLE || s == EST_CAUTION;
        }
        if (c->withheld)
            c->difference = c->se = c->low = c->high = c->statistic = c->df = c->p = c->p_adjusted =
                c->effect = c->detectable = NAN;
    }
}

static void guard_rest(struct results *r, double min_n)
{
    size_t kept = 0;
    for (size_t i = 0; i < r->tests.len; i++)
        if (!(r->tests.at[i].n < min_n))
            r->tests.at[kept++] = r->tests.at[i];
    r->tests.len = kept;
    for (size_t i = 0; i < r->drivers.len; i++) {
        struct driver *d = &r->drivers.at[i];
        if (!(d->n < min_n))
            continue;
        d->withheld = true;
        d->n = d->r = d->beta = d->se = d->t = d->p = d->vif = d->lmg = d->lmg_low = d->lmg_high =
            d->relative_weight = d->stated_importance = d->performance = d->rank = d->r_squared =
                NAN;
        d->quadrant = "";
    }
}

void guard_key(struct buf *out, const struct str key[6])
{
    buf_clear(out);
    for (int i = 0; i < 6; i++) {
        buf_str(out, key[i]);
        buf_char(out, '\x1f');
    }
}

void guard_apply(struct results *r, struct guard_report *report)
{
    guard_apply_like(r, report, NULL);
}

void guard_apply_like(struct results *r, struct guard_report *report, const struct dict *before)
{
    *report = (struct guard_report){0};
    for (size_t i = 0; i < r->estimates.len; i++)
        primary(&r->estimates.at[i], r->study);
    if (r->study->complementary)
        report->open_tables = guard_complement(r, before);
    for (size_t i = 0; i < r->estimates.len; i++) {
        struct estimate *e = &r->estimates.at[i];
        report->suppressed += e->status == EST_SUPPRESSED;
        report->secondary += e->status == EST_SECONDARY;
        report->unreliable += e->status == EST_UNRELIABLE;
        report->caution += e->status == EST_CAUTION;
        if (is_withheld(e->status))
            withhold(e);
    }
    guard_comparisons(r);
    guard_rest(r, r->study->min_n);
}
