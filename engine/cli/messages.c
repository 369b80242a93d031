// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/cli/messages.h"

#include "engine/base/file.h"
#include "engine/base/json.h"
#include "engine/base/utf8.h"

#include <unistd.h>

static const char *const severity_names[] = {"note", "warning", "error"};
static const char *const severity_colours[] = {"36", "35", "31"};

static bool in_colour(const struct options *o)
{
    return o->color == WHEN_ALWAYS || (o->color == WHEN_AUTO && isatty(STDERR_FILENO));
}

static void put_where(struct buf *out, struct where where)
{
    utf8_escape(out, str_of(where.file ? where.file : "etalon"), false);
    if (where.file && where.line)
        buf_print(out, ":%ld", where.line);
    if (where.file && where.line && where.column)
        buf_print(out, ":%ld", where.column);
}

static void put_text(struct buf *out, const struct options *o, const struct diag *one)
{
    const struct code_info *info = &code_table[one->code];
    put_where(out, one->where);
    if (in_colour(o))
        buf_print(out, ": \x1b[%sm%s\x1b[0m: ", severity_colours[info->severity],
                  severity_names[info->severity]);
    else
        buf_print(out, ": %s: ", severity_names[info->severity]);
    utf8_escape(out, str_of(one->text), false);
    buf_print(out, " [%s]\n", info->id);
    if (one->help && *one->help) {
        buf_text(out, "    ");
        utf8_escape(out, str_of(one->help), false);
        buf_char(out, '\n');
    }
}

static void put_json(struct buf *out, const struct diag *one)
{
    struct json j;
    json_start(&j, out);
    json_open(&j, '{', true);
    json_key_text(&j, "file", one->where.file);
    json_key_int(&j, "line", one->where.line);
    json_key_int(&j, "column", one->where.column);
    json_key_text(&j, "severity", severity_names[code_table[one->code].severity]);
    json_key_text(&j, "text", one->text);
    json_key_text(&j, "code", code_table[one->code].id);
    json_key_text(&j, "help", one->help);
    json_close(&j, '}');
    if (!out->len || out->ptr[out->len - 1] != '\n')
        buf_char(out, '\n');
}

static bool wanted(const struct options *o, enum severity severity)
{
    switch (severity) {
    case SEVERITY_NOTE:
        return o->verbose && !o->quiet;
    case SEVERITY_WARNING:
        return !o->quiet;
    case SEVERITY_ERROR:
        break;
    }
    return true;
}

void messages_print(const struct options *o, const struct diags *d, size_t *printed)
{
    struct buf out = {0};
    for (; *printed < d->list.len; (*printed)++) {
        const struct diag *one = &d->list.at[*printed];
        if (!wanted(o, code_table[one->code].severity))
            continue;
        if (o->json_messages)
            put_json(&out, one);
        else
            put_text(&out, o, one);
    }
    file_write_all(STDERR_FILENO, out.ptr ? out.ptr : "", out.len);
    buf_free(&out);
}
