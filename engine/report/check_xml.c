// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/report/check_xml.h"

enum { DEEPEST = 32 };

struct element {
    struct str name;
    size_t children, promised;
    bool promises;
};

struct scan {
    const char *at, *end;
    struct book_counts *found;
    struct element open[DEEPEST + 1]; // 0: the document itself
    size_t depth;
};

static bool is_name(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == ':' ||
           c == '_' || c == '-' || c == '.';
}

static bool take(struct scan *s, const char *text)
{
    size_t len = strlen(text);
    bool there = (size_t)(s->end - s->at) >= len && memcmp(s->at, text, len) == 0;
    s->at += there ? len : 0;
    return there;
}

static struct str take_name(struct scan *s)
{
    const char *from = s->at;
    while (s->at < s->end && is_name(*s->at))
        s->at++;
    return (struct str){from, (size_t)(s->at - from)};
}

static size_t whole_number(struct str digits)
{
    size_t number = 0;
    for (size_t i = 0; i < digits.len && digits.ptr[i] >= '0' && digits.ptr[i] <= '9'; i++)
        number = number * 10 + (size_t)(digits.ptr[i] - '0');
    return number;
}

// ` name="value"`; a promise about children is kept. The texts of a workbook say under `count` how
// often they are used, and under `uniqueCount` how many they are.
static bool take_attribute(struct scan *s, struct element *e)
{
    struct str name = take_name(s), value = {0};
    if (!name.len || !take(s, "=\""))
        return false;
    value.ptr = s->at;
    while (s->at < s->end && *s->at != '"' && *s->at != '<')
        s->at++;
    value.len = (size_t)(s->at - value.ptr);
    bool counts = str_is(name, "count") && !str_is(e->name, "sst");
    if (counts || str_is(name, "uniqueCount") || str_is(name, "size"))
        e->promised = whole_number(value), e->promises = true;
    return take(s, "\"");
}

static void count(struct scan *s, struct str name)
{
    static const struct {
        const char *name;
        enum book_count of;
    } counted[] = {
        {"sheet", BOOK_SHEETS},          {"c", BOOK_CELLS},           {"si", BOOK_TEXTS},
        {"hyperlink", BOOK_LINKS},       {"definedName", BOOK_NAMES}, {"Override", BOOK_PARTS},
        {"Relationship", BOOK_RELATIONS}};
    for (size_t i = 0; i < sizeof counted / sizeof *counted; i++)
        s->found->of[counted[i].of] += str_is(name, counted[i].name);
}

static bool kept(const struct element *e)
{
    return !e->promises || e->promised == e->children;
}

static bool take_end(struct scan *s)
{
    struct str name = take_name(s);
    if (!s->depth || !str_same(name, s->open[s->depth].name) || !take(s, ">"))
        return false;
    return kept(&s->open[s->depth--]);
}

static bool take_start(struct scan *s)
{
    struct element e = {.name = take_name(s)};
    if (!e.name.len || s->depth == DEEPEST)
        return false;
    while (take(s, " "))
        if (!take_attribute(s, &e))
            return false;
    s->open[s->depth].children++;
    count(s, e.name);
    if (take(s, "/>"))
        return kept(&e);
    s->open[++s->depth] = e;
    return take(s, ">");
}

// Bytes of a text; an entity is a character.
static size_t text_bytes(struct str text)
{
    size_t bytes = 0;
    bool entity = false;
    for (size_t i = 0; i < text.len; i++) {
        bytes += !entity;
        entity = entity ? text.ptr[i] != ';' : text.ptr[i] == '&';
    }
    return bytes;
}

static bool take_text(struct scan *s)
{
    struct str text = {s->at, 0};
    while (s->at < s->end && *s->at != '<')
        s->at++;
    text.len = (size_t)(s->at - text.ptr);
    if (s->depth && str_is(s->open[s->depth].name, "t"))
        s->found->of[BOOK_BYTES] += text_bytes(text);
    bool blank = true;
    for (size_t i = 0; i < text.len; i++)
        blank = blank && (text.ptr[i] == '\n' || text.ptr[i] == '\r' || text.ptr[i] == ' ');
    return s->depth || blank;
}

static bool take_declaration(struct scan *s)
{
    const char *end = memmem(s->at, (size_t)(s->end - s->at), "?>", 2);
    if (end)
        s->at = end + 2;
    return end != NULL;
}

bool xml_is_whole(struct str text, struct book_counts *found)
{
    struct scan s = {.at = text.ptr, .end = text.ptr + text.len, .found = found};
    bool good = true;
    while (good && s.at < s.end) {
        if (take(&s, "<?"))
            good = take_declaration(&s);
        else if (take(&s, "</"))
            good = take_end(&s);
        else if (take(&s, "<"))
            good = take_start(&s);
        else
            good = take_text(&s);
    }
    return good && s.depth == 0 && s.open[0].children == 1;
}
