// SPDX-License-Identifier: GPL-3.0-or-later
// etalon check: reads the study and all of its data, writes nothing, says every problem.
#include "engine/cli/pipeline.h"

#include <math.h>

// Any rejected row is a problem here, whatever the study allows.
static enum status name_rejects(const struct pipeline *p, struct diags *d)
{
    enum status status = OK;
    for (size_t i = 0; i < p->ledger.rejects.len; i++) {
        const struct reject *one = &p->ledger.rejects.at[i];
        struct where where = {p->ledger.files.at[one->file].path, one->line, one->column};
        const char *text = diag_quote(d, str_of(one->text));
        status = diag(d, E0705, where, "row would be rejected: %s: %s%s%s",
                      reject_labels[one->reason].text.in[LANG_EN], text, one->note ? "; " : "",
                      one->note ? one->note : "");
    }
    return status;
}

static void summary(const struct pipeline *p)
{
    uint64_t rows = 0, used = 0;
    for (size_t i = 0; i < p->ledger.files.len; i++) {
        rows += p->ledger.files.at[i].read;
        used += p->ledger.files.at[i].used;
    }
    printf("%s: %zu files, %llu rows read, %llu used, no problem found\n", p->study.id,
           p->ledger.files.len, (unsigned long long)rows, (unsigned long long)used);
}

enum status command_check(const struct options *o, struct diags *d)
{
    struct pipeline p = {0};
    enum status status = pipeline_load(&p, o, d);
    if (!status) {
        status = pipeline_read(&p, d);
        enum status rejected = name_rejects(&p, d);
        if (!status)
            status = rejected;
    }
    if (!status)
        status = pipeline_compute(&p, o, d);
    if (!status && !o->quiet)
        summary(&p);
    pipeline_free(&p);
    return status;
}
