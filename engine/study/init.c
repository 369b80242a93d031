// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/study/init.h"

#include "engine/base/map.h"
#include "engine/base/utf8.h"

#include <strings.h>

static void put_scalar(struct buf *out, const char *text)
{
    static const char *const special[] = {"yes",   "no",   "on", "off", "true",
                                          "false", "null", "y",  "n"};
    bool plain = text[0] && !strchr("0123456789.-", text[0]);
    for (const char *c = text; *c && plain; c++)
        plain = (*c >= 'a' && *c <= 'z') || (*c >= 'A' && *c <= 'Z') || (*c >= '0' && *c <= '9') ||
                strchr("_.-", *c);
    for (size_t i = 0; i < sizeof special / sizeof *special; i++)
        plain = plain && strcmp(text, special[i]) != 0;
    if (plain) {
        buf_text(out, text);
        return;
    }
    buf_char(out, '"');
    for (const char *c = text; *c; c++) {
        if (*c == '"' || *c == '\\')
            buf_char(out, '\\');
        if ((unsigned char)*c < ' ' || *c == 127)
            buf_print(out, "\\x%02X", (unsigned)(unsigned char)*c);
        else
            buf_char(out, *c);
    }
    buf_char(out, '"');
}

// Letters and digits in lower case, all else one _; unique among the ids already given.
static void put_id(struct buf *out, struct dict *given, const char *text)
{
    struct arena scratch = {0};
    struct str fold = utf8_fold(&scratch, str_of(text));
    struct buf id = {0};
    for (size_t i = 0; i < fold.len; i++) {
        char c = fold.ptr[i];
        bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (plain || (id.len && id.ptr[id.len - 1] != '_'))
            buf_char(&id, plain ? c : '_');
    }
    if (!id.len || (id.ptr[0] >= '0' && id.ptr[0] <= '9')) {
        char *rest = arena_copy(&scratch, id.ptr ? id.ptr : "", id.len);
        buf_clear(&id);
        buf_print(&id, "c%s", rest);
    }
    size_t stem = id.len;
    for (int n = 2; dict_find(given, buf_view(&id)) >= 0; n++) {
        id.len = stem;
        buf_print(&id, "_%d", n);
    }
    dict_add(given, buf_view(&id));
    put_scalar(out, id.ptr);
    buf_free(&id);
    arena_free(&scratch);
}

static bool same_header(const struct init_file *a, const struct init_file *b)
{
    if (a->count != b->count)
        return false;
    for (size_t i = 0; i < a->count; i++)
        if (strcmp(a->columns[i].name, b->columns[i].name) != 0)
            return false;
    return true;
}

struct init_block { // files of one header
    const struct init_file *files;
    size_t first, count;       // in the array of files
    const struct init_file *f; // the first of them
    enum input_kind kind;
    struct buf *out;
    bool *used; // per column: plays a role
};

static void put_files(const struct init_block *b)
{
    buf_text(b->out, "files: [");
    for (size_t i = b->first, written = 0; i < b->count; i++)
        if (same_header(&b->files[i], b->f)) {
            buf_text(b->out, written++ ? ", " : "");
            put_scalar(b->out, b->files[i].path);
        }
    buf_text(b->out, "]");
}

// "role: COLUMN, …" of the roles that the file has; `before` stands in front of the first.
static size_t put_roles(const struct init_block *b, const char *const *roles, size_t count,
                        const char *before)
{
    size_t written = 0;
    for (size_t i = 0; i < count && roles[i]; i++) {
        long at = init_role(b->f, roles[i]);
        if (at < 0 || b->used[at])
            continue;
        b->used[at] = true;
        buf_print(b->out, "%s%s: ", written++ ? ", " : before, roles[i]);
        put_scalar(b->out, b->f->columns[at].name);
    }
    return written;
}

static void put_columns(const struct init_block *b, const char *indent)
{
    buf_text(b->out, indent);
    size_t written = put_roles(b, input_roles(b->kind), SIZE_MAX, "columns: {");
    const char *before = written ? ", points: {" : "columns: {points: {";
    if (b->kind == INPUT_SERVICES && put_roles(b, point_ids, POINT_COUNT, before))
        buf_char(b->out, '}'), written++;
    buf_text(b->out, written ? "}\n" : "# columns: {role: COLUMN}\n");
}

// ---- questions

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

static size_t put_items(const struct init_block *b)
{
    struct dict given = {0};
    size_t items = 0;
    for (size_t i = 0; i < b->f->count; i++) {
        const struct init_column *c = &b->f->columns[i];
        const char *scale = b->used[i] || !c->name[0] ? NULL : scale_of(c);
        if (!scale)
            continue;
        if (!items++)
            buf_text(b->out, "    items:\n");
        buf_text(b->out, "      - {id: ");
        put_id(b->out, &given, c->name);
        buf_text(b->out, ", column: ");
        put_scalar(b->out, c->name);
        buf_print(b->out, ", %s}", scale);
        put_values(b->out, c);
    }
    dict_free(&given);
    return items;
}

// ---- blocks

static const struct {
    enum input_kind kind;
    const char *key;
    const char *shape; // of a list of blocks; NULL: the key takes the files itself
} sections[] = {
    {INPUT_SURVEY, "surveys", ""},
    {INPUT_EVENTS, "activity", "    shape: events\n"},
    {INPUT_COUNTS, "activity", "    shape: counts\n"},
    {INPUT_SERVICES, "services", ""},
    {INPUT_STANDARDS, "standards", ""},
    {INPUT_POPULATION, "population", NULL},
    {INPUT_TARGETS, "targets", NULL},
    {INPUT_BENCHMARKS, "benchmarks", NULL},
    {INPUT_PLAN, "plan", NULL},
};

static const char *stem(struct arena *a, const char *path)
{
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
    return arena_copy(a, name, strcspn(name, "."));
}

static void put_block(struct init_block *b, struct dict *given, const char *shape)
{
    struct arena scratch = {0};
    struct buf whole = {0}, *out = b->out;
    b->out = &whole;
    b->used = NEWS(&scratch, b->f->count + 1, bool);
    buf_text(&whole, "  - id: ");
    put_id(&whole, given, stem(&scratch, b->f->path));
    buf_text(&whole, "\n    ");
    put_files(b);
    buf_print(&whole, "\n%s", shape);
    put_columns(b, "    ");
    if (b->kind != INPUT_SURVEY || put_items(b))
        buf_str(out, buf_view(&whole));
    b->out = out;
    buf_free(&whole);
    arena_free(&scratch);
}

static void put_lone(struct init_block *b, const char *key)
{
    struct arena scratch = {0};
    b->used = NEWS(&scratch, b->f->count + 1, bool);
    buf_print(b->out, "%s:\n  ", key);
    put_files(b);
    buf_char(b->out, '\n');
    put_columns(b, "  ");
    arena_free(&scratch);
}

static bool is_repeated(const struct init_file *files, size_t i)
{
    for (size_t j = 0; j < i; j++)
        if (same_header(&files[j], &files[i]))
            return true;
    return false;
}

// The blocks of one kind; the key stands above the first.
static void put_kind(const struct init_file *files, size_t count, size_t section,
                     struct dict *given, const char **key, struct buf *out)
{
    for (size_t i = 0; i < count; i++) {
        struct init_block b = {files, i, count, &files[i], sections[section].kind, out, NULL};
        struct buf body = {0};
        if (init_kind(&files[i]) != b.kind || is_repeated(files, i))
            continue;
        if (!sections[section].shape) {
            buf_char(out, '\n');
            put_lone(&b, sections[section].key);
            return; // the key takes one block
        }
        b.out = &body;
        put_block(&b, given, sections[section].shape);
        if (body.len && (!*key || strcmp(*key, sections[section].key) != 0))
            buf_print(out, "\n%s:\n", *key = sections[section].key);
        buf_str(out, buf_view(&body));
        buf_free(&body);
    }
}

static void put_regions(const struct init_file *files, size_t count, struct buf *out)
{
    for (size_t i = 0; i < count; i++) {
        long at = init_role(&files[i], "region");
        const struct init_column *c = at < 0 ? NULL : &files[i].columns[at];
        if (!c || !c->value_count || c->many)
            continue;
        buf_text(out, "# regions: [");
        for (size_t v = 0; v < c->value_count; v++) {
            buf_text(out, v ? ", " : "");
            put_scalar(out, c->values[v]);
        }
        buf_text(out, "]   # declared, they keep this order; without the key the data tell them\n");
        return;
    }
}

void init_write(const struct init_file *files, size_t count, struct buf *out)
{
    buf_text(out, "# A first study, guessed from the names of the columns and from their values:\n"
                  "# check every line, above all the scales, before you trust a result.\n"
                  "etalon: 1\nid: study\ntitle: {en: New study, fr: Nouvelle étude}\n"
                  "# year: fiscal   # quarters from April; calendar is the default\n"
                  "# period: 2003Q4   # of rows that carry none, and what `run` reports on\n");
    put_regions(files, count, out);
    struct dict given = {0};
    const char *key = NULL;
    for (size_t s = 0; s < sizeof sections / sizeof *sections; s++)
        put_kind(files, count, s, &given, &key, out);
    dict_free(&given);
}
