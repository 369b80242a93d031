// SPDX-License-Identifier: GPL-3.0-or-later
// One column of the parts that several threads have read, as if one had read all of it.
#include "engine/run/column.h"

// The codes here of the codes of a part, plus 1; 0: not met yet.
static void join_codes(struct column *into, struct column *const *parts, size_t part_count,
                       const struct column_stretch *list, size_t count)
{
    uint32_t **here = mem_new(part_count, sizeof *here);
    for (size_t p = 0; p < part_count; p++)
        here[p] = mem_new(parts[p]->codes.keys.len + 1, sizeof **here);
    for (size_t s = 0; s < count; s++) {
        const struct column *from = parts[list[s].part];
        const uint32_t *code = from->code + list[s].first;
        const uint8_t *why = from->why + list[s].first;
        uint32_t *known = here[list[s].part], *out = into->code + list[s].at;
        for (size_t i = 0; i < list[s].count; i++) {
            out[i] = 0;
            if (why[i] != VALID)
                continue;
            if (!known[code[i]])
                known[code[i]] = 1 + (uint32_t)dict_add(&into->codes, from->codes.keys.at[code[i]]);
            out[i] = known[code[i]] - 1;
        }
    }
    for (size_t p = 0; p < part_count; p++)
        mem_free(here[p]);
    mem_free(here);
}

// The scale that all parts have in common. False: not all values fit whole numbers of it.
static bool common_scale(struct column *into, struct column *const *parts, size_t part_count)
{
    for (size_t p = 0; p < part_count; p++)
        into->scale = parts[p]->scale > into->scale ? parts[p]->scale : into->scale;
    for (size_t p = 0; p < part_count; p++) {
        int64_t factor = num_power10[into->scale - parts[p]->scale];
        if (parts[p]->real || parts[p]->most > INT64_MAX / factor)
            return false;
        int64_t most = parts[p]->most * factor;
        into->most = most > into->most ? most : into->most;
    }
    return true;
}

#define COPY(type)                        \
    for (size_t i = 0; i < s->count; i++) \
    ((type *)into->number)[s->at + i] = (type)(column_whole(from, s->first + i) * factor)

static void join_whole(struct column *into, const struct column *from,
                       const struct column_stretch *s)
{
    int64_t factor = num_power10[into->scale - from->scale];
    if (factor == 1 && from->bytes == into->bytes) {
        size_t bytes = (size_t)into->bytes;
        memcpy((char *)into->number + s->at * bytes, (const char *)from->number + s->first * bytes,
               s->count * bytes);
        return;
    }
    switch (into->bytes) {
    case 1:
        COPY(int8_t);
        break;
    case 2:
        COPY(int16_t);
        break;
    case 4:
        COPY(int32_t);
        break;
    default:
        COPY(int64_t);
    }
}

static void join_real(struct column *into, const struct column *from,
                      const struct column_stretch *s)
{
    for (size_t i = 0, row = s->first; i < s->count; i++, row++)
        into->real[s->at + i] =
            from->real ? from->real[row]
            : from->why[row] == VALID
                ? decimal_value((struct decimal){column_whole(from, row), from->scale})
                : 0;
}

static void *room_for(size_t rows, size_t size)
{
    size_t had = 0;
    return mem_grow(NULL, &had, rows, size);
}

static void join_numbers(struct column *into, struct column *const *parts, size_t part_count,
                         const struct column_stretch *list, size_t count)
{
    bool whole = common_scale(into, parts, part_count);
    into->bytes = whole ? column_bytes(into->most) : 1;
    into->number = whole ? room_for(into->rows, (size_t)into->bytes) : mem_new(into->rows, 1);
    into->real = whole ? NULL : room_for(into->rows, sizeof *into->real);
    for (size_t s = 0; s < count; s++)
        if (whole)
            join_whole(into, parts[list[s].part], &list[s]);
        else
            join_real(into, parts[list[s].part], &list[s]);
}

void column_join(struct column *into, struct column *const *parts, size_t part_count,
                 const struct column_stretch *list, size_t count)
{
    const struct column_stretch *last = count ? &list[count - 1] : NULL;
    into->rows = into->room = last ? last->at + last->count : 0;
    if (!into->rows)
        return;
    into->why = room_for(into->rows, sizeof *into->why);
    for (size_t s = 0; s < count; s++)
        memcpy(into->why + list[s].at, parts[list[s].part]->why + list[s].first, list[s].count);
    if (into->coded) {
        into->code = room_for(into->rows, sizeof *into->code);
        join_codes(into, parts, part_count, list, count);
    } else {
        join_numbers(into, parts, part_count, list, count);
    }
}
