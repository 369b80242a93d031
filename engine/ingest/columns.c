// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/ingest/columns.h"

#include "engine/base/utf8.h"

struct search {
    struct columns *c;
    const struct request *request;
    const char *path;
    int64_t line;
    struct arena *arena;
    struct diags *d;
    bool *used, *told; // per column
    enum status status;
};

static void fail(struct search *s, enum status status)
{
    if (!s->status)
        s->status = status;
}

static void check_twice(struct search *s, long first)
{
    struct columns *c = s->c;
    for (size_t i = (size_t)first + 1; i < c->width; i++)
        if (str_same(c->names[i], c->names[first]) && !s->told[first]) {
            s->told[first] = true;
            fail(s, diag(s->d, E0315, (struct where){s->path, (long)s->line, 0},
                         "column %s stands twice (columns %ld and %zu)",
                         diag_quote(s->d, c->names[first]), first + 1, i + 1));
        }
}

static long find_name(struct search *s, const char *name)
{
    struct str key = utf8_nfc(s->arena, utf8_trim(str_of(name)));
    for (size_t i = 0; key.len && i < s->c->width; i++)
        if (str_same(s->c->names[i], key)) {
            s->used[i] = true;
            check_twice(s, (long)i);
            return (long)i;
        }
    for (size_t i = 0; key.len && s->c->joined && i < s->c->width; i++)
        if (str_same(s->c->joined[i], key)) {
            s->used[i] = true;
            return (long)i;
        }
    return NO_COLUMN;
}

// The first of the names that the file has.
static long find_any(struct search *s, const struct texts *names)
{
    for (size_t i = 0; i < names->count; i++) {
        long at = find_name(s, names->at[i]);
        if (at != NO_COLUMN)
            return at;
    }
    return NO_COLUMN;
}

static const char *nearest_name(struct search *s, const char *name)
{
    struct str fold = utf8_fold(s->arena, str_of(name));
    const char **all = NEWS(s->arena, s->c->width + 1, const char *);
    for (size_t i = 0; i < s->c->width; i++) {
        all[i] = arena_copy(s->arena, s->c->names[i].ptr, s->c->names[i].len);
        if (str_same(utf8_fold(s->arena, s->c->names[i]), fold))
            return all[i];
    }
    return str_nearest(name, all, s->c->width < 2000 ? s->c->width : 2000);
}

static void missing(struct search *s, const struct texts *names, const char *role,
                    struct where where)
{
    const char *name = names->count ? names->at[0] : role;
    bool plain = !strcmp(name, role);
    const char *quoted = diag_quote(s->d, str_of(name));
    struct where at = where.file ? where : (struct where){s->path, (long)s->line, 0};
    fail(s, diag(s->d, E0314, at, "column %s%s%s%s is not in %s", quoted, plain ? "" : " (",
                 plain ? "" : role, plain ? "" : ")", s->path));
    const char *near = nearest_name(s, name);
    if (near)
        diag_help(s->d, "did you mean %s?", diag_quote(s->d, str_of(near)));
}

static struct where role_where(const struct input *in, const char *role)
{
    for (size_t i = 0; i < in->column_count; i++)
        if (!strcmp(in->columns[i].role, role))
            return in->columns[i].where;
    return in->where;
}

// A column that places rows: needed when the study names it, used when it is there otherwise.
static long find_role(struct search *s, const char *role)
{
    const struct input *in = s->request->input;
    struct texts names = input_column(in, role, 1);
    long at = find_any(s, &names);
    if (at == NO_COLUMN && names.count && in->columns_declared)
        missing(s, &names, role, role_where(in, role));
    return at;
}

static void find_asks(struct search *s)
{
    const struct request *r = s->request;
    for (size_t i = 0; i < r->ask_count; i++) {
        s->c->ask[i] = find_any(s, &r->asks[i].names);
        if (s->c->ask[i] == NO_COLUMN && r->asks[i].required)
            missing(s, &r->asks[i].names, r->asks[i].role, r->asks[i].where);
        s->c->ask_names[i] = s->c->ask[i] != NO_COLUMN
                                 ? s->c->names[s->c->ask[i]].ptr
                                 : (r->asks[i].names.count ? r->asks[i].names.at[0] : "");
    }
}

static void find_filters(struct search *s)
{
    const struct input *in = s->request->input;
    for (size_t i = 0; i < in->filter_count; i++) {
        struct texts name = {&in->filters[i].column, 1};
        s->c->filter[i] = find_any(s, &name);
        if (s->c->filter[i] == NO_COLUMN)
            missing(s, &name, "where", in->filters[i].where);
    }
}

static void tell_unused(struct search *s)
{
    const struct input *in = s->request->input;
    if (!in->columns_declared)
        return;
    for (size_t i = 0; i < in->column_count; i++)
        for (size_t k = 0; k < in->columns[i].names.count; k++)
            find_name(s, in->columns[i].names.at[k]);
    for (const char *const *role = input_roles(in->kind); *role; role++)
        for (size_t i = 0; i < s->c->width; i++)
            if (!s->used[i] && str_is(s->c->names[i], *role))
                diag(s->d, E0317, (struct where){s->path, (long)s->line, (long)i + 1},
                     "the file has a column %s that the study does not use",
                     diag_quote(s->d, s->c->names[i]));
}

static struct str *take_names(struct search *s, const struct str *cells)
{
    struct str *names = NEWS(s->arena, s->c->width + 1, struct str);
    for (size_t i = 0; i < s->c->width; i++) {
        struct str name = utf8_nfc(s->arena, utf8_trim(cells[i]));
        names[i] = (struct str){arena_copy(s->arena, name.ptr, name.len), name.len};
    }
    return names;
}

static void tell_nameless(struct search *s)
{
    size_t nameless = 0, first = 0;
    for (size_t i = 0; i < s->c->width; i++)
        if (!s->c->names[i].len && !nameless++)
            first = i + 1;
    if (nameless)
        diag(s->d, E0316, (struct where){s->path, (long)s->line, 0},
             "%zu of the columns have no name (the first is column %zu)", nameless, first);
}

enum status columns_find(struct columns *c, const struct request *request,
                         const struct records *records, const struct record *header,
                         struct arena *a, struct diags *d)
{
    size_t count = header->count;
    struct search s = {c,
                       request,
                       records->path,
                       header->line,
                       a,
                       d,
                       NEWS(a, count + 1, bool),
                       NEWS(a, count + 1, bool),
                       OK};
    c->region = c->period = NO_COLUMN;
    c->ask = NEWS(a, request->ask_count + 1, long);
    c->ask_names = NEWS(a, request->ask_count + 1, const char *);
    c->filter = NEWS(a, request->input->filter_count + 1, long);
    c->width = count;
    c->names = take_names(&s, records->first_names ? records->first_names : header->fields);
    c->joined = records->first_names ? take_names(&s, header->fields) : NULL;
    tell_nameless(&s);
    if (!request->no_region && !request->input->region)
        c->region = find_role(&s, "region");
    if (request->time_role)
        c->period = find_role(&s, request->time_role);
    find_filters(&s);
    find_asks(&s);
    tell_unused(&s);
    return s.status;
}
