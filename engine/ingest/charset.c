// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/ingest/charset.h"

#include "engine/base/utf8.h"

const char *const encoding_ids[ENCODING_COUNT] = {
    [ENCODING_AUTO] = "auto",
    [ENCODING_UTF8] = "utf-8",
    [ENCODING_UTF16LE] = "utf-16le",
    [ENCODING_UTF16BE] = "utf-16be",
    [ENCODING_WINDOWS1252] = "windows-1252",
    [ENCODING_LATIN1] = "iso-8859-1",
    [ENCODING_LATIN9] = "iso-8859-15",
    [ENCODING_MACROMAN] = "macroman",
};

// The upper halves of the one-byte encodings as Unicode characters; 0 = no character. What the
// table of ISO 8859 lacks is the byte itself.
static const uint16_t windows1252[32] = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};
static const uint16_t macroman[128] = {
    0x00C4, 0x00C5, 0x00C7, 0x00C9, 0x00D1, 0x00D6, 0x00DC, 0x00E1, 0x00E0, 0x00E2, 0x00E4, 0x00E3,
    0x00E5, 0x00E7, 0x00E9, 0x00E8, 0x00EA, 0x00EB, 0x00ED, 0x00EC, 0x00EE, 0x00EF, 0x00F1, 0x00F3,
    0x00F2, 0x00F4, 0x00F6, 0x00F5, 0x00FA, 0x00F9, 0x00FB, 0x00FC, 0x2020, 0x00B0, 0x00A2, 0x00A3,
    0x00A7, 0x2022, 0x00B6, 0x00DF, 0x00AE, 0x00A9, 0x2122, 0x00B4, 0x00A8, 0x2260, 0x00C6, 0x00D8,
    0x221E, 0x00B1, 0x2264, 0x2265, 0x00A5, 0x00B5, 0x2202, 0x2211, 0x220F, 0x03C0, 0x222B, 0x00AA,
    0x00BA, 0x03A9, 0x00E6, 0x00F8, 0x00BF, 0x00A1, 0x00AC, 0x221A, 0x0192, 0x2248, 0x2206, 0x00AB,
    0x00BB, 0x2026, 0x00A0, 0x00C0, 0x00C3, 0x00D5, 0x0152, 0x0153, 0x2013, 0x2014, 0x201C, 0x201D,
    0x2018, 0x2019, 0x00F7, 0x25CA, 0x00FF, 0x0178, 0x2044, 0x20AC, 0x2039, 0x203A, 0xFB01, 0xFB02,
    0x2021, 0x00B7, 0x201A, 0x201E, 0x2030, 0x00C2, 0x00CA, 0x00C1, 0x00CB, 0x00C8, 0x00CD, 0x00CE,
    0x00CF, 0x00CC, 0x00D3, 0x00D4, 0xF8FF, 0x00D2, 0x00DA, 0x00DB, 0x00D9, 0x0131, 0x02C6, 0x02DC,
    0x00AF, 0x02D8, 0x02D9, 0x02DA, 0x00B8, 0x02DD, 0x02DB, 0x02C7};

bool encoding_find(const char *name, enum encoding *out)
{
    *out = ENCODING_AUTO;
    if (!name || !*name)
        return true;
    for (int e = 0; e < ENCODING_COUNT; e++)
        if (!strcmp(name, encoding_ids[e])) {
            *out = (enum encoding)e;
            return true;
        }
    return false;
}

static uint32_t latin9(unsigned char byte)
{
    static const struct {
        unsigned char byte;
        uint16_t character;
    } other[] = {{0xA4, 0x20AC}, {0xA6, 0x0160}, {0xA8, 0x0161}, {0xB4, 0x017D},
                 {0xB8, 0x017E}, {0xBC, 0x0152}, {0xBD, 0x0153}, {0xBE, 0x0178}};
    for (size_t i = 0; i < sizeof other / sizeof *other; i++)
        if (other[i].byte == byte)
            return other[i].character;
    return byte;
}

static uint32_t character_of(enum encoding encoding, unsigned char byte)
{
    if (byte < 0x80)
        return byte;
    if (encoding == ENCODING_WINDOWS1252)
        return byte < 0xA0 ? windows1252[byte - 0x80] : byte;
    if (encoding == ENCODING_MACROMAN)
        return macroman[byte - 0x80];
    return encoding == ENCODING_LATIN9 ? latin9(byte) : byte;
}

// The bytes that English and French text in windows-1252 really holds (robustness.md 1.2).
static bool plausible1252(unsigned char byte)
{
    return byte >= 0xA0 || byte == 0x80 || byte == 0x85 || byte == 0x8C ||
           (byte >= 0x91 && byte <= 0x97) || byte == 0x9C;
}

void charset_start(struct charset *c, struct source *source, enum encoding declared)
{
    c->source = source;
    c->encoding = declared;
    c->declared = declared != ENCODING_AUTO;
}

static enum status fill(struct charset *c, size_t need, struct diags *d)
{
    if (c->end - c->start >= need)
        return OK;
    memmove(c->raw, c->raw + c->start, c->end - c->start);
    c->end -= c->start;
    c->start = 0;
    while (!c->ended && c->end < need) {
        size_t got;
        TRY(source_read(c->source, (char *)c->raw + c->end, sizeof c->raw - c->end, &got, d));
        c->ended = got == 0;
        c->end += got;
    }
    return OK;
}

static void skip(struct charset *c, size_t bytes)
{
    c->start += bytes;
    c->offset += bytes;
}

// Zero bytes in every second place: at least eight pairs, or all pairs there are.
static enum encoding looks_like_utf16(const unsigned char *p, size_t len)
{
    size_t pairs = (len < 512 ? len : 512) / 2, even = 0, odd = 0;
    for (size_t i = 0; i < pairs; i++) {
        even += p[2 * i] == 0 && p[2 * i + 1] != 0;
        odd += p[2 * i] != 0 && p[2 * i + 1] == 0;
    }
    if (pairs < 2 || (even + odd) * 10 < pairs * 8)
        return ENCODING_AUTO;
    if (odd > 4 * even)
        return ENCODING_UTF16LE;
    return even > 4 * odd ? ENCODING_UTF16BE : ENCODING_AUTO;
}

static void stop_at(struct charset *c, const char *why)
{
    c->bad = true;
    c->bad_byte = c->raw[c->start];
    c->bad_why = why;
}

// The mark at the start decides when nothing is declared, and is never part of the text.
static enum status start(struct charset *c, struct diags *d)
{
    static const struct {
        enum encoding encoding;
        size_t len;
        const char *bytes;
    } marks[] = {{ENCODING_UTF8, 3, "\xEF\xBB\xBF"},
                 {ENCODING_UTF16LE, 2, "\xFF\xFE"},
                 {ENCODING_UTF16BE, 2, "\xFE\xFF"}};
    c->started = true;
    TRY(fill(c, 512, d));
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        bool there = c->end >= marks[i].len && !memcmp(c->raw, marks[i].bytes, marks[i].len);
        if (there && (!c->declared || c->encoding == marks[i].encoding)) {
            c->encoding = marks[i].encoding;
            c->declared = true;
            skip(c, marks[i].len);
            return OK;
        }
    }
    if (c->declared)
        return OK;
    c->encoding = ENCODING_UTF8;
    enum encoding wide = looks_like_utf16(c->raw, c->end);
    if (wide)
        stop_at(c, encoding_ids[wide]);
    return OK;
}

static void read_bytes(struct charset *c, struct buf *out)
{
    size_t i = c->start;
    for (; i < c->end; i++) {
        unsigned char byte = c->raw[i];
        uint32_t character = character_of(c->encoding, byte);
        if ((!character && byte) || (c->guessed && byte >= 0x80 && !plausible1252(byte)))
            break;
        if (byte < 0x80)
            buf_char(out, (char)byte);
        else
            utf8_put(out, character);
    }
    skip(c, i - c->start);
    if (i < c->end)
        stop_at(c, c->guessed ? "not windows-1252 either" : "no character of this encoding");
}

// A whole sequence in the shape of UTF-8 that is none: overlong, surrogate or too high.
static bool utf8_shaped(const unsigned char *p, size_t len)
{
    size_t need = p[0] < 0xC0 || p[0] > 0xF7 ? 0 : p[0] < 0xE0 ? 1 : p[0] < 0xF0 ? 2 : 3;
    if (!need || len <= need)
        return false;
    for (size_t i = 1; i <= need; i++)
        if ((p[i] & 0xC0) != 0x80)
            return false;
    return true;
}

// A byte that is not UTF-8: windows-1252 where nothing says otherwise. A file that already held
// longer UTF-8 sequences, or holds malformed ones, is UTF-8 with damage.
static void switch_or_stop(struct charset *c, bool cut)
{
    unsigned char byte = c->raw[c->start];
    bool damaged = c->beyond_ascii || cut || utf8_shaped(c->raw + c->start, c->end - c->start);
    if (c->declared || damaged || !plausible1252(byte)) {
        stop_at(c, "not UTF-8");
        return;
    }
    c->encoding = ENCODING_WINDOWS1252;
    c->guessed = c->offset + 1;
    c->guessed_byte = byte;
}

static bool is_beyond_ascii(struct str s)
{
    uint64_t high = 0, word;
    size_t i = 0;
    for (; i + sizeof word <= s.len; i += sizeof word) {
        memcpy(&word, s.ptr + i, sizeof word);
        high |= word;
    }
    for (; i < s.len; i++)
        high |= (unsigned char)s.ptr[i];
    return (high & 0x8080808080808080u) != 0;
}

static enum status read_utf8(struct charset *c, struct buf *out, struct diags *d)
{
    size_t cut;
    struct str have = {(char *)c->raw + c->start, c->end - c->start};
    size_t valid = utf8_valid(have, &cut);
    if (valid == 0 && cut && !c->ended) {
        TRY(fill(c, have.len + 4, d));
        have = (struct str){(char *)c->raw + c->start, c->end - c->start};
        valid = utf8_valid(have, &cut);
    }
    c->beyond_ascii = c->beyond_ascii || is_beyond_ascii((struct str){have.ptr, valid});
    buf_put(out, have.ptr, valid);
    skip(c, valid);
    if (valid == 0)
        switch_or_stop(c, cut > 0);
    return OK;
}

static unsigned unit_at(const struct charset *c, size_t at)
{
    unsigned first = c->raw[at], second = c->raw[at + 1];
    return c->encoding == ENCODING_UTF16LE ? second << 8 | first : first << 8 | second;
}

static enum status read_utf16(struct charset *c, struct buf *out, struct diags *d)
{
    TRY(fill(c, 4, d));
    while (c->end - c->start >= 2) {
        uint32_t unit = unit_at(c, c->start);
        size_t len = 2;
        if (unit >= 0xD800 && unit < 0xDC00) {
            if (c->end - c->start < 4 && !c->ended)
                return OK;
            unsigned low = c->end - c->start >= 4 ? unit_at(c, c->start + 2) : 0;
            if (low < 0xDC00 || low > 0xDFFF)
                break;
            unit = 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
            len = 4;
        } else if (unit >= 0xDC00 && unit < 0xE000) {
            break;
        }
        utf8_put(out, unit);
        skip(c, len);
    }
    if (c->end - c->start >= 2 || (c->end > c->start && c->ended))
        stop_at(c, "not UTF-16");
    return OK;
}

enum status charset_read(struct charset *c, struct buf *out, struct diags *d)
{
    if (!c->started)
        TRY(start(c, d));
    size_t before = out->len;
    while (out->len == before && !c->bad) {
        TRY(fill(c, 1, d));
        if (c->start == c->end)
            return OK;
        if (c->encoding == ENCODING_UTF8)
            TRY(read_utf8(c, out, d));
        else if (c->encoding == ENCODING_UTF16LE || c->encoding == ENCODING_UTF16BE)
            TRY(read_utf16(c, out, d));
        else
            read_bytes(c, out);
    }
    return OK;
}

enum status charset_bad(const struct charset *c, struct where where, struct diags *d)
{
    if (!strncmp(c->bad_why, "utf-16", 6)) {
        enum status status =
            diag(d, E0217, where, "every second byte is zero: looks like UTF-16 without its mark");
        diag_help(d, "tell the encoding with --encoding %s, or `dialect: {encoding: %s}`",
                  c->bad_why, c->bad_why);
        return status;
    }
    enum status status =
        diag(d, E0216, where, "byte 0x%02X at byte offset %llu is %s (encoding %s)", c->bad_byte,
             (unsigned long long)c->offset, c->bad_why, encoding_ids[c->encoding]);
    // In Mac Roman the accented letters of French lie at 0x80–0x9F, where windows-1252 has few.
    bool mac = c->bad_byte >= 0x80 && c->bad_byte < 0xA0;
    const char *name = mac ? "macroman" : "windows-1252";
    if (!c->declared)
        diag_help(d,
                  "if the file is not UTF-8, tell its encoding: --encoding %s, or `dialect: "
                  "{encoding: %s}`",
                  name, name);
    return status;
}
