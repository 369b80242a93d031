// SPDX-License-Identifier: GPL-3.0-or-later
// Is a workbook whole? The library does not look whether its temporary files could be written: on
// a full disk it packs parts that break off and reports success. So each part is unpacked again and
// must end with the tag that it began with.
#include "engine/report/writers.h"

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

// The root is the first tag that is no declaration; it closes itself or ends the text.
static bool is_closed(struct str text)
{
    size_t at = 0;
    while (at + 1 < text.len && (text.ptr[at] != '<' || text.ptr[at + 1] == '?'))
        at++;
    const char *name = text.ptr + at + 1;
    size_t len = 0;
    while (at + 1 + len < text.len && !strchr(" />\n", name[len]))
        len++;
    text = str_trim(text);
    while (text.len && text.ptr[text.len - 1] == '\n')
        text.len--;
    if (len == 0 || text.len < len + 3)
        return false;
    const char *end = text.ptr + text.len - len - 3;
    if (memcmp(end, "</", 2) == 0 && memcmp(end + 2, name, len) == 0)
        return text.ptr[text.len - 1] == '>';
    const char *last = text.ptr + text.len;
    while (last > text.ptr && *last != '<')
        last--;
    return last == name - 1 && memcmp(text.ptr + text.len - 2, "/>", 2) == 0;
}

static bool is_part_whole(struct str bytes, const char *entry)
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
        is_closed((struct str){text, size});
    mem_free(text);
    return whole;
}

bool xlsx_is_whole(struct str bytes)
{
    if (bytes.len < END_RECORD)
        return false;
    const char *end = bytes.ptr + bytes.len - END_RECORD; // the library writes no comment
    if (memcmp(end, "PK\5\6", 4) != 0)
        return false;
    size_t count = number(end + 10, 2), at = number(end + 16, 4);
    for (size_t i = 0; i < count; i++) {
        const char *entry = bytes.ptr + at;
        if (at + CENTRAL_RECORD > bytes.len || memcmp(entry, "PK\1\2", 4) != 0 ||
            !is_part_whole(bytes, entry))
            return false;
        at +=
            CENTRAL_RECORD + number(entry + 28, 2) + number(entry + 30, 2) + number(entry + 32, 2);
    }
    return count > 0;
}
