// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/report/say.h"

static const char *kept(struct arena *a, struct buf *b)
{
    char *text = arena_copy(a, b->ptr ? b->ptr : "", b->len);
    buf_free(b);
    return text;
}

struct text say(struct arena *a, struct text template, const struct text *args, size_t count)
{
    struct text said;
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        struct buf b = {0};
        for (const char *at = template.in[lang]; *at; at++) {
            size_t arg = at[0] == '%' ? (size_t)(at[1] - '1') : count;
            if (arg < count)
                buf_text(&b, args[arg].in[lang]), at++;
            else
                at += at[0] == '%' && at[1] == '%', buf_char(&b, *at);
        }
        said.in[lang] = kept(a, &b);
    }
    return said;
}

struct text say_plain(const char *text)
{
    return (struct text){{text, text}};
}

struct text say_number(struct arena *a, double value, struct fmt_form form)
{
    struct text said;
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        struct buf b = {0};
        fmt_number(&b, value, form, (enum lang)lang);
        said.in[lang] = kept(a, &b);
    }
    return said;
}

struct text say_interval(struct arena *a, double low, double high, struct fmt_form form)
{
    struct text said;
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        struct buf b = {0};
        fmt_interval(&b, low, high, form, (enum lang)lang);
        said.in[lang] = kept(a, &b);
    }
    return said;
}

struct text say_points(struct arena *a, double value, int decimals)
{
    struct text said;
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        struct buf b = {0};
        fmt_points(&b, value, decimals, (enum lang)lang);
        said.in[lang] = kept(a, &b);
    }
    return said;
}

struct text say_p(struct arena *a, double p)
{
    struct text said;
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        struct buf b = {0};
        fmt_p(&b, p, (enum lang)lang);
        said.in[lang] = kept(a, &b);
    }
    return said;
}

struct text say_period(struct arena *a, struct period p)
{
    struct text said;
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        struct buf b = {0};
        fmt_period(&b, p, (enum lang)lang);
        said.in[lang] = kept(a, &b);
    }
    return said;
}

struct text say_date(struct arena *a, int32_t days)
{
    struct text said;
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        struct buf b = {0};
        fmt_date(&b, days, (enum lang)lang);
        said.in[lang] = kept(a, &b);
    }
    return said;
}

struct text say_plural(double value, int decimals, struct text singular, struct text plural)
{
    struct text said;
    for (int lang = 0; lang < LANG_COUNT; lang++)
        said.in[lang] =
            fmt_singular(value, decimals, (enum lang)lang) ? singular.in[lang] : plural.in[lang];
    return said;
}

struct text say_list(struct arena *a, const struct text *items, size_t count)
{
    static const char *const last[LANG_COUNT] = {" and ", " et "};
    struct text said;
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        struct buf b = {0};
        for (size_t i = 0; i < count; i++) {
            if (i > 0)
                buf_text(&b, i + 1 == count ? last[lang] : ", ");
            buf_text(&b, items[i].in[lang]);
        }
        said.in[lang] = kept(a, &b);
    }
    return said;
}
