// SPDX-License-Identifier: GPL-3.0-or-later
#include "plots/markup.h"

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool is_name(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_' || c == ':';
}

static void drop(struct str *s, size_t count)
{
    s->ptr += count;
    s->len -= count;
}

static struct str take_name(struct str *s)
{
    size_t n = 0;
    while (n < s->len && is_name(s->ptr[n]))
        n++;
    struct str name = {s->ptr, n};
    drop(s, n);
    return name;
}

static void take_blanks(struct str *s)
{
    while (s->len && is_blank(*s->ptr))
        drop(s, 1);
}

// Bytes up to and with the > that ends a tag, minding quotes; 0 = none.
static size_t tag_length(struct str s)
{
    char quote = 0;
    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];
        if (quote)
            quote = c == quote ? 0 : quote;
        else if (c == '"' || c == '\'')
            quote = c;
        else if (c == '>')
            return i + 1;
    }
    return 0;
}

static void read_tag(struct markup *m)
{
    struct str inner = {m->whole.ptr + 1, m->whole.len - 2};
    m->kind = MARKUP_OPEN;
    if (inner.len && *inner.ptr == '?') {
        m->kind = MARKUP_DECLARATION;
        return;
    }
    if (inner.len && *inner.ptr == '/') {
        m->kind = MARKUP_CLOSE;
        drop(&inner, 1);
    } else if (inner.len && inner.ptr[inner.len - 1] == '/') {
        m->kind = MARKUP_EMPTY;
        inner.len--;
    }
    m->name = take_name(&inner);
    m->attributes = inner;
    if (!m->name.len || (m->kind == MARKUP_CLOSE && str_trim(inner).len))
        m->kind = MARKUP_BAD;
}

bool markup_next(struct str *rest, struct markup *m)
{
    bool in_text = m->kind == MARKUP_OPEN && str_is(m->name, "text");
    if (!rest->len)
        return false;
    *m = (struct markup){.text_element = in_text};
    size_t length = 0;
    if (*rest->ptr == '<') {
        length = tag_length(*rest);
        if (!length)
            return false;
        m->whole = (struct str){rest->ptr, length};
        read_tag(m);
    } else {
        const char *end = memchr(rest->ptr, '<', rest->len);
        length = end ? (size_t)(end - rest->ptr) : rest->len;
        m->kind = MARKUP_TEXT;
        m->whole = (struct str){rest->ptr, length};
    }
    drop(rest, length);
    return m->kind != MARKUP_BAD;
}

bool markup_in_text(const struct markup *m)
{
    return m->text_element;
}

bool markup_attribute(struct str *rest, struct markup_attribute *a)
{
    take_blanks(rest);
    struct str s = *rest;
    a->name = take_name(&s);
    take_blanks(&s);
    if (!a->name.len || !s.len || *s.ptr != '=')
        return false;
    drop(&s, 1);
    take_blanks(&s);
    if (!s.len || (*s.ptr != '"' && *s.ptr != '\''))
        return false;
    const char *end = memchr(s.ptr + 1, *s.ptr, s.len - 1);
    if (!end)
        return false;
    a->value = (struct str){s.ptr + 1, (size_t)(end - s.ptr) - 1};
    drop(&s, a->value.len + 2);
    *rest = s;
    return true;
}
