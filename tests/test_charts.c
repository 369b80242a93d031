// SPDX-License-Identifier: GPL-3.0-or-later
// Every chart of the registry, with 0, 1, 2 and 40 regions, with all, one or nothing withheld, in
// both languages: it is laid out, says what it shows, no label is cut or covered, and gnuplot draws
// it.
#include "engine/base/outdir.h"
#include "plots/chart.h"
#include "plots/gnuplot.h"
#include "plots/svg.h"
#include "tests/help_charts.h"

#include <dirent.h>
#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const size_t sizes[] = {0, 1, 2, 7, 40};

static void every_chart_has_its_words(void **state)
{
    (void)state;
    assert_int_equal(chart_count, 16);
    for (size_t i = 0; i < chart_count; i++) {
        assert_true(strlen(charts[i].label.id) > 0);
        for (int lang = 0; lang < LANG_COUNT; lang++) {
            assert_true(strlen(charts[i].label.text.in[lang]) > 0);
            assert_true(strlen(charts[i].question.in[lang]) > 0);
        }
        assert_true(strlen(charts[i].rows) > 0);
        assert_true(strlen(charts[i].table) > 0);
        for (size_t k = 0; k < i; k++)
            assert_string_not_equal(charts[i].label.id, charts[k].label.id);
    }
}

// ---- labels

struct corners {
    double x[4], y[4];
};

static struct corners corners_of(const struct written *w)
{
    struct written flat = *w;
    struct box b = written_box(&flat);
    double xs[4] = {b.left, b.right, b.right, b.left}, ys[4] = {b.top, b.top, b.bottom, b.bottom};
    double turn = w->type.angle * M_PI / 180;
    struct corners c;
    for (int i = 0; i < 4; i++) {
        double dx = xs[i] - w->x, dy = ys[i] - w->y;
        c.x[i] = w->x + dx * cos(turn) + dy * sin(turn);
        c.y[i] = w->y - dx * sin(turn) + dy * cos(turn);
    }
    return c;
}

// Do two rectangles overlap by more than a pixel? No axis along their sides parts them.
static bool overlap(const struct corners *a, const struct corners *b)
{
    const struct corners *both[2] = {a, b};
    for (int k = 0; k < 2; k++)
        for (int i = 0; i < 2; i++) {
            double nx = both[k]->y[i + 1] - both[k]->y[i], ny = both[k]->x[i] - both[k]->x[i + 1];
            double length = sqrt(nx * nx + ny * ny), low[2], high[2];
            for (int s = 0; s < 2; s++) {
                low[s] = INFINITY, high[s] = -INFINITY;
                for (int c = 0; c < 4; c++) {
                    double at = (both[s]->x[c] * nx + both[s]->y[c] * ny) / length;
                    low[s] = fmin(low[s], at), high[s] = fmax(high[s], at);
                }
            }
            if (fmin(high[0], high[1]) - fmax(low[0], low[1]) <= 1)
                return false;
        }
    return true;
}

static void check_labels(const struct plot *p)
{
    size_t n = p->canvas.texts.len;
    struct corners *all = calloc(n + 1, sizeof *all);
    for (size_t i = 0; i < n; i++) {
        const struct written *w = &p->canvas.texts.at[i];
        all[i] = corners_of(w);
        for (int c = 0; c < 4; c++)
            if (all[i].x[c] < 0 || all[i].x[c] > p->canvas.width || all[i].y[c] < 0 ||
                all[i].y[c] > p->canvas.height)
                fail_msg("%s: outside: %.*s", p->chart->label.id, (int)w->text.len, w->text.ptr);
        for (size_t k = 0; k < i; k++)
            if (overlap(&all[i], &all[k]))
                fail_msg("%s: %.*s covers %.*s", p->chart->label.id, (int)w->text.len, w->text.ptr,
                         (int)p->canvas.texts.at[k].text.len, p->canvas.texts.at[k].text.ptr);
    }
    free(all);
}

static void check_script(const struct plot *p)
{
    struct buf blocks = {0}, command = {0};
    canvas_script(&p->canvas, &blocks, &command);
    assert_null(strstr(blocks.ptr, "nan"));
    assert_null(strstr(blocks.ptr, "inf"));
    assert_non_null(strstr(command.ptr, "plot $d1 "));
    buf_free(&blocks);
    buf_free(&command);
}

static bool check_chart(const struct made *m, const struct chart *chart, uint16_t region,
                        enum lang lang)
{
    struct arena a = {0};
    struct plot p = {
        .results = &m->results, .region = region, .period = m->period, .lang = lang, .arena = &a};
    bool drawn = chart_lay_out(chart, &p);
    if (drawn) {
        assert_true(p.title.len > 0);
        assert_true(p.alternative.len > 0);
        assert_true(p.canvas.height > 40 && p.canvas.height < 4000);
        check_labels(&p);
        check_script(&p);
    }
    plot_free(&p);
    arena_free(&a);
    return drawn;
}

static void check_all(size_t regions, enum withheld withheld, bool long_names)
{
    struct made m;
    made_start(&m, regions, withheld);
    if (long_names)
        made_long_names(&m);
    for (size_t c = 0; c < chart_count; c++)
        for (int lang = 0; lang < LANG_COUNT; lang++) {
            bool drawn = check_chart(&m, &charts[c], REGION_TOTAL, (enum lang)lang);
            // A funnel has nothing to say when all is withheld; panels need two regions.
            bool may_be_left = withheld == WITHHELD_ALL || regions < 2;
            assert_true(drawn || may_be_left);
            for (size_t r = 0; r < regions && r < 3; r++)
                check_chart(&m, &charts[c], (uint16_t)r, (enum lang)lang);
        }
    made_end(&m);
}

static void no_label_is_cut_or_covered(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
        check_all(sizes[i], WITHHELD_NONE, false);
}

static void names_of_sixty_characters_fit(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
        check_all(sizes[i], WITHHELD_ONE, true);
}

static void one_withheld_region_is_drawn(void **state)
{
    (void)state;
    check_all(7, WITHHELD_ONE, false);
    check_all(2, WITHHELD_ONE, false);
}

static void all_withheld_is_drawn(void **state)
{
    (void)state;
    check_all(0, WITHHELD_ALL, false);
    check_all(7, WITHHELD_ALL, false);
    check_all(40, WITHHELD_ALL, false);
}

static void a_study_without_inputs_has_no_charts(void **state)
{
    (void)state;
    struct study study = {.id = "none", .total = {.id = "ALL"}};
    struct places places = {.study = &study};
    struct results results = {.study = &study, .places = &places};
    results_index(&results);
    for (size_t c = 0; c < chart_count; c++) {
        struct arena a = {0};
        struct plot p = {.results = &results, .region = REGION_TOTAL, .arena = &a};
        assert_false(chart_lay_out(&charts[c], &p));
        plot_free(&p);
        arena_free(&a);
    }
    results_free(&results);
}

// ---- gnuplot

static bool have_gnuplot(void)
{
    if (system("command -v gnuplot >/dev/null 2>&1") == 0)
        return true;
    print_message("skipped: gnuplot is not installed\n");
    return false;
}

struct drawn {
    char folder[64];
    struct outdir out;
    struct document doc;
    struct diags d;
    enum status status;
};

static struct studio *begin(struct drawn *w, const struct made *m, unsigned formats)
{
    memset(w, 0, sizeof *w);
    strcpy(w->folder, "/tmp/etalon-charts-XXXXXX");
    assert_non_null(mkdtemp(w->folder));
    w->doc.results = &m->results;
    assert_int_equal(outdir_open(&w->out, w->folder, &w->d), OK);
    struct chart_run run = {&m->results, m->period, formats, {true, true}, 2};
    return charts_start(&run, &w->out, &w->d);
}

typedef void draw_fn(struct drawn *w, const struct made *m, unsigned formats);

static void draw(struct drawn *w, const struct made *m, unsigned formats)
{
    struct studio *studio = begin(w, m, formats);
    w->status = charts_finish(studio, &w->doc);
}

static void draw_and_drop(struct drawn *w, const struct made *m, unsigned formats)
{
    struct studio *studio = begin(w, m, formats);
    assert_int_equal(outdir_put(&w->out, "a.txt", STR("a"), &w->d), OK);
    charts_drop(studio);
}

static void drop(struct drawn *w)
{
    outdir_abandon(&w->out);
    document_free(&w->doc);
    diags_free(&w->d);
    rmdir(w->folder);
}

static void gnuplot_draws_them_all(void **state)
{
    (void)state;
    if (!have_gnuplot())
        return;
    struct made m;
    made_start(&m, 2, WITHHELD_ONE);
    struct drawn w;
    draw(&w, &m, CHART_SVG);
    assert_int_equal(w.status, OK);
    assert_int_equal(w.d.errors, 0);
    assert_true(w.doc.figures.len >= 3 * 12);
    for (size_t i = 0; i < w.doc.figures.len; i++)
        for (int lang = 0; lang < LANG_COUNT; lang++) {
            struct str svg = str_of(w.doc.figures.at[i].svg.in[lang]);
            assert_true(svg_check(svg));
            assert_null(strstr(svg.ptr, "could not be drawn"));
        }
    for (size_t i = 0; i < w.out.files.len; i++)
        assert_true(strncmp(w.out.files.at[i].path, "charts/", 7) == 0);
    drop(&w);
    made_end(&m);
}

static void the_same_results_give_the_same_bytes(void **state)
{
    (void)state;
    if (!have_gnuplot())
        return;
    struct made m;
    made_start(&m, 0, WITHHELD_NONE); // the whole alone: every kind of chart, once
    struct drawn a, b;
    draw(&a, &m, CHART_SVG | CHART_PNG | CHART_PDF);
    draw(&b, &m, CHART_SVG | CHART_PNG | CHART_PDF);
    assert_int_equal(a.status, OK);
    assert_int_equal(a.out.files.len, b.out.files.len);
    for (size_t i = 0; i < a.out.files.len; i++) {
        assert_string_equal(a.out.files.at[i].path, b.out.files.at[i].path);
        assert_string_equal(a.out.files.at[i].sha256, b.out.files.at[i].sha256);
    }
    drop(&a);
    drop(&b);
    made_end(&m);
}

// Programs of our own on PATH: one that dies, one that lies, one that is not there.
static void with_stub(const char *script, draw_fn *call, struct drawn *w, const struct made *m)
{
    char folder[] = "/tmp/etalon-stub-XXXXXX", path[64];
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/gnuplot", folder);
    if (script) {
        int fd = open(path, O_WRONLY | O_CREAT | O_EXCL, 0700);
        assert_true(fd >= 0);
        assert_int_equal(file_write_all(fd, script, strlen(script)), 0);
        close(fd);
    }
    char *before = strdup(getenv("PATH"));
    setenv("PATH", folder, 1);
    call(w, m, CHART_SVG);
    setenv("PATH", before, 1);
    free(before);
    unlink(path);
    rmdir(folder);
}

// What is left in the folder that is being built.
static size_t names_in(const struct outdir *out)
{
    size_t count = 0;
    DIR *list = fdopendir(openat(out->temp_fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    assert_non_null(list);
    for (const struct dirent *entry; (entry = readdir(list));)
        count += entry->d_name[0] != '.';
    closedir(list);
    return count;
}

// gnuplot is at work while we write; given up, it is killed and leaves nothing.
static void charts_that_are_dropped_end_at_once(void **state)
{
    (void)state;
    struct made m;
    made_start(&m, 1, WITHHELD_NONE);
    struct drawn w;
    time_t before = time(NULL);
    with_stub("#!/bin/sh\nexec /bin/sleep 60\n", draw_and_drop, &w, &m);
    assert_true(time(NULL) - before < 30);
    assert_int_equal(w.out.files.len, 1);
    assert_int_equal(names_in(&w.out), 1); // a.txt
    assert_int_equal(w.d.errors, 0);
    drop(&w);
    made_end(&m);
}

static void a_missing_gnuplot_is_said_once(void **state)
{
    (void)state;
    struct made m;
    made_start(&m, 1, WITHHELD_NONE);
    struct drawn w;
    with_stub(NULL, draw, &w, &m);
    assert_int_equal(w.status, FAIL_GNUPLOT);
    assert_int_equal(w.d.list.len, 1);
    assert_int_equal(w.d.list.at[0].code, E0551);
    assert_int_equal(w.doc.figures.len, 0);
    drop(&w);
    made_end(&m);
}

static void a_failing_gnuplot_leaves_placeholders(void **state)
{
    (void)state;
    static const char *const stubs[] = {
        "#!/bin/sh\nexit 1\n",
        "#!/bin/sh\necho 'chart 0.0 errno 0'\nread line\nexit 0\n", // says so, draws nothing
        ("#!/bin/sh\n/bin/cat >/dev/null\necho '<svg></svg>' > draw-00000.svg\n"
         "echo 'chart 0.0 errno 1'\n"),
    };
    for (size_t i = 0; i < sizeof stubs / sizeof *stubs; i++) {
        struct made m;
        made_start(&m, 0, WITHHELD_NONE);
        struct drawn w;
        with_stub(stubs[i], draw, &w, &m);
        assert_int_equal(w.status, FAIL_GNUPLOT);
        assert_int_equal(w.d.list.at[0].code, E0552);
        assert_true(w.doc.figures.len > 0);
        assert_non_null(strstr(w.doc.figures.at[0].svg.in[LANG_EN], "could not be drawn"));
        assert_true(svg_check(str_of(w.doc.figures.at[0].svg.in[LANG_FR])));
        drop(&w);
        made_end(&m);
    }
}

static void a_silent_gnuplot_is_killed(void **state)
{
    (void)state;
    char folder[] = "/tmp/etalon-stub-XXXXXX";
    assert_non_null(mkdtemp(folder));
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    struct drawing w = {.blocks = STR(""),
                        .command = STR("while (1) { x = 1 }\n"),
                        .width = 10,
                        .height = 10,
                        .wanted = {true}};
    struct diags d = {0};
    if (have_gnuplot()) {
        assert_int_equal(gnuplot_run(fd, &w, 1, 1, &d), OK);
        assert_false(w.said[DRAWING_SVG]);
    }
    unlinkat(fd, "draw-00000.svg", 0);
    close(fd);
    assert_int_equal(rmdir(folder), 0);
    diags_free(&d);
}

static void pictures_are_whole_or_not(void **state)
{
    (void)state;
    static const char png[] = "\x89PNG\r\n\x1A\n................................................"
                              "........IEND\xAE\x42\x60\x82";
    struct str bytes = {png, sizeof png - 1};
    assert_true(gnuplot_whole(bytes, DRAWING_PNG));
    bytes.len -= 3;
    assert_false(gnuplot_whole(bytes, DRAWING_PNG));
    assert_true(gnuplot_whole(STR("<svg></svg>\n"), DRAWING_SVG));
    assert_false(gnuplot_whole(STR("<svg></sv"), DRAWING_SVG));
    assert_true(gnuplot_whole(STR("%PDF-1.5 … %%EOF\n"), DRAWING_PDF));
    assert_false(gnuplot_whole(STR("%PDF-1.5 …"), DRAWING_PDF));
}

static void dates_of_pdf_are_overwritten_in_place(void **state)
{
    (void)state;
    char pdf[] = "<< /CreationDate (D:20261124225310Z)\n>> /CreationDate (D:20261124225310-05'00)";
    gnuplot_undate(pdf, sizeof pdf - 1);
    assert_string_equal(
        pdf, "<< /CreationDate (D:20000101000000Z)\n>> /CreationDate (D:20000101000000-05'00)");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_chart_has_its_words),
        cmocka_unit_test(no_label_is_cut_or_covered),
        cmocka_unit_test(names_of_sixty_characters_fit),
        cmocka_unit_test(one_withheld_region_is_drawn),
        cmocka_unit_test(all_withheld_is_drawn),
        cmocka_unit_test(a_study_without_inputs_has_no_charts),
        cmocka_unit_test(gnuplot_draws_them_all),
        cmocka_unit_test(the_same_results_give_the_same_bytes),
        cmocka_unit_test(charts_that_are_dropped_end_at_once),
        cmocka_unit_test(a_missing_gnuplot_is_said_once),
        cmocka_unit_test(a_failing_gnuplot_leaves_placeholders),
        cmocka_unit_test(a_silent_gnuplot_is_killed),
        cmocka_unit_test(pictures_are_whole_or_not),
        cmocka_unit_test(dates_of_pdf_are_overwritten_in_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
