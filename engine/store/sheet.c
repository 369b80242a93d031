// SPDX-License-Identifier: GPL-3.0-or-later
// Before compression: the number of rows (8 bytes), each column of texts (ended by NUL), each
// column of numbers (8 bytes each, NaN = none), the decimals (1 byte each). Lowest byte first.
#include "engine/store/sheet.h"

#include <zstd.h>

enum { WORD = 8, LEVEL = 6 };
static const unsigned long long most_bytes = 1ull << 32; // a damaged size must not ask for more

static void put_word(struct buf *out, uint64_t word)
{
    char bytes[WORD];
    for (int i = 0; i < WORD; i++)
        bytes[i] = (char)(word >> 8 * i & 0xff);
    buf_put(out, bytes, WORD);
}

static uint64_t get_word(const char *bytes)
{
    uint64_t word = 0;
    for (int i = 0; i < WORD; i++)
        word |= (uint64_t)(unsigned char)bytes[i] << 8 * i;
    return word;
}

static void put_rows(struct buf *raw, const struct history_row *rows, size_t count)
{
    put_word(raw, count);
    for (int c = 0; c < ROW_TEXTS; c++)
        for (size_t i = 0; i < count; i++) {
            buf_str(raw, rows[i].text[c]);
            buf_char(raw, '\0');
        }
    for (int c = 0; c < ROW_NUMBERS; c++)
        for (size_t i = 0; i < count; i++) {
            uint64_t bits;
            memcpy(&bits, &rows[i].number[c], sizeof bits);
            put_word(raw, bits);
        }
    for (size_t i = 0; i < count; i++)
        buf_char(raw, (char)rows[i].decimals);
}

void sheet_pack(struct buf *out, const struct snapshot *s)
{
    struct buf raw = {0};
    struct history_row *rows = mem_new(s->estimates.len + 1, sizeof *rows);
    for (size_t i = 0; i < s->estimates.len; i++)
        row_of_estimate(&rows[i], &s->estimates.at[i]);
    put_rows(&raw, rows, s->estimates.len);
    size_t room = ZSTD_compressBound(raw.len);
    char *packed = mem_new(room, 1);
    buf_put(out, packed, ZSTD_compress(packed, room, raw.ptr, raw.len, LEVEL));
    mem_free(packed);
    mem_free(rows);
    buf_free(&raw);
}

// Where each column begins.
struct columns {
    uint64_t count;
    const char *text[ROW_TEXTS], *number[ROW_NUMBERS], *decimals;
};

static bool find_columns(struct columns *c, struct str raw)
{
    const char *at = raw.ptr + WORD, *end = raw.ptr + raw.len;
    if (raw.len < WORD)
        return false;
    c->count = get_word(raw.ptr);
    if (c->count > raw.len) // a row has more than a byte
        return false;
    for (int k = 0; k < ROW_TEXTS; k++) {
        c->text[k] = at;
        for (uint64_t i = 0; i < c->count; i++) {
            const char *nul = memchr(at, '\0', (size_t)(end - at));
            if (!nul)
                return false;
            at = nul + 1;
        }
    }
    if ((uint64_t)(end - at) != c->count * (WORD * ROW_NUMBERS + 1))
        return false;
    for (int k = 0; k < ROW_NUMBERS; k++, at += c->count * WORD)
        c->number[k] = at;
    c->decimals = at;
    return true;
}

static void take_row(struct columns *c, struct history_row *row)
{
    for (int k = 0; k < ROW_TEXTS; k++) {
        row->text[k] = str_of(c->text[k]);
        c->text[k] += row->text[k].len + 1;
    }
    for (int k = 0; k < ROW_NUMBERS; k++, c->number[k - 1] += WORD) {
        uint64_t bits = get_word(c->number[k]);
        memcpy(&row->number[k], &bits, sizeof bits);
    }
    row->decimals = (signed char)*c->decimals++;
}

bool sheet_each(struct str bytes, history_row_visit *each, void *context)
{
    struct columns c;
    unsigned long long size = ZSTD_getFrameContentSize(bytes.ptr, bytes.len);
    if (size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN || size > most_bytes)
        return false;
    char *raw = mem_new((size_t)size + 1, 1);
    bool good = ZSTD_decompress(raw, (size_t)size, bytes.ptr, bytes.len) == size &&
                find_columns(&c, (struct str){raw, (size_t)size});
    for (uint64_t i = 0; good && i < c.count; i++) {
        struct history_row row;
        take_row(&c, &row);
        each(context, &row);
    }
    mem_free(raw);
    return good;
}
