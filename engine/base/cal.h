// SPDX-License-Identifier: GPL-3.0-or-later
// The proleptic Gregorian calendar in days.
#pragma once
#include <stdbool.h>
#include <stdint.h>

// Days since 1970-01-01 of a civil date (month 1..12, day 1..31, not checked).
int32_t cal_days(int year, int month, int day);
void cal_date(int32_t days, int *year, int *month, int *day);
bool cal_valid(int year, int month, int day);
int cal_month_length(int year, int month);
int cal_weekday(int32_t days); // 0 = Monday
