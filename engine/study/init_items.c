// SPDX-License-Identifier: GPL-3.0-or-later
// The questions of a first study, guessed from the answers.
#include "engine/study/init_block.h"

#include "engine/base/utf8.h"

#include <strings.h>

static bool are_answers(const struct init_column *c, const char *const *words, size_t count)
{
    for (size_t i = 0; i < c->value_count; i++) {
        bool known = false;
        for (size_t w = 0; w < count; w++)
            known = known || strcasecmp(c->values[i], words[w]) == 0;
        if (!known)
            return false;
    }
    return c->value_count > 0 && !c->many;
}

// Whole numbers from 1 to 5 are a rating, also beside codes for those who gave none: 8, 9, 98, 99,
// and 7 where a higher one shows that 7 is not the end of the scale.
static bool is_rating(const struct init_column *c)
{
    static const char *const codes[] = {"1", "2", "3", "4", "5", "8", "9", "98", "99", "7"};
    enum { RATED = 5, CODED = 9 };
    size_t rated = 0;
    for (size_t i = 0; i < c->value_count; i++)
        for (size_t w = 0; w < RATED; w++)
            rated += strcmp(c->values[i], codes[w]) == 0;
    return are_answers(c, codes, CODED + (c->high > 7)) && rated >= (c->high > RATED ? 3 : 1);
}

static const char *scale_of(const struct init_column *c)
{
    static const char *const yes_no[] = {"y",    "n",     "yes",  "no",   "o", "oui", "non",
                                         "true", "false", "vrai", "faux", "0", "1",   "2"};
    bool whole = c->filled && c->wholes == c->filled;
    if (!c->filled)
        return NULL;
    if (c->value_count <= 2 && are_answers(c, yes_no, sizeof yes_no / sizeof *yes_no))
        return "scale: yes_no";
    if (whole && is_rating(c))
        return "scale: satisfaction";
    if (whole && !c->many && c->low >= 0 && c->high == 10 && c->low < 1)
        return "scale: nps";
    if (whole && !c->many && c->low >= 1 && c->high <= 10 && c->value_count > 2)
        return c->high <= 7 ? "scale: likert, low: 1, high: 7" : "scale: likert, low: 1, high: 10";
    if (c->numbers == c->filled)
        return "scale: number";
    return c->many ? NULL : "scale: category";
}

static void put_values(struct buf *out, const struct init_column *c)
{
    buf_text(out, c->filled ? " # " : " # empty");
    for (size_t i = 0; i < c->value_count && i < 8; i++) {
        buf_text(out, i ? ", " : "");
        utf8_escape(out, (struct str){c->values[i], utf8_prefix(str_of(c->values[i]), 20)}, false);
    }
    buf_text(out, c->many || c->value_count > 8 ? ", …\n" : "\n");
}

// ---- pairs of satisfaction and importance

// "q7 importance", "importance_q7", "q7_imp": the question that the name adds to.
static bool adds_to(const struct init_column *c, const struct init_column *question)
{
    static const char *const tails[] = {"_importance", " importance", "-importance", "_imp"};
    static const char *const heads[] = {"importance_", "importance ", "imp_"};
    size_t len = strlen(question->name), whole = strlen(c->name);
    for (size_t i = 0; i < sizeof tails / sizeof *tails; i++)
        if (whole == len + strlen(tails[i]) && !strncmp(c->name, question->name, len) &&
            !strcasecmp(c->name + len, tails[i]))
            return true;
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        if (whole == len + strlen(heads[i]) && !strncasecmp(c->name, heads[i], strlen(heads[i])) &&
            !strcmp(c->name + strlen(heads[i]), question->name))
            return true;
    return false;
}

static bool is_asked(const struct init_block *b, size_t i)
{
    return !b->used[i] && b->f->columns[i].name[0];
}

static bool is_rated(const struct init_block *b, size_t i)
{
    const char *scale = is_asked(b, i) ? scale_of(&b->f->columns[i]) : NULL;
    return scale && !strcmp(scale, "scale: satisfaction");
}

static long importance_of(const struct init_block *b, size_t question)
{
    if (!is_rated(b, question))
        return -1;
    for (size_t i = 0; i < b->f->count; i++)
        if (i != question && is_rated(b, i) && adds_to(&b->f->columns[i], &b->f->columns[question]))
            return (long)i;
    return -1;
}

// ---- what stands above the questions

static bool is_code(const struct init_block *b, const char *code)
{
    for (size_t i = 0; i < b->f->count; i++)
        for (size_t v = 0; is_rated(b, i) && v < b->f->columns[i].value_count; v++)
            if (!strcmp(b->f->columns[i].values[v], code))
                return true;
    return false;
}

// Codes among ratings that are no rating: a person must say which kind of missing each is.
static void put_codes(const struct init_block *b)
{
    static const struct {
        const char *kind, *codes[3];
    } usual[] = {{"dont_know", {"8", "98"}}, {"not_applicable", {"9"}}, {"refused", {"7", "99"}}};
    size_t kinds = 0;
    for (size_t u = 0; u < sizeof usual / sizeof *usual; u++) {
        size_t codes = 0;
        for (size_t c = 0; usual[u].codes[c]; c++) {
            if (!is_code(b, usual[u].codes[c]))
                continue;
            if (!codes++)
                buf_print(b->out, "%s%s: [", kinds++ ? "], " : "    # missing: {", usual[u].kind);
            else
                buf_text(b->out, ", ");
            buf_print(b->out, "\"%s\"", usual[u].codes[c]);
        }
    }
    if (kinds)
        buf_text(b->out, "]}   # codes that are no rating: say what each one means\n");
}

static void put_breakdowns(const struct init_block *b)
{
    const char *before = "    # breakdowns: [";
    size_t written = 0;
    for (size_t i = 0; i < b->f->count && written < 4; i++) {
        const char *scale = is_asked(b, i) ? scale_of(&b->f->columns[i]) : NULL;
        if (!scale || strcmp(scale, "scale: category") != 0 || b->f->columns[i].value_count < 2)
            continue;
        buf_text(b->out, written++ ? ", " : before);
        init_scalar(b->out, b->f->columns[i].name);
    }
    if (written)
        buf_text(b->out, "]   # every result again for each of their values\n");
}

static void put_item(const struct init_block *b, struct dict *given, size_t i, long importance)
{
    const struct init_column *c = &b->f->columns[i];
    buf_text(b->out, "      - {id: ");
    init_id(b->out, given, c->name);
    buf_text(b->out, ", column: ");
    init_scalar(b->out, c->name);
    buf_print(b->out, ", %s", scale_of(c));
    if (importance >= 0) {
        buf_text(b->out, ", importance: ");
        init_scalar(b->out, b->f->columns[importance].name);
    }
    buf_char(b->out, '}');
    put_values(b->out, c);
}

size_t init_items(const struct init_block *b)
{
    struct arena scratch = {0};
    struct dict given = {0};
    size_t items = 0;
    long *importance = NEWS(&scratch, b->f->count + 1, long);
    put_codes(b);
    put_breakdowns(b);
    for (size_t i = 0; i < b->f->count; i++)
        importance[i] = importance_of(b, i);
    for (size_t i = 0; i < b->f->count; i++)
        if (importance[i] >= 0)
            b->used[importance[i]] = true;
    for (size_t i = 0; i < b->f->count; i++) {
        if (!is_asked(b, i) || !scale_of(&b->f->columns[i]))
            continue;
        if (!items++)
            buf_text(b->out, "    items:\n");
        put_item(b, &given, i, importance[i]);
    }
    dict_free(&given);
    arena_free(&scratch);
    return items;
}
