// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/report/book.h"

#include "engine/base/num.h"
#include "engine/base/utf8.h"
#include "engine/report/fmt.h"

#include <math.h>
#include <stdio.h>

#define NOTHING "\xE2\x80\x93" // what stands where there is no symbol or text: an en dash

// A cell holds 32 767 units of UTF-16; no character takes more than two.
enum { CELL_MOST = 16000, HEAD_MOST = 120 };

const char *book_text(struct arena *a, const char *text)
{
    struct str rest = str_of(text ? text : "");
    rest.len = utf8_prefix(rest, CELL_MOST);
    struct buf out = {0};
    while (rest.len) {
        uint32_t c;
        size_t len = utf8_decode(rest, &c);
        if (len == 0)
            utf8_put(&out, 0xFFFD);
        else if (utf8_is_control(c) || c == '\n' || c == 0xFFFE || c == 0xFFFF)
            buf_char(&out, ' ');
        else
            buf_put(&out, rest.ptr, len);
        len = len ? len : 1;
        rest = (struct str){rest.ptr + len, rest.len - len};
    }
    const char *made = arena_text(a, out.len ? out.ptr : NOTHING);
    buf_free(&out);
    return made;
}

// ---- names

static bool fits_name(char c)
{
    return (unsigned char)c >= ' ' && (unsigned char)c < 0x7F && !strchr("[]:*?/\\'", c);
}

static bool same_name(const char *x, const char *y)
{
    struct arena scratch = {0};
    struct str folded = utf8_fold(&scratch, str_of(x));
    bool same = str_same(folded, utf8_fold(&scratch, str_of(y)));
    arena_free(&scratch);
    return same;
}

// `wanted` cut to `most` bytes, else with -2, -3 … in the place of its end.
static const char *unique_name(struct arena *a, const char *wanted, size_t most,
                               const char *const *taken, size_t count)
{
    for (unsigned number = 1;; number++) {
        char end[16] = "";
        if (number > 1)
            snprintf(end, sizeof end, "-%u", number);
        size_t keep = utf8_prefix(str_of(wanted), most - strlen(end));
        const char *name = arena_print(a, "%.*s%s", (int)keep, wanted, end);
        bool is_taken = false;
        for (size_t i = 0; i < count; i++)
            is_taken = is_taken || same_name(taken[i], name);
        if (!is_taken)
            return name;
    }
}

const char **book_names(struct arena *a, const struct document *doc, const char *const *first,
                        size_t first_count)
{
    size_t count = first_count + doc->tables.len;
    const char **names = NEWS(a, count + 1, const char *);
    memcpy(names, first, first_count * sizeof *first);
    names[count] = "History"; // a name that spreadsheets keep for themselves
    for (size_t i = first_count; i < count; i++) {
        char clean[SHEET_NAME_MOST + 1];
        size_t len = 0;
        for (const char *at = doc->tables.at[i - first_count]->name; *at && len < sizeof clean - 1;
             at++)
            if (fits_name(*at))
                clean[len++] = *at;
        clean[len] = '\0';
        const char *wanted = same_name(clean, names[count]) ? "history-1" : clean;
        names[i] = unique_name(a, *wanted ? wanted : "table", SHEET_NAME_MOST, names, i);
    }
    return names;
}

// ---- columns

static bool is_marked(const struct table_cell *c)
{
    return c->is != IS_ABSENT && ((c->symbol && *c->symbol) || c->preliminary || c->revised ||
                                  c->star || (c->letters && *c->letters));
}

static void look_at(const struct table *t, size_t column, bool *intervals, bool *marks)
{
    *intervals = *marks = false;
    for (size_t row = 0; row < t->row_count; row++) {
        const struct table_cell *c = table_at(t, row, column);
        *intervals = *intervals || c->is == IS_INTERVAL;
        *marks = *marks || is_marked(c);
    }
}

static void add_column(struct arena *a, struct book_sheet *s, size_t of, enum book_part part,
                       enum lang lang)
{
    static const struct text parts[] = {[PART_WHOLE] = TEXT("", ""),
                                        [PART_LOW] = TEXT(", lower limit", ", limite inférieure"),
                                        [PART_HIGH] = TEXT(", upper limit", ", limite supérieure"),
                                        [PART_SYMBOL] = TEXT(", symbols", ", signes")};
    const char *label = book_text(a, s->table->columns[of].label.in[lang]);
    int keep = (int)utf8_prefix(str_of(label), HEAD_MOST);
    const char *wanted = arena_print(a, "%.*s%s", keep, label, parts[part].in[lang]);
    const char **taken = NEWS(a, s->column_count + 1, const char *);
    for (size_t i = 0; i < s->column_count; i++)
        taken[i] = s->columns[i].head;
    const char *head = unique_name(a, wanted, 2 * HEAD_MOST, taken, s->column_count);
    s->columns[s->column_count++] = (struct book_column){of, part, head, 0};
}

static void lay_columns(struct arena *a, struct book_sheet *s, enum lang lang)
{
    const struct table *t = s->table;
    s->columns = NEWS(a, 3 * t->column_count + 1, struct book_column);
    for (size_t i = 0; i < t->column_count; i++) {
        bool intervals, marks;
        look_at(t, i, &intervals, &marks);
        add_column(a, s, i, intervals ? PART_LOW : PART_WHOLE, lang);
        if (intervals)
            add_column(a, s, i, PART_HIGH, lang);
        if (marks)
            add_column(a, s, i, PART_SYMBOL, lang);
    }
}

// ---- cells

static const char *number_format(struct arena *a, const struct table_cell *c, enum lang lang)
{
    const char *zeros = "000000000000000000000000";
    const char *before = c->dollars && lang == LANG_EN ? "\"$\"" : "";
    const char *after = "";
    if (c->percent)
        after = lang == LANG_FR ? "\"" NBSP "%\"" : "\"%\"";
    else if (c->dollars && lang == LANG_FR)
        after = "\"" NBSP "$\"";
    const char *digits = arena_print(a, "%s#,##0%s%.*s%s", before, c->decimals > 0 ? "." : "",
                                     c->decimals, zeros, after);
    if (!c->signed_number)
        return digits;
    return arena_print(a, "+%s;-%s;%s", digits, digits, digits);
}

static const char *symbol_text(struct arena *a, const struct table_cell *c)
{
    const char *marks[] = {c->symbol, c->preliminary ? "p" : "", c->revised ? "r" : "",
                           c->star ? "*" : "", c->letters};
    const char *all = "";
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (marks[i] && *marks[i])
            all = arena_print(a, "%s%s%s", all, *all ? " " : "", marks[i]);
    return book_text(a, all);
}

static struct book_cell lay_cell(struct arena *a, const struct table_cell *c, enum book_part part,
                                 enum lang lang)
{
    if (part == PART_SYMBOL)
        return (struct book_cell){.text = symbol_text(a, c)};
    double number = c->is == IS_INTERVAL && part == PART_HIGH ? c->high : c->number;
    if ((c->is == IS_NUMBER || c->is == IS_INTERVAL) && isfinite(number))
        return (struct book_cell){.number = num_round(number, c->decimals),
                                  .format = number_format(a, c, lang)};
    struct table_cell absent = *c;
    absent.is = c->is == IS_LABEL ? IS_LABEL : IS_ABSENT;
    struct buf text = {0};
    cell_text(&text, &absent, lang);
    const char *made = book_text(a, text.ptr);
    buf_free(&text);
    return (struct book_cell){.text = made};
}

static void widen(struct book_column *column, const char *text, unsigned more)
{
    unsigned width = (unsigned)utf8_count(str_of(text)) + more;
    column->width = width > column->width ? width : column->width;
}

static void widen_number(struct book_column *column, const struct table_cell *c, enum lang lang)
{
    struct table_cell one = *c;
    one.is = IS_NUMBER;
    one.number = column->part == PART_HIGH ? c->high : c->number;
    struct buf text = {0};
    cell_text(&text, &one, lang);
    widen(column, text.ptr, 1);
    buf_free(&text);
}

static void lay_cells(struct arena *a, struct book_sheet *s, enum lang lang)
{
    s->row_count = s->table->row_count;
    s->cells = NEWS(a, s->row_count * s->column_count + 1, struct book_cell);
    for (size_t i = 0; i < s->column_count; i++)
        widen(&s->columns[i], s->columns[i].head, 3); // the button of the filter
    for (size_t row = 0; row < s->row_count; row++)
        for (size_t i = 0; i < s->column_count; i++) {
            struct book_column *column = &s->columns[i];
            const struct table_cell *c = table_at(s->table, row, column->of);
            struct book_cell *made = &s->cells[row * s->column_count + i];
            *made = lay_cell(a, c, column->part, lang);
            if (made->text)
                widen(column, made->text, 1);
            else
                widen_number(column, c, lang);
        }
}

const struct book_cell *book_at(const struct book_sheet *s, size_t row, size_t column)
{
    return s->cells + row * s->column_count + column;
}

// ---- what stands above and below

static bool has_letters(const struct table *t)
{
    for (size_t i = 0; i < t->row_count * t->column_count; i++)
        if (t->cells[i].letters && *t->cells[i].letters)
            return true;
    return false;
}

static const char *say_symbols(struct arena *a, const struct table *t, enum lang lang)
{
    static const struct text none =
        TEXT("No symbol is used in this table.", "Aucun signe n'est employé dans ce tableau.");
    static const struct text letters =
        TEXT("A B: significantly above the region of that letter",
             "A B" NBSP ": significativement au-dessus de la région de cette lettre");
    const char *all = "";
    for (size_t i = 0; i < symbol_count; i++)
        if (table_uses(t, symbols[i].id))
            all = arena_print(a, "%s%s%s%s %s", all, *all ? "; " : "", symbols[i].id,
                              fmt_colon(lang), symbols[i].meaning.in[lang]);
    if (has_letters(t))
        all = arena_print(a, "%s%s%s", all, *all ? "; " : "", letters.in[lang]);
    return *all ? all : none.in[lang];
}

struct book_sheet book_lay(struct arena *a, const struct document *doc, const struct table *t,
                           const char *name, enum lang lang)
{
    struct book_sheet s = {.name = name, .table = t};
    s.title = book_text(a, t->caption.in[lang]);
    s.symbols = say_symbols(a, t, lang);
    bool synthetic = doc->results->study->synthetic;
    s.notes = NEWS(a, t->note_count + 1, const char *);
    if (synthetic)
        s.notes[s.note_count++] = lang == LANG_FR ? "Données synthétiques" : "Synthetic data";
    for (size_t i = 0; i < t->note_count; i++)
        s.notes[s.note_count++] = book_text(a, t->notes[i].in[lang]);
    lay_columns(a, &s, lang);
    lay_cells(a, &s, lang);
    return s;
}
