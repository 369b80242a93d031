// SPDX-License-Identifier: GPL-3.0-or-later
// Weights brought to known totals, and the residuals that carry this into every variance
// (statistics.md 10; Deville and Särndal 1992).
#include "engine/run/frame_parts.h"

#include <math.h>

// The id of a region by its number while reading.
static const char *region_key(const struct places *p, uint16_t region, struct buf *spare)
{
    if (p->study->has_regions)
        return p->study->regions[region].id;
    buf_clear(spare);
    buf_str(spare, p->found.keys.at[region]);
    return spare->ptr ? spare->ptr : "";
}

// The text of a row for a margin: "level", or "region, level" where margins are regional.
static struct str row_level(const struct intake *in, const struct margin *m, size_t row,
                            const struct places *places, struct buf *key)
{
    const struct frame *f = in->frame;
    struct buf spare = {0};
    const char *region =
        f->region[row] == REGION_TOTAL ? "" : region_key(places, f->region[row], &spare);
    buf_clear(key);
    if (in->margins.regional && !m->region) {
        buf_text(key, region);
        buf_char(key, '\x1f');
    }
    if (m->region)
        buf_text(key, region);
    else if (m->column && m->column->coded)
        buf_str(key, m->column->codes.keys.at[m->column->code[row]]);
    buf_free(&spare);
    return buf_view(key);
}

static enum status blank(const struct intake *in, const struct margin *m, size_t count,
                         struct diags *d)
{
    return diag(d, E0406, in->frame->survey->calibrate.where,
                "survey %s, margin %s: no value in %zu of %zu used rows", in->frame->survey->in.id,
                m->variable, count, in->frame->rows);
}

static enum status check_blank(const struct intake *in, const struct margin *m, struct diags *d)
{
    size_t count = 0;
    for (size_t i = 0; m->column && i < in->frame->rows; i++)
        count += m->column->why[i] != VALID;
    return count ? blank(in, m, count, d) : OK;
}

static enum status level_margin(struct intake *in, struct margin *m, struct calibrate_margin *out,
                                const struct frame_run *run)
{
    struct frame *f = in->frame;
    uint32_t *level = NEWS(&f->arena, f->rows + 1, uint32_t);
    double *total = NEWS(&f->arena, m->totals.len + 1, double);
    struct buf key = {0};
    enum status status = check_blank(in, m, run->diags);
    for (size_t i = 0; !status && i < f->rows; i++) {
        struct str text = row_level(in, m, i, run->places, &key);
        int at = dict_find(&m->levels, text);
        if (at < 0)
            status =
                diag(run->diags, E0406, f->survey->calibrate.where,
                     "survey %s, margin %s: level %s stands in the sample and not in the margins",
                     f->survey->in.id, m->variable, diag_quote(run->diags, text));
        level[i] = at < 0 ? 0 : (uint32_t)at;
    }
    buf_free(&key);
    for (size_t k = 0; k < m->totals.len; k++)
        total[k] = m->totals.at[k];
    *out = (struct calibrate_margin){m->totals.len, level, total};
    return status;
}

// The total of a column; regional totals count the column in their region only.
static enum status number_margin(struct intake *in, struct margin *m, struct calibrate_number *out,
                                 const struct frame_run *run)
{
    struct frame *f = in->frame;
    TRY(check_blank(in, m, run->diags));
    for (size_t k = 0; k < m->totals.len; k++) {
        double *value = NEWS(&f->arena, f->rows + 1, double);
        struct str key = m->levels.keys.at[k];
        const char *cut = memchr(key.ptr, '\x1f', key.len);
        struct str region = {key.ptr, cut ? (size_t)(cut - key.ptr) : 0};
        struct buf spare = {0};
        for (size_t i = 0; i < f->rows; i++) {
            bool here =
                !region.len || (f->region[i] != REGION_TOTAL &&
                                str_is(region, region_key(run->places, f->region[i], &spare)));
            value[i] = here ? column_value(m->column, i) : 0;
        }
        buf_free(&spare);
        out[k] = (struct calibrate_number){value, m->totals.at[k]};
    }
    return OK;
}

static enum status make_plan(struct intake *in, const struct frame_run *run)
{
    struct frame *f = in->frame;
    const struct calibrate *c = &f->survey->calibrate;
    size_t count = in->margins.list.len, numbers = 0;
    for (size_t i = 0; i < count; i++)
        numbers += in->margins.list.at[i].numeric ? in->margins.list.at[i].totals.len : 0;
    struct calibrate_margin *margins = NEWS(&f->arena, count + 1, struct calibrate_margin);
    struct calibrate_number *values = NEWS(&f->arena, numbers + 1, struct calibrate_number);
    f->initial = f->w;
    f->plan =
        (struct calibrate_plan){.kind = (enum calibration)(c->method - CALIBRATE_POSTSTRATIFY),
                                .rows = f->rows,
                                .design = f->initial,
                                .margins = margins,
                                .numbers = values,
                                .low = isnan(c->low) ? 0 : c->low,
                                .high = isnan(c->high) ? 0 : c->high,
                                .trim = isnan(c->trim) ? 0 : c->trim,
                                .iterations = (size_t)(c->iterations > 0 ? c->iterations : 0),
                                .tolerance = isnan(c->tolerance) ? 0 : c->tolerance};
    for (size_t i = 0; i < count; i++) {
        struct margin *m = &in->margins.list.at[i];
        if (m->numeric) {
            TRY(number_margin(in, m, &values[f->plan.number_count], run));
            f->plan.number_count += m->totals.len;
        } else {
            TRY(level_margin(in, m, &margins[f->plan.margin_count++], run));
        }
    }
    return OK;
}

static const char *const faults[] = {
    [CALIBRATE_OK] = "",
    [CALIBRATE_NO_ROWS] = "no row with a weight above 0, or no margin",
    [CALIBRATE_KIND] =
        ("the method does not take these margins: poststratify takes one, rake takes no "
         "numbers, logit needs bounds"),
    [CALIBRATE_DISAGREE] = "its grand total is not that of the first margin",
    [CALIBRATE_LEVEL_EMPTY] = "a level with a count above 0 has nobody in the sample",
    [CALIBRATE_LEVEL_NULL] = "a level of the sample has a count of 0",
    [CALIBRATE_BAD_NUMBER] = "a weight, value or count is negative or not a number",
    [CALIBRATE_NEGATIVE] = "linear calibration without bounds gives negative weights",
    [CALIBRATE_BOUNDS] = "the margins cannot be met within the bounds",
    [CALIBRATE_NO_END] = "not converged",
    [CALIBRATE_TRIM] = "the margins cannot be met under the cap on weights",
};

// Margins and numbers in the order of the plan.
static const struct margin *faulty(const struct intake *in, size_t at)
{
    size_t margins = in->frame->plan.margin_count, level = 0, number = 0;
    for (size_t i = 0; i < in->margins.list.len; i++) {
        const struct margin *m = &in->margins.list.at[i];
        if (m->numeric ? at >= margins + number && at < margins + number + m->totals.len
                       : at == level)
            return m;
        number += m->numeric ? m->totals.len : 0;
        level += !m->numeric;
    }
    return NULL;
}

static enum status say_fault(const struct intake *in, struct diags *d)
{
    const struct frame *f = in->frame;
    const struct calibrate_result *r = &f->calibration;
    const struct margin *m = faulty(in, r->margin);
    struct str level = m && !m->numeric && r->level < m->levels.keys.len
                           ? m->levels.keys.at[r->level]
                           : (struct str){0};
    return diag(d, E0406, f->survey->calibrate.where,
                "survey %s: %s (margin %s, level %s, largest misfit %.3g after %zu rounds)",
                f->survey->in.id, faults[r->fault], m ? m->variable : "?",
                level.len ? diag_quote(d, level) : "-", r->misfit, r->iterations);
}

// u (score over final weight, per row) becomes its residual on the calibration variables.
static void project(const void *context, double *u)
{
    const struct frame *f = context;
    long double *wide = mem_new(f->rows + 1, sizeof *wide);
    for (size_t i = 0; i < f->rows; i++)
        wide[i] = u[i];
    calibrate_residuals(&f->basis, wide);
    for (size_t i = 0; i < f->rows; i++)
        u[i] = (double)wide[i];
    mem_free(wide);
}

enum status frame_calibrate(struct intake *in, const struct frame_run *run)
{
    struct frame *f = in->frame;
    TRY(make_plan(in, run));
    f->w = NEWS(&f->arena, f->rows + 1, double);
    f->calibration = calibrate_weights(&f->plan, f->w);
    if (f->calibration.fault != CALIBRATE_OK)
        return say_fault(in, run->diags);
    f->weight_unit = column_of_doubles(f->weight, f->w, f->rows);
    f->weight_scale = 0;
    f->weighted = true;
    calibrate_basis_start(&f->basis, &f->plan);
    f->residual = (struct residual){.project = project, .context = f};
    f->residuals = &f->residual;
    return OK;
}
