// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/str.h"

#include <stdio.h>

bool str_same(struct str a, struct str b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

bool str_is(struct str a, const char *text)
{
    return str_same(a, str_of(text));
}

int str_order(struct str a, struct str b)
{
    size_t common = a.len < b.len ? a.len : b.len;
    int order = common ? memcmp(a.ptr, b.ptr, common) : 0;
    return order ? order : (a.len > b.len) - (a.len < b.len);
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

struct str str_trim(struct str s)
{
    while (s.len && is_blank(s.ptr[0]))
        s.ptr++, s.len--;
    while (s.len && is_blank(s.ptr[s.len - 1]))
        s.len--;
    return s;
}

bool str_starts(struct str s, const char *prefix)
{
    size_t len = strlen(prefix);
    return s.len >= len && memcmp(s.ptr, prefix, len) == 0;
}

// Eight bytes at a time, the last of them overlapping: multiply and fold. A final mix makes the low
// bits serve as a table index.
static uint64_t hash_step(uint64_t h, const char *eight)
{
    uint64_t word;
    memcpy(&word, eight, sizeof word);
    h = (h ^ word) * 0x9e3779b97f4a7c15u;
    return h ^ h >> 32;
}

uint64_t str_hash(struct str s)
{
    uint64_t h = 0xcbf29ce484222325u ^ s.len;
    size_t i = 0;
    for (; i + 8 <= s.len; i += 8)
        h = hash_step(h, s.ptr + i);
    if (i < s.len && s.len > 8) {
        h = hash_step(h, s.ptr + s.len - 8);
    } else if (i < s.len) {
        char rest[8] = {0};
        memcpy(rest, s.ptr, s.len);
        h = hash_step(h, rest);
    }
    h *= 0xd6e8feb86659fd93u;
    return h ^ h >> 32;
}

// Optimal string alignment distance: three rows of the usual table.
size_t str_distance(struct str a, struct str b)
{
    enum { LONGEST = 63 };
    if (a.len > LONGEST || b.len > LONGEST)
        return a.len > b.len ? a.len : b.len;
    size_t rows[3][LONGEST + 1];
    size_t *before = rows[0], *last = rows[1], *now = rows[2];
    for (size_t j = 0; j <= b.len; j++)
        last[j] = j;
    for (size_t i = 1; i <= a.len; i++) {
        now[0] = i;
        for (size_t j = 1; j <= b.len; j++) {
            size_t cost = a.ptr[i - 1] != b.ptr[j - 1];
            size_t best = last[j - 1] + cost;
            if (last[j] + 1 < best)
                best = last[j] + 1;
            if (now[j - 1] + 1 < best)
                best = now[j - 1] + 1;
            if (i > 1 && j > 1 && a.ptr[i - 1] == b.ptr[j - 2] && a.ptr[i - 2] == b.ptr[j - 1] &&
                before[j - 2] + 1 < best)
                best = before[j - 2] + 1;
            now[j] = best;
        }
        size_t *spare = before;
        before = last, last = now, now = spare;
    }
    return last[b.len];
}

const char *str_nearest(const char *word, const char *const *candidates, size_t count)
{
    const char *nearest = NULL;
    size_t best = strlen(word) / 3 + 1;
    for (size_t i = 0; i < count; i++) {
        size_t distance = str_distance(str_of(word), str_of(candidates[i]));
        if (distance < best || (distance == best && !nearest)) {
            nearest = candidates[i];
            best = distance;
        }
    }
    return nearest;
}

static void make_room(struct buf *b, size_t len)
{
    if (b->cap < b->len + len + 1)
        b->ptr = mem_grow(b->ptr, &b->cap, b->len + len + 1, 1);
}

void buf_put(struct buf *b, const char *bytes, size_t len)
{
    make_room(b, len);
    if (len)
        memcpy(b->ptr + b->len, bytes, len);
    b->len += len;
    b->ptr[b->len] = '\0';
}

void buf_text(struct buf *b, const char *text)
{
    buf_put(b, text, strlen(text));
}

void buf_str(struct buf *b, struct str s)
{
    buf_put(b, s.ptr, s.len);
}

void buf_char(struct buf *b, char c)
{
    make_room(b, 1);
    b->ptr[b->len++] = c;
    b->ptr[b->len] = '\0';
}

// Nearly always the room there is will do; else printed again.
void buf_print(struct buf *b, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    size_t room = b->cap - b->len;
    int len = vsnprintf(room ? b->ptr + b->len : NULL, room, format, args);
    va_end(args);
    if (len > 0 && (size_t)len >= room) {
        make_room(b, (size_t)len);
        vsnprintf(b->ptr + b->len, (size_t)len + 1, format, again);
    }
    if (len > 0)
        b->len += (size_t)len;
    va_end(again);
}

void buf_clear(struct buf *b)
{
    b->len = 0;
    if (b->ptr)
        b->ptr[0] = '\0';
}

void buf_free(struct buf *b)
{
    mem_free(b->ptr);
    *b = (struct buf){0};
}
