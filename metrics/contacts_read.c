// SPDX-License-Identifier: GPL-3.0-or-later
// What the state of events asks of the reader.
#include "engine/run/read.h"
#include "metrics/parts.h"

static const struct contact_role {
    const char *role;
    enum cell_kind kind;
} contact_roles[CONTACT_COLUMNS] = {
    [CONTACT_CLIENT] = {"client", CELL_KEY},
    [CONTACT_CASE] = {"case", CELL_KEY},
    [CONTACT_CORE] = {"core", CELL_FLAG},
    [CONTACT_RESOLVED] = {"resolved", CELL_FLAG},
    [CONTACT_REFERRED] = {"referred", CELL_FLAG},
    [CONTACT_CONSENT] = {"consent", CELL_FLAG},
    [CONTACT_WAIT] = {"wait", CELL_NUMBER},
    [CONTACT_HANDLE] = {"handle", CELL_NUMBER},
    [CONTACT_FEE] = {"fee", CELL_NUMBER},
    [CONTACT_COST] = {"cost", CELL_NUMBER},
    [CONTACT_FOLLOW_DUE] = {"follow_due", CELL_DATE},
    [CONTACT_FOLLOW_DONE] = {"follow_done", CELL_DATE},
};

struct reading {
    struct contact_feed feed;
    struct ask asks[CONTACT_COLUMNS + CUBE_DIMS + PROFILE_MOST];
    size_t ask_count;
    struct missing_codes nobody; // client ids that identify no one
    struct dict profile;         // texts of the client profile, looked at by nobody
};

enum status contacts_check(const struct contacts *c, struct where where, struct diags *d)
{
    size_t limit = c->study->limits.contacts ? c->study->limits.contacts : LIMIT_CONTACTS;
    if (c->clients.count + c->matters.count <= limit)
        return OK;
    enum status status = diag(
        d, E0215, where,
        "more than %zu contacts of known clients and cases would be kept, 16 bytes each", limit);
    diag_help(d, "raise `limits: {contacts: N}` in the study where there is memory for it, or read "
                 "fewer files at once");
    return status;
}

static enum status take_block(void *context, const struct block *block, struct reader *reader,
                              struct diags *d)
{
    const struct contact_feed *feed = &((struct reading *)context)->feed;
    if (cube_count(&feed->contacts->cube) + 2 * block->rows > CROWD_GROUPS)
        return diag(d, E0422, block->input->where,
                    "contacts have nearly %zu combinations of region, period and levels, the most "
                    "there may be",
                    CROWD_GROUPS);
    contacts_add(feed, block, reader);
    return contacts_check(feed->contacts, block->input->where, d);
}

static int add_ask(struct reading *r, const struct input *in, const char *role, struct texts names,
                   enum cell_kind kind, struct dict *codes)
{
    if (!names.count)
        return -1;
    r->asks[r->ask_count] = (struct ask){
        .role = role,
        .names = names,
        .kind = kind,
        .missing = &in->missing,
        .required = in->columns_declared,
        .administrative = kind == CELL_NUMBER,
        .codes = codes,
        .where = in->where,
    };
    return (int)r->ask_count++;
}

// "0" and the study's missing.client stand for nobody.
static void ask_client(struct reading *r, const struct activity *a, struct arena *arena)
{
    size_t count = a->missing_client.count;
    const char **codes = NEWS(arena, count + 1, const char *);
    for (size_t i = 0; i < count; i++)
        codes[i] = a->missing_client.at[i];
    codes[count] = "0";
    r->nobody.by[MISSING_BLANK] = (struct texts){codes, count + 1};
    int place = r->feed.column[CONTACT_CLIENT];
    if (place >= 0)
        r->asks[place].more_missing = &r->nobody;
}

static void ask_columns(struct reading *r, const struct input *in)
{
    struct contacts *c = r->feed.contacts;
    for (size_t i = 0; i < CONTACT_COLUMNS; i++) {
        struct dict *codes = i == CONTACT_CLIENT ? &c->clients.names : &c->matters.names;
        r->feed.column[i] =
            add_ask(r, in, contact_roles[i].role, input_column(in, contact_roles[i].role, 1),
                    contact_roles[i].kind, contact_roles[i].kind == CELL_KEY ? codes : NULL);
    }
}

// A breakdown is a role that this block has, or a column that it declares.
static void ask_breakdowns(struct reading *r, const struct input *in)
{
    struct cube *cube = &r->feed.contacts->cube;
    for (size_t d = 0; d < cube->dim_count; d++) {
        const char *id = cube->dims[d].id;
        struct texts names = input_column(in, id, 1);
        for (size_t b = 0; !names.count && b < in->breakdowns.count; b++)
            if (strcmp(in->breakdowns.at[b], id) == 0)
                names = (struct texts){&in->breakdowns.at[b], 1};
        r->feed.dim[d] = add_ask(r, in, id, names, CELL_CODE, &cube->dims[d].levels);
    }
}

// Only whether something stands there is looked at.
static void ask_profile(struct reading *r, const struct activity *a)
{
    for (size_t i = 0; i < a->profile.count && i < PROFILE_MOST; i++) {
        struct texts name = {&a->profile.at[i], 1};
        r->feed.profile[r->feed.profile_count++] =
            add_ask(r, &a->in, "profile", name, CELL_KEY, &r->profile);
    }
}

static void ask_all(struct reading *r, const struct activity *a, struct arena *arena)
{
    ask_columns(r, &a->in);
    ask_client(r, a, arena);
    ask_breakdowns(r, &a->in);
    ask_profile(r, a);
}

// ---- threads: each fills contacts of its own

struct fork {
    struct arena arena;
    struct contacts contacts;
    struct reading reading;
};

static void *fork_start(void *context, struct places *places, struct request *request)
{
    const struct reading *whole = context;
    const struct study *study = request->study;
    struct fork *f = mem_new(1, sizeof *f);
    contacts_start(&f->contacts, study);
    f->reading.feed = (struct contact_feed){.contacts = &f->contacts,
                                            .places = places,
                                            .block = whole->feed.block,
                                            .memo = NEWS(&f->arena, FEED_MEMO, struct group_memo)};
    ask_all(&f->reading, &study->activities[whole->feed.block], &f->arena);
    request->asks = f->reading.asks;
    request->context = &f->reading;
    return f;
}

static void fork_merge(void *context, void *state, const uint16_t *region)
{
    struct contacts *whole = ((struct reading *)context)->feed.contacts;
    struct contacts *part = &((struct fork *)state)->contacts;
    if (!whole->sums.len && whole->study->has_regions) { // nothing is there yet: take it over
        struct contacts empty = *whole;
        *whole = *part;
        *part = empty;
    } else {
        contacts_merge(whole, part, region);
    }
}

static void fork_drop(void *state)
{
    struct fork *f = state;
    contacts_free(&f->contacts);
    dict_free(&f->reading.profile);
    arena_free(&f->arena);
    mem_free(f);
}

static const struct read_fork contacts_fork = {fork_start, fork_merge, fork_drop};

enum status contacts_read(struct contacts *c, struct run *run, uint16_t activity)
{
    const struct activity *a = &run->study->activities[activity];
    if (run->parts)
        return parts_count(run->parts, run, activity);
    struct arena arena = {0};
    struct reading *r = NEW(&arena, struct reading);
    r->feed = (struct contact_feed){.contacts = c,
                                    .places = run->places,
                                    .block = activity,
                                    .memo = NEWS(&arena, FEED_MEMO, struct group_memo)};
    ask_all(r, a, &arena);
    struct request request = {
        .study = run->study,
        .input = &a->in,
        .asks = r->asks,
        .ask_count = r->ask_count,
        .time_role = "time",
        .sink = take_block,
        .context = r,
    };
    enum status status =
        run_read(&request, &contacts_fork, run->threads, run->places, run->ledger, run->diags);
    dict_free(&r->profile);
    arena_free(&arena);
    return status;
}
