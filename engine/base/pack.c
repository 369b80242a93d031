// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/pack.h"

void pack_number(struct buf *out, uint64_t value)
{
    char bytes[10];
    size_t len = 0;
    for (; value >= 0x80; value >>= 7)
        bytes[len++] = (char)(value | 0x80);
    bytes[len++] = (char)value;
    buf_put(out, bytes, len);
}

void pack_signed(struct buf *out, int64_t value)
{
    pack_number(out, (uint64_t)value << 1 ^ (value < 0 ? UINT64_MAX : 0));
}

void pack_text(struct buf *out, struct str text)
{
    pack_number(out, text.len);
    buf_str(out, text);
}

uint64_t unpack_number(struct unpack *u)
{
    uint64_t value = 0;
    for (int shift = 0; shift < 70; shift += 7) {
        if (!u->rest.len)
            break;
        unsigned char byte = (unsigned char)u->rest.ptr[0];
        u->rest.ptr++, u->rest.len--;
        if (shift == 63 && byte > 1)
            break;
        value |= (uint64_t)(byte & 0x7f) << shift;
        if (byte < 0x80)
            return value;
    }
    u->bad = true;
    u->rest.len = 0;
    return 0;
}

int64_t unpack_signed(struct unpack *u)
{
    uint64_t value = unpack_number(u);
    return (int64_t)(value >> 1 ^ (value & 1 ? UINT64_MAX : 0));
}

uint64_t unpack_below(struct unpack *u, uint64_t limit)
{
    uint64_t value = unpack_number(u);
    u->bad |= value >= limit;
    return value < limit ? value : 0;
}

size_t unpack_count(struct unpack *u)
{
    uint64_t count = unpack_number(u);
    u->bad |= count > u->rest.len;
    return count > u->rest.len ? 0 : (size_t)count;
}

struct str unpack_text(struct unpack *u)
{
    size_t len = unpack_count(u);
    struct str text = {u->rest.ptr, len};
    u->rest.ptr += len;
    u->rest.len -= len;
    return text;
}
