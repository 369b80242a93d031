// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/family.h"

const struct family *const families[] = {
    &survey_family,   &cmt_family,   &egov_family, &standards_family,
    &activity_family, &reach_family, &plan_family, &quality_family,
};
const size_t family_count = sizeof families / sizeof *families;

const struct indicator *indicator_find(const char *id)
{
    for (size_t f = 0; f < family_count; f++)
        for (size_t i = 0; i < families[f]->count; i++)
            if (strcmp(families[f]->rows[i].label.id, id) == 0)
                return &families[f]->rows[i];
    return NULL;
}
