// SPDX-License-Identifier: GPL-3.0-or-later
// Region and period of a row.
#include "engine/base/cal.h"
#include "engine/base/utf8.h"
#include "engine/ingest/reader_room.h"

static const struct placed *look_up(struct reader *r, struct str text)
{
    bool known = false;
    struct memo_slot *memo = NULL;
    if (text.len <= MEMO_LONGEST)
        memo = memo_find(&r->region_memo, text, &known);
    if (known)
        return &r->placed.at[memo->value];
    int number = dict_add(&r->region_texts, text);
    if (memo)
        memo->value = (uint32_t)number;
    if ((size_t)number == r->placed.len) {
        struct placed made = {REGION_TOTAL, false, NULL};
        made.known = places_region(r->places, text, &made.region, &made.near);
        vec_push(&r->placed, made);
    }
    return &r->placed.at[number];
}

static bool find_region(struct reader *r, const struct record *record, uint16_t *region)
{
    long column = r->columns.region;
    const char *constant = r->request->input->region, *near;
    *region = REGION_TOTAL;
    if (r->request->no_region)
        return true;
    if (constant)
        return places_region(r->places, str_of(constant), region, &near) || true;
    if (column == NO_COLUMN)
        return true;
    const struct placed *placed = look_up(r, record->fields[column]);
    *region = placed->region;
    if (placed->known)
        return true;
    const char *note =
        placed->near ? arena_print(&r->arena, "did you mean %s?", placed->near) : NULL;
    reader_refuse(r, record->line, column, REJECT_REGION, record->fields[column], note);
    return false;
}

static uint16_t number_of(struct reader *r, struct period period)
{
    if (!r->any_period || !period_same(period, r->last_label)) {
        r->last_label = period;
        r->last_period = places_period(r->places, period);
        r->any_period = true;
    }
    return r->last_period;
}

// 2003-04 as April 2003, where the dialect says so.
static bool read_month(struct str text, int32_t *day)
{
    if (text.len != 7 || text.ptr[4] != '-')
        return false;
    int number = 0;
    for (size_t i = 0; i < 7; i++) {
        if (i == 4)
            continue;
        if (text.ptr[i] < '0' || text.ptr[i] > '9')
            return false;
        number = number * 10 + (text.ptr[i] - '0');
    }
    if (!cal_valid(number / 100, number % 100, 1))
        return false;
    *day = cal_days(number / 100, number % 100, 1);
    return true;
}

static bool read_period(struct reader *r, struct str cell, struct period *period, int32_t *day)
{
    const struct dialect *dialect = &r->records.dialect;
    struct str text = utf8_trim(cell);
    if (date_read(text, dialect->date, day) || (dialect->month && read_month(text, day))) {
        bool again = r->any_day && *day == r->last_day;
        *period = again ? r->last_label : period_of_day(*day, r->request->study->fiscal);
        return true;
    }
    *day = INT32_MIN;
    return period_read(text, period);
}

static struct period constant_period(const struct reader *r)
{
    const struct request *q = r->request;
    if (period_is(q->input->period))
        return q->input->period;
    return period_is(q->study->period) ? q->study->period : (struct period){.kind = PERIOD_ALL};
}

static bool find_period(struct reader *r, const struct record *record, uint16_t *number,
                        int32_t *day)
{
    long column = r->columns.period;
    struct period period;
    *day = INT32_MIN;
    *number = 0;
    if (!r->request->time_role)
        return true;
    bool known = true;
    if (column == NO_COLUMN)
        period = constant_period(r);
    else
        known = read_period(r, record->fields[column], &period, day);
    if (known)
        *number = number_of(r, period);
    r->any_day = known && *day != INT32_MIN;
    r->last_day = *day;
    if (known && *number != UINT16_MAX)
        return true;
    reader_refuse(r, record->line, column, REJECT_PERIOD,
                  column == NO_COLUMN ? STR("") : record->fields[column], NULL);
    return false;
}

bool reader_place(struct reader *r, const struct record *record, uint16_t *region, uint16_t *period,
                  int32_t *day)
{
    return find_region(r, record, region) && find_period(r, record, period, day);
}
