// SPDX-License-Identifier: GPL-3.0-or-later
// Replicate weights: which columns hold them, and the factor of each kind (statistics.md 11;
// McCarthy 1969, Wolter 2007).
#include "engine/ingest/files.h"
#include "engine/ingest/records.h"
#include "engine/run/frame_parts.h"

#include <math.h>

// Names of a header that match one pattern with a star.
static bool matches(struct str name, const char *pattern)
{
    const char *star = strchr(pattern, '*');
    if (!star)
        return str_is(name, pattern);
    struct str front = {pattern, (size_t)(star - pattern)}, back = str_of(star + 1);
    return name.len >= front.len + back.len && !memcmp(name.ptr, front.ptr, front.len) &&
           !memcmp(name.ptr + name.len - back.len, back.ptr, back.len);
}

static enum status header_names(struct frame *f, const struct found_file *file, const char *pattern,
                                struct texts *names, struct diags *d)
{
    struct records records = {.stand_in = file->stand_in};
    const struct record *header = NULL;
    enum status status =
        records_open(&records, file->path, &f->survey->in.dialect, &f->study->limits, false, d);
    if (!status)
        status = records_next(&records, &header, d);
    size_t count = !status && header ? header->count : 0;
    const char **list = NEWS(&f->arena, count + 1, const char *);
    for (size_t i = 0; i < count; i++) {
        struct str name = str_trim(header->fields[i]);
        if (matches(name, pattern))
            list[names->count++] = arena_copy(&f->arena, name.ptr, name.len);
    }
    names->at = list;
    records_close(&records);
    return status;
}

// The first file of the survey, whose header lists the columns.
static enum status first_file(struct frame *f, const char *pattern, struct texts *names,
                              struct diags *d)
{
    file_list files = {0};
    enum status status =
        files_find(&files, &f->arena, f->study, &f->survey->in.files, f->survey->in.where, d);
    if (!status && files.len)
        status = header_names(f, &files.at[0], pattern, names, d);
    vec_free(&files);
    return status;
}

enum status frame_replicate_names(struct frame *f, struct texts *names, struct diags *d)
{
    const struct replicates *r = &f->survey->replicates;
    if (!*r->columns)
        *names = r->list;
    else
        TRY(first_file(f, r->columns, names, d));
    if (names->count < 2)
        return diag(d, E0405, r->where, "survey %s: %zu columns of replicate weights found",
                    f->survey->in.id, names->count);
    return OK;
}

// The factor of every replicate, NaN where the study does not tell enough.
static double scale_of(const struct replicates *r, double count)
{
    if (!isnan(r->scale))
        return r->scale;
    switch (r->kind) {
    case REPLICATES_JK1:
        return (count - 1) / count;
    case REPLICATES_BRR:
        return 1 / count;
    case REPLICATES_FAY:
        return 1 / (count * (1 - r->rho) * (1 - r->rho));
    case REPLICATES_BOOTSTRAP:
        return 1 / (r->center_mean ? count - 1 : count);
    case REPLICATES_SDR:
        return 4 / count;
    case REPLICATES_JKN:
        return r->rscale_count ? 1 : NAN;
    case REPLICATES_NONE:
    case REPLICATES_JACKKNIFE:
    case REPLICATES_OTHER:
        break;
    }
    return NAN;
}

static enum status check(const struct frame *f, size_t count, struct diags *d)
{
    const struct replicates *r = &f->survey->replicates;
    if (isnan(scale_of(r, (double)count))) {
        enum status status =
            diag(d, E0405, r->where,
                 "survey %s: replicate weights of this kind need `scale`, and it is not given",
                 f->survey->in.id);
        diag_help(d,
                  "write `scale:` (for a jackknife without strata (R - 1)/R, here %zu/%zu), or "
                  "`kind: jk1`",
                  count - 1, count);
        return status;
    }
    if (r->rscale_count && r->rscale_count != count)
        return diag(d, E0405, r->where, "survey %s: %zu rscales for %zu replicate columns",
                    f->survey->in.id, r->rscale_count, count);
    return OK;
}

enum status frame_replicates(struct intake *in, const struct frame_run *run)
{
    struct frame *f = in->frame;
    const struct replicates *r = &f->survey->replicates;
    struct design *d = &f->design;
    size_t count = in->replicate_count;
    TRY(check(f, count, run->diags));
    *d = (struct design){.rows = f->rows,
                         .replicates = count,
                         .center_mean = r->center_mean,
                         .replicate_df = isnan(r->df) ? (double)count - 1 : r->df};
    d->replicate = NEWS(&d->arena, count, double *);
    d->replicate_factor = NEWS(&d->arena, count, double);
    for (size_t k = 0; k < count; k++) {
        const struct column *c = intake_column(in, in->replicates + k);
        d->replicate_factor[k] = scale_of(r, (double)count) * (r->rscale_count ? r->rscales[k] : 1);
        d->replicate[k] = NEWS(&d->arena, f->rows + 1, double);
        for (size_t i = 0; i < f->rows; i++) {
            d->replicate[k][i] = column_value(c, i);
            if (!(d->replicate[k][i] >= 0))
                return diag(run->diags, E0405, r->where,
                            "survey %s, column %s: a replicate weight is blank, negative or not a "
                            "number",
                            f->survey->in.id, in->asks.at[in->replicates - 1 + k].names.at[0]);
        }
    }
    return OK;
}
