// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/calls.h"

static const char *const figure_roles[CALLS_FIGURES] = {
    [CALLS_OFFERED] = "offered", [CALLS_HANDLED] = "handled",   [CALLS_ABANDONED] = "abandoned",
    [CALLS_ANSWER] = "answer_s", [CALLS_WITHIN] = "within_pct", [CALLS_VISITS] = "visits",
};

void calls_start(struct calls *c, const struct study *s)
{
    *c = (struct calls){.study = s, .percent = mem_new(s->activity_count, sizeof(bool))};
    for (size_t i = 0; i < s->activity_count; i++) {
        const struct input *in = &s->activities[i].in;
        if (in->kind != INPUT_COUNTS)
            continue;
        if (input_column(in, "channel", 1).count)
            (void)cube_dim(&c->cube, "channel");
        for (size_t b = 0; b < in->breakdowns.count; b++)
            (void)cube_dim(&c->cube, in->breakdowns.at[b]);
    }
}

void calls_free(struct calls *c)
{
    cube_free(&c->cube);
    vec_free(&c->sums);
    mem_free(c->percent);
    days_free(&c->days);
    vec_free(&c->points);
    counters_free(&c->point_at);
    *c = (struct calls){0};
}

// ---- one row

struct row {
    const struct calls_feed *feed;
    const struct block *block;
    struct reader *reader;
    size_t at;
    struct decimal figure[CALLS_FIGURES];
    bool has[CALLS_FIGURES];
};

// A negative figure, or one of more than 18 whole digits, is out of range (E5); the row stays.
static void read_figure(struct row *r, enum calls_figure f)
{
    int place = r->feed->column[f];
    r->has[f] = false;
    if (place < 0)
        return;
    const struct cells *cells = &r->block->columns[place];
    r->feed->calls->has[f] |= cells->why[r->at] != MISSING_NOT_ASKED;
    if (cells->why[r->at] != VALID)
        return;
    struct decimal d = cells->number[r->at];
    bool fits = true;
    if (d.scale == DECIMAL_REAL) {
        double real;
        memcpy(&real, &d.mantissa, sizeof real);
        fits = decimal_nearest(real, &d);
    }
    r->figure[f] = d;
    r->has[f] = fits && d.mantissa >= 0;
    if (!r->has[f] && r->reader)
        reader_recount(r->reader, (size_t)place, MISSING_OUT_OF_RANGE, 1);
}

static struct calls_sums *sums_of(const struct row *r)
{
    struct calls *c = r->feed->calls;
    struct period period = r->feed->places->periods.at[r->block->period[r->at]];
    struct cube_group g = {r->feed->block, r->block->region[r->at], cube_period(period), {0}};
    for (size_t d = 0; d < c->cube.dim_count; d++) {
        const struct cells *cells =
            r->feed->dim[d] < 0 ? NULL : &r->block->columns[r->feed->dim[d]];
        if (!cells || cells->why[r->at] == MISSING_NOT_ASKED)
            g.level[d] = LEVEL_ABSENT;
        else
            g.level[d] = cells->why[r->at] == VALID ? cells->code[r->at] : LEVEL_UNKNOWN;
    }
    uint32_t group = cube_add(&c->cube, &g);
    while (c->sums.len <= group)
        vec_push(&c->sums, (struct calls_sums){0});
    return &c->sums.at[group];
}

static struct calls_sums *point_sums(struct calls *c, uint16_t block, uint16_t region, int32_t day)
{
    uint64_t key = days_key(block, region, day), at = counters_get(&c->point_at, key);
    if (!at) {
        struct calls_point point = {.block = block, .region = region, .day = day};
        vec_push(&c->points, point);
        at = counters_add(&c->point_at, key, c->points.len);
    }
    return &c->points.at[at - 1].sums;
}

static void add_weighted(struct calls_sums *s, enum calls_pair pair, struct decimal weight,
                         struct decimal value)
{
    s->both[pair]++;
    tally_add_product(&s->above[pair], weight, value);
    tally_add(&s->below[pair], weight);
}

static void add_pairs(const struct row *r, struct calls_sums *s)
{
    const struct activity *a = &r->feed->calls->study->activities[r->feed->block];
    const struct decimal *f = r->figure, one = {1, 0}, minus = {-1, 0};
    if (r->has[CALLS_ABANDONED] && r->has[CALLS_OFFERED]) {
        s->both[PAIR_ABANDONMENT]++;
        tally_add_product(&s->above[PAIR_ABANDONMENT], f[CALLS_ABANDONED], one);
        tally_add(&s->below[PAIR_ABANDONMENT], f[CALLS_OFFERED]);
        if (r->has[CALLS_HANDLED]) {
            add_weighted(s, PAIR_UNACCOUNTED, f[CALLS_OFFERED], one);
            tally_add_product(&s->above[PAIR_UNACCOUNTED], f[CALLS_HANDLED], minus);
            tally_add_product(&s->above[PAIR_UNACCOUNTED], f[CALLS_ABANDONED], minus);
        }
    }
    enum calls_figure weight = a->within_handled ? CALLS_HANDLED : CALLS_OFFERED;
    if (r->has[CALLS_WITHIN] && r->has[weight])
        add_weighted(s, PAIR_LEVEL, f[weight], f[CALLS_WITHIN]);
    if (r->has[CALLS_ANSWER] && r->has[CALLS_HANDLED])
        add_weighted(s, PAIR_ANSWER, f[CALLS_HANDLED], f[CALLS_ANSWER]);
}

static void see_day(struct calls_sums *s, int32_t day)
{
    uint32_t key = cube_day(day);
    if (!key)
        return;
    s->last = key > s->last ? key : s->last;
    s->back = UINT32_MAX - key > s->back ? UINT32_MAX - key : s->back;
}

bool calls_daily(const struct calls_sums *s)
{
    uint32_t days = s->last - (UINT32_MAX - s->back) + 1;
    return s->last && s->rows > 1 && 2 * s->rows > days;
}

static void add_figures(const struct row *r, struct calls_sums *s)
{
    s->rows++;
    see_day(s, r->block->day[r->at]);
    for (enum calls_figure f = 0; f < CALLS_FIGURES; f++) {
        if (!r->has[f])
            continue;
        s->reported[f]++;
        tally_add(&s->sum[f], r->figure[f]);
    }
    add_pairs(r, s);
}

static void add_row(const struct row *r)
{
    struct calls *c = r->feed->calls;
    enum control_grain grain = c->study->activities[r->feed->block].control;
    uint16_t block = r->feed->block, region = r->block->region[r->at];
    int32_t day = r->block->day[r->at];
    add_figures(r, sums_of(r));
    days_add(&c->days, block, region, day);
    if (grain != CONTROL_QUARTER && day != INT32_MIN)
        add_figures(r, point_sums(c, block, region, days_point(day, grain)));
    if (r->has[CALLS_WITHIN] && decimal_order(r->figure[CALLS_WITHIN], (struct decimal){1, 0}) > 0)
        c->percent[block] = true;
}

void calls_add(const struct calls_feed *feed, const struct block *block, struct reader *reader)
{
    struct row r = {.feed = feed, .block = block, .reader = reader};
    for (; r.at < block->rows; r.at++) {
        for (enum calls_figure f = 0; f < CALLS_FIGURES; f++)
            read_figure(&r, f);
        add_row(&r);
    }
}

// ---- merging and finishing

void calls_sums_add(struct calls_sums *into, const struct calls_sums *from)
{
    into->rows += from->rows;
    into->last = from->last > into->last ? from->last : into->last;
    into->back = from->back > into->back ? from->back : into->back;
    for (size_t i = 0; i < CALLS_FIGURES; i++) {
        into->reported[i] += from->reported[i];
        tally_merge(&into->sum[i], &from->sum[i]);
    }
    for (size_t i = 0; i < CALLS_PAIRS; i++) {
        into->both[i] += from->both[i];
        tally_merge(&into->above[i], &from->above[i]);
        tally_merge(&into->below[i], &from->below[i]);
    }
}

void calls_merge(struct calls *into, struct calls *from, const uint16_t *region)
{
    uint32_t *group = cube_merge(&into->cube, &from->cube, region);
    while (into->sums.len < cube_count(&into->cube))
        vec_push(&into->sums, (struct calls_sums){0});
    for (size_t i = 0; i < from->sums.len; i++)
        calls_sums_add(&into->sums.at[group[i]], &from->sums.at[i]);
    for (size_t i = 0; i < CALLS_FIGURES; i++)
        into->has[i] |= from->has[i];
    for (size_t i = 0; i < into->study->activity_count; i++)
        into->percent[i] |= from->percent[i];
    days_merge(&into->days, &from->days, region);
    for (size_t i = 0; i < from->points.len; i++) {
        const struct calls_point *p = &from->points.at[i];
        uint16_t own = region && p->region != REGION_TOTAL ? region[p->region] : p->region;
        calls_sums_add(point_sums(into, p->block, own, p->day), &p->sums);
    }
    mem_free(group);
}

// `auto`: one value above 1 says that the block writes percents.
static bool is_percent(const struct calls *c, uint16_t block)
{
    const char *unit = c->study->activities[block].within_unit;
    if (unit && strcmp(unit, "percent") == 0)
        return true;
    return !(unit && strcmp(unit, "fraction") == 0) && c->percent[block];
}

void calls_finish(struct calls *c)
{
    for (size_t i = 0; i < c->sums.len; i++)
        if (is_percent(c, cube_at(&c->cube, i)->block)) // two more places: a hundredth, exactly
            c->sums.at[i].above[PAIR_LEVEL].scale += 2;
    for (size_t i = 0; i < c->points.len; i++)
        if (is_percent(c, c->points.at[i].block))
            c->points.at[i].sums.above[PAIR_LEVEL].scale += 2;
}

struct calls_sums *calls_cells(const struct calls *c, const struct cube_layout *l, struct period p,
                               bool levels)
{
    struct calls_sums *cells = mem_new(cube_cells(l), sizeof *cells);
    size_t members[2 * (1 + CUBE_DIMS)];
    for (size_t g = 0; g < c->sums.len; g++) {
        const struct cube_group *group = cube_at(&c->cube, g);
        if (!span_holds((struct span){.period = p}, cube_period_of(group->period)))
            continue;
        size_t count = cube_members(l, group, levels, members);
        for (size_t i = 0; i < count; i++)
            calls_sums_add(&cells[members[i]], &c->sums.at[g]);
    }
    return cells;
}

// ---- reading

struct reading {
    struct calls_feed feed;
    struct ask asks[CALLS_FIGURES + CUBE_DIMS];
    size_t ask_count;
};

static enum status take_block(void *context, const struct block *block, struct reader *reader,
                              struct diags *d)
{
    (void)d;
    calls_add(&((struct reading *)context)->feed, block, reader);
    return OK;
}

static int add_ask(struct reading *r, const struct input *in, const char *role, struct texts names,
                   enum cell_kind kind, struct dict *codes)
{
    if (!names.count)
        return -1;
    r->asks[r->ask_count] = (struct ask){
        .role = role,
        .names = names,
        .kind = kind,
        .missing = &in->missing,
        .required = in->columns_declared,
        .administrative = kind == CELL_NUMBER,
        .codes = codes,
        .where = in->where,
    };
    return (int)r->ask_count++;
}

static void ask_all(struct reading *r, const struct input *in)
{
    struct cube *cube = &r->feed.calls->cube;
    for (size_t f = 0; f < CALLS_FIGURES; f++)
        r->feed.column[f] = add_ask(r, in, figure_roles[f], input_column(in, figure_roles[f], 1),
                                    CELL_NUMBER, NULL);
    for (size_t d = 0; d < cube->dim_count; d++) {
        const char *id = cube->dims[d].id;
        struct texts names = input_column(in, id, 1);
        for (size_t b = 0; !names.count && b < in->breakdowns.count; b++)
            if (strcmp(in->breakdowns.at[b], id) == 0)
                names = (struct texts){&in->breakdowns.at[b], 1};
        r->feed.dim[d] = add_ask(r, in, id, names, CELL_CODE, &cube->dims[d].levels);
    }
}

enum status calls_read(struct calls *c, struct run *run, uint16_t activity)
{
    const struct input *in = &run->study->activities[activity].in;
    struct reading r = {.feed = {.calls = c, .places = run->places, .block = activity}};
    ask_all(&r, in);
    struct request request = {
        .study = run->study,
        .input = in,
        .asks = r.asks,
        .ask_count = r.ask_count,
        .time_role = "time",
        .sink = take_block,
        .context = &r,
    };
    return input_read(&request, run->places, run->ledger, run->diags);
}
