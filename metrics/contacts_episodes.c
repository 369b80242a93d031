// SPDX-License-Identifier: GPL-3.0-or-later
// Episodes (indicators.md 6.1): the contacts of one case; without the column, contacts of one
// client at most `episode_days` apart. An episode counts in the group of its first contact.
// Contacts of the same moment are taken in the order of their groups and flags.
#include "engine/run/work.h"
#include "metrics/contacts.h"

enum { FIRST = COUNT_EPISODE_FLAG, EPISODE_COUNTS = COUNT_EPISODE_BUNDLE + 1 - FIRST };
enum { MEMORY = 64 << 20 };

struct found {                          // of one thread
    uint64_t (*counts)[EPISODE_COUNTS]; // by group
    crowd_list list, work;
};

struct search {
    struct contacts *contacts;
    const uint32_t *rank, *of_rank;
    int service;
    struct found *found;
};

// Does the next contact belong to the same episode? Without days, contacts of one client are apart.
static bool goes_on(const struct contacts *c, const struct crowd_row *x,
                    const struct crowd_row *next)
{
    double days = c->study->activities[cube_at(&c->cube, crowd_group(x))->block].episode_days;
    int32_t day = crowd_day(x);
    return day != INT32_MIN && (double)crowd_day(next) - (double)day <= days;
}

static void add_resolution(uint64_t *count, const struct crowd_row *rows, size_t len)
{
    unsigned first = crowd_row_flags(&rows[0]);
    if (first & FLAG_RESOLVED_KNOWN) {
        count[COUNT_EPISODE_FLAG - FIRST]++;
        count[COUNT_EPISODE_FIRST - FIRST] += (first & FLAG_RESOLVED) != 0;
    }
    for (size_t i = 0; i < len; i++) {
        if (!(crowd_row_flags(&rows[i]) & FLAG_RESOLVED))
            continue;
        count[COUNT_EPISODE_RESOLVED - FIRST]++;
        count[COUNT_EPISODE_STEPS - FIRST] += i + 1;
        count[COUNT_EPISODE_STEP_SQUARES - FIRST] += (i + 1) * (i + 1);
        return;
    }
}

static void add_services(const struct search *s, uint64_t *count, const struct crowd_row *rows,
                         size_t len)
{
    uint32_t first = LEVEL_ABSENT;
    bool several = false;
    for (size_t i = 0; s->service >= 0 && i < len; i++) {
        uint32_t level = cube_at(&s->contacts->cube, crowd_group(&rows[i]))->level[s->service];
        if (level >= LEVEL_UNKNOWN)
            continue;
        several |= first != LEVEL_ABSENT && first != level;
        first = level;
    }
    count[COUNT_EPISODE_SERVICE - FIRST] += first != LEVEL_ABSENT;
    count[COUNT_EPISODE_BUNDLE - FIRST] += several;
}

static void add_episode(const struct search *s, struct found *f, const struct crowd_row *rows,
                        size_t len)
{
    uint64_t *count = f->counts[crowd_group(&rows[0])];
    add_resolution(count, rows, len);
    add_services(s, count, rows, len);
}

// Contacts that belong to a case are left to it.
static size_t without_cases(struct crowd_row *rows, size_t count)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++)
        if (!crowd_in_case(&rows[i]))
            rows[kept++] = rows[i];
    return kept;
}

static void search_client(const struct search *s, struct found *f, struct crowd_row *rows,
                          size_t count)
{
    count = without_cases(rows, count);
    for (size_t from = 0, to; from < count; from = to) {
        for (to = from + 1; to < count && goes_on(s->contacts, &rows[to - 1], &rows[to]);)
            to++;
        add_episode(s, f, rows + from, to - from);
    }
}

static void search_part(void *context, int worker, size_t part)
{
    const struct search *s = context;
    struct found *f = &s->found[worker];
    crowd_sort_part(&s->contacts->clients, part, s->rank, s->of_rank, &f->list, &f->work);
    for (size_t from = 0, to; from < f->list.len; from = to) {
        to = crowd_person_end(&f->list, from);
        search_client(s, f, f->list.at + from, to - from);
    }
    crowd_sort_part(&s->contacts->matters, part, s->rank, s->of_rank, &f->list, &f->work);
    for (size_t from = 0, to; from < f->list.len; from = to) {
        to = crowd_person_end(&f->list, from);
        add_episode(s, f, f->list.at + from, to - from);
    }
}

void contacts_episodes(struct contacts *c, const uint32_t *rank, const uint32_t *of_rank,
                       int threads)
{
    size_t groups = c->sums.len, most = MEMORY / (groups * sizeof *(struct found){0}.counts + 1);
    int workers = most > (size_t)threads ? threads : most ? (int)most : 1;
    struct search s = {c, rank, of_rank, cube_find_dim(&c->cube, "service"),
                       mem_new((size_t)workers, sizeof *s.found)};
    for (int i = 0; i < workers; i++)
        s.found[i].counts = mem_new(groups, sizeof *s.found[i].counts);
    work_each(workers, CROWD_PARTS, search_part, &s);
    for (int i = 0; i < workers; i++) {
        struct found *f = &s.found[i];
        for (size_t g = 0; g < groups; g++)
            for (size_t k = 0; k < EPISODE_COUNTS; k++)
                c->sums.at[g].count[FIRST + k] += f->counts[g][k];
        mem_free(f->counts);
        vec_free(&f->list);
        vec_free(&f->work);
    }
    mem_free(s.found);
}
