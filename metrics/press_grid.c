// SPDX-License-Identifier: GPL-3.0-or-later
// The grid that most tables are: rows and columns that each name a part of a key; the cell is what
// the column shows of the estimate they meet in.
#include "engine/report/slug.h"
#include "metrics/press.h"

#include <math.h>

const struct text head_interval = TEXT("Interval", "Intervalle");
const struct text head_n = TEXT("n", "n");
const struct text head_question = TEXT("Question", "Question");

// ---- what a column may show

// No row at all: the whole has none because the measure is one of its parts.
static struct table_cell no_row(struct key k)
{
    return cell_absent(k.region == REGION_TOTAL ? "..." : "..");
}

struct table_cell show_value(struct press *p, const struct column *c, struct key k)
{
    (void)c;
    const struct estimate *e = press_find(p, k);
    return e ? cell_value(e) : no_row(k);
}

struct table_cell show_interval(struct press *p, const struct column *c, struct key k)
{
    (void)c;
    const struct estimate *e = press_find(p, k);
    return e ? cell_interval(e) : no_row(k);
}

static struct table_cell count_of(const struct estimate *e, double n)
{
    if (!e)
        return cell_absent("..");
    if (estimate_withheld(e))
        return cell_absent(status_symbols[e->status]);
    return isfinite(n) || !isfinite(e->value) ? cell_count(n) : cell_absent("...");
}

struct table_cell show_n(struct press *p, const struct column *c, struct key k)
{
    (void)c;
    const struct estimate *e = press_find(p, k);
    return count_of(e, e ? e->n : NAN);
}

struct table_cell show_numerator(struct press *p, const struct column *c, struct key k)
{
    (void)c;
    const struct estimate *e = press_find(p, k);
    return count_of(e, e ? e->numerator : NAN);
}

struct table_cell show_denominator(struct press *p, const struct column *c, struct key k)
{
    (void)c;
    const struct estimate *e = press_find(p, k);
    return count_of(e, e ? e->denominator : NAN);
}

static struct table_cell difference_of(struct press *p, const struct comparison *c, struct key k)
{
    const struct estimate *e = press_find(p, k);
    if (c && e && estimate_withheld(e))
        return cell_absent(status_symbols[e->status]);
    if (c && c->withheld)
        return cell_absent("x");
    if (!c || !isfinite(c->difference))
        return cell_absent("..");
    return (struct table_cell){.is = IS_NUMBER,
                               .number = c->difference,
                               .decimals = c->decimals,
                               .signed_number = true,
                               .dollars = strcmp(c->unit, unit_table[UNIT_DOLLARS].id) == 0,
                               .symbol = c->caution ? "E" : "",
                               .star = c->significant};
}

struct table_cell show_change(struct press *p, const struct column *c, struct key k)
{
    (void)c;
    return difference_of(p, p->since ? press_change(p, k, p->since) : NULL, k);
}

struct table_cell show_change_interval(struct press *p, const struct column *c, struct key k)
{
    (void)c;
    const struct comparison *change = p->since ? press_change(p, k, p->since) : NULL;
    struct table_cell cell = difference_of(p, change, k);
    if (cell.is != IS_NUMBER)
        return cell;
    if (!isfinite(change->low) || !isfinite(change->high))
        return cell_absent("..");
    return (struct table_cell){.is = IS_INTERVAL,
                               .number = change->low,
                               .high = change->high,
                               .decimals = cell.decimals,
                               .dollars = cell.dollars,
                               .signed_number = true};
}

struct table_cell show_rest(struct press *p, const struct column *c, struct key k)
{
    (void)c;
    if (k.region == REGION_TOTAL)
        return cell_absent("...");
    return difference_of(p, press_change(p, k, "rest"), k);
}

// 100 = yes, 0 = no.
struct table_cell show_verdict(struct press *p, const struct column *c, struct key k)
{
    struct table_cell cell = show_value(p, c, k);
    if (cell.is != IS_NUMBER)
        return cell;
    return cell_label(cell.number > 50 ? (struct text)TEXT("yes", "oui")
                                       : (struct text)TEXT("no", "non"));
}

// The letters of the regions that lie significantly below this one.
static const char *letters_of(struct press *p, struct key k)
{
    struct buf letters = {0};
    for (uint16_t other = 0; other < p->places->region_count; other++) {
        int sign;
        const struct comparison *c =
            other == k.region ? NULL : press_pair(p, k, k.region, other, &sign);
        if (!c || !c->significant || c->withheld || sign * c->difference <= 0)
            continue;
        if (letters.len)
            buf_char(&letters, ' ');
        if (other >= 26)
            buf_char(&letters, (char)('A' + (other / 26 - 1) % 26));
        buf_char(&letters, (char)('A' + other % 26));
    }
    const char *text = arena_copy(p->a, letters.ptr ? letters.ptr : "", letters.len);
    buf_free(&letters);
    return text;
}

struct table_cell show_letters(struct press *p, const struct column *c, struct key k)
{
    struct table_cell cell = show_value(p, c, k);
    if (cell.is == IS_NUMBER && k.region != REGION_TOTAL)
        cell.letters = letters_of(p, k);
    return cell;
}

// ---- the grid

static struct key key_of(const struct press *p, const struct row *row, const struct column *column)
{
    struct key k = row->key;
    k.indicator = column->indicator ? column->indicator : k.indicator;
    k.item = column->item ? column->item : k.item ? k.item : "";
    k.by = column->by ? column->by : k.by ? k.by : "";
    k.level = column->level ? column->level : k.level ? k.level : "";
    if (column->region)
        k.region = (uint16_t)(column->region - 1);
    if (period_is(column->period))
        k.period = column->period;
    if (!period_is(k.period))
        k.period = p->period;
    return k;
}

static bool says_nothing(const struct table_cell *c)
{
    return c->is == IS_ABSENT && c->symbol && c->symbol[0] == '.';
}

static struct table_cell *fill(struct press *p, const struct row *rows, size_t row_count,
                               const struct column *columns, size_t column_count)
{
    struct table_cell *cells = NEWS(p->a, row_count * column_count + 1, struct table_cell);
    for (size_t r = 0; r < row_count; r++)
        for (size_t c = 0; c < column_count; c++) {
            show_fn *show = columns[c].show ? columns[c].show : show_value;
            cells[r * column_count + c] = show(p, &columns[c], key_of(p, &rows[r], &columns[c]));
        }
    return cells;
}

// Which columns (step 1, over rows) or rows (step column_count, over columns) say something.
static bool any_said(const struct table_cell *first, size_t count, size_t step)
{
    for (size_t i = 0; i < count; i++)
        if (!says_nothing(first + i * step))
            return true;
    return false;
}

// Words, but for what is absent.
static bool holds_words(const struct table_cell *first, size_t count, size_t step)
{
    bool words = false;
    for (size_t i = 0; i < count; i++) {
        const struct table_cell *c = first + i * step;
        if (c->is != IS_LABEL && c->is != IS_ABSENT)
            return false;
        words = words || c->is == IS_LABEL;
    }
    return words;
}

static void add_columns(struct press *p, struct table *t, const struct table_cell *cells,
                        size_t row_count, const struct column *columns, size_t column_count,
                        bool *kept)
{
    for (size_t c = 0; c < column_count; c++) {
        kept[c] = any_said(cells + c, row_count, column_count);
        if (!kept[c])
            continue;
        struct text head =
            columns[c].head.in[0] ? columns[c].head : press_indicator_name(p, columns[c].indicator);
        table_column(p->a, t, head, !holds_words(cells + c, row_count, column_count));
    }
}

struct table *press_grid(struct press *p, uint16_t region, struct text title,
                         const struct row *rows, size_t row_count, const struct column *columns,
                         size_t column_count, unsigned how)
{
    struct table_cell *cells = fill(p, rows, row_count, columns, column_count);
    bool *kept = NEWS(p->a, column_count + 1, bool);
    struct table *t = press_table(p, region, title, NO_TITLE);
    add_columns(p, t, cells, row_count, columns, column_count, kept);
    for (size_t r = 0; r < row_count && t->column_count > 1; r++) {
        const struct table_cell *from = cells + r * column_count;
        if ((how & GRID_PRUNED) && !any_said(from, column_count, 1))
            continue;
        struct table_cell *to = table_row(p->a, t);
        *to++ = cell_label(rows[r].head);
        for (size_t c = 0; c < column_count; c++)
            if (kept[c])
                *to++ = from[c];
    }
    t->total = how & GRID_TOTAL;
    return t->row_count ? t : NULL;
}

struct table *press_table(struct press *p, uint16_t region, struct text title,
                          struct text first_head)
{
    bool whole = region == REGION_TOTAL;
    const char *id = p->kind->label.id;
    const char *name =
        whole ? id
              : arena_print(p->a, "%s-%s", id, slug_of(p->a, places_region_id(p->places, region)));
    struct table *t = table_new(p->a, name, title.in[0] ? title : p->kind->label.text);
    struct text period = say_period(p->a, p->period);
    t->kind = id;
    t->region = region;
    t->family = p->kind->family;
    if (whole)
        t->caption = SAY(p->a, ((struct text)TEXT("%1, %2", "%1, %2")), t->title, period);
    else
        t->caption = SAY(p->a, ((struct text)TEXT("%1, %2, %3", "%1, %2, %3")), t->title,
                         press_region_name(p, region), period);
    static const struct text heads[] = {TEXT("Region", "Région"), TEXT("Subject", "Objet")};
    table_column(p->a, t, first_head.in[0] ? first_head : heads[!whole], false);
    return t;
}

void press_first_head(struct table *t, struct text head)
{
    if (t)
        t->columns[0].label = head;
}
