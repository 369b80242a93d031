// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/utf8.h"

#include <stdlib.h>
#include <utf8proc.h>

// Table 3-7 of the Unicode standard: the second byte of some first bytes is narrower.
static size_t sequence_len(unsigned char first, unsigned char *low, unsigned char *high)
{
    *low = 0x80;
    *high = 0xBF;
    if (first < 0x80)
        return 1;
    if (first < 0xC2 || first > 0xF4)
        return 0;
    if (first < 0xE0)
        return 2;
    if (first < 0xF0) {
        if (first == 0xE0)
            *low = 0xA0;
        if (first == 0xED)
            *high = 0x9F;
        return 3;
    }
    if (first == 0xF0)
        *low = 0x90;
    if (first == 0xF4)
        *high = 0x8F;
    return 4;
}

// Valid bytes of the sequence at p: its length, or 0; *cut is set when only the end is missing.
static size_t sequence_at(const unsigned char *p, size_t len, bool *cut)
{
    unsigned char low, high;
    size_t need = sequence_len(p[0], &low, &high);
    *cut = false;
    for (size_t i = 1; i < need; i++) {
        if (i >= len) {
            *cut = true;
            return 0;
        }
        if (p[i] < low || p[i] > high)
            return 0;
        low = 0x80;
        high = 0xBF;
    }
    return need;
}

size_t utf8_decode(struct str s, uint32_t *character)
{
    static const unsigned char mask[5] = {0, 0x7F, 0x1F, 0x0F, 0x07};
    const unsigned char *p = (const unsigned char *)s.ptr;
    bool cut;
    size_t len = s.len ? sequence_at(p, s.len, &cut) : 0;
    if (!len)
        return 0;
    *character = p[0] & mask[len];
    for (size_t i = 1; i < len; i++)
        *character = *character << 6 | (p[i] & 0x3F);
    return len;
}

static size_t ascii_run(const unsigned char *p, size_t len)
{
    size_t i = 0;
    for (uint64_t word; i + sizeof word <= len; i += sizeof word) {
        memcpy(&word, p + i, sizeof word);
        if (word & 0x8080808080808080u)
            break;
    }
    while (i < len && p[i] < 0x80)
        i++;
    return i;
}

size_t utf8_valid(struct str s, size_t *cut)
{
    const unsigned char *p = (const unsigned char *)s.ptr;
    size_t i = 0;
    if (cut)
        *cut = 0;
    for (;;) {
        i += ascii_run(p + i, s.len - i);
        if (i == s.len)
            return i;
        bool tail;
        size_t len = sequence_at(p + i, s.len - i, &tail);
        if (!len) {
            if (tail && cut)
                *cut = s.len - i;
            return i;
        }
        i += len;
    }
}

void utf8_put(struct buf *out, uint32_t c)
{
    char bytes[4];
    size_t len = 0;
    if (c < 0x80) {
        bytes[len++] = (char)c;
    } else if (c < 0x800) {
        bytes[len++] = (char)(0xC0 | c >> 6);
        bytes[len++] = (char)(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
        bytes[len++] = (char)(0xE0 | c >> 12);
        bytes[len++] = (char)(0x80 | (c >> 6 & 0x3F));
        bytes[len++] = (char)(0x80 | (c & 0x3F));
    } else {
        bytes[len++] = (char)(0xF0 | c >> 18);
        bytes[len++] = (char)(0x80 | (c >> 12 & 0x3F));
        bytes[len++] = (char)(0x80 | (c >> 6 & 0x3F));
        bytes[len++] = (char)(0x80 | (c & 0x3F));
    }
    buf_put(out, bytes, len);
}

size_t utf8_count(struct str s)
{
    size_t count = 0;
    for (size_t i = 0; i < s.len; i++)
        count += ((unsigned char)s.ptr[i] & 0xC0) != 0x80;
    return count;
}

size_t utf8_prefix(struct str s, size_t most)
{
    size_t i = 0;
    for (size_t count = 0; i < s.len; i++) {
        bool starts = ((unsigned char)s.ptr[i] & 0xC0) != 0x80;
        if (starts && count++ == most)
            break;
    }
    return i;
}

static bool is_ascii(struct str s)
{
    return ascii_run((const unsigned char *)s.ptr, s.len) == s.len;
}

static struct str mapped(struct arena *a, struct str s, utf8proc_option_t options)
{
    utf8proc_uint8_t *out = NULL;
    utf8proc_ssize_t len =
        utf8proc_map((const utf8proc_uint8_t *)s.ptr, (utf8proc_ssize_t)s.len, &out, options);
    struct str result = s;
    if (len >= 0)
        result = (struct str){arena_copy(a, (char *)out, (size_t)len), (size_t)len};
    free(out); // utf8proc allocates with malloc
    return result;
}

struct str utf8_nfc(struct arena *a, struct str s)
{
    return is_ascii(s) ? s : mapped(a, s, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
}

struct str utf8_fold(struct arena *a, struct str s)
{
    return mapped(a, s,
                  UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_STRIPMARK | UTF8PROC_CASEFOLD);
}

static size_t blank_at(struct str s)
{
    uint32_t c;
    size_t len = utf8_decode(s, &c);
    bool blank = len && (c == ' ' || c == '\t' || c == 0xA0 || c == 0x202F || c == 0xFEFF);
    return blank ? len : 0;
}

struct str utf8_trim(struct str s)
{
    for (size_t len; (len = blank_at(s)) > 0;)
        s.ptr += len, s.len -= len;
    while (s.len) {
        size_t start = s.len - 1;
        while (start && ((unsigned char)s.ptr[start] & 0xC0) == 0x80)
            start--;
        if (!blank_at((struct str){s.ptr + start, s.len - start}))
            break;
        s.len = start;
    }
    return s;
}

bool utf8_is_control(uint32_t c)
{
    return (c < 0x20 && c != '\n') || (c >= 0x7F && c < 0xA0) || (c >= 0x200E && c <= 0x200F) ||
           (c >= 0x2028 && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0x061C ||
           c == 0xFEFF;
}

void utf8_escape(struct buf *out, struct str s, bool keep_lines)
{
    bool line_start = true;
    for (size_t i = 0; i < s.len;) {
        uint32_t c;
        struct str rest = {s.ptr + i, s.len - i};
        size_t len = utf8_decode(rest, &c);
        if (line_start && str_starts(rest, "::"))
            buf_char(out, ' ');
        line_start = len == 1 && c == '\n' && keep_lines;
        if (!len)
            buf_print(out, "\\x%02x", (unsigned char)s.ptr[i]);
        else if (c < 0x100 && (utf8_is_control(c) || (c == '\n' && !keep_lines)))
            buf_print(out, "\\x%02x", (unsigned)c);
        else if (utf8_is_control(c))
            buf_print(out, "\\u{%04x}", (unsigned)c);
        else
            buf_put(out, s.ptr + i, len);
        i += len ? len : 1;
    }
}

int utf8_collate(struct str a, struct str b)
{
    struct arena scratch = {0};
    int order = str_order(utf8_fold(&scratch, a), utf8_fold(&scratch, b));
    arena_free(&scratch);
    return order ? order : str_order(a, b);
}
