// SPDX-License-Identifier: GPL-3.0-or-later
// etalon run: from a study to an output folder that is published whole or not at all.
#include "engine/cli/explain.h"
#include "engine/cli/messages.h"
#include "engine/cli/pipeline.h"
#include "engine/cli/ranks_share.h"
#include "engine/cli/releasing.h"
#include "engine/cli/repeat.h"
#include "engine/cli/writing.h"
#include "metrics/tables.h"
#include "plots/chart.h"

#include <math.h>
#include <stdlib.h>

struct publication {
    const struct options *options;
    struct pipeline *pipeline;
    struct outdir out;
    struct period period; // the report is about
    struct document document;
    struct edition edition;
    struct setting settings[8];
    struct releasing releasing;
    struct repeat repeat;
    enum status charts; // FAIL_GNUPLOT: published without some of them
};

static bool writes(const struct publication *p, enum format format)
{
    return p->options->formats & (unsigned)format;
}

// What the report is about: the period asked for; under `all` the last quarter (else year)
// reported.
static struct period report_period(const struct pipeline *p, struct period asked)
{
    if (!period_is(asked))
        asked = p->study.period;
    if (period_is(asked) && asked.kind != PERIOD_ALL)
        return asked;
    struct period last = {.kind = PERIOD_ALL};
    for (size_t i = 0; i < p->run.span_count; i++) {
        struct period span = p->run.spans[i].period;
        bool finer =
            last.kind == PERIOD_ALL || span.kind == PERIOD_QUARTER || last.kind == PERIOD_YEAR;
        if (p->run.spans[i].need == SPAN_REPORT && span.kind != PERIOD_ALL && finer)
            last = span;
    }
    return last;
}

static void set(struct publication *p, const char *name, const char *value)
{
    p->settings[p->edition.setting_count++] = (struct setting){name, value};
}

static void describe(struct publication *p)
{
    struct arena *a = &p->document.arena;
    const struct options *o = p->options;
    p->edition = (struct edition){
        .program = program_version, .date = p->pipeline->study.date, .settings = p->settings};
    char text[PERIOD_TEXT];
    if (period_is(o->period))
        set(p, "period", arena_text(a, period_text(o->period, text)));
    if (!isnan(o->max_rejects))
        set(p, "max_rejects",
            arena_print(a, "%g%s", o->max_rejects, o->max_rejects_percent ? "%" : ""));
    for (int i = 0; i < LANG_COUNT; i++)
        p->edition.langs[i] = o->langs[i];
}

static enum status put_reports(struct publication *p, struct diags *d)
{
    enum status status = OK;
    struct buf text = {0};
    size_t before = p->out.files.len; // the pages link to the files that stand already
    struct outfile *files = mem_new(before + 1, sizeof *files);
    if (before)
        memcpy(files, p->out.files.at, before * sizeof *files);
    p->edition.files = files;
    p->edition.file_count = before;
    for (int lang = 0; !status && lang < LANG_COUNT; lang++) {
        if (!p->options->langs[lang])
            continue;
        buf_clear(&text);
        write_html(&text, &p->document, (enum lang)lang, &p->edition);
        const char *path = arena_print(&p->document.arena, "report.%s.html", lang_ids[lang]);
        status = outdir_put(&p->out, path, buf_view(&text), d);
    }
    p->edition.files = NULL;
    p->edition.file_count = 0;
    mem_free(files);
    buf_free(&text);
    return status;
}

static enum status put_manifest(struct publication *p, struct diags *d)
{
    struct buf text = {0};
    write_manifest(&text, &p->pipeline->results, &p->edition, p->out.files.at, p->out.files.len);
    enum status status = outdir_put(&p->out, "manifest.json", buf_view(&text), d);
    buf_free(&text);
    return status;
}

static struct studio *start_charts(struct publication *p, struct diags *d)
{
    struct chart_run order = {.results = &p->pipeline->results,
                              .period = p->period,
                              .formats = p->options->charts,
                              .threads = p->pipeline->run.threads};
    memcpy(order.langs, p->options->langs, sizeof order.langs);
    return charts_start(&order, &p->out, d);
}

// Charts that fail leave the tables whole: exit 69, but everything else is published.
static enum status finish_charts(struct publication *p, struct studio *studio)
{
    enum status status = charts_finish(studio, &p->document);
    if (status != FAIL_GNUPLOT)
        return status;
    p->charts = FAIL_GNUPLOT;
    return OK;
}

// gnuplot draws and the other files are written at the same time; the reports need both.
static enum status write_files(struct publication *p, struct diags *d)
{
    struct writing writing = {.options = p->options,
                              .results = &p->pipeline->results,
                              .edition = &p->edition,
                              .document = &p->document,
                              .period = p->period,
                              .out = &p->out,
                              .snapshot = buf_view(&p->releasing.text),
                              .threads = p->pipeline->run.threads};
    writing_start(&writing);
    struct studio *studio = start_charts(p, d);
    document_build(&p->document, &p->pipeline->results, p->period);
    enum status status = writing_finish(&writing, d);
    if (!status && !stop_asked())
        return finish_charts(p, studio);
    charts_drop(studio);
    return status;
}

static enum status write_all(struct publication *p, struct diags *d)
{
    p->period = report_period(p->pipeline, p->options->period);
    describe(p);
    TRY(releasing_check(&p->releasing, &p->pipeline->results, p->period, &p->edition, d));
    TRY(write_files(p, d));
    TRY(pipeline_stopped(d));
    document_place_figures(&p->document);
    if (writes(p, FORMAT_HTML))
        TRY(put_reports(p, d));
    TRY(put_manifest(p, d));
    TRY(pipeline_stopped(d));
    repeat_compare(&p->repeat, &p->out, &p->pipeline->study, &p->pipeline->ledger, d);
    if (p->repeat.path && !p->options->out)
        return OK; // nothing is kept
    return releasing_publish(&p->releasing, &p->out, &p->pipeline->results, &p->edition, d);
}

static void warn_withheld(const struct guard_report *g, struct diags *d)
{
    size_t hidden = g->suppressed + g->secondary;
    if (hidden || g->unreliable)
        diag(d, E0801, (struct where){0},
             "%zu rows withheld for confidentiality (%zu of them to protect others), %zu as "
             "unreliable",
             hidden, g->secondary, g->unreliable);
}

static void warn_open(const struct guard_report *g, struct diags *d)
{
    if (g->open_tables)
        diag(d, E0802, (struct where){0},
             "in %zu tables a withheld base, numerator or denominator can be worked out",
             g->open_tables);
}

static enum status act(struct publication *p, const char *path, struct diags *d)
{
    TRY(pipeline_load(p->pipeline, p->options, d));
    TRY(releasing_open(&p->releasing, p->options, d));
    TRY(outdir_open(&p->out, path, d));
    TRY(pipeline_read(p->pipeline, d));
    TRY(releasing_pattern(&p->releasing, p->pipeline, d));
    TRY(pipeline_compute(p->pipeline, p->options, d));
    warn_withheld(&p->pipeline->guard, d);
    warn_open(&p->pipeline->guard, d);
    if (p->options->explain)
        explain_withheld(&p->pipeline->results, stdout);
    return write_all(p, d);
}

static void tell(const struct publication *p)
{
    if (p->options->quiet)
        return;
    if (p->repeat.path && !p->repeat.differs)
        fprintf(stderr, "etalon: the same %zu files, byte for byte\n", p->repeat.files.len);
    if (!p->repeat.path || p->options->out)
        fprintf(stderr, "etalon: results are in %s\n", p->out.path);
}

enum status command_run(const struct options *o, struct diags *d)
{
    struct pipeline pipeline = {0};
    struct options with;
    struct publication p = {.options = &with, .pipeline = &pipeline};
    ranks_share(o, &pipeline.parts);
    enum status status = repeat_open(&p.repeat, o, &with, d);
    if (!status)
        status = act(&p, o->out ? o->out : "etalon-out", d);
    if (status)
        outdir_abandon(&p.out);
    else
        tell(&p);
    document_free(&p.document);
    outdir_abandon(&p.out);
    releasing_close(&p.releasing);
    pipeline_free(&pipeline);
    repeat_free(&p.repeat, &with);
    if (!status && p.repeat.differs)
        status = FAIL_GATE;
    return status ? status : p.releasing.gated ? p.releasing.gated : p.charts;
}
