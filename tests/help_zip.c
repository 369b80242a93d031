// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/help_zip.h"

#include "engine/base/utf8.h"

#include <stdio.h>
#include <zlib.h>

enum { END_RECORD = 22, CENTRAL_RECORD = 46, LOCAL_RECORD = 30, PART_MOST = 64 << 20 };

static uint32_t number(const char *at, int bytes)
{
    uint32_t value = 0;
    for (int i = bytes - 1; i >= 0; i--)
        value = value << 8 | (unsigned char)at[i];
    return value;
}

static bool inflate_raw(struct str packed, size_t size, struct buf *out)
{
    Bytef *room = mem_new(size + 1, 1);
    z_stream z = {.next_in = (Bytef *)(uintptr_t)packed.ptr,
                  .avail_in = (uInt)packed.len,
                  .next_out = room,
                  .avail_out = (uInt)size};
    bool sound = inflateInit2(&z, -MAX_WBITS) == Z_OK && inflate(&z, Z_FINISH) == Z_STREAM_END &&
                 z.total_out == size;
    inflateEnd(&z);
    buf_put(out, (char *)room, sound ? size : 0);
    mem_free(room);
    return sound;
}

static bool read_part(struct str archive, const char *entry, struct parts *out)
{
    uint32_t method = number(entry + 10, 2), sum = number(entry + 16, 4);
    size_t packed = number(entry + 20, 4), size = number(entry + 24, 4), at = number(entry + 42, 4);
    if (at + LOCAL_RECORD > archive.len || size > PART_MOST)
        return false;
    size_t data =
        at + LOCAL_RECORD + number(archive.ptr + at + 26, 2) + number(archive.ptr + at + 28, 2);
    if (data + packed > archive.len)
        return false;
    struct part part = {0};
    struct str bytes = {archive.ptr + data, packed};
    bool sound = method == 0 || (method == 8 && inflate_raw(bytes, size, &part.bytes));
    if (method == 0)
        buf_str(&part.bytes, bytes);
    struct buf name = {0};
    buf_put(&name, entry + CENTRAL_RECORD, number(entry + 28, 2));
    part.name = name.ptr;
    sound =
        sound && crc32(0, (const Bytef *)buf_view(&part.bytes).ptr, (uInt)part.bytes.len) == sum;
    vec_push(&out->list, part);
    return sound;
}

bool zip_read(struct str archive, struct parts *out)
{
    if (archive.len < END_RECORD || memcmp(archive.ptr, "PK\3\4", 4) != 0)
        return false;
    const char *end = archive.ptr + archive.len - END_RECORD; // without a comment
    if (memcmp(end, "PK\5\6", 4) != 0)
        return false;
    size_t count = number(end + 10, 2), at = number(end + 16, 4);
    for (size_t i = 0; i < count; i++) {
        const char *entry = archive.ptr + at;
        if (at + CENTRAL_RECORD > archive.len || memcmp(entry, "PK\1\2", 4) != 0 ||
            !read_part(archive, entry, out))
            return false;
        at +=
            CENTRAL_RECORD + number(entry + 28, 2) + number(entry + 30, 2) + number(entry + 32, 2);
    }
    return count > 0;
}

const struct part *zip_part(const struct parts *parts, const char *name)
{
    for (size_t i = 0; i < parts->list.len; i++)
        if (strcmp(parts->list.at[i].name, name) == 0)
            return &parts->list.at[i];
    return NULL;
}

void zip_free(struct parts *parts)
{
    for (size_t i = 0; i < parts->list.len; i++) {
        mem_free(parts->list.at[i].name);
        buf_free(&parts->list.at[i].bytes);
    }
    vec_free(&parts->list);
}
