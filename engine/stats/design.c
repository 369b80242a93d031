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

// ---- rows that agree in all labels: one stands for them

struct places {
    struct place *at;
    size_t count;
    uint32_t *stands; // per row: the row that stands for it; NULL: each for itself
};

enum { MOST_PLACES = 1 << 22 }; // combinations of labels that a table may have

static size_t labels(const uint32_t *numbers, const struct dict *names)
{
    return !numbers ? 1 : names ? names->keys.len : MOST_PLACES + 1;
}

// Periods are part of a place, so that it is known which of them a PSU occurs in.
static void list_places(struct places *out, const struct design_rows *in, size_t periods)
{
    size_t psus = labels(in->psu, in->psu_names), ssus = labels(in->ssu, in->ssu_names);
    size_t strata = labels(in->stratum, in->stratum_names), rows = in->rows;
    bool few =
        in->psu && (double)strata * (double)psus * (double)ssus * (double)periods <= MOST_PLACES;
    uint32_t *first = few ? mem_new(strata * psus * ssus * periods, sizeof *first) : NULL;
    size_t room = 0;
    out->stands = few ? mem_new(rows + 1, sizeof *out->stands) : NULL;
    for (size_t i = 0; i < rows; i++) {
        struct place p = {in->stratum ? in->stratum[i] : 0, 0, in->psu ? in->psu[i] : (uint32_t)i,
                          in->ssu ? in->ssu[i] : 0, (uint32_t)i};
        if (few) {
            size_t period = periods > 1 ? in->period[i] : 0;
            uint32_t *seen = &first[((p.stratum * psus + p.psu) * ssus + p.ssu) * periods + period];
            bool known = *seen;
            *seen = known ? *seen : (uint32_t)i + 1;
            out->stands[i] = *seen - 1;
            if (known)
                continue;
        }
        out->at = mem_grow(out->at, &room, out->count + 1, sizeof *out->at);
        out->at[out->count++] = p;
    }
    mem_free(first);
}

static uint32_t *ranks_of(const uint32_t *numbers, const struct dict *names)
{
    return numbers && names ? dict_ranks(names) : NULL;
}

// Numbers of labels become their ranks, so that the order of rows does not matter.
static void rank_places(struct places *list, const struct design_rows *in)
{
    uint32_t *stratum = ranks_of(in->stratum, in->stratum_names);
    uint32_t *psu = ranks_of(in->psu, in->psu_names);
    uint32_t *ssu = ranks_of(in->ssu, in->ssu_names);
    for (size_t i = 0; i < list->count; i++) {
        struct place *p = &list->at[i];
        p->stratum = stratum ? stratum[p->stratum] : p->stratum;
        p->psu = psu ? psu[p->psu] : p->psu;
        p->ssu = ssu ? ssu[p->ssu] : p->ssu;
    }
    mem_free(stratum);
    mem_free(psu);
    mem_free(ssu);
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

// One more than the largest number; 1 where all rows have the same.
static size_t count_periods(const uint32_t *period, size_t rows)
{
    uint32_t most = 0;
    bool several = false;
    for (size_t i = 0; period && i < rows; i++) {
        most = period[i] > most ? period[i] : most;
        several |= period[i] != period[0];
    }
    return several ? (size_t)most + 1 : 1;
}

static void sorted_places(struct places *list, struct design *d, const struct design_rows *in)
{
    size_t periods = count_periods(in->period, in->rows);
    list_places(list, in, periods);
    rank_places(list, in);
    if (in->stratum || in->psu)
        sort_places(list->at, list->count);
    if (periods == 1)
        return;
    d->spans_period = in->psu && psu_spans(list->at, list->count, in->period);
    d->by_period = !d->spans_period;
    if (d->by_period) {
        for (size_t i = 0; i < list->count; i++)
            list->at[i].period = in->period[list->at[i].row];
        sort_places(list->at, list->count);
    }
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

static void number_units(struct design *d, const struct design_rows *in, const struct places *list)
{
    size_t count = list->count;
    d->unit = NEWS(&d->arena, in->rows + 1, uint32_t);
    d->unit_psu = in->ssu ? NEWS(&d->arena, count + 1, uint32_t) : NULL;
    d->psu_stratum = NEWS(&d->arena, count + 1, uint32_t);
    VEC(struct stratum) strata = {0};
    for (size_t i = 0; i < count; i++) {
        const struct place *p = &list->at[i], *before = i ? p - 1 : NULL;
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
    for (size_t i = 0; list->stands && i < in->rows; i++)
        d->unit[i] = d->unit[list->stands[i]];
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
    struct places list = {0};
    sorted_places(&list, d, in);
    number_units(d, in, &list);
    mem_free(list.at);
    mem_free(list.stands);
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
