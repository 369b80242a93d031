// SPDX-License-Identifier: GPL-3.0-or-later
// Catalogues of services as read. A catalogue is a state, one per quarter: a year, or `all`, is
// pooled over the rows service × quarter, so that every quarter counts as it stood.
#pragma once
#include "metrics/models.h"
#include "metrics/standards_state.h"

enum service_state { SERVICE_UNREPORTED, SERVICE_NOT_APPLICABLE, SERVICE_SCORED };
enum service_kind { KIND_NONE, KIND_INFORMATION, KIND_TRANSACTION };
enum depth_form { FORM_EITHER, FORM_LEVELS, FORM_STEPS };

struct egov_row {             // a service of a region in a period
    uint32_t service, sector; // numbers of their texts, ADMIN_NO_CODE
    uint16_t region, period;  // first numbers; final ones once settled
    uint32_t file;
    int64_t line;
    enum service_state state;
    enum depth_form form;
    uint8_t top;     // 1..3: the level the service can reach (R1), or 3 steps (R2)
    uint8_t reached; // 0..top; the score of the service is points of reached / points of top
    uint8_t yes, no; // interaction points that are Y, that are N
    bool in_scope, external;
    double applications, online, enquiries; // NaN = not reported
    double crm;                             // 0–100, NaN = no element answered
    enum service_kind kind;
    double stage_now, stage_target; // 1–9, NaN = not reported
};

struct egov_score { // a row of the scores file
    uint16_t region, period;
    enum measure measure;
    double value;          // NaN when it is the value of an indicator
    const char *indicator; // "cmt.index/overall", or NULL
};

struct egov_block {
    const struct services *in;
    const struct model *model; // NULL = none
    bool steps;                // how the depth was read
    bool says_depth;           // it is not made of interaction points
    bool has_levels, has_points, has_crm, has_stage, has_volume, has_sector, has_scores;
    VEC(struct egov_row) rows;
    VEC(struct egov_score) scores;
};

struct egov_state {
    struct dict services, sectors;
    struct arena arena;
    uint32_t *service_rank, *sector_rank; // once settled
    uint64_t duplicates;
    struct egov_block *blocks; // as in study.services
    size_t block_count;
};

MUST_CHECK enum status egov_read(struct run *run, void **state);
// Final numbers of regions and periods, rows by region, service, period.
void egov_settle(const struct run *run, struct egov_state *state);
void egov_drop(void *state);

// How many levels services of a model have, without `none`, and the points of a row's reached level
// in sixths of those of its top. Steps and the usual levels have 0, 1, 2, 3 points.
size_t egov_levels(const struct model *m);
double egov_sixths(const struct egov_block *block, const struct egov_row *row, int reached);

// Sums over the rows of a cell. Scores are summed in sixths: every score is a multiple of 1/6, so
// the sums are exact, but for a study's own points.
struct egov_sums {
    double services; // N: with level and reached reported
    double unreported, online, sixths;
    double reached[MODEL_LEVELS + 1]; // services by what they reached
    double crm, crm_services;
    double scope, with_point, without_no, any_yes, end_to_end; // services in scope
    double points_yes, points;                                 // of services in scope
    double worst_step, best_step; // largest step down and up, in sixths of a service
};
struct egov_sums egov_sum(const struct egov_block *block, const struct egov_row *const *rows,
                          size_t count);

// Where a region stands on the overall score, for ranks.
struct egov_standing {
    double overall, low, high; // NaN = not ranked; low, high NaN = no interval
};

// What the indicators of a cell are computed from.
struct egov_view {
    const struct run *run;
    const struct egov_state *state;
    const struct egov_block *block;
    struct span span;
    const struct egov_row *const *rows;
    size_t count;
    struct egov_sums sums;
    const struct egov_standing *standings; // of all regions; NULL where no rank is wanted
    const struct counters *with_standard, *standard_met; // keys egov_key(); NULL: no standards
    bool levels;                                         // rows with a breakdown are wanted
};
uint64_t egov_key(uint16_t region, uint32_t service);
// A measure of a region, NaN when missing; from the services, or from the scores file.
double egov_measure(const struct egov_view *v, uint16_t region, bool whole, enum measure measure);
// Σ weight × measure / 100, NaN when a measure is missing.
double egov_overall(const struct egov_view *v, uint16_t region, bool whole);
struct egov_standing egov_standing_of(const struct egov_view *v, uint16_t region);
