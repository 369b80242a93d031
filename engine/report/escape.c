// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/report/escape.h"

#include "engine/base/utf8.h"

static const char *entity(uint32_t c)
{
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    }
    return NULL;
}

// The next character as it may stand in a document; its bytes are taken off s.
static uint32_t next_plain(struct str *s)
{
    uint32_t c;
    size_t len = utf8_decode(*s, &c);
    if (!len)
        len = 1, c = 0xFFFD;
    s->ptr += len, s->len -= len;
    if (c == '\t' || c == '\n' || c == '\r')
        return ' ';
    return utf8_is_control(c) || (c & 0xFFFE) == 0xFFFE ? 0xFFFD : c;
}

void escape_html(struct buf *out, struct str s)
{
    while (s.len) {
        uint32_t c = next_plain(&s);
        const char *name = entity(c);
        if (name)
            buf_text(out, name);
        else
            utf8_put(out, c);
    }
}

void escape_markdown(struct buf *out, struct str s)
{
    while (s.len) {
        uint32_t c = next_plain(&s);
        if (c == '<' || c == '>' || c == '&') {
            buf_text(out, entity(c));
            continue;
        }
        if (c < 0x80 && strchr("\\|`[]()*_#!~", (int)c))
            buf_char(out, '\\');
        utf8_put(out, c);
    }
}

static void put_quoted(struct buf *out, const char *before, struct str s)
{
    buf_char(out, '"');
    buf_text(out, before);
    for (size_t i = 0; i < s.len; i++) {
        if (s.ptr[i] == '"')
            buf_char(out, '"');
        buf_char(out, s.ptr[i]);
    }
    buf_char(out, '"');
}

static void put_field(struct buf *out, const char *before, struct str s)
{
    bool quoted = false;
    for (size_t i = 0; i < s.len && !quoted; i++)
        quoted = s.ptr[i] == ',' || s.ptr[i] == '"' || s.ptr[i] == '\n' || s.ptr[i] == '\r';
    if (quoted) {
        put_quoted(out, before, s);
        return;
    }
    buf_text(out, before);
    buf_str(out, s);
}

void escape_csv(struct buf *out, struct str s)
{
    put_field(out, "", s);
}

static bool starts_formula(struct str s)
{
    uint32_t c;
    if (!utf8_decode(s, &c))
        return false;
    switch (c) {
    case '=':
    case '+':
    case '-':
    case '@':
    case '\t':
    case '\r':
    case 0:
    case 0xFF1D: // the full-width forms, which some spreadsheets fold
    case 0xFF0B:
    case 0xFF0D:
    case 0xFF20:
        return true;
    }
    return false;
}

void escape_csv_people(struct buf *out, struct str s)
{
    put_field(out, starts_formula(s) ? "'" : "", s);
}
