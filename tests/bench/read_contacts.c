// SPDX-License-Identifier: GPL-3.0-or-later
// Reads the contacts of a study as `run` does, with every check and every column it asks for, and
// does nothing with them: what reading alone costs. Usage: read_contacts STUDY THREADS
#include "engine/run/read.h"

#include <stdio.h>
#include <stdlib.h>

enum { COLUMNS = 9 };
static const struct {
    const char *role;
    enum cell_kind kind;
} columns[COLUMNS] = {{"client", CELL_KEY},  {"channel", CELL_CODE},  {"segment", CELL_CODE},
                      {"core", CELL_FLAG},   {"resolved", CELL_FLAG}, {"referred", CELL_FLAG},
                      {"wait", CELL_NUMBER}, {"handle", CELL_NUMBER}, {"fee", CELL_NUMBER}};

struct reading {
    struct ask asks[COLUMNS];
    struct dict codes[COLUMNS];
    uint64_t rows;
};

static enum status count_rows(void *context, const struct block *block, struct reader *reader,
                              struct diags *d)
{
    (void)reader, (void)d;
    ((struct reading *)context)->rows += block->rows;
    return OK;
}

static struct reading *start(const struct input *in, struct request *request)
{
    struct reading *r = mem_new(1, sizeof *r);
    for (size_t i = 0; i < COLUMNS; i++)
        r->asks[i] = (struct ask){.role = columns[i].role,
                                  .names = input_column(in, columns[i].role, 1),
                                  .kind = columns[i].kind,
                                  .missing = &in->missing,
                                  .required = true,
                                  .administrative = columns[i].kind == CELL_NUMBER,
                                  .codes = &r->codes[i]};
    request->asks = r->asks;
    request->ask_count = COLUMNS;
    request->sink = count_rows;
    request->context = r;
    return r;
}

static void *start_part(void *context, struct places *places, struct request *request)
{
    (void)context, (void)places;
    return start(request->input, request);
}

static void merge_part(void *context, void *state, const uint16_t *region)
{
    (void)region;
    ((struct reading *)context)->rows += ((struct reading *)state)->rows;
}

static void drop_part(void *state)
{
    struct reading *r = state;
    for (size_t i = 0; i < COLUMNS; i++)
        dict_free(&r->codes[i]);
    mem_free(r);
}

int main(int count, char **words)
{
    static const struct read_fork fork = {start_part, merge_part, drop_part};
    struct study study;
    struct places places;
    struct ledger ledger = {0};
    struct diags d = {0};
    if (count != 3 || study_load(&study, words[1], &d) || !study.activity_count)
        return 64;
    places_start(&places, &study);
    struct request request = {
        .study = &study, .input = &study.activities[0].in, .time_role = "time"};
    struct reading *whole = start(request.input, &request);
    enum status status = run_read(&request, &fork, atoi(words[2]), &places, &ledger, &d);
    printf("%llu rows\n", (unsigned long long)whole->rows);
    drop_part(whole);
    ledger_free(&ledger);
    places_free(&places);
    study_free(&study);
    diags_free(&d);
    return (int)status;
}
