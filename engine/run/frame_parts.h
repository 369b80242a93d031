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

struct fork; // frame_fork.c

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
    // while several threads read
    const struct intake *whole; // of a part, else NULL
    VEC(struct column_stretch) stretches;
    struct places *places;
    VEC(struct fork *) forks; // that are done
    size_t fork_count;        // that have begun
};

// Reads the rows into the columns asked for, by several threads where the run has them.
MUST_CHECK enum status intake_read(struct intake *in, const struct request *request,
                                   const struct frame_run *run);
void intake_codes(struct intake *in); // the asks number texts in the answers
void intake_forks_free(struct intake *in);

struct column *intake_column(const struct intake *in, size_t asked);
bool intake_breakdown(const struct frame *f, const struct column *c);
MUST_CHECK enum status frame_replicate_names(struct frame *f, struct texts *names, struct diags *d);
MUST_CHECK enum status frame_replicates(struct intake *in, const struct frame_run *run);
MUST_CHECK enum status frame_design(struct intake *in, const struct frame_run *run);
MUST_CHECK enum status frame_margins(struct intake *in, const struct frame_run *run);
MUST_CHECK enum status frame_calibrate(struct intake *in, const struct frame_run *run);
void frame_order(struct frame *f, int threads); // rows by unit
void margin_free(struct margin *m);
