// SPDX-License-Identifier: GPL-3.0-or-later
#include "plots/svg_attributes.h"

#include "plots/markup.h"

#include <stdio.h>

// The number in "gpPt6" or "#gpPt6", -1 = another name.
int svg_symbol(struct str value)
{
    if (value.len && *value.ptr == '#')
        value.ptr++, value.len--;
    if (!str_starts(value, "gpPt") || value.len > 6)
        return -1;
    int number = 0;
    for (size_t i = 4; i < value.len; i++) {
        if (value.ptr[i] < '0' || value.ptr[i] > '9')
            return -1;
        number = 10 * number + value.ptr[i] - '0';
    }
    return value.len > 4 && number < SVG_SYMBOLS ? number : -1;
}

// rgb(178,  24,  43) as #B2182B; anything else as it is.
static void put_value(struct buf *out, struct str value)
{
    char text[32];
    unsigned r, g, b;
    int used = 0;
    if (value.len < sizeof text) {
        memcpy(text, value.ptr, value.len);
        text[value.len] = '\0';
        if (sscanf(text, "rgb(%u,%u,%u)%n", &r, &g, &b, &used) == 3 && (size_t)used == value.len &&
            r < 256 && g < 256 && b < 256) {
            buf_print(out, "#%02X%02X%02X", r, g, b);
            return;
        }
    }
    if (value.len > 3 && memcmp(value.ptr + value.len - 3, ".00", 3) == 0)
        value.len -= 3;
    bool blank = false; // runs of blanks in lists of numbers become one
    for (size_t i = 0; i < value.len; i++) {
        char c = value.ptr[i];
        bool space = c == ' ' || c == '\n' || c == '\t';
        if (!space || (!blank && i + 1 < value.len))
            buf_char(out, space ? ' ' : c);
        blank = space;
    }
}

static bool known_attribute(struct str name)
{
    static const char *const names[] = {"id",
                                        "r",
                                        "cx",
                                        "cy",
                                        "x",
                                        "y",
                                        "d",
                                        "points",
                                        "width",
                                        "height",
                                        "transform",
                                        "fill",
                                        "fill-opacity",
                                        "stroke",
                                        "stroke-width",
                                        "stroke-linecap",
                                        "stroke-linejoin",
                                        "stroke-dasharray",
                                        "color",
                                        "shape-rendering",
                                        "font-family",
                                        "font-size",
                                        "font-weight",
                                        "font-style",
                                        "text-anchor",
                                        "xlink:href",
                                        "xml:space"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (str_is(name, names[i]))
            return true;
    return false;
}

bool svg_attributes(struct buf *out, struct str rest, const char *prefix, bool *used)
{
    struct markup_attribute a;
    while (markup_attribute(&rest, &a)) {
        if (!known_attribute(a.name) || memchr(a.value.ptr, '<', a.value.len) ||
            memchr(a.value.ptr, '"', a.value.len))
            return false;
        int symbol = svg_symbol(a.value);
        bool link = str_is(a.name, "xlink:href"), id = str_is(a.name, "id");
        if (str_is(a.name, "font-family") || (id && symbol < 0))
            continue;
        if (link && symbol < 0)
            return false;
        buf_char(out, ' ');
        buf_str(out, a.name);
        buf_text(out, "=\"");
        if (link || id) {
            buf_print(out, "%s%s-p%d", link ? "#" : "", prefix, symbol);
            if (link && used)
                used[symbol] = true;
        } else {
            put_value(out, a.value);
        }
        buf_char(out, '"');
    }
    return rest.len == 0;
}
