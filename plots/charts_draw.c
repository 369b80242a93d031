// SPDX-License-Identifier: GPL-3.0-or-later
// All charts of a run: laid out and drawn by one gnuplot, and by painters who make PNG files of its
// SVG files, while the caller goes on; then looked at, and given to the folder and to the document.
#include "engine/base/file.h"
#include "engine/base/outdir.h"
#include "engine/report/slug.h"
#include "engine/run/work.h"
#include "plots/chart.h"
#include "plots/painters.h"
#include "plots/pdf.h"
#include "plots/svg.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PICTURE_MOST = 1 << 26 };

struct sketch { // one drawing, laid out
    const struct chart *chart;
    uint16_t region;
    enum lang lang;
    const char *folder;
    const char *title, *alternative;
};

struct studio {
    struct chart_run run;
    struct outdir *out;
    struct document *doc;
    struct diags *d;
    struct gnuplot gnuplot;
    bool at_work; // gnuplot was started and not yet ended
    struct painters painters;
    bool painting;      // painters were started and not yet ended
    struct crew *clerk; // who listens to gnuplot meanwhile; NULL: nobody yet
    void *errand;
    atomic_bool stop; // asks the clerk to leave
    enum status status;
    struct arena arena;
    VEC(struct sketch) sketches;
    VEC(struct drawing) drawings; // the same order
    VEC(struct str) svgs;         // treated; ptr NULL = not there
};

static const char *copy(struct arena *a, const struct buf *b)
{
    return arena_copy(a, b->ptr ? b->ptr : "", b->len);
}

static struct str copy_str(struct arena *a, const struct buf *b)
{
    return (struct str){copy(a, b), b->len};
}

// ---- laying out

static void wanted_formats(const struct studio *s, struct drawing *w)
{
    w->wanted[DRAWING_SVG] = true; // the page needs it anyway
    w->wanted[DRAWING_PNG] = s->run.formats & CHART_PNG;
    w->wanted[DRAWING_PDF] = s->run.formats & CHART_PDF;
}

// The first drawing starts gnuplot: a study without charts needs none.
static void hand_over(struct studio *s, struct drawing *w)
{
    if (!s->at_work && !s->status) {
        s->status = gnuplot_start(&s->gnuplot, s->out->temp_fd, GNUPLOT_PATIENCE, s->d);
        s->at_work = !s->status;
        s->painting =
            s->at_work && w->wanted[DRAWING_PNG] &&
            painters_start(&s->painters, s->run.threads, s->out->temp_fd, GNUPLOT_PATIENCE);
    }
    w->painted = s->painting;
    if (s->at_work)
        gnuplot_draw(&s->gnuplot, w, s->drawings.len);
}

static void sketch_one(struct studio *s, const struct chart *chart, uint16_t region,
                       const char *folder, enum lang lang)
{
    struct arena scratch = {0};
    struct plot p = {.results = s->run.results,
                     .region = region,
                     .period = s->run.period,
                     .lang = lang,
                     .arena = &scratch};
    if (chart_lay_out(chart, &p)) {
        struct buf blocks = {0}, command = {0};
        canvas_script(&p.canvas, &blocks, &command);
        struct drawing w = {copy_str(&s->arena, &blocks),
                            copy_str(&s->arena, &command),
                            (int)p.canvas.width,
                            (int)p.canvas.height,
                            {false},
                            false,
                            {false}};
        wanted_formats(s, &w);
        hand_over(s, &w);
        vec_push(&s->drawings, w);
        struct sketch k = {chart,
                           region,
                           lang,
                           folder,
                           copy(&s->arena, &p.title),
                           copy(&s->arena, &p.alternative)};
        vec_push(&s->sketches, k);
        vec_push(&s->svgs, ((struct str){NULL, 0}));
        buf_free(&blocks);
        buf_free(&command);
    }
    plot_free(&p);
    arena_free(&scratch);
}

static void sketch_region(struct studio *s, uint16_t region)
{
    const char *folder = "all";
    if (region != REGION_TOTAL)
        folder = slug_of(&s->arena, places_region_id(s->run.results->places, region));
    for (size_t c = 0; c < chart_count; c++)
        for (int lang = 0; lang < LANG_COUNT; lang++)
            if (s->run.langs[lang])
                sketch_one(s, &charts[c], region, folder, (enum lang)lang);
}

// ---- figures

static struct figure *figure_of(struct studio *s, const struct sketch *k)
{
    for (size_t i = 0; i < s->doc->figures.len; i++) {
        struct figure *f = &s->doc->figures.at[i];
        if (strcmp(f->name, k->chart->label.id) == 0 && strcmp(f->region, k->folder) == 0)
            return f;
    }
    struct figure made = {.name = k->chart->label.id,
                          .region = arena_text(&s->doc->arena, k->folder),
                          .caption = k->chart->question,
                          .table = k->chart->table};
    vec_push(&s->doc->figures, made);
    return &s->doc->figures.at[s->doc->figures.len - 1];
}

// The alternative text ends by saying where the values stand.
static const char *description(struct studio *s, const struct sketch *k)
{
    const struct table *t = document_table_of(s->doc, figure_of(s, k));
    size_t number = t ? document_number(s->doc, t) : 0;
    if (!number)
        return k->alternative;
    const char *format = k->lang == LANG_FR ? "Valeurs\xC2\xA0: tableau" : "Values: table";
    return arena_print(&s->arena, "%s %s %zu.", k->alternative, format, number);
}

static struct svg_words words_of(struct studio *s, size_t i)
{
    const struct sketch *k = &s->sketches.at[i];
    return (struct svg_words){
        .prefix =
            arena_print(&s->arena, "%s-%s-%s", k->folder, k->chart->label.id, lang_ids[k->lang]),
        .title = str_of(k->title),
        .description = str_of(description(s, k)),
        .lang = k->lang,
        .width = s->drawings.at[i].width,
        .height = s->drawings.at[i].height,
    };
}

static void give_figure(struct studio *s, size_t i)
{
    const struct sketch *k = &s->sketches.at[i];
    const char *text = description(s, k);
    struct figure *f = figure_of(s, k);
    struct arena *a = &s->doc->arena;
    f->title.in[k->lang] = arena_text(a, k->title);
    f->alternative.in[k->lang] = arena_text(a, text);
    f->svg.in[k->lang] = arena_copy(a, s->svgs.at[i].ptr, s->svgs.at[i].len);
}

// ---- files

static enum status put_file(struct studio *s, size_t i, enum drawing_format format,
                            struct str bytes)
{
    const struct sketch *k = &s->sketches.at[i];
    const char *path = arena_print(&s->arena, "charts/%s/%s.%s.%s", k->folder, k->chart->label.id,
                                   lang_ids[k->lang], drawing_extensions[format]);
    return outdir_put(s->out, path, bytes, s->d);
}

static enum status put_svg(struct studio *s, size_t i)
{
    if (!(s->run.formats & CHART_SVG))
        return OK;
    struct buf file = {0};
    buf_text(&file, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    buf_str(&file, s->svgs.at[i]);
    enum status status = put_file(s, i, DRAWING_SVG, buf_view(&file));
    buf_free(&file);
    return status;
}

// With its title and language; the date is always the same.
static enum status put_pdf(struct studio *s, size_t i, struct str bytes)
{
    const struct sketch *k = &s->sketches.at[i];
    struct buf file = {0};
    buf_str(&file, bytes);
    gnuplot_undate(file.ptr, file.len);
    (void)pdf_describe(&file, str_of(k->title), lang_tags[k->lang]);
    enum status status = put_file(s, i, DRAWING_PDF, buf_view(&file));
    buf_free(&file);
    return status;
}

// Is there a file worth reading? A failed drawing leaves an empty one, or none.
static bool file_there(const struct studio *s, const char *name)
{
    struct stat st;
    return fstatat(s->out->temp_fd, name, &st, AT_SYMLINK_NOFOLLOW) == 0 && S_ISREG(st.st_mode) &&
           st.st_size > 0;
}

// Takes a picture that gnuplot says it has drawn; what is not whole counts as not drawn.
static enum status take_one(struct studio *s, size_t i, enum drawing_format format,
                            const char *name)
{
    struct arena scratch = {0};
    struct str bytes;
    struct drawing *w = &s->drawings.at[i];
    enum status status = outdir_take(s->out, &scratch, name, PICTURE_MOST, &bytes, s->d);
    bool whole = !status && gnuplot_whole(bytes, format);
    if (whole && format == DRAWING_SVG) {
        struct svg_words words = words_of(s, i);
        whole = svg_treat(&s->arena, bytes, &words, &s->svgs.at[i]);
        status = whole ? put_svg(s, i) : OK;
    } else if (whole) {
        status = format == DRAWING_PDF ? put_pdf(s, i, bytes) : put_file(s, i, format, bytes);
    }
    w->said[format] = whole;
    w->wanted[format] = !whole;
    arena_free(&scratch);
    return status;
}

// Takes what was said to be drawn. Nothing of the rest stays.
static enum status take_said(struct studio *s)
{
    for (size_t i = 0; i < s->drawings.len; i++)
        for (int f = 0; f < DRAWING_FORMATS; f++) {
            struct drawing *w = &s->drawings.at[i];
            char name[32];
            if (!w->wanted[f])
                continue;
            gnuplot_name(i, (enum drawing_format)f, name);
            if (w->said[f] && file_there(s, name))
                TRY(take_one(s, i, (enum drawing_format)f, name));
            else
                outdir_remove(s->out, name);
            w->said[f] &= !w->wanted[f];
        }
    return OK;
}

// Until all is drawn: what gnuplot has done goes to the painters.
static bool listen(struct studio *s)
{
    size_t given = 0;
    bool more = true;
    while (more && !s->stop) {
        more = gnuplot_listen(&s->gnuplot, s->drawings.at, s->drawings.len);
        for (; s->painting && given < s->drawings.len; given++) {
            if (!s->drawings.at[given].said[DRAWING_SVG] && more)
                break; // it draws them in order
            if (s->drawings.at[given].said[DRAWING_SVG])
                painters_give(&s->painters, given);
        }
    }
    if (s->painting)
        painters_finish(&s->painters, s->drawings.at, s->drawings.len, &s->stop);
    return true;
}

static bool run_errand(void *context, int worker, void *thing)
{
    (void)context, (void)worker;
    return listen(thing);
}

// The caller has other work; where no thread is to be had, listening waits until it is done.
static void send_clerk(struct studio *s)
{
    s->errand = s;
    s->clerk = crew_start(1, run_errand, NULL, &s->errand, 1);
    if (s->clerk)
        crew_give(s->clerk, crew_free_thing(s->clerk));
}

static void end_processes(struct studio *s, bool at_once)
{
    s->stop = at_once;
    if (s->clerk)
        (void)crew_finish(s->clerk);
    else if (s->at_work && !at_once)
        (void)listen(s);
    s->clerk = NULL;
    if (s->painting)
        painters_end(&s->painters, at_once);
    if (s->at_work)
        gnuplot_end(&s->gnuplot, at_once);
    s->painting = s->at_work = false;
}

static enum status put_placeholder(struct studio *s, size_t i)
{
    struct svg_words words = words_of(s, i);
    words.height = 80;
    struct str reason = words.lang == LANG_FR ? STR("Ce graphique n'a pas pu être tracé.")
                                              : STR("This chart could not be drawn.");
    s->svgs.at[i] = svg_placeholder(&s->arena, &words, reason);
    return put_svg(s, i);
}

// What is still wanted after two attempts: said once per chart; its SVG becomes a placeholder.
static enum status replace_missing(struct studio *s)
{
    for (size_t i = 0; i < s->drawings.len; i++) {
        const struct sketch *k = &s->sketches.at[i];
        const bool *wanted = s->drawings.at[i].wanted;
        if (wanted[DRAWING_SVG])
            TRY(put_placeholder(s, i));
        if (wanted[DRAWING_SVG] || wanted[DRAWING_PNG] || wanted[DRAWING_PDF])
            (void)!diag(s->d, E0552, (struct where){0}, "chart %s/%s.%s could not be drawn",
                        k->folder, k->chart->label.id, lang_ids[k->lang]);
    }
    return OK;
}

static bool some_missing(const struct studio *s)
{
    for (size_t i = 0; i < s->drawings.len; i++)
        for (int f = 0; f < DRAWING_FORMATS; f++)
            if (s->drawings.at[i].wanted[f])
                return true;
    return false;
}

// By gnuplot alone.
static enum status draw_again(struct studio *s)
{
    TRY(gnuplot_start(&s->gnuplot, s->out->temp_fd, GNUPLOT_PATIENCE, s->d));
    s->at_work = true;
    for (size_t i = 0; i < s->drawings.len; i++) {
        s->drawings.at[i].painted = false;
        gnuplot_draw(&s->gnuplot, &s->drawings.at[i], i);
    }
    gnuplot_draw_no_more(&s->gnuplot);
    end_processes(s, false);
    return take_said(s);
}

static enum status finish(struct studio *s)
{
    if (!s->drawings.len)
        return OK;
    TRY(s->status);
    end_processes(s, false);
    TRY(take_said(s));
    if (some_missing(s) && !stop_asked())
        TRY(draw_again(s));
    if (stop_asked())
        return FAIL_GNUPLOT; // whoever asked knows
    bool missing = some_missing(s);
    TRY(replace_missing(s));
    for (size_t i = 0; i < s->drawings.len; i++)
        give_figure(s, i);
    return missing ? FAIL_GNUPLOT : OK;
}

struct studio *charts_start(const struct chart_run *run, struct outdir *out, struct diags *d)
{
    if (!run->formats)
        return NULL;
    struct studio *s = mem_new(1, sizeof *s);
    *s = (struct studio){.run = *run, .out = out, .d = d};
    sketch_region(s, REGION_TOTAL);
    for (size_t r = 0; r < run->results->places->region_count && !s->status; r++)
        sketch_region(s, (uint16_t)r);
    if (s->at_work) {
        gnuplot_draw_no_more(&s->gnuplot);
        send_clerk(s);
    }
    return s;
}

enum status charts_finish(struct studio *s, struct document *doc)
{
    if (!s)
        return OK;
    s->doc = doc;
    enum status status = finish(s);
    charts_drop(s);
    return status;
}

void charts_drop(struct studio *s)
{
    if (!s)
        return;
    if (s->at_work)
        end_processes(s, true);
    vec_free(&s->sketches);
    vec_free(&s->drawings);
    vec_free(&s->svgs);
    arena_free(&s->arena);
    mem_free(s);
}
