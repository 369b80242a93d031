// SPDX-License-Identifier: GPL-3.0-or-later
// The archive of a workbook, unpacked and read part by part.
#include "engine/report/check_xml.h"

#include <zlib.h>

enum { END_RECORD = 22, CENTRAL_RECORD = 46, LOCAL_RECORD = 30, PART_MOST = 256 << 20 };

static size_t number(const char *at, int bytes) // little-endian
{
    size_t value = 0;
    while (bytes-- > 0)
        value = value << 8 | (unsigned char)at[bytes];
    return value;
}

static bool unpack(struct str packed, int method, char *out, size_t size)
{
    if (method == 0) {
        bool fits = packed.len == size;
        if (fits)
            memcpy(out, packed.ptr, size);
        return fits;
    }
    z_stream z = {.next_in = (Bytef *)(uintptr_t)packed.ptr,
                  .avail_in = (uInt)packed.len,
                  .next_out = (Bytef *)out,
                  .avail_out = (uInt)size};
    if (method != Z_DEFLATED || inflateInit2(&z, -MAX_WBITS) != Z_OK)
        return false;
    bool whole = inflate(&z, Z_FINISH) == Z_STREAM_END && z.total_out == size;
    inflateEnd(&z);
    return whole;
}

static bool is_part_whole(struct str bytes, const char *entry, struct book_counts *found)
{
    size_t packed = number(entry + 20, 4), size = number(entry + 24, 4), at = number(entry + 42, 4);
    if (at + LOCAL_RECORD > bytes.len || size > PART_MOST || size == 0)
        return false;
    at += LOCAL_RECORD + number(bytes.ptr + at + 26, 2) + number(bytes.ptr + at + 28, 2);
    if (at + packed > bytes.len)
        return false;
    char *text = mem_new(size + 1, 1);
    bool whole =
        unpack((struct str){bytes.ptr + at, packed}, (int)number(entry + 10, 2), text, size) &&
        crc32(0, (const Bytef *)text, (uInt)size) == number(entry + 16, 4) &&
        xml_is_whole((struct str){text, size}, found);
    mem_free(text);
    return whole;
}

// Files that are neither the list of types nor relations of another.
static bool is_declared(struct str name)
{
    size_t len = sizeof ".rels" - 1;
    bool relations = name.len > len && memcmp(name.ptr + name.len - len, ".rels", len) == 0;
    return !relations && !str_is(name, "[Content_Types].xml");
}

// What the writer knows is at least there; each file is declared once, and related to once.
static bool is_all_there(const struct book_counts *found, const struct book_counts *made,
                         size_t declared)
{
    for (int i = 0; i < BOOK_COUNTS; i++)
        if (found->of[i] < made->of[i])
            return false;
    return found->of[BOOK_PARTS] == declared && found->of[BOOK_RELATIONS] == declared;
}

bool xlsx_is_whole(struct str bytes, const struct book_counts *made)
{
    struct book_counts found = {0};
    size_t declared = 0;
    if (bytes.len < END_RECORD)
        return false;
    const char *end = bytes.ptr + bytes.len - END_RECORD; // the library writes no comment
    if (memcmp(end, "PK\5\6", 4) != 0)
        return false;
    size_t count = number(end + 10, 2), at = number(end + 16, 4);
    for (size_t i = 0; i < count; i++) {
        const char *entry = bytes.ptr + at;
        if (at + CENTRAL_RECORD > bytes.len || memcmp(entry, "PK\1\2", 4) != 0)
            return false;
        struct str name = {entry + CENTRAL_RECORD, number(entry + 28, 2)};
        at += CENTRAL_RECORD + name.len + number(entry + 30, 2) + number(entry + 32, 2);
        if (at > bytes.len || !is_part_whole(bytes, entry, &found))
            return false;
        declared += is_declared(name);
    }
    return count > 0 && is_all_there(&found, made, declared);
}
