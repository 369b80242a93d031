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
        l->scanned -= l->at;
        for (size_t i = l->next; i < l->places.len; i++)
            l->places.at[i] -= (uint32_t)l->at;
        l->at = 0;
    }
    size_t before = l->buf.len;
    TRY(charset_read(l->text, &l->buf, d));
    l->ended = l->buf.len == before && !l->text->bad;
    return OK;
}

void lines_split(struct lines *l, struct str delimiter, struct str quote)
{
    l->split = delimiter.len <= 1 && quote.len <= 1;
    l->set.delimiter = l->split && delimiter.len ? delimiter.ptr[0] : '\n';
    l->set.quote = l->split && quote.len ? quote.ptr[0] : '\n';
}

void lines_begin(struct lines *l, struct str text, int64_t number)
{
    union { // never written to: `ended` keeps the buffer as it is
        const char *from;
        char *to;
    } view = {.from = text.ptr};
    l->buf = (struct buf){view.to, text.len, 0};
    l->borrowed = l->ended = true;
    l->at = l->scanned = l->next = l->places.len = 0;
    l->number = number;
}

// A line with so many marks is left to the way that needs no list of them.
enum { WINDOW = 1 << 14, MOST_PLACES = 1 << 17 };

// Finds the marks of the next window; those of lines given out are forgotten. False: the buffer is
// scanned to its end.
static bool scan_on(struct lines *l)
{
    if (l->scanned == l->buf.len)
        return false;
    if (!l->scan)
        l->scan = split_best();
    size_t kept = l->places.len - l->next;
    if (l->next && kept)
        memmove(l->places.at, l->places.at + l->next, kept * sizeof *l->places.at);
    size_t to = l->buf.len - l->scanned < WINDOW ? l->buf.len : l->scanned + WINDOW;
    l->next = 0;
    l->places.len = kept;
    vec_reserve(&l->places, kept + WINDOW);
    l->places.len += l->scan(l->buf.ptr, l->scanned, to, &l->set, l->places.at + kept);
    l->scanned = to;
    return true;
}

static void give(struct lines *l, size_t end, size_t next, struct line *out)
{
    out->text = (struct str){l->buf.ptr + l->at, end - l->at};
    out->full = next - l->at;
    out->number = ++l->number;
    out->origin = l->at;
    l->at = next;
    if (l->scanned < next)
        l->scanned = next;
}

// The last line, which has no end: without its marks it may be nothing at all.
static bool give_last(struct lines *l, struct line *out)
{
    size_t end = l->buf.len;
    while (end > l->at && (l->buf.ptr[end - 1] == '\0' || l->buf.ptr[end - 1] == 0x1A))
        end--;
    l->marks = l->buf.len - end;
    bool more = end > l->at;
    out->plain = false;
    if (more)
        give(l, end, end, out);
    l->at = l->scanned = l->buf.len;
    l->next = l->places.len;
    return more;
}

// Goes on from mark *i to the end of the line. False: it is not in what was scanned.
static bool find_end(struct lines *l, size_t *i, bool *plain)
{
    for (; *i < l->places.len; ++*i) {
        char mark = l->buf.ptr[l->places.at[*i]];
        if (mark == '\n')
            return true;
        if (mark == '\r')
            return l->places.at[*i] + 1 < l->buf.len || l->ended;
        *plain &= mark == l->set.delimiter;
    }
    return false;
}

static void give_found(struct lines *l, size_t i, struct line *out)
{
    size_t end = l->places.at[i], next = end + 1;
    bool pair = l->buf.ptr[end] == '\r' && next < l->buf.len && l->buf.ptr[next] == '\n';
    out->places = l->places.at + l->next;
    out->place_count = i - l->next;
    l->next = i + 1;
    if (pair && l->next < l->places.len) // else it is not scanned yet
        l->next++;
    give(l, end, next + pair, out);
}

enum status lines_next(struct lines *l, struct line *out, bool *more, struct diags *d)
{
    bool plain = l->split;
    size_t i = l->next;
    for (*more = true;;) {
        if (find_end(l, &i, &plain)) {
            out->plain = plain;
            give_found(l, i, out);
            return OK;
        }
        if (i - l->next > MOST_PLACES) {
            plain = false;
            l->next = i;
        }
        i -= l->next;
        if (scan_on(l))
            continue;
        i += l->next;
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

// Marks of the plain line that begins with mark `next`: its delimiters and its end, LF or CR LF.
// 0: it is none.
static size_t plain_marks(const struct lines *l, size_t next, size_t width)
{
    if (l->places.len - next < width)
        return 0;
    const uint32_t *place = l->places.at + next;
    const char *text = l->buf.ptr;
    for (size_t i = 0; i + 1 < width; i++)
        if (text[place[i]] != l->set.delimiter)
            return 0;
    char end = text[place[width - 1]];
    if (end == '\n')
        return width;
    bool pair = end == '\r' && l->places.len - next > width &&
                place[width] == place[width - 1] + 1 && text[place[width]] == '\n';
    return pair ? width + 1 : 0;
}

static size_t plain_lines(struct lines *l, size_t width, size_t longest, size_t most,
                          struct line_batch *out)
{
    size_t next = l->next, start = l->at;
    out->stride = plain_marks(l, next, width);
    for (out->rows = 0; out->rows < most && out->stride; out->rows++) {
        size_t end = l->places.at[next + width - 1];
        if (end - start > longest)
            break;
        next += out->stride;
        start = l->places.at[next - 1] + 1;
        if (plain_marks(l, next, width) != out->stride) {
            out->rows++;
            break;
        }
    }
    return next;
}

bool lines_batch(struct lines *l, size_t width, size_t longest, size_t most, struct line_batch *out)
{
    if (!l->split || l->set.delimiter == '\n' || width < 2 || !most)
        return false;
    size_t next = plain_lines(l, width, longest, most, out);
    if (!out->rows && scan_on(l))
        next = plain_lines(l, width, longest, most, out);
    if (!out->rows)
        return false;
    out->text = l->buf.ptr;
    out->places = l->places.at + l->next;
    out->first = l->at;
    out->line = l->number + 1;
    l->number += (int64_t)out->rows;
    l->at = l->places.at[next - 1] + 1;
    l->next = next;
    return true;
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
    if (!l->borrowed)
        buf_free(&l->buf);
    vec_free(&l->places);
}
