// SPDX-License-Identifier: GPL-3.0-or-later
#include "plots/svg.h"

#include "engine/report/escape.h"
#include "plots/markup.h"
#include "plots/svg_attributes.h"

enum { DEPTH_MOST = 64 };
// What gnuplot says at every change of style; said once, by the outer group.
#define USUAL                                                                    \
    " fill=\"none\" color=\"black\" stroke=\"currentColor\" stroke-width=\"1\" " \
    "stroke-linecap=\"butt\" stroke-linejoin=\"miter\""

struct treat {
    const struct svg_words *words;
    struct buf out;
    bool used[SVG_SYMBOLS]; // gpPtN that the picture needs
    struct str symbols[SVG_SYMBOLS];
    size_t skip; // depth of an element that is left out, 0 = none
    size_t depth;
    bool silent[DEPTH_MOST]; // by depth: the element's tags are not written
    bool holder;             // the open group becomes its <text>
};

static void put_head(struct buf *out, const struct svg_words *w)
{
    const char *tag = lang_tags[w->lang];
    buf_print(out,
              "<svg xmlns=\"http://www.w3.org/2000/svg\" "
              "xmlns:xlink=\"http://www.w3.org/1999/xlink\" role=\"img\" lang=\"%s\" "
              "xml:lang=\"%s\" aria-labelledby=\"%s-t %s-d\" viewBox=\"0 0 %d %d\" width=\"%d\" "
              "height=\"%d\" font-family=\"'DejaVu Sans',Verdana,Arial,sans-serif\">\n",
              tag, tag, w->prefix, w->prefix, w->width, w->height, w->width, w->height);
    buf_print(out, "<title id=\"%s-t\">", w->prefix);
    escape_html(out, w->title);
    buf_print(out, "</title>\n<desc id=\"%s-d\">", w->prefix);
    escape_html(out, w->description);
    buf_text(out, "</desc>\n");
}

static bool put_open(struct treat *t, struct buf *out, const struct markup *m, bool mark_used)
{
    buf_char(out, '<');
    buf_str(out, m->name);
    size_t start = out->len;
    bool good = svg_attributes(out, m->attributes, t->words->prefix, mark_used ? t->used : NULL);
    // The ground is a rectangle without stroke of its own; it must not take the usual one.
    if (str_is(m->name, "rect") &&
        !memmem(out->ptr + start, out->len - start, " stroke=", strlen(" stroke=")))
        buf_text(out, " stroke=\"none\"");
    buf_text(out, m->kind == MARKUP_EMPTY ? "/>" : ">");
    return good;
}

// Text between tags; gnuplot has escaped & and <, but not the > of "]]>".
static void put_text(struct buf *out, struct str text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (text.len - i >= 3 && memcmp(text.ptr + i, "]]>", 3) == 0) {
            buf_text(out, "]]&gt;");
            i += 2;
        } else {
            buf_char(out, text.ptr[i]);
        }
    }
}

static bool known_element(struct str name)
{
    static const char *const names[] = {"svg",    "g",   "defs",    "rect",     "path",
                                        "circle", "use", "polygon", "polyline", "text"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (str_is(name, names[i]))
            return true;
    return false;
}

// Definitions are kept aside and only those that the picture uses are written.
static bool take_symbol(struct treat *t, const struct markup *m)
{
    struct str rest = m->attributes;
    struct markup_attribute a;
    while (markup_attribute(&rest, &a))
        if (str_is(a.name, "id") && svg_symbol(a.value) >= 0)
            t->symbols[svg_symbol(a.value)] = m->whole;
    return m->kind == MARKUP_EMPTY;
}

static bool skipped(struct str name)
{
    return str_is(name, "title") || str_is(name, "desc") || str_is(name, "defs") ||
           str_is(name, "filter");
}

// A group that says nothing new is left out; the group round a text hands it its attributes.
static bool take_group(struct treat *t, const struct markup *m)
{
    struct buf attributes = {0};
    buf_text(&attributes, "");
    bool good = svg_attributes(&attributes, m->attributes, t->words->prefix, t->used);
    bool holder = memmem(attributes.ptr, attributes.len, " text-anchor=", 13) != NULL;
    t->silent[t->depth] = holder || !attributes.len || strcmp(attributes.ptr, USUAL) == 0;
    if (!t->silent[t->depth])
        buf_print(&t->out, "<g%s>", attributes.ptr);
    else if (holder)
        buf_print(&t->out, "<text%s>", attributes.ptr);
    good = good && !(holder && t->holder);
    t->holder = holder;
    buf_free(&attributes);
    return good;
}

static bool take_open(struct treat *t, const struct markup *m)
{
    if (m->kind == MARKUP_OPEN && ++t->depth >= DEPTH_MOST)
        return false;
    if (t->skip)
        return true;
    if (skipped(m->name)) {
        t->skip = m->kind == MARKUP_OPEN ? t->depth : 0;
        return true;
    }
    if (str_is(m->name, "svg"))
        return m->kind == MARKUP_OPEN && t->depth == 1;
    if (!known_element(m->name) || t->depth < 2)
        return false;
    if (m->kind == MARKUP_EMPTY)
        return put_open(t, &t->out, m, true);
    if (str_is(m->name, "g"))
        return take_group(t, m);
    t->silent[t->depth] = false;
    if (!str_is(m->name, "text"))
        return put_open(t, &t->out, m, true);
    if (!t->holder) // exactly one text in a group of its own
        return false;
    t->holder = false;
    t->out.len--; // its own attributes (xml:space) come before the ">" of the group's
    bool good = svg_attributes(&t->out, m->attributes, t->words->prefix, t->used);
    buf_char(&t->out, '>');
    return good;
}

static bool take_close(struct treat *t, const struct markup *m)
{
    if (t->depth == 0)
        return false;
    bool skip = t->skip != 0, silent = t->silent[t->depth];
    if (t->skip == t->depth)
        t->skip = 0;
    t->depth--;
    if (!skip && !silent && !str_is(m->name, "svg"))
        buf_print(&t->out, "</%.*s>", (int)m->name.len, m->name.ptr);
    return true;
}

static bool take(struct treat *t, const struct markup *m, bool in_defs)
{
    switch (m->kind) {
    case MARKUP_TEXT:
        if (!t->skip && markup_in_text(m))
            put_text(&t->out, m->whole);
        return true;
    case MARKUP_DECLARATION:
        return true;
    case MARKUP_EMPTY:
        if (in_defs)
            return take_symbol(t, m);
        return take_open(t, m);
    case MARKUP_OPEN:
        return take_open(t, m);
    case MARKUP_CLOSE:
        return take_close(t, m);
    case MARKUP_BAD:
        break;
    }
    return false;
}

static bool scan(struct treat *t, struct str raw)
{
    struct markup m = {0};
    bool in_defs = false;
    while (markup_next(&raw, &m)) {
        if (m.kind == MARKUP_OPEN && str_is(m.name, "defs"))
            in_defs = true;
        if (m.kind == MARKUP_CLOSE && str_is(m.name, "defs"))
            in_defs = false;
        bool filter = in_defs && (str_starts(m.name, "fe") || str_is(m.name, "filter"));
        if (filter && m.kind == MARKUP_EMPTY)
            continue;
        if (!take(t, &m, in_defs))
            return false;
    }
    return m.kind != MARKUP_BAD && t->depth == 0;
}

// Symbols may be made of other symbols with smaller numbers.
static bool put_symbols(struct treat *t, struct buf *out)
{
    bool some = false;
    for (int i = SVG_SYMBOLS - 1; i >= 0; i--) {
        if (!t->used[i])
            continue;
        struct buf scratch = {0};
        struct markup m = {0};
        struct str raw = t->symbols[i];
        bool good = markup_next(&raw, &m) && put_open(t, &scratch, &m, true);
        buf_free(&scratch);
        if (!good)
            return false;
        some = true;
    }
    if (some)
        buf_text(out, "<defs>");
    for (int i = 0; i < SVG_SYMBOLS; i++) {
        struct markup m = {0};
        struct str raw = t->symbols[i];
        if (t->used[i] && markup_next(&raw, &m) && !put_open(t, out, &m, false))
            return false;
    }
    if (some)
        buf_text(out, "</defs>\n");
    return true;
}

// Groups without content, which gnuplot writes at every change of style, and groups that do
// nothing.
static void drop_empty(struct buf *b)
{
    size_t from = 0, to = 0;
    while (from < b->len) {
        if (str_starts((struct str){b->ptr + from, b->len - from}, "</g>") && to > 0 &&
            b->ptr[to - 1] == '>') {
            size_t open = to - 1;
            while (open > 0 && b->ptr[open] != '<')
                open--;
            bool group = str_starts((struct str){b->ptr + open, to - open}, "<g") &&
                         (b->ptr[open + 2] == ' ' || b->ptr[open + 2] == '>');
            if (group) {
                to = open;
                from += 4;
                continue;
            }
        }
        b->ptr[to++] = b->ptr[from++];
    }
    b->len = to;
    b->ptr[to] = '\0';
}

bool svg_treat(struct arena *a, struct str raw, const struct svg_words *words, struct str *out)
{
    struct treat t = {.words = words};
    struct buf all = {0};
    buf_text(&t.out, "");
    bool good = scan(&t, raw);
    if (good) {
        drop_empty(&t.out);
        put_head(&all, words);
        good = put_symbols(&t, &all);
        buf_text(&all, "<g aria-hidden=\"true\"" USUAL ">");
        buf_str(&all, buf_view(&t.out));
        buf_text(&all, "</g>\n</svg>\n");
        *out = (struct str){arena_copy(a, all.ptr, all.len), all.len};
        good = good && svg_check(*out);
    }
    buf_free(&t.out);
    buf_free(&all);
    return good;
}

struct str svg_placeholder(struct arena *a, const struct svg_words *words, struct str reason)
{
    struct buf b = {0};
    put_head(&b, words);
    buf_print(&b,
              "<g aria-hidden=\"true\"><rect x=\"0\" y=\"0\" width=\"%d\" height=\"%d\" "
              "fill=\"#FFFFFF\"/><text x=\"16\" y=\"40\" font-size=\"14\" fill=\"#555555\">",
              words->width, words->height);
    escape_html(&b, reason);
    buf_text(&b, "</text></g>\n</svg>\n");
    struct str out = {arena_copy(a, b.ptr, b.len), b.len};
    buf_free(&b);
    return out;
}
