// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/err.h"

#include "engine/base/utf8.h"

enum { MOST_OF_ONE_CODE = 1000, QUOTED_CHARACTERS = 80 };

enum { E = SEVERITY_ERROR, W = SEVERITY_WARNING, N = SEVERITY_NOTE };

const struct code_info code_table[CODE_COUNT] = {
#define CODE(id, how, status, meaning, help) {#id, (enum severity)(how), status, meaning, help},
    DIAGNOSTIC_CODES(CODE)
#undef CODE
};

enum status diag(struct diags *d, enum code code, struct where where, const char *format, ...)
{
    const struct code_info *info = &code_table[code];
    if (info->severity == SEVERITY_ERROR) {
        d->errors++;
        if (!d->status)
            d->status = info->status;
    } else if (info->severity == SEVERITY_WARNING) {
        d->warnings++;
    }
    if (d->counts[code]++ >= MOST_OF_ONE_CODE)
        return info->severity == SEVERITY_ERROR ? info->status : OK;
    va_list args;
    va_start(args, format);
    struct diag made = {code, where, arena_vprint(&d->arena, format, args), info->help};
    va_end(args);
    if (where.file)
        made.where.file = arena_text(&d->arena, where.file);
    vec_push(&d->list, made);
    return info->severity == SEVERITY_ERROR ? info->status : OK;
}

void diag_help(struct diags *d, const char *format, ...)
{
    if (!d->list.len)
        return;
    va_list args;
    va_start(args, format);
    d->list.at[d->list.len - 1].help = arena_vprint(&d->arena, format, args);
    va_end(args);
}

void diags_append(struct diags *d, const struct diags *more)
{
    for (size_t i = 0; i < more->list.len; i++) {
        const struct diag *one = &more->list.at[i];
        size_t before = d->list.len;
        (void)!diag(d, one->code, one->where, "%s", one->text);
        if (d->list.len > before && one->help)
            diag_help(d, "%s", one->help);
    }
}

void diags_free(struct diags *d)
{
    vec_free(&d->list);
    arena_free(&d->arena);
    *d = (struct diags){0};
}

const char *diag_quote(struct diags *d, struct str value)
{
    size_t bytes = utf8_prefix(value, QUOTED_CHARACTERS);
    const char *more = bytes < value.len ? "…" : "";
    return arena_print(&d->arena, "'%.*s%s'", (int)bytes, value.ptr, more);
}
