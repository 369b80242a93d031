// SPDX-License-Identifier: GPL-3.0-or-later
// What is known of contacts only when all rows are in: which channels and segments there are, the
// episodes, and who came how often.
#include "metrics/contacts.h"

#include "engine/base/sort.h"

#include <strings.h>

// ---- channels and segments

static bool is_among(struct texts list, struct str word)
{
    for (size_t i = 0; i < list.count; i++)
        if (str_is(word, list.at[i]))
            return true;
    return false;
}

static bool same_word(struct str a, const char *b)
{
    return a.len == strlen(b) && strncasecmp(a.ptr, b, a.len) == 0;
}

// The default set of indicators.md 6.1.
static bool is_online(const struct activity *a, struct str channel)
{
    static const char *const usual[] = {"web", "online", "portal", "email", "chat"};
    if (a->online_declared)
        return is_among(a->online, channel);
    for (size_t i = 0; i < sizeof usual / sizeof *usual; i++)
        if (same_word(channel, usual[i]))
            return true;
    return false;
}

bool contacts_online_known(const struct contacts *c)
{
    for (size_t i = 0; i < c->sums.len; i++) {
        const struct activity *a = &c->study->activities[cube_at(&c->cube, i)->block];
        if (a->online_declared || c->sums.at[i].count[COUNT_ONLINE])
            return true;
    }
    return false;
}

static struct str level_of(const struct cube *cube, size_t group, int dim)
{
    uint32_t level = dim < 0 ? LEVEL_ABSENT : cube_at(cube, group)->level[dim];
    return level >= LEVEL_UNKNOWN ? STR("") : cube->dims[dim].levels.keys.at[level];
}

static void finish_levels(struct contacts *c)
{
    int channel = cube_find_dim(&c->cube, "channel"), segment = cube_find_dim(&c->cube, "segment");
    for (size_t i = 0; i < c->sums.len; i++) {
        const struct activity *a = &c->study->activities[cube_at(&c->cube, i)->block];
        uint64_t *count = c->sums.at[i].count, contacts = count[COUNT_CONTACTS];
        struct str way = level_of(&c->cube, i, channel), side = level_of(&c->cube, i, segment);
        if (way.len)
            count[COUNT_CHANNEL] += contacts;
        if (way.len && is_online(a, way))
            count[COUNT_ONLINE] += contacts;
        if (side.len && is_among(a->start, side))
            count[COUNT_START] += contacts;
        if (side.len && is_among(a->existing, side))
            count[COUNT_EXISTING] += contacts;
    }
}

void contacts_finish(struct contacts *c)
{
    finish_levels(c);
    contacts_episodes(c);
}

// ---- visits

static struct visit visit_of_row(const struct contact_row *row)
{
    uint8_t flags = row->flags & (FLAG_CONSENT | FLAG_CONSENT_KNOWN);
    return (struct visit){row->client, row->group, 1, row->day, row->order, flags};
}

bool visit_is_later(const struct visit *a, const struct visit *b)
{
    if (!(a->flags & FLAG_CONSENT_KNOWN) || !(b->flags & FLAG_CONSENT_KNOWN))
        return a->flags & FLAG_CONSENT_KNOWN;
    return a->day != b->day ? a->day > b->day : a->order > b->order;
}

// The rows of known clients, by client and then group.
static struct keyed *rows_by_client(const struct contacts *c, size_t *count)
{
    struct keyed *list = mem_new(c->rows.len, sizeof *list);
    *count = 0;
    for (size_t i = 0; i < c->rows.len; i++) {
        const struct contact_row *row = &c->rows.at[i];
        if (row->client != NOBODY)
            list[(*count)++] = (struct keyed){(uint64_t)row->client << 32 | row->group, i};
    }
    sort_keyed(list, *count);
    return list;
}

static struct visit *visits_of_rows(const struct contacts *c, size_t *count)
{
    size_t len, kept = 0;
    struct keyed *rows = rows_by_client(c, &len);
    *count = len > 0;
    for (size_t i = 1; i < len; i++)
        *count += rows[i].key != rows[i - 1].key;
    struct visit *list = mem_new(*count, sizeof *list);
    for (size_t i = 0; i < len; i++) {
        struct visit one = visit_of_row(&c->rows.at[rows[i].at]);
        if (i == 0 || rows[i].key != rows[i - 1].key) {
            list[kept++] = one;
            continue;
        }
        struct visit *last = &list[kept - 1];
        one.count += last->count;
        if (visit_is_later(&one, last))
            *last = one;
        last->count = one.count;
    }
    mem_free(rows);
    return list;
}

struct visit *contacts_visits(struct contacts *c, size_t *count)
{
    if (c->keep_rows)
        return visits_of_rows(c, count);
    bag_settle(&c->visits); // by client, since it leads the key
    *count = c->visits.counted.len;
    struct visit *list = mem_new(*count, sizeof *list);
    for (size_t i = 0; i < *count; i++) {
        struct counter one = c->visits.counted.at[i];
        list[i] = (struct visit){
            .client = (uint32_t)(one.key >> 32), .group = (uint32_t)one.key, .count = one.count};
    }
    return list;
}
