// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/study/init_block.h"

#include "engine/base/utf8.h"

void init_scalar(struct buf *out, const char *text)
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

void init_id(struct buf *out, struct dict *given, const char *text)
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
    init_scalar(out, id.ptr);
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

static void put_files(const struct init_block *b)
{
    buf_text(b->out, "files: [");
    for (size_t i = b->first, written = 0; i < b->count; i++)
        if (same_header(&b->files[i], b->f)) {
            buf_text(b->out, written++ ? ", " : "");
            init_scalar(b->out, b->files[i].path);
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
        init_scalar(b->out, b->f->columns[at].name);
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
    init_id(&whole, given, stem(&scratch, b->f->path));
    buf_text(&whole, "\n    ");
    put_files(b);
    buf_print(&whole, "\n%s", shape);
    put_columns(b, "    ");
    if (b->kind != INPUT_SURVEY || init_items(b))
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
            init_scalar(out, c->values[v]);
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
