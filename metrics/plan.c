// SPDX-License-Identifier: GPL-3.0-or-later
// The action plan: what was to be done, what was done, what slipped; and the ledger beside it
// (indicators.md 8). Ages are measured at `as_of`, never at today's date.
#include "metrics/plan_state.h"

#include <math.h>
#include <stdlib.h>

static const struct plan_view *view_of(const struct cell *cell)
{
    return cell->state;
}

static bool is_open(const struct plan_row *row)
{
    return row->status != PLAN_COMPLETED && row->status != PLAN_NO_ACTION;
}

static double count_rows(const struct plan_view *v, bool (*holds)(const struct plan_row *))
{
    double count = 0;
    for (size_t i = 0; i < v->count; i++)
        count += holds(v->rows[i]);
    return count;
}

static void recommendations(const struct indicator *self, struct cell *cell)
{
    const struct plan_view *v = view_of(cell);
    bool *seen = mem_new(v->state->recommendations.keys.len + 1, sizeof *seen);
    double count = 0;
    for (size_t i = 0; i < v->count; i++) {
        count += !seen[v->rows[i]->recommendation];
        seen[v->rows[i]->recommendation] = true;
    }
    mem_free(seen);
    struct estimate *e = cell_add(cell, self);
    e->n = (double)v->count;
    estimate_set(e, count);
}

static void actions(const struct indicator *self, struct cell *cell)
{
    struct estimate *e = cell_add(cell, self);
    e->n = (double)view_of(cell)->count;
    estimate_set(e, e->n);
}

static void share(const struct indicator *self, struct cell *cell, double numerator,
                  double denominator)
{
    struct estimate *e = cell_add(cell, self);
    e->n = denominator;
    admin_share(e, numerator, denominator);
}

static void status_share(const struct indicator *self, struct cell *cell)
{
    const struct plan_view *v = view_of(cell);
    struct cell here = *cell;
    here.by = "status";
    for (int status = PLAN_NONE; status < PLAN_STATUS_COUNT; status++) {
        double count = 0;
        for (size_t i = 0; i < v->count; i++)
            count += v->rows[i]->status == (enum plan_status)status;
        here.level = plan_status_labels[status].id;
        if (status != PLAN_NONE || count > 0)
            share(self, &here, count, (double)v->count);
    }
}

// Due by now, or completed with a due date; what is completed without a date cannot be judged.
static void on_time(const struct indicator *self, struct cell *cell)
{
    const struct plan_view *v = view_of(cell);
    double due = 0, in_time = 0;
    for (size_t i = 0; i < v->count; i++) {
        const struct plan_row *row = v->rows[i];
        bool completed = row->status == PLAN_COMPLETED;
        if (row->status == PLAN_NO_ACTION || row->due == PLAN_NO_DATE ||
            (completed ? row->done == PLAN_NO_DATE : row->due > v->as_of))
            continue;
        due++;
        in_time += completed && row->done <= row->due;
    }
    if (v->as_of == PLAN_NO_DATE)
        admin_absent(cell_add(cell, self), EST_NO_DATA, "no_date");
    else
        share(self, cell, in_time, due);
}

static void overdue(const struct indicator *self, struct cell *cell)
{
    const struct plan_view *v = view_of(cell);
    double count = 0, open = 0;
    for (size_t i = 0; i < v->count; i++) {
        const struct plan_row *row = v->rows[i];
        int32_t until = row->revised != PLAN_NO_DATE ? row->revised : row->due;
        open += is_open(row);
        count += is_open(row) && until != PLAN_NO_DATE && until < v->as_of;
    }
    struct estimate *e = cell_add(cell, self);
    if (v->as_of == PLAN_NO_DATE) {
        admin_absent(e, EST_NO_DATA, "no_date");
        return;
    }
    e->n = open;
    estimate_set(e, count);
}

// ---- slips: revised − due, in days

static int by_days(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

// The slips in order; caller frees with mem_free.
static double *slips(const struct plan_view *v, size_t *count)
{
    double *list = mem_new(v->count + 1, sizeof *list);
    *count = 0;
    for (size_t i = 0; i < v->count; i++)
        if (v->rows[i]->due != PLAN_NO_DATE && v->rows[i]->revised != PLAN_NO_DATE)
            list[(*count)++] = (double)v->rows[i]->revised - v->rows[i]->due;
    qsort(list, *count, sizeof *list, by_days);
    return list;
}

static void slip_row(const struct indicator *self, struct cell *cell,
                     double (*of)(const double *list, size_t count))
{
    size_t count;
    double *list = slips(view_of(cell), &count);
    struct estimate *e = cell_add(cell, self);
    if (count) {
        e->n = (double)count;
        estimate_set(e, of(list, count));
    }
    mem_free(list);
}

static double mean_of(const double *list, size_t count)
{
    double sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += list[i];
    return sum / (double)count;
}

// Of an even number, the mean of the middle two.
static double median_of(const double *list, size_t count)
{
    return (list[(count - 1) / 2] + list[count / 2]) / 2;
}

static double max_of(const double *list, size_t count)
{
    return list[count - 1];
}

static void slip_mean(const struct indicator *self, struct cell *cell)
{
    slip_row(self, cell, mean_of);
}

static void slip_median(const struct indicator *self, struct cell *cell)
{
    slip_row(self, cell, median_of);
}

static void slip_max(const struct indicator *self, struct cell *cell)
{
    slip_row(self, cell, max_of);
}

// ---- dates

static bool is_live(const struct plan_row *row)
{
    return row->status != PLAN_NO_ACTION;
}

static bool is_revised(const struct plan_row *row)
{
    return is_live(row) && row->revised != PLAN_NO_DATE;
}

static bool is_undated(const struct plan_row *row)
{
    return is_live(row) && row->due == PLAN_NO_DATE && row->revised == PLAN_NO_DATE;
}

static void revised(const struct indicator *self, struct cell *cell)
{
    share(self, cell, count_rows(view_of(cell), is_revised), count_rows(view_of(cell), is_live));
}

static void undated(const struct indicator *self, struct cell *cell)
{
    share(self, cell, count_rows(view_of(cell), is_undated), count_rows(view_of(cell), is_live));
}

// ---- ledger

struct sums {
    double numerator, denominator, reported, rows;
};

static void ratio_row(const struct indicator *self, const struct cell *cell, struct str measure,
                      const struct sums *s)
{
    struct cell here = *cell;
    here.item = arena_copy(&cell->out->arena, measure.ptr, measure.len);
    struct estimate *e = cell_add(&here, self);
    if (!(s->reported > 0))
        return;
    e->n = s->reported;
    admin_share(e, s->numerator, s->denominator);
    admin_unreported(e, s->rows - s->reported, s->rows);
}

static void ratio(const struct indicator *self, struct cell *cell)
{
    const struct plan_view *v = view_of(cell);
    size_t measures = v->state->measures.keys.len;
    struct sums *sums = mem_new(measures + 1, sizeof *sums);
    for (size_t i = 0; i < v->state->ledger.len; i++) {
        const struct ledger_row *row = &v->state->ledger.at[i];
        if (!admin_in_region(row->region, cell->region) ||
            !span_holds(v->span, v->run->places->periods.at[row->period]))
            continue;
        struct sums *s = &sums[row->measure];
        s->rows++;
        if (isnan(row->numerator) || isnan(row->denominator))
            continue;
        s->reported++;
        s->numerator += row->numerator;
        s->denominator += row->denominator;
    }
    struct str *names = mem_new(measures + 1, sizeof *names); // in their order, not the file's
    for (size_t m = 0; m < measures; m++)
        names[v->state->measure_rank[m]] = v->state->measures.keys.at[m];
    for (size_t rank = 0; rank < measures; rank++)
        if (sums[rank].rows > 0)
            ratio_row(self, cell, names[rank], &sums[rank]);
    mem_free(names);
    mem_free(sums);
}

static void outcome_share(const struct indicator *self, struct cell *cell)
{
    const struct plan_view *v = view_of(cell);
    if (v->all > 0)
        share(self, cell, v->outcome, v->all);
}

// clang-format off
static const struct indicator rows[] = {
    {LABEL("plan.recommendations", "Recommendations", "Recommandations"),
     UNIT_COUNT, 0, -1, INTERVAL_NONE, "all", "distinct recommendations",
     TEXT("Recommendations that the plan answers.", "Recommandations auxquelles le plan donne suite."),
     "plan: recommendation, status", "3b", "own decision", recommendations},
    {LABEL("plan.actions", "Actions", "Mesures"),
     UNIT_COUNT, 0, -1, INTERVAL_NONE, "all", "rows of the plan",
     TEXT("Actions of the plan; a recommendation may have several.", "Mesures prévues au plan; une recommandation peut en compter plusieurs."),
     "plan: recommendation, status", "3b", "own decision", actions},
    {LABEL("plan.status_share", "Actions by status", "Mesures selon l'état"),
     UNIT_PERCENT, 0, -1, INTERVAL_NONE, "all", "100 · actions of the status / actions",
     TEXT("Share of the actions in each status.", "Part des mesures dans chacun des états."),
     "plan: recommendation, status", "3b", "own decision", status_share},
    {LABEL("plan.on_time", "Completed on time", "Terminées à temps"),
     UNIT_PERCENT, 1, -1, INTERVAL_NONE, "reported", "100 · completed with done ≤ due / due by as_of, or completed with a due date",
     TEXT("Share of the actions that were to be finished by now and were finished by their first date.",
          "Part des mesures échues qui ont été terminées à la date d'abord prévue."),
     "plan: due, done, status", "3b 1c", "own decision", on_time},
    {LABEL("plan.overdue", "Overdue", "En retard"),
     UNIT_COUNT, -1, -1, INTERVAL_NONE, "reported", "open actions with revised, else due, before as_of",
     TEXT("Open actions whose date, revised where it was, has passed.", "Mesures en cours dont la date, réévaluée le cas échéant, est passée."),
     "plan: due, revised, status", "3b", "own decision", overdue},
    {LABEL("plan.slip_mean", "Mean slip", "Report moyen"),
     UNIT_DAYS, -1, -1, INTERVAL_NONE, "pair", "mean of revised − due",
     TEXT("Mean number of days from the first date to the revised one.", "Nombre moyen de jours entre la date prévue et la date réévaluée."),
     "plan: due, revised", "3b", "own decision", slip_mean},
    {LABEL("plan.slip_median", "Median slip", "Report médian"),
     UNIT_DAYS, -1, -1, INTERVAL_NONE, "pair", "median of revised − due",
     TEXT("Median number of days from the first date to the revised one.", "Nombre médian de jours entre la date prévue et la date réévaluée."),
     "plan: due, revised", "3b", "own decision", slip_median},
    {LABEL("plan.slip_max", "Largest slip", "Report maximal"),
     UNIT_DAYS, -1, -1, INTERVAL_NONE, "pair", "largest revised − due",
     TEXT("Largest number of days from the first date to the revised one.", "Plus grand nombre de jours entre la date prévue et la date réévaluée."),
     "plan: due, revised", "3b", "own decision", slip_max},
    {LABEL("plan.revised", "Date revised", "Date réévaluée"),
     UNIT_PERCENT, -1, -1, INTERVAL_NONE, "reported", "100 · with a revised date / actions but no_action",
     TEXT("Share of the actions whose date was revised.", "Part des mesures dont la date a été réévaluée."),
     "plan: revised, status", "3b", "own decision", revised},
    {LABEL("plan.undated", "No date", "Sans date"),
     UNIT_PERCENT, -1, -1, INTERVAL_NONE, "reported", "100 · without any date / actions but no_action",
     TEXT("Share of the actions that have no date at all.", "Part des mesures pour lesquelles aucune date n'est fixée."),
     "plan: due, revised, status", "3b", "own decision", undated},
    {LABEL("plan.ratio", "Ledger measure", "Mesure du registre"),
     UNIT_PERCENT, 1, -1, INTERVAL_NONE, "reported", "100 Σ numerator / Σ denominator, item = measure",
     TEXT("A measure that the centres keep in the ledger: meetings held, staff trained, files on time and the like.",
          "Mesure consignée au registre par les centres\xC2\xA0: réunions tenues, personnel formé, fichiers reçus à temps, etc."),
     "plan: ledger", "2b 2c 2d 3c 1c", "own decision", ratio},
    {LABEL("plan.outcome_share", "Indicators not from activity data", "Indicateurs non axés sur les activités"),
     UNIT_PERCENT, 1, -1, INTERVAL_NONE, "all", "100 · indicators with a value from survey, population or ledger / indicators with a value",
     TEXT("Share of the indicators of this report that rest on data other than activity data.",
          "Part des indicateurs du rapport qui reposent sur des données autres que celles sur les activités."),
     "survey, population or ledger", "1b", "Western Economic Diversification, action plan of 2004, 1b", outcome_share},
};
// clang-format on

const struct family plan_family = {
    .label = LABEL("plan", "Action plan", "Plan d'action"),
    .rows = rows,
    .count = sizeof rows / sizeof *rows,
    .read = plan_read,
    .compute = plan_compute,
    .drop = plan_drop,
};
