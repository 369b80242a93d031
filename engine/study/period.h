// SPDX-License-Identifier: GPL-3.0-or-later
// Fiscal and calendar periods: reading, writing, order, neighbours.
#pragma once
#include "engine/base/str.h"

enum period_kind { PERIOD_NONE, PERIOD_QUARTER, PERIOD_YEAR, PERIOD_ALL };

// A zeroed period is "none". Calendar quarter: year 2003, quarter 4. Fiscal quarter: the year in
// which the fiscal year starts (2003 for 2003-04), quarter 1 = April to June.
struct period {
    enum period_kind kind;
    bool fiscal;
    int year, quarter;
};

enum { PERIOD_TEXT = 16 };

enum date_order { DATE_YMD, DATE_DMY, DATE_MDY };

// Machine form: 2003Q4, 2003, 2003-04 Q3, 2003-04, all; "" for none.
const char *period_text(struct period p, char out[PERIOD_TEXT]);
// Reads a label as interface.md 5 lists them (also 2003-2004, 2003/04, FY2003-04, 2003-04 T3,
// 2003 Q4), `all` included. A bare 2003-04 is the fiscal year. False: not a period.
bool period_read(struct str text, struct period *out);
// Reads an ISO 8601 date or date-time as written, or d/m/y or m/d/y when declared. Days since 1970.
bool date_read(struct str text, enum date_order order, int32_t *days);
// The same with the time of day as written, in seconds; MOMENT_UNKNOWN where there is none.
enum { MOMENT_UNKNOWN = -1 };
bool moment_read(struct str text, enum date_order order, int32_t *days, int32_t *second);
// The quarter of a day.
struct period period_of_day(int32_t days, bool fiscal);
struct period period_year(struct period p); // the year of a quarter; a year stays itself
struct period
period_previous(struct period p); // the one just before, of the same kind; none for all
struct period period_next(struct period p);
struct period period_year_ago(struct period p); // the same quarter (or year) a year before
bool period_same(struct period a, struct period b);
bool period_holds(struct period outer, struct period inner);
int period_order(struct period a,
                 struct period b); // by first day, then the longer after the shorter
int32_t period_first_day(struct period p);
int32_t period_last_day(struct period p);
bool period_is(struct period p); // not none
