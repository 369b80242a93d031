// SPDX-License-Identifier: GPL-3.0-or-later
// What the files of the bundled study `west` have in common. Everything here is invented; only the
// magnitudes follow published figures (datasets/west/README.md names them).
#pragma once
#include "datasets/random.h"

#include "engine/base/cal.h"
#include "engine/base/str.h"

enum { REGIONS = 4, QUARTERS = 8, FIRST_YEAR = 2002 };
enum region_number { MB, SK, AB, BC };

extern const char *const region_ids[REGIONS];

// First and last day of a quarter of the span: 0 = 2002-03 Q1 … 7 = 2003-04 Q4.
int32_t quarter_first(int quarter);
int32_t quarter_last(int quarter);
void put_quarter(struct buf *out, int quarter); // 2003-04 Q4
void put_day(struct buf *out, int32_t day);     // 2004-03-31

// Each writes its files into the folder of the study.
struct sink {
    void (*write)(struct sink *sink, const char *name, struct str bytes);
    const char *folder;
    int failed;
};
void west_survey(struct sink *sink);
void west_contacts(struct sink *sink);
void west_calls(struct sink *sink);
void west_services(struct sink *sink);
void west_standards(struct sink *sink);
void west_market(struct sink *sink); // population, targets, benchmarks
