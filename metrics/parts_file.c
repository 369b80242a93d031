// SPDX-License-Identifier: GPL-3.0-or-later
// A part as a file: a line that says what it is, the sum of all that follows, the study and the
// version it is for, then files, counts, places and contacts.
#include "engine/base/file.h"
#include "engine/base/pack.h"
#include "metrics/parts.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#define MARK "etalon part 1\n"
#define PART_MOST ((size_t)1 << 40)

void part_start(struct part *p, const struct study *s)
{
    places_start(&p->places, s);
    contacts_start(&p->contacts, s);
}

void part_free(struct part *p)
{
    vec_free(&p->files);
    vec_free(&p->counts);
    ledger_free(&p->ledger);
    places_free(&p->places);
    contacts_free(&p->contacts);
    arena_free(&p->arena);
}

static void pack_texts(struct buf *out, const struct file_count *f)
{
    pack_text(out, str_of(f->sha256));
    pack_text(out, str_of(f->encoding));
    pack_text(out, str_of(f->delimiter));
    pack_text(out, str_of(f->quote));
}

static void pack_count(struct buf *out, const struct part *p, const struct part_count *c)
{
    const struct file_count *f = &p->ledger.files.at[c->file];
    pack_text(out, str_of(c->name));
    pack_number(out, c->activity);
    pack_texts(out, f);
    uint64_t numbers[] = {f->bytes,    f->read,        f->used,       f->filtered,
                          f->rejected, f->zero_weight, f->blank_lines};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        pack_number(out, numbers[i]);
    for (int reason = 0; reason < REJECT_REASON_COUNT; reason++)
        pack_number(out, f->by_reason[reason]);
    pack_number(out, c->columns);
    for (size_t i = c->first; i < c->first + c->columns; i++) {
        const struct column_count *column = &p->ledger.columns.at[i];
        pack_text(out, str_of(column->column));
        pack_text(out, str_of(column->role));
        for (int why = 0; why < MISSING_COUNT; why++)
            pack_number(out, column->by[why]);
    }
}

static void unpack_file(struct unpack *u, struct part *p, struct file_count *f)
{
    struct str sum = unpack_text(u);
    u->bad |= sum.len >= sizeof f->sha256;
    if (!u->bad)
        memcpy(f->sha256, sum.ptr, sum.len);
    const char **texts[] = {&f->encoding, &f->delimiter, &f->quote};
    for (size_t i = 0; i < 3; i++) {
        struct str text = unpack_text(u);
        *texts[i] = arena_copy(&p->arena, text.ptr, text.len);
    }
    uint64_t *numbers[] = {&f->bytes,    &f->read,        &f->used,       &f->filtered,
                           &f->rejected, &f->zero_weight, &f->blank_lines};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        *numbers[i] = unpack_number(u);
    for (int reason = 0; reason < REJECT_REASON_COUNT; reason++)
        f->by_reason[reason] = unpack_number(u);
}

static void unpack_one_count(struct unpack *u, struct part *p, size_t activities)
{
    struct str name = unpack_text(u);
    struct part_count c = {.name = arena_copy(&p->arena, name.ptr, name.len),
                           .activity = (uint16_t)unpack_below(u, activities),
                           .file = (uint32_t)p->ledger.files.len,
                           .first = p->ledger.columns.len};
    struct file_count f = {.name = c.name};
    unpack_file(u, p, &f);
    c.columns = unpack_count(u);
    vec_push(&p->counts, c);
    vec_push(&p->ledger.files, f);
    for (size_t i = 0; i < c.columns && !u->bad; i++) {
        struct str column = unpack_text(u), role = unpack_text(u);
        struct column_count one = {.file = c.file,
                                   .column = arena_copy(&p->arena, column.ptr, column.len),
                                   .role = arena_copy(&p->arena, role.ptr, role.len)};
        for (int why = 0; why < MISSING_COUNT; why++)
            one.by[why] = unpack_number(u);
        vec_push(&p->ledger.columns, one);
    }
}

static void pack_rejects(struct buf *out, const struct ledger *l)
{
    pack_number(out, l->rejects.len);
    for (size_t i = 0; i < l->rejects.len; i++) {
        const struct reject *r = &l->rejects.at[i];
        pack_number(out, r->file);
        pack_signed(out, r->line);
        pack_signed(out, r->column);
        pack_number(out, r->reason);
        pack_text(out, str_of(r->text));
        pack_number(out, r->note != NULL);
        pack_text(out, str_of(r->note));
    }
}

static void unpack_rejects(struct unpack *u, struct part *p)
{
    size_t count = unpack_count(u);
    for (size_t i = 0; i < count && !u->bad; i++) {
        struct reject r = {.file = (uint32_t)unpack_below(u, p->ledger.files.len),
                           .line = unpack_signed(u),
                           .column = (long)unpack_signed(u),
                           .reason = (enum reject_reason)unpack_below(u, REJECT_REASON_COUNT)};
        struct str text = unpack_text(u);
        bool noted = unpack_below(u, 2);
        struct str note = unpack_text(u);
        r.text = arena_copy(&p->arena, text.ptr, text.len);
        r.note = noted ? arena_copy(&p->arena, note.ptr, note.len) : NULL;
        vec_push(&p->ledger.rejects, r);
    }
}

static void pack_places(struct buf *out, const struct places *p)
{
    pack_number(out, p->found.keys.len);
    for (size_t i = 0; i < p->found.keys.len; i++)
        pack_text(out, p->found.keys.at[i]);
    pack_number(out, p->periods.len);
    for (size_t i = 0; i < p->periods.len; i++)
        pack_number(out, cube_period(p->periods.at[i]));
}

static void unpack_places(struct unpack *u, struct places *p)
{
    size_t count = unpack_count(u);
    for (size_t i = 0; i < count && !u->bad; i++) {
        uint16_t region = 0;
        const char *near;
        u->bad |= !places_region(p, unpack_text(u), &region, &near) || region != i;
    }
    count = unpack_count(u);
    for (size_t i = 0; i < count && !u->bad; i++)
        (void)places_period(p, cube_period_of((uint32_t)unpack_below(u, UINT32_MAX)));
}

static void pack_body(struct buf *out, struct part *p, const struct study *s, const char *version)
{
    pack_text(out, str_of(version));
    pack_text(out, str_of(s->sha256));
    pack_number(out, p->files.len);
    for (size_t i = 0; i < p->files.len; i++) {
        pack_text(out, str_of(p->files.at[i].name));
        pack_text(out, p->files.at[i].bytes);
    }
    pack_number(out, p->counts.len);
    for (size_t i = 0; i < p->counts.len; i++)
        pack_count(out, p, &p->counts.at[i]);
    pack_rejects(out, &p->ledger);
    pack_places(out, &p->places);
    contacts_pack(out, &p->contacts);
}

void part_pack(struct buf *out, struct part *p, const struct study *s, const char *version)
{
    struct buf body = {0};
    char sum[SHA256_HEX];
    pack_body(&body, p, s, version);
    sha256_of(buf_view(&body), sum);
    buf_text(out, MARK);
    buf_text(out, sum);
    buf_str(out, buf_view(&body));
    buf_free(&body);
}

static enum status write_bytes(const char *path, struct str bytes, struct diags *d)
{
    struct arena a = {0};
    const char *temp = arena_print(&a, "%s.part", path);
    int fd = open(temp, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    int error = fd < 0 ? errno : file_write_all(fd, bytes.ptr, bytes.len);
    if (fd >= 0 && !error && fsync(fd))
        error = errno;
    if (fd >= 0 && close(fd) && !error)
        error = errno;
    if (!error && rename(temp, path))
        error = errno;
    if (error && fd >= 0)
        unlink(temp);
    arena_free(&a);
    if (!error)
        return OK;
    return diag(d, E0846, (struct where){path, 0, 0}, "%s", strerror(error));
}

enum status part_write(const char *path, struct part *p, const struct study *s, const char *version,
                       struct diags *d)
{
    struct buf all = {0};
    part_pack(&all, p, s, version);
    enum status status = write_bytes(path, buf_view(&all), d);
    buf_free(&all);
    return status;
}

// The line, the sum, version and study; what follows is to be unpacked.
static enum status check_head(struct part *p, struct str all, const struct study *s,
                              const char *version, struct unpack *u, struct diags *d)
{
    struct where where = {p->path, 0, 0};
    size_t head = sizeof MARK - 1 + SHA256_HEX - 1;
    if (!str_starts(all, MARK) || all.len < head)
        return diag(d, E0842, where, "not a part of etalon");
    *u = (struct unpack){.rest = {all.ptr + head, all.len - head}};
    sha256_of(u->rest, p->sha256);
    if (memcmp(p->sha256, all.ptr + sizeof MARK - 1, SHA256_HEX - 1) != 0)
        return diag(d, E0842, where, "damaged: its content is not what was written");
    struct str made_by = unpack_text(u), study = unpack_text(u);
    if (!str_is(made_by, version))
        return diag(d, E0843, where, "made by version %s, this is %s", diag_quote(d, made_by),
                    version);
    if (!str_is(study, s->sha256))
        return diag(d, E0843, where, "made for another study, or for another state of this one");
    return OK;
}

// Do groups and days belong to blocks of the study and to regions of the part?
static bool is_whole(struct part *p, const struct study *s)
{
    size_t regions = s->region_count + p->places.found.keys.len, count;
    bool whole = true;
    for (size_t i = 0; i < cube_count(&p->contacts.cube); i++) {
        const struct cube_group *g = cube_at(&p->contacts.cube, i);
        whole &= g->block < s->activity_count;
        whole &= g->region < regions || g->region == REGION_TOTAL;
    }
    struct day_rows *days = days_list(&p->contacts.days, &count);
    for (size_t i = 0; i < count; i++) {
        whole &= days[i].block < s->activity_count;
        whole &= days[i].region < regions || days[i].region == REGION_TOTAL;
    }
    mem_free(days);
    return whole;
}

enum status part_take(struct part *p, struct str bytes, const struct study *s, const char *version,
                      struct diags *d)
{
    struct unpack u;
    TRY(check_head(p, bytes, s, version, &u, d));
    size_t count = unpack_count(&u);
    for (size_t i = 0; i < count && !u.bad; i++) {
        struct str name = unpack_text(&u);
        struct part_file file = {arena_copy(&p->arena, name.ptr, name.len), unpack_text(&u)};
        vec_push(&p->files, file);
    }
    count = unpack_count(&u);
    for (size_t i = 0; i < count && !u.bad; i++)
        unpack_one_count(&u, p, s->activity_count);
    p->number = NEWS(&p->arena, p->ledger.files.len + 1, uint32_t);
    unpack_rejects(&u, p);
    unpack_places(&u, &p->places);
    contacts_unpack(&u, &p->contacts);
    if (!u.bad && !u.rest.len && is_whole(p, s))
        return OK;
    return diag(d, E0842, (struct where){p->path, 0, 0}, "damaged: its content makes no sense");
}

enum status part_read(struct part *p, const char *path, const struct study *s, const char *version,
                      struct diags *d)
{
    struct str all;
    p->path = path;
    TRY(file_read(&p->arena, path, PART_MOST, &all, d));
    return part_take(p, all, s, version, d);
}
