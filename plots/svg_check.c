// SPDX-License-Identifier: GPL-3.0-or-later
// Reads an SVG once more, strictly: what a browser's XML parser would refuse is refused here.
#include "engine/base/map.h"
#include "engine/base/utf8.h"
#include "plots/markup.h"
#include "plots/svg.h"

enum { DEPTH_MOST = 64 };

static bool known_entity(struct str s)
{
    static const char *const names[] = {"&amp;",  "&lt;",  "&gt;", "&quot;",
                                        "&apos;", "&#39;", "&#34;"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (str_starts(s, names[i]))
            return true;
    return false;
}

static bool good_text(struct str s)
{
    for (size_t i = 0; i < s.len; i++) {
        struct str tail = {s.ptr + i, s.len - i};
        unsigned char c = (unsigned char)s.ptr[i];
        if ((c == '&' && !known_entity(tail)) || str_starts(tail, "]]>") || c == '<')
            return false;
        if (c < 0x20 && c != '\n' && c != '\t' && c != '\r')
            return false;
    }
    return true;
}

struct ids {
    struct dict have, wanted;
};

static bool good_attributes(struct str rest, struct ids *ids)
{
    struct dict names = {0};
    struct markup_attribute a;
    bool good = true;
    while (good && markup_attribute(&rest, &a)) {
        int before = (int)names.keys.len, before_ids = (int)ids->have.keys.len;
        good = good_text(a.value) && dict_add(&names, a.name) == before;
        if (str_is(a.name, "id"))
            good = good && dict_add(&ids->have, a.value) == before_ids;
        if (str_is(a.name, "xlink:href")) {
            good = good && a.value.len > 1 && *a.value.ptr == '#';
            dict_add(&ids->wanted, (struct str){a.value.ptr + 1, a.value.len - 1});
        }
    }
    dict_free(&names);
    return good && rest.len == 0;
}

static bool good_tags(struct str svg, struct ids *ids)
{
    struct str open[DEPTH_MOST];
    size_t depth = 0, roots = 0;
    struct markup m = {0};
    while (markup_next(&svg, &m)) {
        if (m.kind == MARKUP_TEXT && (!good_text(m.whole) || (!depth && str_trim(m.whole).len > 1)))
            return false;
        if (m.kind == MARKUP_OPEN || m.kind == MARKUP_EMPTY) {
            roots += depth == 0;
            if (!good_attributes(m.attributes, ids) || depth == DEPTH_MOST)
                return false;
        }
        if (m.kind == MARKUP_OPEN)
            open[depth++] = m.name;
        if (m.kind == MARKUP_CLOSE && (!depth || !str_same(open[--depth], m.name)))
            return false;
    }
    return m.kind != MARKUP_BAD && !svg.len && depth == 0 && roots == 1;
}

bool svg_check(struct str svg)
{
    struct ids ids = {0};
    size_t cut = 0;
    bool good = utf8_valid(svg, &cut) == svg.len && good_tags(svg, &ids);
    for (size_t i = 0; good && i < ids.wanted.keys.len; i++)
        good = dict_find(&ids.have, ids.wanted.keys.at[i]) >= 0;
    dict_free(&ids.have);
    dict_free(&ids.wanted);
    return good;
}
