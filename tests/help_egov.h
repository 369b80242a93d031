// SPDX-License-Identifier: GPL-3.0-or-later
// The smallest study with a service catalogue whose levels are a maturity model's.
#pragma once
#include "tests/help_admin.h"

#define EGOV_HEAD    \
    "etalon: 1\n"    \
    "id: s\n"        \
    "title: S\n"     \
    "year: fiscal\n" \
    "total: {id: ALL, name: All}\n"

#define EGOV_LEVELS                                                 \
    EGOV_HEAD                                                       \
    "services:\n"                                                   \
    "  - id: catalogue\n"                                           \
    "    files: [s.csv]\n"                                          \
    "    model: accenture-2002\n"                                   \
    "    columns: {service: id, region: r, period: p, sector: x,\n" \
    "              level: level, reached: reached}\n"               \
    "    crm: {columns: [c], max: 1}\n"

// Runs `study` on one catalogue, s.csv, over all its quarters.
static inline void egov_run(struct trial *t, const char *study, const char *text)
{
    const char *const files[] = {"s.csv", text, NULL};
    admin_run(t, study, files, "all");
}
