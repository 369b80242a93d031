// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/stats/design.h"

#include "engine/base/sort.h"

#include <math.h>

// A used row while units are numbered: its labels by rank, so that the order of rows does not
// matter.
struct place {
    uint32_t stratum, period, psu, ssu, row;
};

static uint64_t pair_key(uint32_t first, uint32_t second)
{
    return (uint64_t)first << 32 | second;
}

// By stratum, period, PSU, SSU; what agrees in all stays in the order of rows.
static void sort_places(struct place *places, size_t rows)
{
    struct keyed *list = mem_new(rows + 1, sizeof *list);
    struct place *sorted = mem_new(rows + 1, sizeof *sorted);
    for (size_t i = 0; i < rows; i++)
        list[i] = (struct keyed){pair_key(places[i].psu, places[i].ssu), i};
    sort_keyed(list, rows);
    for (size_t i = 0; i < rows; i++) {
        const struct place *p = &places[list[i].at];
        list[i].key = pair_key(p->stratum, p->period);
    }
    sort_keyed(list, rows);
    for (size_t i = 0; i < rows; i++)
        sorted[i] = places[list[i].at];
    memcpy(places, sorted, rows * sizeof *places);
    mem_free(sorted);
    mem_free(list);
}

static uint32_t *ranked(const uint32_t *numbers, const struct dict *names, size_t rows)
{
    uint32_t *out = mem_new(rows + 1, sizeof *out);
    uint32_t *ranks = names && numbers ? dict_ranks(names) : NULL;
    for (size_t i = 0; i < rows; i++)
        out[i] = ranks ? ranks[numbers[i]] : numbers ? numbers[i] : 0;
    mem_free(ranks);
    return out;
}

static bool same_psu(const struct place *a, const struct place *b)
{
    return a->stratum == b->stratum && a->psu == b->psu;
}

// Does a PSU occur in more than one period? `places` are sorted with period left at 0.
static bool psu_spans(const struct place *places, size_t rows, const uint32_t *period)
{
    for (size_t i = 1; i < rows; i++)
        if (same_psu(&places[i - 1], &places[i]) &&
            period[places[i - 1].row] != period[places[i].row])
            return true;
    return false;
}

static bool several_periods(const uint32_t *period, size_t rows)
{
    for (size_t i = 1; i < rows; i++)
        if (period[i] != period[0])
            return true;
    return false;
}

static struct place *sorted_places(struct design *d, const struct design_rows *in)
{
    struct place *places = mem_new(in->rows + 1, sizeof *places);
    uint32_t *stratum = ranked(in->stratum, in->stratum_names, in->rows);
    uint32_t *psu = ranked(in->psu, in->psu_names, in->rows);
    uint32_t *ssu = ranked(in->ssu, in->ssu_names, in->rows);
    for (size_t i = 0; i < in->rows; i++)
        places[i] =
            (struct place){stratum[i], 0, in->psu ? psu[i] : (uint32_t)i, ssu[i], (uint32_t)i};
    mem_free(stratum);
    mem_free(psu);
    mem_free(ssu);
    if (in->stratum || in->psu)
        sort_places(places, in->rows);
    if (!in->period || !several_periods(in->period, in->rows))
        return places;
    d->spans_period = in->psu && psu_spans(places, in->rows, in->period);
    d->by_period = !d->spans_period;
    if (d->by_period) {
        for (size_t i = 0; i < in->rows; i++)
            places[i].period = in->period[places[i].row];
        sort_places(places, in->rows);
    }
    return places;
}

// ---- numbering

static bool new_stratum(const struct place *a, const struct place *b)
{
    return a->stratum != b->stratum || a->period != b->period;
}

static const char *stratum_name(struct design *d, const struct design_rows *in,
                                const struct place *p)
{
    if (!in->stratum)
        return "";
    struct str name = in->stratum_names->keys.at[in->stratum[p->row]];
    return arena_copy(&d->arena, name.ptr, name.len);
}

static void number_units(struct design *d, const struct design_rows *in, const struct place *places)
{
    size_t rows = in->rows;
    d->unit = NEWS(&d->arena, rows + 1, uint32_t);
    d->unit_psu = in->ssu ? NEWS(&d->arena, rows + 1, uint32_t) : NULL;
    d->psu_stratum = NEWS(&d->arena, rows + 1, uint32_t);
    VEC(struct stratum) strata = {0};
    for (size_t i = 0; i < rows; i++) {
        const struct place *p = &places[i], *before = i ? p - 1 : NULL;
        bool stratum = !before || new_stratum(before, p);
        bool psu = stratum || before->psu != p->psu;
        bool ssu = psu || before->ssu != p->ssu;
        if (stratum)
            vec_push(&strata, ((struct stratum){d->psu_count, 0, 0, stratum_name(d, in, p)}));
        if (psu) {
            d->psu_stratum[d->psu_count++] = (uint32_t)(strata.len - 1);
            strata.at[strata.len - 1].n++;
        }
        if (in->ssu && ssu)
            d->unit_psu[d->unit_count++] = d->psu_count - 1;
        d->unit[p->row] = (in->ssu ? d->unit_count : d->psu_count) - 1;
    }
    if (!in->ssu)
        d->unit_count = d->psu_count;
    d->stratum_count = (uint32_t)strata.len;
    d->strata = NEWS(&d->arena, strata.len + 1, struct stratum);
    if (strata.len)
        memcpy(d->strata, strata.at, strata.len * sizeof *strata.at);
    vec_free(&strata);
}

// ---- finite population corrections

static uint32_t psu_of(const struct design *d, size_t row)
{
    return d->unit_psu ? d->unit_psu[d->unit[row]] : d->unit[row];
}

// Counts of units, or fractions where no value is above 1.
static bool fractions(const double *fpc, size_t rows)
{
    double most = 0;
    for (size_t i = 0; i < rows; i++)
        most = fpc[i] > most ? fpc[i] : most;
    return most <= 1;
}

// The one value of each group (stratum or PSU), NaN where none was seen; false after a problem.
static bool one_value(const struct design *d, const double *fpc, bool by_psu, double *value,
                      const struct design_rows *in, struct diags *diags)
{
    size_t errors = diags->errors;
    for (size_t i = 0; i < in->rows; i++) {
        uint32_t psu = psu_of(d, i), group = by_psu ? psu : d->psu_stratum[psu];
        const char *name = d->strata[d->psu_stratum[psu]].name;
        if (!(fpc[i] > 0)) {
            diag(diags, E0402, in->where, "survey %s, stratum %s: fpc is missing or not above 0",
                 in->survey, *name ? name : "(all rows)");
            return false;
        }
        if (isnan(value[group]))
            value[group] = fpc[i];
        else if (value[group] < fpc[i] || value[group] > fpc[i]) {
            diag(diags, E0403, in->where,
                 "survey %s, stratum %s: fpc holds %.17g and %.17g, where one value was expected",
                 in->survey, *name ? name : "(all rows)", value[group], fpc[i]);
            return false;
        }
    }
    return diags->errors == errors;
}

static double *unknown_values(struct design *d, size_t count)
{
    double *value = NEWS(&d->arena, count + 1, double);
    for (size_t i = 0; i < count; i++)
        value[i] = NAN;
    return value;
}

static enum status first_stage(struct design *d, const struct design_rows *in, struct diags *diags)
{
    double *value = unknown_values(d, d->stratum_count);
    bool fraction = fractions(in->fpc, in->rows);
    enum status status = OK;
    if (!one_value(d, in->fpc, false, value, in, diags))
        return FAIL_DATA;
    for (uint32_t h = 0; h < d->stratum_count; h++) {
        struct stratum *s = &d->strata[h];
        s->f = fraction ? value[h] : s->n / value[h];
        if (!fraction && value[h] < s->n)
            status = diag(
                diags, E0404, in->where,
                "survey %s, stratum %s: %u units sampled, but fpc says %.17g in the population",
                in->survey, *s->name ? s->name : "(all rows)", s->n, value[h]);
    }
    return status;
}

// First unit of every PSU, one past the last at the end.
static void index_units(struct design *d)
{
    d->psu_first = NEWS(&d->arena, d->psu_count + 1, uint32_t);
    uint32_t psu = 0;
    for (uint32_t u = 0; u < d->unit_count; u++)
        for (; psu <= d->unit_psu[u]; psu++)
            d->psu_first[psu] = u;
    d->psu_first[d->psu_count] = d->unit_count;
}

static enum status second_stage(struct design *d, const struct design_rows *in, struct diags *diags)
{
    double *value = unknown_values(d, d->psu_count);
    bool fraction = fractions(in->fpc2, in->rows);
    enum status status = OK;
    if (!one_value(d, in->fpc2, true, value, in, diags))
        return FAIL_DATA;
    d->psu_f = NEWS(&d->arena, d->psu_count + 1, double);
    for (uint32_t j = 0; j < d->psu_count; j++) {
        uint32_t m = d->psu_first[j + 1] - d->psu_first[j];
        d->psu_f[j] = fraction ? value[j] : m / value[j];
        if (!fraction && value[j] < m)
            status =
                diag(diags, E0404, in->where,
                     "survey %s: %u second-stage units sampled in one cluster, but fpc says %.17g",
                     in->survey, m, value[j]);
    }
    return status;
}

// ---- strata with one PSU

// The stratum that a lonely one might be merged with: the one before it, else the one after.
static const struct stratum *neighbour(const struct design *d, uint32_t h)
{
    if (d->stratum_count < 2)
        return NULL;
    return &d->strata[h ? h - 1 : 1];
}

static enum status lonely(struct design *d, const struct design_rows *in, struct diags *diags)
{
    enum status status = OK;
    bool refuse = in->lonely == DESIGN_LONELY_ERROR && in->declared;
    for (uint32_t h = 0; h < d->stratum_count; h++) {
        const struct stratum *s = &d->strata[h], *near = neighbour(d, h);
        if (s->n != 1 || s->f >= 1)
            continue;
        d->lonely_count++;
        if (!refuse)
            continue;
        status =
            diag(diags, E0401, in->where,
                 "survey %s, stratum %s: n = 1 sampled unit, so its variance cannot be estimated",
                 in->survey, *s->name ? s->name : "(all rows)");
        if (near)
            diag_help(
                diags,
                "merge it with stratum %s (n = %u) in the data, or choose `lonely: certainty`, "
                "`adjust` or `average` in the study",
                near->name, near->n);
    }
    return status;
}

enum status design_build(struct design *d, const struct design_rows *in, struct diags *diags)
{
    *d = (struct design){.rows = in->rows, .lonely = in->lonely};
    struct place *places = sorted_places(d, in);
    number_units(d, in, places);
    mem_free(places);
    if (in->fpc && in->rows)
        TRY(first_stage(d, in, diags));
    if (d->unit_psu) {
        index_units(d);
        if (in->fpc && in->fpc2 && in->rows)
            TRY(second_stage(d, in, diags));
    }
    return lonely(d, in, diags);
}

void design_free(struct design *d)
{
    arena_free(&d->arena);
    *d = (struct design){0};
}
