// SPDX-License-Identifier: GPL-3.0-or-later
// The state of events as bytes and back.
#include "engine/base/pack.h"
#include "metrics/parts.h"

static void pack_dict(struct buf *out, const struct dict *d)
{
    pack_number(out, d->keys.len);
    for (size_t i = 0; i < d->keys.len; i++)
        pack_text(out, d->keys.at[i]);
}

static void unpack_dict(struct unpack *u, struct dict *d)
{
    size_t count = unpack_count(u);
    for (size_t i = 0; i < count && !u->bad; i++) {
        (void)dict_add(d, unpack_text(u));
        u->bad |= d->keys.len != i + 1; // a text twice
    }
}

// ---- groups and their sums

static void pack_group(struct buf *out, const struct cube *c, size_t group)
{
    const struct cube_group *g = cube_at(c, group);
    pack_number(out, g->block);
    pack_number(out, g->region);
    pack_number(out, g->period);
    for (size_t d = 0; d < c->dim_count; d++)
        pack_number(out, (uint32_t)(g->level[d] + 2)); // absent and unknown become 1 and 0
}

static void unpack_group(struct unpack *u, struct cube *c)
{
    struct cube_group g = {.block = (uint16_t)unpack_below(u, UINT16_MAX),
                           .region = (uint16_t)unpack_below(u, REGION_TOTAL + 1),
                           .period = (uint32_t)unpack_below(u, UINT32_MAX)};
    for (size_t d = 0; d < c->dim_count; d++)
        g.level[d] = (uint32_t)unpack_below(u, c->dims[d].levels.keys.len + 2) - 2;
    size_t before = cube_count(c);
    u->bad |= !u->bad && cube_add(c, &g) != before;
}

static void pack_sum(struct buf *out, const struct tally_sum *s)
{
    bool zero = tally_is_zero(s);
    pack_number(out, zero ? 0 : 1u + (unsigned)s->overflow);
    if (zero)
        return;
    pack_number(out, (uint64_t)s->scale);
    for (int i = 0; i < 4; i++)
        pack_signed(out, (int64_t)s->total.limb[i]);
}

static void unpack_sum(struct unpack *u, struct tally_sum *s)
{
    uint64_t kind = unpack_below(u, 3);
    if (!kind)
        return;
    s->overflow = kind == 2;
    s->scale = (int)unpack_below(u, 128);
    for (int i = 0; i < 4; i++)
        s->total.limb[i] = (uint64_t)unpack_signed(u);
}

static void pack_sums(struct buf *out, const struct contact_sums *s)
{
    for (size_t i = 0; i < CONTACT_COUNTS; i++)
        pack_number(out, s->count[i]);
    for (size_t i = 0; i < CONTACT_SUMS; i++)
        pack_sum(out, &s->sum[i]);
    pack_number(out, s->last);
}

static void unpack_sums(struct unpack *u, struct contact_sums *s)
{
    for (size_t i = 0; i < CONTACT_COUNTS; i++)
        s->count[i] = unpack_number(u);
    for (size_t i = 0; i < CONTACT_SUMS; i++)
        unpack_sum(u, &s->sum[i]);
    s->last = (uint32_t)unpack_below(u, (uint64_t)UINT32_MAX + 1);
}

// ---- counted pairs: keys as differences, since they are in order

static void pack_bag(struct buf *out, struct bag *b)
{
    uint64_t last = 0;
    bag_settle(b);
    pack_number(out, b->counted.len);
    for (size_t i = 0; i < b->counted.len; i++) {
        pack_number(out, b->counted.at[i].key - last);
        pack_number(out, b->counted.at[i].count);
        last = b->counted.at[i].key;
    }
}

// high, low: how many numbers there are for the two halves of a key.
static void unpack_bag(struct unpack *u, struct bag *b, size_t high, size_t low)
{
    size_t count = unpack_count(u);
    uint64_t key = 0;
    for (size_t i = 0; i < count && !u->bad; i++) {
        uint64_t more = unpack_number(u);
        u->bad |= (i && !more) || key + more < key;
        key += more;
        u->bad |= key >> 32 >= high || (uint32_t)key >= low;
        struct counter one = {key, unpack_number(u)};
        vec_push(&b->counted, one);
    }
}

static void pack_waits(struct buf *out, struct histogram *h)
{
    pack_number(out, h->values.list.len);
    for (size_t i = 0; i < h->values.list.len; i++) {
        pack_signed(out, h->values.list.at[i].mantissa);
        pack_number(out, (uint64_t)h->values.list.at[i].scale);
    }
    histogram_settle(h);
    pack_bag(out, &h->counts);
}

static void unpack_waits(struct unpack *u, struct histogram *h, size_t groups)
{
    size_t count = unpack_count(u);
    for (size_t i = 0; i < count && !u->bad; i++) {
        struct decimal d = {.mantissa = unpack_signed(u)};
        d.scale = (int)unpack_below(u, 19);
        u->bad |= numbers_add(&h->values, d) != i;
    }
    unpack_bag(u, &h->counts, groups, h->values.list.len);
}

// ---- single contacts

static void pack_word(struct buf *out, uint64_t word)
{
    char bytes[8];
    for (int i = 0; i < 8; i++)
        bytes[i] = (char)(word >> 8 * i);
    buf_put(out, bytes, sizeof bytes);
}

static uint64_t unpack_word(struct unpack *u)
{
    uint64_t word = 0;
    if (u->rest.len < 8) {
        u->bad = true;
        return 0;
    }
    for (int i = 7; i >= 0; i--)
        word = word << 8 | (unsigned char)u->rest.ptr[i];
    u->rest.ptr += 8;
    u->rest.len -= 8;
    return word;
}

static void pack_crowd(struct buf *out, const struct crowd *c)
{
    crowd_list list = {0};
    pack_dict(out, &c->names);
    pack_number(out, c->count);
    for (size_t part = 0; part < CROWD_PARTS; part++) {
        crowd_list_part(c, part, &list);
        for (size_t i = 0; i < list.len; i++) {
            pack_word(out, list.at[i].who);
            pack_word(out, list.at[i].what);
        }
    }
    vec_free(&list);
}

static void unpack_crowd(struct unpack *u, struct crowd *c, size_t groups)
{
    unpack_dict(u, &c->names);
    size_t count = unpack_count(u);
    for (size_t i = 0; i < count && !u->bad; i++) {
        struct crowd_row row = {unpack_word(u), 0};
        row.what = unpack_word(u);
        u->bad |= !crowd_is_sound(c, &row, groups);
        if (!u->bad)
            crowd_put(c, row);
    }
}

void contacts_pack(struct buf *out, struct contacts *c)
{
    pack_number(out, c->cube.dim_count);
    for (size_t d = 0; d < c->cube.dim_count; d++)
        pack_dict(out, &c->cube.dims[d].levels);
    pack_number(out, c->sums.len);
    for (size_t i = 0; i < c->sums.len; i++) {
        pack_group(out, &c->cube, i);
        pack_sums(out, &c->sums.at[i]);
    }
    pack_waits(out, &c->wait);
    pack_crowd(out, &c->clients);
    pack_crowd(out, &c->matters);
    days_pack(out, &c->days);
    for (size_t i = 0; i < CONTACT_COLUMNS; i++)
        pack_number(out, c->has[i]);
}

void contacts_unpack(struct unpack *u, struct contacts *c)
{
    u->bad |= unpack_number(u) != c->cube.dim_count;
    for (size_t d = 0; d < c->cube.dim_count; d++)
        unpack_dict(u, &c->cube.dims[d].levels);
    size_t count = unpack_count(u);
    for (size_t i = 0; i < count && !u->bad; i++) {
        unpack_group(u, &c->cube);
        vec_push(&c->sums, ((struct contact_sums){0}));
        unpack_sums(u, &c->sums.at[i]);
    }
    unpack_waits(u, &c->wait, c->sums.len);
    unpack_crowd(u, &c->clients, c->sums.len);
    unpack_crowd(u, &c->matters, c->sums.len);
    days_unpack(u, &c->days);
    for (size_t i = 0; i < CONTACT_COLUMNS; i++)
        c->has[i] = unpack_below(u, 2);
}
