// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/json.h"

#include "engine/base/num.h"

void json_start(struct json *j, struct buf *out)
{
    *j = (struct json){.out = out, .first = {true}};
}

static void new_line(struct json *j)
{
    buf_char(j->out, '\n');
    for (int i = 0; i < j->depth && !j->tight; i++)
        buf_text(j->out, "  ");
}

// What comes between the value before and the next one.
static void separate(struct json *j)
{
    if (j->keyed) {
        j->keyed = false;
        return;
    }
    if (!j->first[j->depth])
        buf_char(j->out, ',');
    if (j->depth && !j->flat[j->depth])
        new_line(j);
    else if (!j->first[j->depth] && !j->tight)
        buf_char(j->out, ' ');
    j->first[j->depth] = false;
}

void json_open(struct json *j, char bracket, bool flat)
{
    separate(j);
    buf_char(j->out, bracket);
    bool inside_flat = j->flat[j->depth];
    j->depth++;
    j->first[j->depth] = true;
    j->flat[j->depth] = flat || inside_flat;
}

void json_close(struct json *j, char bracket)
{
    bool empty = j->first[j->depth], flat = j->flat[j->depth];
    j->depth--;
    if (!empty && !flat)
        new_line(j);
    buf_char(j->out, bracket);
    if (j->depth == 0)
        buf_char(j->out, '\n');
}

// Bytes from here on that stand for themselves. U+2028 and U+2029 are E2 80 A8 and A9.
static size_t plain_bytes(const char *from, const char *end)
{
    const char *at = from;
    for (; at < end; at++) {
        unsigned char c = (unsigned char)*at;
        if (c < 0x20 || c == '"' || c == '\\' || c == 0x7F)
            break;
        if (c == 0xE2 && end - at > 2 && (unsigned char)at[1] == 0x80 &&
            ((unsigned char)at[2] & 0xFE) == 0xA8)
            break;
    }
    return (size_t)(at - from);
}

static void put_text(struct buf *out, struct str s)
{
    static const char hex[] = "0123456789abcdef";
    const char *at = s.ptr, *end = s.ptr + s.len;
    buf_char(out, '"');
    while (at < end) {
        size_t plain = plain_bytes(at, end);
        buf_put(out, at, plain);
        at += plain;
        if (at == end)
            break;
        unsigned char c = (unsigned char)*at++;
        if (c == '"' || c == '\\') {
            buf_char(out, '\\');
            buf_char(out, (char)c);
        } else if (c == 0xE2) {
            buf_text(out, (unsigned char)at[1] == 0xA8 ? "\\u2028" : "\\u2029");
            at += 2;
        } else {
            buf_text(out, "\\u00");
            buf_char(out, hex[c >> 4]);
            buf_char(out, hex[c & 15]);
        }
    }
    buf_char(out, '"');
}

void json_key(struct json *j, const char *key)
{
    separate(j);
    put_text(j->out, str_of(key));
    buf_text(j->out, ": ");
    j->keyed = true;
}

void json_str(struct json *j, struct str text)
{
    separate(j);
    put_text(j->out, text);
}

void json_text(struct json *j, const char *text)
{
    if (text) {
        json_str(j, str_of(text));
        return;
    }
    separate(j);
    buf_text(j->out, "null");
}

void json_number(struct json *j, double value)
{
    char digits[NUM_TEXT];
    separate(j);
    buf_text(j->out, num_text(value, digits) ? digits : "null");
}

void json_int(struct json *j, int64_t value)
{
    separate(j);
    buf_print(j->out, "%lld", (long long)value);
}

void json_bool(struct json *j, bool value)
{
    separate(j);
    buf_text(j->out, value ? "true" : "false");
}

void json_key_text(struct json *j, const char *key, const char *text)
{
    json_key(j, key);
    json_text(j, text);
}

void json_key_number(struct json *j, const char *key, double value)
{
    json_key(j, key);
    json_number(j, value);
}

void json_key_int(struct json *j, const char *key, int64_t value)
{
    json_key(j, key);
    json_int(j, value);
}
