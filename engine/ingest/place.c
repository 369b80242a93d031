// SPDX-License-Identifier: GPL-3.0-or-later
// Region and period of a row.
#include "engine/base/cal.h"
#include "engine/base/utf8.h"
#include "engine/ingest/reader_room.h"
#include "engine/ingest/swar.h"

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

static bool find_region(struct reader *r, const struct place_texts *texts, uint16_t *region)
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
    const struct placed *placed = look_up(r, texts->region);
    *region = placed->region;
    if (placed->known)
        return true;
    const char *note =
        placed->near ? arena_print(&r->arena, "did you mean %s?", placed->near) : NULL;
    reader_refuse(r, texts->line, column, REJECT_REGION, texts->region, note);
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

static bool read_period(struct reader *r, struct str cell, struct period *period, int32_t *day,
                        int32_t *second)
{
    const struct dialect *dialect = &r->records.dialect;
    struct str text = utf8_trim(cell);
    *second = MOMENT_UNKNOWN;
    if (moment_read(text, dialect->date, day, second) ||
        (dialect->month && read_month(text, day))) {
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

// ---- dates as most files write them

enum { MOMENTS = 1024, DATE_LEN = 10, MOMENT_LEN = 19 };

struct moments { // by what the digits of a date say, 0 = free
    struct {
        uint32_t digits;
        int32_t day;
        uint16_t period;
    } slots[MOMENTS];
};

// 2003-12-31 as 200301231: the year, a 0, the month, the day.
static bool date_digits(const char *text, uint32_t *out)
{
    uint64_t dashes = (uint64_t)('-' ^ '0') << 32 | (uint64_t)('-' ^ '0') << 56;
    uint64_t word = swar_load(text) ^ dashes;
    unsigned tens = (unsigned char)text[8] - (unsigned)'0',
             ones = (unsigned char)text[9] - (unsigned)'0';
    if (!swar_are_digits(word) || tens > 9 || ones > 9)
        return false;
    *out = swar_value(word) * 10 + tens * 10 + ones;
    return true;
}

// T08:30:00 or the same behind a blank.
static bool time_digits(const char *text, int32_t *second)
{
    uint64_t colons = (uint64_t)(':' ^ '0') << 16 | (uint64_t)(':' ^ '0') << 40;
    uint64_t word = swar_load(text + 1) ^ colons;
    if ((*text != 'T' && *text != ' ') || !swar_are_digits(word))
        return false;
    uint32_t value = swar_value(word), hour = value / 1000000, minute = value / 1000 % 1000;
    *second = (int32_t)(hour * 3600 + minute * 60 + value % 1000);
    return hour <= 24 && minute <= 59 && value % 1000 <= 60;
}

// A date, or date and time to the second, that was met before. *seen: it may be kept for next time.
static bool find_moment(struct reader *r, struct str text, size_t row, uint32_t *digits)
{
    *digits = 0;
    struct block *b = &r->block;
    b->second[row] = MOMENT_UNKNOWN;
    bool plain = (text.len == DATE_LEN || text.len == MOMENT_LEN) &&
                 r->records.dialect.date == DATE_YMD && date_digits(text.ptr, digits);
    if (!plain)
        return false;
    size_t slot = *digits % MOMENTS;
    if (!r->moments || r->moments->slots[slot].digits != *digits)
        return false;
    b->day[row] = r->moments->slots[slot].day;
    b->period[row] = r->moments->slots[slot].period;
    return text.len == DATE_LEN || time_digits(text.ptr + DATE_LEN, &b->second[row]);
}

static void keep_moment(struct reader *r, uint32_t digits, size_t row)
{
    if (!r->moments)
        r->moments = NEW(&r->arena, struct moments);
    size_t slot = digits % MOMENTS;
    r->moments->slots[slot].digits = digits;
    r->moments->slots[slot].day = r->block.day[row];
    r->moments->slots[slot].period = r->block.period[row];
}

static bool find_period(struct reader *r, const struct place_texts *texts, size_t row)
{
    struct block *b = &r->block;
    struct period period;
    uint32_t digits = 0;
    b->day[row] = INT32_MIN;
    b->period[row] = 0;
    b->second[row] = MOMENT_UNKNOWN;
    if (!r->request->time_role)
        return true;
    bool known = true;
    if (r->columns.period == NO_COLUMN)
        period = constant_period(r);
    else if (find_moment(r, texts->period, row, &digits))
        return true;
    else
        known = read_period(r, texts->period, &period, &b->day[row], &b->second[row]);
    if (known)
        b->period[row] = number_of(r, period);
    r->any_day = known && b->day[row] != INT32_MIN;
    r->last_day = b->day[row];
    if (known && b->period[row] != UINT16_MAX) {
        if (digits && r->any_day)
            keep_moment(r, digits, row);
        return true;
    }
    reader_refuse(r, texts->line, r->columns.period, REJECT_PERIOD, texts->period, NULL);
    return false;
}

bool reader_place(struct reader *r, const struct place_texts *texts, size_t row)
{
    return find_region(r, texts, &r->block.region[row]) && find_period(r, texts, row);
}
