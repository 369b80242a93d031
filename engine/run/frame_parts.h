// SPDX-License-Identifier: GPL-3.0-or-later
// Inside the frame: what is at hand while a survey is read.
#pragma once
#include "engine/run/frame_answers.h"

struct margin { // one variable of margins.csv
    const char *variable;
    bool numeric; // the total of a column
    bool region;  // the region itself
    struct column *column;
    struct dict levels; // "level", or "region, level" where margins are regional
    VEC(double) totals;
};

struct margins {
    VEC(struct margin) list;
    bool regional;
    struct dict regions;           // ids as the margins write them
    struct dict variables, levels; // texts while the file is read
};

struct intake {
    struct frame *frame;
    struct arena arena; // while it reads
    VEC(struct ask) asks;
    VEC(struct answers) answers; // one per ask
    // places in answers + 1, 0 = not asked for
    size_t weight, stratum, cluster[2], fpc[2], respondent, replicates;
    size_t replicate_count;
    struct margins margins;
    size_t room[2];
    struct used used; // of the block at hand
    size_t used_room;
    size_t unused; // rows of weight 0
};

struct column *intake_column(const struct intake *in, size_t asked);
bool intake_breakdown(const struct frame *f, const struct column *c);
MUST_CHECK enum status frame_replicate_names(struct frame *f, struct texts *names, struct diags *d);
MUST_CHECK enum status frame_replicates(struct intake *in, const struct frame_run *run);
MUST_CHECK enum status frame_design(struct intake *in, const struct frame_run *run);
MUST_CHECK enum status frame_margins(struct intake *in, const struct frame_run *run);
MUST_CHECK enum status frame_calibrate(struct intake *in, const struct frame_run *run);
void frame_order(struct frame *f); // rows by unit
void margin_free(struct margin *m);
