// SPDX-License-Identifier: GPL-3.0-or-later
// What is known of contacts only when all rows are in: which channels and segments there are.
#include "metrics/contacts.h"

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

void contacts_finish(struct contacts *c, const struct places *p, int threads)
{
    finish_levels(c);
    uint32_t *of_rank = cube_order(&c->cube, p);
    uint32_t *rank = mem_new(cube_count(&c->cube), sizeof *rank);
    for (size_t i = 0; i < cube_count(&c->cube); i++)
        rank[of_rank[i]] = (uint32_t)i;
    contacts_episodes(c, rank, of_rank, threads);
    mem_free(rank);
    mem_free(of_rank);
}
