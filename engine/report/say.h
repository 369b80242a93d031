// SPDX-License-Identifier: GPL-3.0-or-later
// Sentences from templates, in every language at once. A template holds %1 … %9, each replaced by
// the argument of that number; the order may differ between the languages. "%%" is a percent sign.
#pragma once
#include "engine/base/label.h"
#include "engine/report/fmt.h"

struct text say(struct arena *a, struct text template, const struct text *args, size_t count);
#define SAY(arena, template, ...)                            \
    say(arena, template, (const struct text[]){__VA_ARGS__}, \
        sizeof((const struct text[]){__VA_ARGS__}) / sizeof(struct text))

struct text say_plain(const char *text); // the same in every language
struct text say_number(struct arena *a, double value, struct fmt_form form);
struct text say_interval(struct arena *a, double low, double high, struct fmt_form form);
struct text say_points(struct arena *a, double value, int decimals);
struct text say_p(struct arena *a, double p);
struct text say_period(struct arena *a, struct period p);
struct text say_date(struct arena *a, int32_t days);
// One of two texts by the number as printed.
struct text say_plural(double value, int decimals, struct text singular, struct text plural);
// "a", "a and b", "a, b and c"; "a", "a et b", "a, b et c".
struct text say_list(struct arena *a, const struct text *items, size_t count);
