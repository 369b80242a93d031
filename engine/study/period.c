// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/study/period.h"

#include "engine/base/cal.h"

#include <stdio.h>

enum { FISCAL_START = 4 }; // April

const char *period_text(struct period p, char out[PERIOD_TEXT])
{
    char year[PERIOD_TEXT] = "";
    if (p.fiscal)
        snprintf(year, sizeof year, "%04d-%02d", p.year % 10000, (p.year + 1) % 100);
    else
        snprintf(year, sizeof year, "%04d", p.year % 10000);
    switch (p.kind) {
    case PERIOD_NONE:
        out[0] = '\0';
        break;
    case PERIOD_QUARTER:
        snprintf(out, PERIOD_TEXT, p.fiscal ? "%.7s Q%d" : "%.7sQ%d", year, p.quarter % 10);
        break;
    case PERIOD_YEAR:
        snprintf(out, PERIOD_TEXT, "%s", year);
        break;
    case PERIOD_ALL:
        snprintf(out, PERIOD_TEXT, "all");
        break;
    }
    return out;
}

// ---- reading

static bool take_number(struct str *s, int digits, int *value)
{
    if (s->len < (size_t)digits)
        return false;
    *value = 0;
    for (int i = 0; i < digits; i++) {
        if (s->ptr[i] < '0' || s->ptr[i] > '9')
            return false;
        *value = *value * 10 + (s->ptr[i] - '0');
    }
    s->ptr += digits;
    s->len -= (size_t)digits;
    return true;
}

static bool take_char(struct str *s, const char *any)
{
    if (!s->len || !strchr(any, s->ptr[0]) || !s->ptr[0])
        return false;
    s->ptr++;
    s->len--;
    return true;
}

static bool digit_next(struct str s)
{
    return s.len && s.ptr[0] >= '0' && s.ptr[0] <= '9';
}

// " Q3", "Q3", " T3" at the end of a label.
static bool take_quarter(struct str *s, int *quarter)
{
    struct str rest = *s;
    take_char(&rest, " ");
    if (!take_char(&rest, "QTqt") || !take_number(&rest, 1, quarter) || rest.len || *quarter < 1 ||
        *quarter > 4)
        return false;
    *s = rest;
    return true;
}

// "-04", "-2004", "/04": the second half of a fiscal year, which must follow the first.
static bool take_second_year(struct str *s, int year)
{
    struct str rest = *s;
    int second;
    if (!take_char(&rest, "-/") || !digit_next(rest))
        return false;
    struct str four = rest;
    if (take_number(&four, 4, &second)) {
        if (second != year + 1)
            return false;
        *s = four;
        return true;
    }
    if (!take_number(&rest, 2, &second) || second != (year + 1) % 100)
        return false;
    *s = rest;
    return true;
}

bool period_read(struct str text, struct period *out)
{
    struct str s = str_trim(text);
    *out = (struct period){0};
    if (str_is(s, "all")) {
        out->kind = PERIOD_ALL;
        return true;
    }
    bool marked = str_starts(s, "FY") || str_starts(s, "fy");
    if (marked)
        s.ptr += 2, s.len -= 2;
    if (!take_number(&s, 4, &out->year) || out->year == 0)
        return false;
    if (s.len && (s.ptr[0] == '-' || s.ptr[0] == '/')) {
        if (!take_second_year(&s, out->year))
            return false;
        out->fiscal = true;
    } else if (marked) {
        return false; // FY2004 alone: nobody knows which of its two years it names
    }
    out->kind = PERIOD_YEAR;
    if (s.len && take_quarter(&s, &out->quarter))
        out->kind = PERIOD_QUARTER;
    return s.len == 0;
}

// What may follow a date: nothing, or a time of day as written, whatever its zone.
static bool time_tail(struct str s, int32_t *time)
{
    int hour, minute, second = 0;
    *time = MOMENT_UNKNOWN;
    if (!s.len)
        return true;
    if (!take_char(&s, "T ") || !take_number(&s, 2, &hour) || !take_char(&s, ":") ||
        !take_number(&s, 2, &minute) || hour > 24 || minute > 59)
        return false;
    if (take_char(&s, ":")) {
        if (!take_number(&s, 2, &second) || second > 60)
            return false;
        if (take_char(&s, ".,"))
            while (digit_next(s))
                s.ptr++, s.len--;
    }
    *time = hour * 3600 + minute * 60 + second;
    struct str noon = s;
    if (take_char(&noon, " ") && (str_is(noon, "AM") || str_is(noon, "PM"))) {
        *time += (str_is(noon, "PM") ? 12 : 0) * 3600 - (hour == 12 ? 12 : 0) * 3600;
        return hour >= 1 && hour <= 12;
    }
    if (take_char(&s, "Z"))
        return s.len == 0;
    if (take_char(&s, "+-")) {
        if (!take_number(&s, 2, &hour))
            return false;
        take_char(&s, ":");
        return s.len == 0 || (take_number(&s, 2, &minute) && s.len == 0);
    }
    return s.len == 0;
}

static bool take_short(struct str *s, int *value)
{
    struct str two = *s;
    if (take_number(&two, 2, value)) {
        *s = two;
        return true;
    }
    return take_number(s, 1, value);
}

bool date_read(struct str text, enum date_order order, int32_t *days)
{
    int32_t second;
    return moment_read(text, order, days, &second);
}

bool moment_read(struct str text, enum date_order order, int32_t *days, int32_t *second)
{
    struct str s = str_trim(text);
    int year, month, day;
    if (order == DATE_YMD) {
        if (!take_number(&s, 4, &year) || !take_char(&s, "-") || !take_number(&s, 2, &month) ||
            !take_char(&s, "-") || !take_number(&s, 2, &day))
            return false;
    } else {
        int first, next;
        if (!take_short(&s, &first) || !take_char(&s, "/-.") || !take_short(&s, &next) ||
            !take_char(&s, "/-.") || !take_number(&s, 4, &year))
            return false;
        day = order == DATE_DMY ? first : next;
        month = order == DATE_DMY ? next : first;
    }
    if (!cal_valid(year, month, day) || !time_tail(s, second))
        return false;
    *days = cal_days(year, month, day);
    return true;
}

struct period period_of_day(int32_t days, bool fiscal)
{
    int year, month, day;
    cal_date(days, &year, &month, &day);
    struct period p = {PERIOD_QUARTER, fiscal, year, (month - 1) / 3 + 1};
    if (fiscal) {
        p.year = month >= FISCAL_START ? year : year - 1;
        p.quarter = (month + 12 - FISCAL_START) % 12 / 3 + 1;
    }
    return p;
}

// ---- neighbours and order

struct period period_year(struct period p)
{
    if (p.kind == PERIOD_QUARTER) {
        p.kind = PERIOD_YEAR;
        p.quarter = 0;
    }
    return p;
}

static struct period moved(struct period p, int quarters)
{
    if (p.kind != PERIOD_QUARTER && p.kind != PERIOD_YEAR)
        return (struct period){0};
    if (p.kind == PERIOD_YEAR) {
        p.year += quarters > 0 ? 1 : -1;
        return p;
    }
    int count = p.year * 4 + p.quarter - 1 + quarters;
    p.year = count / 4;
    p.quarter = count % 4 + 1;
    return p;
}

struct period period_previous(struct period p)
{
    return moved(p, -1);
}

struct period period_next(struct period p)
{
    return moved(p, 1);
}

struct period period_year_ago(struct period p)
{
    return moved(p, -4);
}

bool period_same(struct period a, struct period b)
{
    return a.kind == b.kind && a.fiscal == b.fiscal && a.year == b.year && a.quarter == b.quarter;
}

int32_t period_first_day(struct period p)
{
    if (p.kind != PERIOD_QUARTER && p.kind != PERIOD_YEAR)
        return INT32_MIN;
    int quarter = p.kind == PERIOD_QUARTER ? p.quarter : 1;
    int month = (quarter - 1) * 3 + (p.fiscal ? FISCAL_START : 1);
    int year = p.year + (month > 12);
    return cal_days(year, month > 12 ? month - 12 : month, 1);
}

int32_t period_last_day(struct period p)
{
    if (p.kind != PERIOD_QUARTER && p.kind != PERIOD_YEAR)
        return INT32_MAX;
    return period_first_day(period_next(p)) - 1;
}

bool period_holds(struct period outer, struct period inner)
{
    if (outer.kind == PERIOD_ALL)
        return true;
    if (inner.kind == PERIOD_ALL || inner.kind == PERIOD_NONE || outer.kind == PERIOD_NONE)
        return period_same(outer, inner);
    return period_first_day(outer) <= period_first_day(inner) &&
           period_last_day(inner) <= period_last_day(outer);
}

int period_order(struct period a, struct period b)
{
    bool late_a = a.kind == PERIOD_ALL, late_b = b.kind == PERIOD_ALL;
    if (late_a != late_b)
        return late_a ? 1 : -1;
    int32_t first_a = period_first_day(a), first_b = period_first_day(b);
    if (first_a != first_b)
        return first_a < first_b ? -1 : 1;
    return (a.kind > b.kind) - (a.kind < b.kind);
}

bool period_is(struct period p)
{
    return p.kind != PERIOD_NONE;
}
