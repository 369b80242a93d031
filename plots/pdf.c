// SPDX-License-Identifier: GPL-3.0-or-later
#include "plots/pdf.h"

#include <stdint.h>
#include <string.h>

enum { OBJECTS_MOST = 1000000 };

struct pdf {
    uint64_t size, root, info, pages, table; // objects; place of the table of objects
};

static const char *last_of(struct str s, const char *what)
{
    const char *found = NULL, *at = s.ptr, *end = s.ptr + s.len;
    while ((at = memmem(at, (size_t)(end - at), what, strlen(what))))
        found = at++;
    return found;
}

// The number behind the last `key`.
static bool number_behind(struct str s, const char *key, uint64_t *out)
{
    const char *at = last_of(s, key), *end = s.ptr + s.len;
    if (!at)
        return false;
    *out = 0;
    at += strlen(key);
    const char *from = at;
    for (; at < end && *at >= '0' && *at <= '9' && at - from < 12; at++)
        *out = *out * 10 + (uint64_t)(*at - '0');
    return at > from;
}

static bool read_pdf(struct str bytes, struct pdf *p)
{
    const char *trailer = last_of(bytes, "\ntrailer\n");
    if (!trailer)
        return false;
    struct str tail = {trailer, bytes.len - (size_t)(trailer - bytes.ptr)};
    struct str body = {bytes.ptr, bytes.len - tail.len};
    return number_behind(tail, "/Size ", &p->size) && number_behind(tail, "/Root ", &p->root) &&
           number_behind(tail, "/Info ", &p->info) &&
           number_behind(tail, "\nstartxref\n", &p->table) && last_of(body, "/Type /Catalog") &&
           number_behind(body, "/Pages ", &p->pages) && p->size < OBJECTS_MOST &&
           p->info + 1 == p->root && p->root < p->size && p->pages < p->size &&
           p->table < bytes.len;
}

// A text string as UTF-16, big end first, in hexadecimal: safe whatever it says.
static void put_text(struct buf *out, struct str text)
{
    buf_text(out, "<FEFF");
    for (size_t i = 0; i < text.len;) {
        unsigned char c = (unsigned char)text.ptr[i];
        size_t more = c < 0x80 ? 0 : c < 0xE0 ? 1 : c < 0xF0 ? 2 : 3;
        uint32_t point = more ? c & (0x3Fu >> more) : c;
        for (i++; more && i < text.len; more--, i++)
            point = point << 6 | ((unsigned char)text.ptr[i] & 0x3Fu);
        if (point > 0xFFFF) {
            buf_print(out, "%04X", 0xD800u + ((point - 0x10000) >> 10));
            point = 0xDC00u + ((point - 0x10000) & 0x3FF);
        }
        buf_print(out, "%04X", point);
    }
    buf_text(out, ">");
}

bool pdf_describe(struct buf *pdf, struct str title, const char *lang)
{
    struct pdf p = {0};
    if (!read_pdf(buf_view(pdf), &p))
        return false;
    size_t info = pdf->len;
    buf_print(pdf, "%zu 0 obj\n<< /Title ", (size_t)p.info);
    put_text(pdf, title);
    buf_text(pdf, "\n   /Producer (etalon, gnuplot, cairo)\n"
                  "   /CreationDate (D:20000101000000Z)\n>>\nendobj\n");
    size_t root = pdf->len;
    buf_print(pdf,
              "%zu 0 obj\n<< /Type /Catalog\n   /Pages %zu 0 R\n   /Lang (%s)\n"
              "   /ViewerPreferences << /DisplayDocTitle true >>\n>>\nendobj\n",
              (size_t)p.root, (size_t)p.pages, lang);
    size_t table = pdf->len;
    buf_print(pdf,
              "xref\n%zu 2\n%010zu 00000 n \n%010zu 00000 n \n"
              "trailer\n<< /Size %zu\n   /Root %zu 0 R\n   /Info %zu 0 R\n   /Prev %zu\n>>\n"
              "startxref\n%zu\n%%%%EOF\n",
              (size_t)p.info, info, root, (size_t)p.size, (size_t)p.root, (size_t)p.info,
              (size_t)p.table, table);
    return true;
}
