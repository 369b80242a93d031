// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/ingest/lines.h"

#include "engine/base/utf8.h"

static enum status bad_byte(const struct lines *l, struct diags *d)
{
    struct str part = {l->buf.ptr + l->at, l->buf.len - l->at};
    long column = (long)utf8_count(part) + 1;
    return charset_bad(l->text, (struct where){l->path, (long)l->number + 1, column}, d);
}

static enum status fill(struct lines *l, struct diags *d)
{
    if (l->text->bad)
        return bad_byte(l, d);
    if (l->at) {
        memmove(l->buf.ptr, l->buf.ptr + l->at, l->buf.len - l->at);
        l->buf.len -= l->at;
        l->lf = l->lf < l->at ? 0 : l->lf - l->at;
        l->cr = l->cr < l->at ? 0 : l->cr - l->at;
        l->at = 0;
    }
    size_t before = l->buf.len;
    TRY(charset_read(l->text, &l->buf, d));
    l->ended = l->buf.len == before && !l->text->bad;
    return OK;
}

// Each byte of the buffer is searched once for each of the two.
static size_t next_end(struct lines *l, size_t *cache, char end)
{
    if (*cache < l->at)
        *cache = l->at;
    if (*cache < l->buf.len && l->buf.ptr[*cache] == end)
        return *cache;
    const char *found =
        l->buf.len > *cache ? memchr(l->buf.ptr + *cache, end, l->buf.len - *cache) : NULL;
    *cache = found ? (size_t)(found - l->buf.ptr) : l->buf.len;
    return *cache;
}

static void give(struct lines *l, size_t end, size_t next, struct line *out)
{
    out->text = (struct str){l->buf.ptr + l->at, end - l->at};
    out->full = next - l->at;
    out->number = ++l->number;
    l->at = next;
}

// The last line, which has no end: without its marks it may be nothing at all.
static bool give_last(struct lines *l, struct line *out)
{
    size_t end = l->buf.len;
    while (end > l->at && (l->buf.ptr[end - 1] == '\0' || l->buf.ptr[end - 1] == 0x1A))
        end--;
    l->marks = l->buf.len - end;
    bool more = end > l->at;
    if (more)
        give(l, end, end, out);
    l->at = l->lf = l->cr = l->buf.len;
    return more;
}

enum status lines_next(struct lines *l, struct line *out, bool *more, struct diags *d)
{
    for (*more = true;;) {
        size_t lf = next_end(l, &l->lf, '\n'), cr = next_end(l, &l->cr, '\r');
        size_t end = lf < cr ? lf : cr;
        bool pair = cr < lf && cr + 1 == lf;
        if (end < l->buf.len && (end == lf || cr + 1 < l->buf.len || l->ended)) {
            give(l, end, end + 1 + pair, out);
            return OK;
        }
        if (l->ended) {
            *more = l->at < l->buf.len && give_last(l, out);
            return OK;
        }
        if (l->buf.len - l->at > l->limit)
            return diag(d, E0304, (struct where){l->path, (long)l->number + 1, 0},
                        "line is longer than the limit of %zu bytes (limits: record)", l->limit);
        TRY(fill(l, d));
    }
}

static size_t count_lines(struct str s)
{
    size_t count = 0;
    for (size_t i = 0; i < s.len; i++)
        count += s.ptr[i] == '\n' || (s.ptr[i] == '\r' && (i + 1 == s.len || s.ptr[i + 1] != '\n'));
    return count;
}

enum status lines_head(struct lines *l, size_t bytes, size_t count, size_t most, struct str *out,
                       bool *whole, struct diags *d)
{
    while (!l->ended && !l->text->bad && l->buf.len < most &&
           (l->buf.len < bytes || count_lines(buf_view(&l->buf)) < count))
        TRY(fill(l, d));
    *out = buf_view(&l->buf);
    *whole = l->ended;
    return OK;
}

void lines_free(struct lines *l)
{
    buf_free(&l->buf);
}
