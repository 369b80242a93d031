// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/store/scan.h"

#include <errno.h>
#include <jansson.h>
#include <unistd.h>

enum { BLOCK = 1 << 20, DEEPEST = 64 };

struct where scan_where(const struct scan *s)
{
    struct where where = {s->name, 1, 1};
    for (size_t i = 0; i < s->at && i < s->filled; i++) {
        where.column += ((unsigned char)s->bytes[i] & 0xc0) != 0x80;
        if (s->bytes[i] == '\n')
            where.line++, where.column = 1;
    }
    return where;
}

enum status scan_expected(struct scan *s, const char *what)
{
    if (s->at >= s->filled)
        return diag(s->d, E0811, scan_where(s), "the file ends where %s was expected", what);
    struct str found = {s->bytes + s->at, s->filled - s->at < 12 ? s->filled - s->at : 12};
    return diag(s->d, E0811, scan_where(s), "%s was expected, found %s", what,
                diag_quote(s->d, found));
}

enum status scan_fill(struct scan *s, size_t need)
{
    while (s->fd >= 0 && s->filled < s->size && s->filled - s->at < need) {
        size_t left = s->size - s->filled;
        ssize_t got = read(s->fd, s->bytes + s->filled, left < BLOCK ? left : BLOCK);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return diag(s->d, E0204, (struct where){s->name, 0, 0}, "%s", strerror(errno));
        if (got == 0)
            return diag(s->d, E0209, (struct where){s->name, 0, 0},
                        "the file became shorter while it was read");
        s->filled += (size_t)got;
    }
    return OK;
}

static void blanks(struct scan *s)
{
    while (s->at < s->filled && (s->bytes[s->at] == ' ' || s->bytes[s->at] == '\n' ||
                                 s->bytes[s->at] == '\t' || s->bytes[s->at] == '\r'))
        s->at++;
}

bool scan_sees(struct scan *s, char c)
{
    blanks(s);
    return s->at < s->filled && s->bytes[s->at] == c;
}

enum status scan_take(struct scan *s, char c)
{
    if (!scan_sees(s, c))
        return scan_expected(s, (char[]){'`', c, '`', 0});
    s->at++;
    return OK;
}

// Escapes are rare: jansson knows them all.
static enum status unescape(struct scan *s, struct str quoted, struct str *out)
{
    json_t *text = json_loadb(quoted.ptr, quoted.len, JSON_DECODE_ANY, NULL);
    if (!json_is_string(text)) {
        json_decref(text);
        return scan_expected(s, "a text with well-formed escapes");
    }
    size_t len = json_string_length(text);
    *out = (struct str){arena_copy(s->arena, json_string_value(text), len), len};
    json_decref(text);
    return OK;
}

enum status scan_text(struct scan *s, struct str *out)
{
    if (!scan_sees(s, '"'))
        return scan_expected(s, "a text in quotes");
    size_t from = s->at + 1, at = from;
    bool escaped = false;
    for (; at < s->filled && s->bytes[at] != '"'; at++) {
        if ((unsigned char)s->bytes[at] < 0x20)
            break;
        if (s->bytes[at] == '\\')
            escaped = true, at++;
    }
    if (at >= s->filled || s->bytes[at] != '"') {
        s->at = at < s->filled ? at : s->filled;
        return scan_expected(s, "the end of a text");
    }
    *out = (struct str){s->bytes + from, at - from};
    if (escaped)
        TRY(unescape(s, (struct str){s->bytes + from - 1, at - from + 2}, out));
    s->at = at + 1;
    return OK;
}

// Digits, true, false, null.
static enum status scan_word(struct scan *s, struct str *out)
{
    size_t from = s->at;
    while (s->at < s->filled && (unsigned char)s->bytes[s->at] > ' ' &&
           !strchr(",:]}[{\"", s->bytes[s->at]))
        s->at++;
    *out = (struct str){s->bytes + from, s->at - from};
    return s->at > from ? OK : scan_expected(s, "a value");
}

enum status scan_value(struct scan *s, struct str *out)
{
    blanks(s);
    size_t from = s->at;
    struct str part;
    int depth = 0;
    do {
        blanks(s);
        char c = s->at < s->filled ? s->bytes[s->at] : '\0';
        if (c == '{' || c == '[')
            s->at++, depth++;
        else if ((c == '}' || c == ']') && depth)
            s->at++, depth--;
        else if ((c == ',' || c == ':') && depth)
            s->at++;
        else
            TRY(c == '"' ? scan_text(s, &part) : scan_word(s, &part));
        if (depth > DEEPEST)
            return scan_expected(s, "fewer nested values");
    } while (depth);
    *out = (struct str){s->bytes + from, s->at - from};
    return OK;
}
