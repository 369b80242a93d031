// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/contacts.h"

#include <stdlib.h>

static const char *const dim_roles[] = {"channel", "segment", "service", "language", "partner"};
enum { DIM_ROLES = sizeof dim_roles / sizeof *dim_roles };

// Breakdowns must be known before the first row: those of all blocks of events.
void contacts_start(struct contacts *c, const struct study *s)
{
    *c = (struct contacts){.study = s};
    for (size_t i = 0; i < s->activity_count; i++) {
        const struct input *in = &s->activities[i].in;
        if (in->kind != INPUT_EVENTS)
            continue;
        for (size_t r = 0; r < DIM_ROLES; r++)
            if (input_column(in, dim_roles[r], 1).count)
                (void)cube_dim(&c->cube, dim_roles[r]);
        for (size_t b = 0; b < in->breakdowns.count; b++)
            (void)cube_dim(&c->cube, in->breakdowns.at[b]);
    }
}

void contacts_free(struct contacts *c)
{
    cube_free(&c->cube);
    vec_free(&c->sums);
    histogram_free(&c->wait);
    crowd_free(&c->clients);
    crowd_free(&c->matters);
    days_free(&c->days);
    *c = (struct contacts){0};
}

// ---- one row

struct row {
    const struct contact_feed *feed;
    const struct block *block;
    struct reader *reader;
    size_t at;
};

static const struct cells *cells_of(const struct row *r, enum contact_column column)
{
    int place = r->feed->column[column];
    return place < 0 ? NULL : &r->block->columns[place];
}

static bool is_valid(const struct row *r, enum contact_column column)
{
    const struct cells *cells = cells_of(r, column);
    return cells && cells->why[r->at] == VALID;
}

static bool is_asked(const struct row *r, enum contact_column column)
{
    const struct cells *cells = cells_of(r, column);
    return cells && cells->why[r->at] != MISSING_NOT_ASKED;
}

static bool flag_of(const struct row *r, enum contact_column column)
{
    return cells_of(r, column)->flag[r->at];
}

// A number as a decimal of at most 18 digits. A wait, a handling time or a price below 0, or a
// number of more than 18 whole digits, is out of range (indicators.md, E5); the rest of the row
// stays.
static bool number_of(const struct row *r, enum contact_column column, struct decimal *out)
{
    if (!is_valid(r, column))
        return false;
    *out = cells_of(r, column)->number[r->at];
    bool fits = true;
    if (out->scale == DECIMAL_REAL) {
        double real;
        memcpy(&real, &out->mantissa, sizeof real);
        fits = decimal_nearest(real, out);
    }
    if (fits && (column == CONTACT_FEE || out->mantissa >= 0))
        return true;
    if (r->reader)
        reader_recount(r->reader, (size_t)r->feed->column[column], MISSING_OUT_OF_RANGE, 1);
    return false;
}

static uint64_t key_of(const struct row *r, enum contact_column column)
{
    return is_valid(r, column) ? cells_of(r, column)->key[r->at] : 0;
}

static uint32_t level_of(const struct row *r, size_t dim)
{
    int place = r->feed->dim[dim];
    const struct cells *cells = place < 0 ? NULL : &r->block->columns[place];
    if (!cells || cells->why[r->at] == MISSING_NOT_ASKED)
        return LEVEL_ABSENT;
    return cells->why[r->at] == VALID ? cells->code[r->at] : LEVEL_UNKNOWN;
}

static uint32_t group_of(const struct row *r, struct period period)
{
    const struct contact_feed *feed = r->feed;
    struct cube_group g; // what is past the breakdowns in use stays unset
    g.block = feed->block;
    g.region = r->block->region[r->at];
    g.period = cube_period(period);
    for (size_t d = 0; d < feed->contacts->cube.dim_count; d++)
        g.level[d] = level_of(r, d);
    uint32_t group = cube_add(&feed->contacts->cube, &g);
    while (feed->contacts->sums.len <= group)
        vec_push(&feed->contacts->sums, (struct contact_sums){0});
    return group;
}

enum { MEMO_DIMS = 6, MEMO_UNKNOWN = LEVEL_UNKNOWN & 0xFFFF };

// Region, period and levels in 16 bits each; false: they need more.
static bool short_place(const struct row *r, uint64_t *low, uint64_t *high)
{
    size_t dims = r->feed->contacts->cube.dim_count;
    uint64_t words[2] = {(uint64_t)r->block->region[r->at] << 16 | r->block->period[r->at], 0};
    if (!r->feed->memo || dims > MEMO_DIMS)
        return false;
    for (size_t d = 0; d < dims; d++) {
        uint32_t level = level_of(r, d);
        if (level >= MEMO_UNKNOWN && level < LEVEL_UNKNOWN)
            return false;
        uint64_t field = level & 0xFFFF; // unknown and absent keep their last bits
        words[(d + 2) / 4] |= field << 16 * ((d + 2) % 4);
    }
    *low = words[0];
    *high = words[1];
    return true;
}

// The group of the row itself.
static uint32_t find_group(const struct row *r)
{
    uint64_t low, high;
    struct period period = r->feed->places->periods.at[r->block->period[r->at]];
    if (!short_place(r, &low, &high))
        return group_of(r, period);
    uint64_t hash = (low ^ (high << 23 | high >> 41)) * 0x9e3779b97f4a7c15u;
    struct group_memo *memo = &r->feed->memo[hash >> 52]; // 4096 of them
    if (!memo->group || memo->low != low || memo->high != high)
        *memo = (struct group_memo){low, high, group_of(r, period) + 1};
    return memo->group - 1;
}

static void add_flag(const struct row *r, struct contact_sums *s, enum contact_column column,
                     enum contact_count known)
{
    if (!is_valid(r, column))
        return;
    s->count[known]++;
    s->count[known + 1] += flag_of(r, column);
}

static void add_recovery(struct contact_sums *s, struct decimal fee, struct decimal cost)
{
    s->count[COUNT_RECOVERY]++;
    tally_add(&s->sum[SUM_RECOVERY_FEE], fee);
    tally_add(&s->sum[SUM_RECOVERY_COST], cost);
    tally_add_square(&s->sum[SUM_RECOVERY_FEE_SQUARES], fee, 1);
    tally_add_square(&s->sum[SUM_RECOVERY_COST_SQUARES], cost, 1);
    tally_add_product(&s->sum[SUM_RECOVERY_PRODUCTS], fee, cost);
}

static void add_money(const struct row *r, struct contact_sums *s)
{
    struct decimal fee = {0}, cost = {0};
    bool has_fee = number_of(r, CONTACT_FEE, &fee), has_cost = number_of(r, CONTACT_COST, &cost);
    bool core_known = is_valid(r, CONTACT_CORE), core = core_known && flag_of(r, CONTACT_CORE);
    if (has_fee) {
        s->count[COUNT_FEE]++;
        s->count[COUNT_FEE_POSITIVE] += fee.mantissa > 0;
        s->count[COUNT_CORE_FEE] += core && fee.mantissa > 0;
        tally_add(&s->sum[SUM_FEE], fee);
        tally_add_square(&s->sum[SUM_FEE_SQUARES], fee, 1);
    }
    if (has_cost) {
        s->count[COUNT_COST]++;
        tally_add(&s->sum[SUM_COST], cost);
        tally_add_square(&s->sum[SUM_COST_SQUARES], cost, 1);
    }
    if (has_fee && has_cost && fee.mantissa > 0 && core_known && !core)
        add_recovery(s, fee, cost);
    s->count[COUNT_CORE_ASKED] += is_asked(r, CONTACT_CORE) && is_asked(r, CONTACT_FEE);
}

static void add_times(const struct row *r, uint32_t group, struct contact_sums *s)
{
    struct decimal d;
    if (number_of(r, CONTACT_WAIT, &d))
        histogram_add(&r->feed->contacts->wait, group, d);
    if (number_of(r, CONTACT_HANDLE, &d)) {
        s->count[COUNT_HANDLE]++;
        tally_add(&s->sum[SUM_HANDLE], d);
        tally_add_square(&s->sum[SUM_HANDLE_SQUARES], d, 1);
    }
}

// A follow-up counts in the quarter in which it is due.
static void add_follow_up(const struct row *r)
{
    struct contacts *c = r->feed->contacts;
    if (!is_valid(r, CONTACT_FOLLOW_DUE) || !is_asked(r, CONTACT_FOLLOW_DONE))
        return;
    int32_t due = cells_of(r, CONTACT_FOLLOW_DUE)->day[r->at];
    uint32_t group = group_of(r, period_of_day(due, c->study->fiscal)); // may move the sums
    struct contact_sums *s = &c->sums.at[group];
    s->count[COUNT_FOLLOW_DUE]++;
    s->count[COUNT_FOLLOW_DONE] +=
        is_valid(r, CONTACT_FOLLOW_DONE) && cells_of(r, CONTACT_FOLLOW_DONE)->day[r->at] <= due;
}

static unsigned filled_of(const struct row *r)
{
    unsigned filled = 0;
    for (size_t i = 0; i < r->feed->profile_count; i++) {
        if (r->block->columns[r->feed->profile[i]].why[r->at] == VALID)
            filled++;
    }
    return filled;
}

static unsigned flags_of(const struct row *r)
{
    unsigned flags = 0;
    if (is_valid(r, CONTACT_RESOLVED))
        flags |= FLAG_RESOLVED_KNOWN | (flag_of(r, CONTACT_RESOLVED) ? FLAG_RESOLVED : 0);
    if (is_valid(r, CONTACT_CONSENT))
        flags |= FLAG_CONSENT_KNOWN | (flag_of(r, CONTACT_CONSENT) ? FLAG_CONSENT : 0);
    return flags;
}

static void add_people(const struct row *r, uint32_t group, struct contact_sums *s)
{
    struct contacts *c = r->feed->contacts;
    uint64_t client = key_of(r, CONTACT_CLIENT), matter = key_of(r, CONTACT_CASE);
    s->count[COUNT_CLIENT_ASKED] += is_asked(r, CONTACT_CLIENT);
    s->count[COUNT_IDENTIFIED] += client != 0;
    if (!client && !matter)
        return;
    struct contact_row row = {.key = client,
                              .in_case = matter != 0,
                              .filled = filled_of(r),
                              .day = r->block->day[r->at],
                              .second = r->block->second[r->at],
                              .group = group,
                              .flags = flags_of(r)};
    if (client)
        crowd_add(&c->clients, &row);
    row.key = matter;
    if (matter)
        crowd_add(&c->matters, &row);
}

static void add_row(const struct row *r)
{
    struct contacts *c = r->feed->contacts;
    uint32_t group = find_group(r);
    struct contact_sums *s = &c->sums.at[group];
    s->count[COUNT_CONTACTS]++;
    days_add(&c->days, r->feed->block, r->block->region[r->at], r->block->day[r->at]);
    if (cube_day(r->block->day[r->at]) > s->last)
        s->last = cube_day(r->block->day[r->at]);
    add_flag(r, s, CONTACT_CORE, COUNT_CORE_KNOWN);
    add_flag(r, s, CONTACT_RESOLVED, COUNT_RESOLVED_KNOWN);
    add_flag(r, s, CONTACT_REFERRED, COUNT_REFERRED_KNOWN);
    add_times(r, group, s);
    add_money(r, s);
    add_people(r, group, s);
    add_follow_up(r); // last: it may move the sums
}

void contacts_add(const struct contact_feed *feed, const struct block *block, struct reader *reader)
{
    struct row r = {feed, block, reader, 0};
    for (enum contact_column i = 0; i < CONTACT_COLUMNS; i++)
        for (r.at = 0; r.at < block->rows && !feed->contacts->has[i]; r.at++)
            feed->contacts->has[i] = is_asked(&r, i);
    for (r.at = 0; r.at < block->rows; r.at++)
        add_row(&r);
}

// ---- merging

void contact_sums_add(struct contact_sums *into, const struct contact_sums *from)
{
    if (from->last > into->last)
        into->last = from->last;
    for (size_t i = 0; i < CONTACT_COUNTS; i++)
        into->count[i] += from->count[i];
    for (size_t i = 0; i < CONTACT_SUMS; i++)
        if (!tally_is_zero(&from->sum[i]))
            tally_merge(&into->sum[i], &from->sum[i]);
}

void contacts_merge(struct contacts *into, struct contacts *from, const uint16_t *region)
{
    uint32_t *group = cube_merge(&into->cube, &from->cube, region);
    while (into->sums.len < cube_count(&into->cube))
        vec_push(&into->sums, (struct contact_sums){0});
    for (size_t i = 0; i < from->sums.len; i++)
        contact_sums_add(&into->sums.at[group[i]], &from->sums.at[i]);
    histogram_merge(&into->wait, &from->wait, group);
    crowd_merge(&into->clients, &from->clients, group);
    crowd_merge(&into->matters, &from->matters, group);
    days_merge(&into->days, &from->days, region);
    for (size_t i = 0; i < CONTACT_COLUMNS; i++)
        into->has[i] |= from->has[i];
    mem_free(group);
}
