// SPDX-License-Identifier: GPL-3.0-or-later
// A strict scanner for the XML that the program writes.
#include "engine/base/utf8.h"
#include "tests/help_zip.h"

#include <stdio.h>

enum { DEPTH_MOST = 64, ATTRIBUTES_MOST = 64 };

struct scan {
    struct str text;
    size_t at, depth;
    struct str open[DEPTH_MOST];
    size_t roots;
    const char *wrong;
};

static bool fail(struct scan *s, const char *what)
{
    s->wrong = s->wrong ? s->wrong : what;
    return false;
}

static char look(const struct scan *s)
{
    return s->at < s->text.len ? s->text.ptr[s->at] : '\0';
}

static bool take(struct scan *s, const char *word)
{
    struct str rest = {s->text.ptr + s->at, s->text.len - s->at};
    if (!str_starts(rest, word))
        return false;
    s->at += strlen(word);
    return true;
}

static bool skip_past(struct scan *s, const char *word)
{
    while (s->at < s->text.len)
        if (take(s, word))
            return true;
        else
            s->at++;
    return fail(s, "not closed");
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

static struct str name(struct scan *s)
{
    size_t from = s->at;
    for (char c; (c = look(s)) != '\0' && !is_blank(c) && !strchr("<>/='\"&", c);)
        s->at++;
    return (struct str){s->text.ptr + from, s->at - from};
}

static bool entity(struct scan *s)
{
    static const char *const known[] = {"&amp;", "&lt;", "&gt;", "&quot;", "&apos;"};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (take(s, known[i]))
            return true;
    if (!take(s, "&#"))
        return fail(s, "unknown entity");
    take(s, "x");
    size_t digits = strspn(s->text.ptr + s->at, "0123456789abcdefABCDEF");
    s->at += digits;
    return digits && take(s, ";") ? true : fail(s, "bad reference");
}

// One character of text or of an attribute's value.
static bool character(struct scan *s)
{
    if (look(s) == '&')
        return entity(s);
    uint32_t c;
    size_t len = utf8_decode((struct str){s->text.ptr + s->at, s->text.len - s->at}, &c);
    if (len == 0 || (c < ' ' && !is_blank((char)c)) || c == 0xFFFE || c == 0xFFFF)
        return fail(s, "illegal character");
    if (s->depth == 0 && !is_blank((char)c))
        return fail(s, "text outside the root");
    s->at += len;
    return true;
}

static bool attribute(struct scan *s, struct str *out)
{
    *out = name(s);
    char quote = '\0';
    if (out->len && take(s, "="))
        quote = look(s);
    if (quote != '"' && quote != '\'')
        return fail(s, "attribute without quotes");
    for (s->at++; look(s) && look(s) != quote;)
        if (look(s) == '<')
            return fail(s, "< in an attribute");
        else if (look(s) == '&' ? !entity(s) : (s->at++, false))
            return false;
    return look(s) == quote ? (s->at++, true) : fail(s, "attribute not closed");
}

static bool open_tag(struct scan *s)
{
    struct str tag = name(s), seen[ATTRIBUTES_MOST];
    size_t count = 0;
    if (tag.len == 0 || s->depth == DEPTH_MOST)
        return fail(s, "no name of a tag");
    s->roots += s->depth == 0;
    for (;;) {
        bool blank = is_blank(look(s));
        while (is_blank(look(s)))
            s->at++;
        if (take(s, "/>"))
            return true;
        if (take(s, ">")) {
            s->open[s->depth++] = tag;
            return true;
        }
        if (!blank || count == ATTRIBUTES_MOST || !attribute(s, &seen[count]))
            return fail(s, "bad attribute");
        for (size_t i = 0; i < count; i++)
            if (str_same(seen[i], seen[count]))
                return fail(s, "attribute twice");
        count++;
    }
}

static bool close_tag(struct scan *s)
{
    struct str tag = name(s);
    if (s->depth == 0 || !str_same(s->open[s->depth - 1], tag) || !take(s, ">"))
        return fail(s, "tag closed that is not open");
    s->depth--;
    return true;
}

static bool item(struct scan *s)
{
    if (take(s, "]]>"))
        return fail(s, "]]> in text");
    if (take(s, "<!--"))
        return skip_past(s, "-->");
    if (take(s, "<![CDATA["))
        return s->depth ? skip_past(s, "]]>") : fail(s, "CDATA outside the root");
    if (take(s, "<?"))
        return skip_past(s, "?>");
    if (take(s, "</"))
        return close_tag(s);
    if (take(s, "<!"))
        return fail(s, "DTD");
    if (take(s, "<"))
        return open_tag(s);
    return character(s);
}

bool xml_is_well_formed(struct str text, char why[128])
{
    struct scan s = {.text = text};
    while (s.at < text.len && item(&s))
        ;
    if (!s.wrong && (s.depth || s.roots != 1))
        s.wrong = "no root, two, or one that is not closed";
    snprintf(why, 128, "%s at byte %zu", s.wrong ? s.wrong : "", s.at);
    return !s.wrong;
}
