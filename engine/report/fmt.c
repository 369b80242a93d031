// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/report/fmt.h"

#include "engine/base/cal.h"
#include "engine/base/num.h"

#include <math.h>

enum { GROUP = 3, GROUPED_FROM = 4, GROUPED_FROM_IN_TEXT = 5 };

static const char *const group_marks[LANG_COUNT] = {",", NBSP};
static const char *const decimal_marks[LANG_COUNT] = {".", ","};

static const struct text month_names[] = {
    TEXT("January", "janvier"), TEXT("February", "février"),  TEXT("March", "mars"),
    TEXT("April", "avril"),     TEXT("May", "mai"),           TEXT("June", "juin"),
    TEXT("July", "juillet"),    TEXT("August", "août"),       TEXT("September", "septembre"),
    TEXT("October", "octobre"), TEXT("November", "novembre"), TEXT("December", "décembre"),
};

static void put_whole(struct buf *out, const char *digits, size_t from, enum lang lang)
{
    size_t len = strlen(digits);
    for (size_t i = 0; i < len; i++) {
        if (i > 0 && len >= from && (len - i) % GROUP == 0)
            buf_text(out, group_marks[lang]);
        buf_char(out, digits[i]);
    }
}

static bool is_zero(const struct num_digits *d)
{
    return strspn(d->whole, "0") == strlen(d->whole) &&
           strspn(d->fraction, "0") == strlen(d->fraction);
}

void fmt_number(struct buf *out, double value, struct fmt_form form, enum lang lang)
{
    if (!isfinite(value)) {
        buf_text(out, "..");
        return;
    }
    struct num_digits digits;
    num_split(value, form.decimals, &digits);
    if (digits.negative)
        buf_text(out, MINUS);
    else if (form.sign && !is_zero(&digits))
        buf_char(out, '+');
    if (form.dollars && lang == LANG_EN)
        buf_char(out, '$');
    bool grouped = form.grouped || form.dollars;
    put_whole(out, digits.whole, grouped ? GROUPED_FROM : GROUPED_FROM_IN_TEXT, lang);
    if (*digits.fraction) {
        buf_text(out, decimal_marks[lang]);
        buf_text(out, digits.fraction);
    }
    if (form.percent)
        buf_text(out, lang == LANG_FR ? NBSP "%" : "%");
    if (form.dollars && lang == LANG_FR)
        buf_text(out, NBSP "$");
}

void fmt_interval(struct buf *out, double low, double high, struct fmt_form form, enum lang lang)
{
    fmt_number(out, low, form, lang);
    buf_text(out, lang == LANG_FR ? " à " : " to ");
    fmt_number(out, high, form, lang);
}

// Three decimals say all there is to say; below and above them the sign changes instead.
void fmt_p(struct buf *out, double p, enum lang lang)
{
    double shown = p;
    const char *sign = "=";
    if (p < 0.001)
        shown = 0.001, sign = "<";
    else if (num_round(p, 3) >= 1)
        shown = 0.999, sign = ">";
    const char *blank = lang == LANG_FR ? NBSP : " ";
    buf_text(out, "p");
    buf_text(out, blank);
    buf_text(out, sign);
    buf_text(out, blank);
    fmt_number(out, shown, (struct fmt_form){.decimals = 3}, lang);
}

bool fmt_singular(double value, int decimals, enum lang lang)
{
    double shown = fabs(num_round(value, decimals));
    return lang == LANG_FR ? shown < 2 : shown == 1;
}

void fmt_points(struct buf *out, double value, int decimals, enum lang lang)
{
    fmt_number(out, value, (struct fmt_form){.decimals = decimals, .sign = true}, lang);
    buf_text(out, lang == LANG_FR ? NBSP : " ");
    buf_text(out, fmt_singular(value, decimals, lang) ? "point" : "points");
}

void fmt_date(struct buf *out, int32_t days, enum lang lang)
{
    int year, month, day;
    cal_date(days, &year, &month, &day);
    const char *name = month_names[month - 1].in[lang];
    if (lang == LANG_FR)
        buf_print(out, "%d%s %s %d", day, day == 1 ? "er" : "", name, year);
    else
        buf_print(out, "%s %d, %d", name, day, year);
}

static void put_fiscal(struct buf *out, struct period p, enum lang lang)
{
    if (p.kind == PERIOD_QUARTER)
        buf_print(out, "%d-%02d %s%d", p.year, (p.year + 1) % 100, lang == LANG_FR ? "T" : "Q",
                  p.quarter);
    else if (lang == LANG_FR)
        buf_print(out, "%d-%d", p.year, p.year + 1);
    else
        buf_print(out, "%d-%02d", p.year, (p.year + 1) % 100);
}

void fmt_period(struct buf *out, struct period p, enum lang lang)
{
    if (p.kind == PERIOD_ALL)
        buf_text(out, lang == LANG_FR ? "ensemble des périodes" : "all periods");
    else if (p.kind == PERIOD_NONE)
        buf_text(out, "..");
    else if (p.fiscal)
        put_fiscal(out, p, lang);
    else if (p.kind == PERIOD_QUARTER)
        buf_print(out, "%d %s%d", p.year, lang == LANG_FR ? "T" : "Q", p.quarter);
    else
        buf_print(out, "%d", p.year);
}

void fmt_bytes(struct buf *out, uint64_t bytes, enum lang lang)
{
    static const struct text units[] = {TEXT("bytes", "octets"), TEXT("kB", "ko"), TEXT("MB", "Mo"),
                                        TEXT("GB", "Go")};
    size_t unit = 0;
    double value = (double)bytes;
    for (; value >= 999.95 && unit + 1 < sizeof units / sizeof *units; unit++)
        value /= 1000;
    fmt_number(out, value, (struct fmt_form){.decimals = unit ? 1 : 0}, lang);
    buf_text(out, NBSP);
    buf_text(out, units[unit].in[lang]);
}

const char *fmt_colon(enum lang lang)
{
    return lang == LANG_FR ? NBSP ":" : ":";
}
