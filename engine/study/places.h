// SPDX-License-Identifier: GPL-3.0-or-later
// Regions and periods of a run: small numbers for both, fixed order at the end.
// While data are read, numbers are given in order of arrival; places_finish() puts undeclared
// regions and all periods in order and tells how the first numbers map to the final ones.
#pragma once
#include "engine/base/map.h"
#include "engine/study/study.h"

enum { REGION_TOTAL = 0xffff }; // row of the total region only, and the total in estimates

struct places {
    const struct study *study;
    struct arena arena;
    struct dict found; // undeclared regions as the data write them
    struct dict keys;  // NFC key → region (ids, names, aliases of declared regions)
    VEC(uint16_t) key_region;
    VEC(struct period) periods; // distinct periods of rows
    // after places_finish:
    struct region *regions; // in final order
    size_t region_count;
    uint16_t *region_rank; // number while reading → final number
    uint16_t *period_rank; // number while reading → index in periods (sorted by then)
};

void places_start(struct places *p, const struct study *s);
void places_free(struct places *p);
// The number of a region key as a file writes it (trimmed, NFC, ids, names in both languages,
// aliases). False: unknown; *near then names the region it resembles after folding, or is NULL.
bool places_region(struct places *p, struct str key, uint16_t *region, const char **near);
uint16_t places_period(struct places *p, struct period period);
// FAIL_DATA when two regions found in the data are equal after folding case and accents.
MUST_CHECK enum status places_finish(struct places *p, struct diags *d);
const char *places_region_id(const struct places *p, uint16_t region);
const char *places_region_name(const struct places *p, uint16_t region, enum lang lang);
