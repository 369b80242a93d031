// SPDX-License-Identifier: GPL-3.0-or-later
// The parts of the page, for the writers of the page only.
#pragma once
#include "engine/report/writers.h"

struct page {
    struct buf *out;
    const struct document *doc;
    const struct edition *edition;
    enum lang lang;
    size_t figures; // numbered so far
};

void html_text(struct page *p, const char *text);  // escaped
void html_say(struct page *p, struct text text);   // escaped, in the page's language
void html_raw(struct page *p, const char *markup); // our own
const char *html_word(const struct page *p, const char *english, const char *french);
void html_hidden(struct page *p, const char *text); // for screen readers only

void html_style(struct page *p);
void html_table(struct page *p, const struct table *t);
void html_figure(struct page *p, const struct figure *f);
void html_symbols(struct page *p);   // the section of symbols used
void html_downloads(struct page *p); // the section of downloads, version and sums
