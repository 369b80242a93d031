// SPDX-License-Identifier: GPL-3.0-or-later
#include "plots/text.h"

#include "engine/base/utf8.h"
#include "plots/text_widths.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))
static const char ellipsis[] = "\xE2\x80\xA6";

// XML cannot hold most controls; non-characters and marks of direction could upset a viewer.
static bool is_unsafe(uint32_t c)
{
    return utf8_is_control(c) || c == '\n' || c == 0x7F || (c >= 0xFFF9 && c <= 0xFFFF) ||
           (c & 0xFFFE) == 0xFFFE;
}

struct str text_clean(struct arena *a, struct str s)
{
    struct buf out = {0};
    buf_text(&out, "");
    while (s.len) {
        uint32_t c = 0;
        size_t bytes = utf8_decode(s, &c);
        if (!bytes || is_unsafe(c))
            buf_char(&out, ' ');
        else
            buf_put(&out, s.ptr, bytes);
        s.ptr += bytes ? bytes : 1;
        s.len -= bytes ? bytes : 1;
    }
    struct str clean = {arena_copy(a, buf_view(&out).ptr, out.len), out.len};
    buf_free(&out);
    return clean;
}

void text_quote(struct buf *out, struct str s)
{
    struct arena a = {0};
    struct str clean = text_clean(&a, s);
    buf_char(out, '"');
    for (size_t i = 0; i < clean.len; i++) {
        unsigned byte = (unsigned char)clean.ptr[i];
        char octal[4] = {'\\', (char)('0' + (byte >> 6)), (char)('0' + (byte >> 3 & 7)),
                         (char)('0' + (byte & 7))};
        buf_put(out, octal, sizeof octal);
    }
    buf_char(out, '"');
    arena_free(&a);
}

static double advance(uint32_t c, bool bold)
{
    // What the table lacks is taken as a full square: too wide rather than too narrow.
    struct advance w = {2048, 2048};
    if (c >= 0x20 && c <= 0x7E)
        w = advance_ascii[c - 0x20];
    else if (c >= 0xA0 && c <= 0x17F)
        w = advance_latin[c - 0xA0];
    else if (c >= 0x300 && c <= 0x36F)
        w = (struct advance){0, 0};
    else
        for (size_t i = 0; i < COUNT(advance_others); i++)
            if (advance_others[i].character == c)
                w = advance_others[i].width;
    return (bold ? w.bold : w.plain) / 2048.0;
}

double text_width(struct str s, double size, bool bold)
{
    double width = 0;
    while (s.len) {
        uint32_t c = 0;
        size_t bytes = utf8_decode(s, &c);
        width += advance(bytes ? c : ' ', bold);
        s.ptr += bytes ? bytes : 1;
        s.len -= bytes ? bytes : 1;
    }
    return width * size;
}

// Bytes of the longest start that fits.
static size_t fit(struct str s, size_t most, double room, double size, bool bold)
{
    size_t used = 0, count = 0;
    double width = 0;
    while (used < s.len && count < most) {
        uint32_t c = 0;
        size_t bytes = utf8_decode((struct str){s.ptr + used, s.len - used}, &c);
        width += advance(bytes ? c : ' ', bold) * size;
        if (width > room)
            break;
        used += bytes ? bytes : 1;
        count++;
    }
    return used;
}

static struct str with_ellipsis(struct arena *a, struct str s)
{
    while (s.len && s.ptr[s.len - 1] == ' ')
        s.len--;
    char *text = arena_print(a, "%.*s%s", (int)s.len, s.ptr, ellipsis);
    return str_of(text);
}

struct str text_cut(struct arena *a, struct str s, size_t most, double room, double size, bool bold)
{
    struct str clean = text_clean(a, s);
    if (fit(clean, most, room, size, bold) == clean.len)
        return clean;
    double left = room - text_width(STR(ellipsis), size, bold);
    clean.len = fit(clean, most > 0 ? most - 1 : 0, left, size, bold);
    return with_ellipsis(a, clean);
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

// The start of s that goes on one line: up to the last blank, or with the last hyphen, that fits;
// else as much as fits. Years such as 2003-04 stay whole.
static size_t line_length(struct str s, double room, double size, bool bold)
{
    size_t most = fit(s, s.len, room, size, bold);
    if (most == s.len)
        return most;
    for (size_t i = most; i > 0; i--)
        if (s.ptr[i] == ' ' || (s.ptr[i - 1] == '-' && i > 3 && !is_digit(s.ptr[i])))
            return i;
    return most ? most : fit(s, 1, 1e9, size, bold);
}

struct lines text_wrap(struct arena *a, struct str s, size_t most, double room, double size,
                       bool bold)
{
    struct str rest = str_trim(text_clean(a, s));
    struct lines lines = {.at = NEWS(a, most ? most : 1, struct str)};
    while (rest.len && lines.count < most) {
        size_t length = line_length(rest, room, size, bold);
        struct str line = {rest.ptr, length};
        if (lines.count + 1 == most && length < rest.len)
            line = text_cut(a, rest, rest.len, room, size, bold), length = rest.len;
        lines.at[lines.count++] = line;
        double width = text_width(line, size, bold);
        lines.width = width > lines.width ? width : lines.width;
        rest = str_trim((struct str){rest.ptr + length, rest.len - length});
    }
    return lines;
}
