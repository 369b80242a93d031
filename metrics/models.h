// SPDX-License-Identifier: GPL-3.0-or-later
// Models of service maturity: which measures, with which weights, in which groups. Models are data:
// those known by name are the rows of metrics/models/, and a study may define its own.
#pragma once
#include "engine/study/study.h"

#include <stdbool.h>

enum measure { // what a scores file may give, and what models weigh
    MEASURE_NONE,
    MEASURE_MATURITY, // breadth × depth, from the services
    MEASURE_CRM,
    MEASURE_CSM, // the mean of its four pillars, or given as it is
    MEASURE_CSM_1,
    MEASURE_CSM_2,
    MEASURE_CSM_3,
    MEASURE_CSM_4,
    MEASURE_VOICE,
    MEASURE_PLATEAU, // 1 to 5, given by the analyst
    MEASURE_OSI,
    MEASURE_TII,
    MEASURE_HCI,
    MEASURE_COUNT,
};
struct measure_info {
    struct label label;
    double low, high; // of a value in the scores file
};
extern const struct measure_info measures[MEASURE_COUNT];

enum { MODEL_WEIGHTS = OWN_WEIGHTS, MODEL_GROUPS = OWN_GROUPS, MODEL_LEVELS = OWN_LEVELS };
struct model_weight {
    enum measure measure;
    double percent; // the weights of a model add up to 100
};
struct model_group { // in order from the top
    struct label label;
    double from; // lowest score of the group, NaN: the source gives none
    bool above;  // the score must be above `from`, not equal
};
struct model {
    struct label label;
    struct model_weight weights[MODEL_WEIGHTS]; // MEASURE_NONE ends the list
    bool verified;                              // the weights were read in a source
    bool thresholds;                            // the groups have published thresholds
    struct model_group groups[MODEL_GROUPS];    // label.id NULL ends the list
    int rank_decimals;
    bool federal; // scope rules of the federal inventory
    const char *source;
    const struct own_level *levels; // of a study's own model; NULL: publish, interact, transact
    size_t level_count;
};
extern const struct model models[];
extern const size_t model_count;
const struct model *model_find(const char *id);                   // NULL: unknown
double model_weight(const struct model *m, enum measure measure); // percent, 0 when not in it
// The place of a score's group from the top (1 = best) and the group; 0 when there are no
// thresholds.
int model_group(const struct model *m, double score, const struct model_group **group);
// The study's own model as one of ours, in `a`. A measure nobody knows: E0459 at its place.
MUST_CHECK enum status model_of_study(struct arena *a, const struct own_model *own,
                                      const struct model **model, struct diags *d);
// Percent of service maturity in the model of a catalogue, 0 when it has none.
double model_maturity_percent(const struct services *s);
enum measure measure_find(const char *id); // MEASURE_NONE: unknown
