// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/cli/writing.h"

#include "engine/base/file.h"
#include "engine/run/work.h"

enum { BOOK_MOST = 1 << 30 };

struct writing_job {
    const struct writing *w;
    const struct kind *kind;
    enum lang lang;
    struct arena arena;
    struct diags diags;
    VEC(struct outfile) files;
    enum status status;
    bool done;
};

// ---- what there is to write

static enum status write_file(struct writing_job *j, const char *path, struct str bytes)
{
    struct outfile made;
    TRY(outdir_write(j->w->out, path, bytes, &made, &j->diags));
    vec_push(&j->files, made);
    return OK;
}

static enum status put_csv(struct writing_job *j);
static enum status put_tables(struct writing_job *j);
static enum status put_snapshot(struct writing_job *j);
static enum status put_workbooks(struct writing_job *j);

// In the order in which they are listed.
static const struct kind {
    const char *name; // of the file
    enum format format;
    enum status (*put)(struct writing_job *j);
    void (*csv)(struct buf *out, const struct results *r);
    bool of_document; // which must be there
    bool of_language; // one each
} kinds[] = {
    {"indicators.csv", FORMAT_CSV, put_csv, write_indicators, false, false},
    {"comparisons.csv", FORMAT_CSV, put_csv, write_comparisons, false, false},
    {"tests.csv", FORMAT_CSV, put_csv, write_tests, false, false},
    {"drivers.csv", FORMAT_CSV, put_csv, write_drivers, false, false},
    {"quality.csv", FORMAT_CSV, put_csv, write_quality, false, false},
    {"rejects.csv", FORMAT_CSV, put_csv, write_rejects, false, false},
    {NULL, FORMAT_MD, put_tables, NULL, true, true},
    {"snapshot.json", FORMAT_JSON, put_snapshot, NULL, false, false},
    {NULL, FORMAT_XLSX, put_workbooks, NULL, true, false},
};
enum { KIND_COUNT = sizeof kinds / sizeof *kinds };

static enum status put_csv(struct writing_job *j)
{
    struct buf text = {0};
    j->kind->csv(&text, j->w->results);
    enum status status = write_file(j, j->kind->name, buf_view(&text));
    buf_free(&text);
    return status;
}

static enum status put_tables(struct writing_job *j)
{
    const struct document *doc = j->w->document;
    enum status status = OK;
    struct buf text = {0};
    for (size_t i = 0; !status && i < doc->tables.len; i++) {
        buf_clear(&text);
        write_markdown(&text, doc, doc->tables.at[i], j->lang);
        const char *path =
            arena_print(&j->arena, "tables/%s.%s.md", doc->tables.at[i]->name, lang_ids[j->lang]);
        status = write_file(j, path, buf_view(&text));
    }
    buf_free(&text);
    return status;
}

static enum status put_snapshot(struct writing_job *j)
{
    const struct writing *w = j->w;
    struct buf text = {0};
    if (w->snapshot.len)
        return write_file(j, j->kind->name, w->snapshot);
    write_snapshot(&text, w->results, w->period, w->edition);
    enum status status = write_file(j, j->kind->name, buf_view(&text));
    buf_free(&text);
    return status;
}

// The library writes files only: the workbook is made in the folder, then taken over.
static enum status make_workbook(struct writing_job *j, enum lang lang, const char *name,
                                 struct str *bytes, struct book_counts *made)
{
    const struct writing *w = j->w;
    const char *folder = arena_print(&j->arena, "%s/%s", w->out->parent, w->out->temp);
    const char *path = arena_print(&j->arena, "%s/%s", folder, name);
    TRY(write_xlsx(path, folder, w->document, lang, w->edition, made, &j->diags));
    return outdir_take(w->out, &j->arena, name, BOOK_MOST, bytes, &j->diags);
}

static enum status put_workbook(struct writing_job *j, enum lang lang)
{
    const char *name = arena_print(&j->arena, "workbook.%s.xlsx", lang_ids[lang]);
    struct str bytes;
    struct book_counts made;
    TRY(make_workbook(j, lang, name, &bytes, &made));
    if (!xlsx_is_whole(bytes, &made))
        return diag(&j->diags, E0608, (struct where){0}, "%s is not whole", name);
    return write_file(j, name, bytes);
}

// One after the other: the library's names of temporary files are not made for threads.
static enum status put_workbooks(struct writing_job *j)
{
    for (int lang = 0; lang < LANG_COUNT; lang++)
        if (j->w->options->langs[lang])
            TRY(put_workbook(j, (enum lang)lang));
    return OK;
}

// ---- doing it

static bool do_job(void *context, int worker, void *thing)
{
    struct writing_job *j = thing;
    (void)context, (void)worker;
    if (stop_asked())
        return false;
    j->status = j->kind->put(j);
    j->done = true;
    return true;
}

static void add_jobs(struct writing *w, const struct kind *kind)
{
    for (int lang = 0; lang < (kind->of_language ? LANG_COUNT : 1); lang++)
        if (!kind->of_language || w->options->langs[lang]) {
            w->queued[w->count] = &w->jobs[w->count];
            w->jobs[w->count++] =
                (struct writing_job){.w = w, .kind = kind, .lang = (enum lang)lang};
        }
}

// The last first: the largest of each sort stands there.
static void give(const struct writing *w, bool of_document)
{
    for (size_t i = w->count; i-- > 0 && w->crew;)
        if (w->jobs[i].kind->of_document == of_document)
            crew_give(w->crew, &w->jobs[i]);
}

void writing_start(struct writing *w)
{
    w->jobs = mem_new(KIND_COUNT * LANG_COUNT, sizeof *w->jobs);
    w->queued = mem_new(KIND_COUNT * LANG_COUNT, sizeof *w->queued);
    for (size_t i = 0; i < KIND_COUNT; i++)
        if (w->options->formats & (unsigned)kinds[i].format)
            add_jobs(w, &kinds[i]);
    int workers = w->threads < (int)w->count ? w->threads : (int)w->count;
    if (workers > 1)
        w->crew = crew_start(workers, do_job, NULL, w->queued, w->count);
    for (size_t i = 0; i < w->count && w->crew; i++)
        (void)crew_free_thing(w->crew); // all are ours until their time has come
    give(w, false);
}

static enum status take_over(struct writing *w, struct diags *d)
{
    enum status status = OK;
    for (size_t i = 0; i < w->count; i++) {
        struct writing_job *j = &w->jobs[i];
        diags_append(d, &j->diags);
        if (!status)
            status = j->status;
        for (size_t k = 0; k < j->files.len && !status; k++)
            outdir_list(w->out, &j->files.at[k]);
        vec_free(&j->files);
        diags_free(&j->diags);
        arena_free(&j->arena);
    }
    mem_free(w->jobs);
    mem_free(w->queued);
    return status;
}

enum status writing_finish(struct writing *w, struct diags *d)
{
    bool stopped = false;
    give(w, true);
    if (w->crew)
        (void)crew_finish(w->crew);
    for (size_t i = 0; i < w->count && !w->crew && !stopped; i++)
        stopped = !do_job(NULL, 0, &w->jobs[i]) || w->jobs[i].status;
    return take_over(w, d);
}
