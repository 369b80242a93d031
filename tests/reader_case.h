// SPDX-License-Identifier: GPL-3.0-or-later
// One input read into rows that a test can look at. Included after cmocka.
#pragma once
#include "engine/ingest/reader.h"
#include "tests/temp_file.h"

struct row {
    int64_t line;
    uint16_t region, period;
    int32_t day;
    struct decimal number;
    enum missing why;
};

struct run {
    char folder[64], study_path[128];
    struct study study;
    struct input input;
    struct ask ask;
    const char *names[2], *files[2];
    struct request request;
    struct places places;
    struct ledger ledger;
    struct diags d;
    struct row rows[64];
    size_t count;
    bool reject_first; // the sink takes the first row of each block back
};

static inline enum status collect(void *context, const struct block *b, struct reader *r,
                                  struct diags *d)
{
    (void)d;
    struct run *run = context;
    for (size_t i = 0; i < b->rows && run->count < 64; i++)
        run->rows[run->count++] = (struct row){b->line[i],
                                               b->region[i],
                                               b->period[i],
                                               b->day[i],
                                               b->columns[0].number[i],
                                               (enum missing)b->columns[0].why[i]};
    if (run->reject_first)
        reader_reject(r, 0, REJECT_VALUE, "value", STR("again"), "a note");
    return OK;
}

static inline enum status ignore(void *context, const struct block *b, struct reader *r,
                                 struct diags *d)
{
    (void)context, (void)b, (void)r, (void)d;
    return OK;
}

static inline int setup(void **state)
{
    struct run *r = calloc(1, sizeof *r);
    snprintf(r->folder, sizeof r->folder, "%s", temp_folder());
    snprintf(r->study_path, sizeof r->study_path, "%s/study.yaml", r->folder);
    r->study.path = r->study_path;
    r->study.max_rejects = 5;
    r->study.max_rejects_percent = true;
    r->study.total = (struct region){.id = "ALL", .name = {{"All", "Tous"}}};
    r->files[0] = "a.csv";
    r->input = (struct input){.kind = INPUT_SURVEY, .id = "s", .files = {r->files, 1}};
    r->names[0] = "value";
    r->ask =
        (struct ask){.role = "item", .names = {r->names, 1}, .kind = CELL_NUMBER, .required = true};
    r->request = (struct request){.study = &r->study,
                                  .input = &r->input,
                                  .asks = &r->ask,
                                  .ask_count = 1,
                                  .time_role = "period",
                                  .sink = collect,
                                  .context = r};
    *state = r;
    return 0;
}

static inline int teardown(void **state)
{
    struct run *r = *state;
    char path[200];
    static const char *const made[] = {"a.csv", "b.csv", "c.csv"};
    for (int i = 0; i < 3; i++) {
        snprintf(path, sizeof path, "%s/%s", r->folder, made[i]);
        unlink(path);
    }
    rmdir(r->folder);
    ledger_free(&r->ledger);
    places_free(&r->places);
    diags_free(&r->d);
    free(r);
    return 0;
}

static inline void put(struct run *r, const char *name, const char *text)
{
    char path[200];
    snprintf(path, sizeof path, "%s/%s", r->folder, name);
    temp_write(path, text, strlen(text));
}

static inline enum status read_it(struct run *r)
{
    places_start(&r->places, &r->study);
    return input_read(&r->request, &r->places, &r->ledger, &r->d);
}
