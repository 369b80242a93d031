// SPDX-License-Identifier: GPL-3.0-or-later
// Text that tries to be code (robustness.md 3): a study whose titles, labels, ids, levels, regions,
// columns and file names hold the fragments of 3.2. Nothing may run, and every file must be what
// its name says, read by strict readers that share no code with the writers.
#include "engine/base/utf8.h"
#include "tests/help_run.h"
#include "tests/help_zip.h"

#include <ftw.h>
#include <jansson.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

enum { OPEN_FOLDERS = 16, NAME_MOST = 100 };

#define ANSWERS "study/'; touch PWN; <script>alert(1)<\" $(touch PWN) answers.csv"

static void copy(const char *from, const char *to)
{
    char path[256];
    snprintf(path, sizeof path, "tests/injection/%s", from);
    struct buf text = read_whole(path);
    assert_non_null(text.ptr);
    scratch_write(to, text.ptr);
    buf_free(&text);
}

static int set_up(void **state)
{
    (void)state;
    static const char *const files[] = {"study.yaml", "contacts.csv", "services.csv",
                                        "standards.csv", "plan.csv"};
    char *folder = scratch_path("study");
    mkdir(folder, 0700);
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        char to[128];
        snprintf(to, sizeof to, "study/%s", files[i]);
        copy(files[i], to);
    }
    copy("answers.csv", ANSWERS);
    char *out = scratch_path("out");
    struct outcome o = RUN("run", folder, "-o", out, "--charts", "svg");
    if (o.status)
        fprintf(stderr, "%s", o.err.ptr);
    assert_int_equal(o.status, 0);
    for (const char *at = o.err.ptr; at && *at; at++) // no escape reaches the terminal
        assert_true((unsigned char)*at >= ' ' || *at == '\n');
    outcome_free(&o);
    free(folder);
    free(out);
    return 0;
}

static int clean_up(void **state)
{
    (void)state;
    scratch_remove();
    return 0;
}

// ---- every file

typedef void file_check(const char *path, struct str text);

static const char *wanted_ending;
static file_check *wanted_check;
static size_t checked;

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static int visit(const char *path, const struct stat *info, int kind, struct FTW *place)
{
    (void)info, (void)place;
    size_t len = strlen(path), end = strlen(wanted_ending);
    if (kind != FTW_F || len < end || strcmp(path + len - end, wanted_ending) != 0)
        return 0;
    struct buf text = read_whole(path);
    wanted_check(path, buf_view(&text));
    buf_free(&text);
    checked++;
    return 0;
}

static void each_file(const char *ending, size_t least, file_check *check)
{
    char *out = scratch_path("out");
    wanted_ending = ending;
    wanted_check = check;
    checked = 0;
    assert_int_equal(nftw(out, visit, OPEN_FOLDERS, FTW_PHYS), 0);
    assert_true(checked >= least);
    free(out);
}

static int no_trace(const char *path, const struct stat *info, int kind, struct FTW *place)
{
    (void)info, (void)kind, (void)place;
    const char *name = base_name(path);
    if (strcmp(name, "PWN") == 0 || kind == FTW_SL)
        fail_msg("something ran: %s", path);
    return 0;
}

static void test_nothing_ran(void **state)
{
    (void)state;
    assert_int_equal(nftw(scratch_folder(), no_trace, OPEN_FOLDERS, FTW_PHYS), 0);
    assert_int_not_equal(access("PWN", F_OK), 0); // gnuplot's folder is that of the program
}

static int plain_name(const char *path, const struct stat *info, int kind, struct FTW *place)
{
    (void)info, (void)kind, (void)place;
    const char *name = base_name(path);
    size_t len = strlen(name);
    if (len > NAME_MOST || strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-.") != len ||
        strstr(name, ".."))
        fail_msg("name of a file: %s", name);
    return 0;
}

static void test_names_of_files(void **state)
{
    (void)state;
    char *out = scratch_path("out");
    assert_int_equal(nftw(out, plain_name, OPEN_FOLDERS, FTW_PHYS), 0);
    free(out);
}

static void check_xml(const char *path, struct str text)
{
    char why[128];
    if (!xml_is_well_formed(text, why))
        fail_msg("%s: %s", path, why);
}

// ---- CSV: RFC 4180, rectangular

static size_t field(struct str text, size_t at, const char *path)
{
    if (at >= text.len || text.ptr[at] != '"') {
        while (at < text.len && !strchr(",\n", text.ptr[at])) {
            if (strchr("\"\r", text.ptr[at]))
                fail_msg("%s: quote or CR in a bare field at byte %zu", path, at);
            at++;
        }
        return at;
    }
    for (at++; at < text.len; at++) {
        if (text.ptr[at] != '"')
            continue;
        if (at + 1 >= text.len || text.ptr[at + 1] != '"')
            return at + 1;
        at++;
    }
    fail_msg("%s: quote not closed", path);
    return at;
}

static void check_csv(const char *path, struct str text)
{
    size_t width = 0, fields = 0;
    assert_int_equal(utf8_valid(text, NULL), text.len);
    for (size_t at = 0; at < text.len; at++) {
        at = field(text, at, path);
        fields++;
        if (at < text.len && text.ptr[at] == ',')
            continue;
        if (at >= text.len || text.ptr[at] != '\n')
            fail_msg("%s: text after a field at byte %zu", path, at);
        width = width ? width : fields;
        if (fields != width)
            fail_msg("%s: row of %zu fields, header of %zu, before byte %zu", path, fields, width,
                     at);
        fields = 0;
    }
    assert_int_equal(fields, 0); // the last row ends
}

// ---- HTML

static void check_html(const char *path, struct str text)
{
    static const char *const never[] = {
        "<script",
        "<touch",
        "<b onload",
        "<img src=x",
        "<svg onload",
        "<iframe",
        "<a href=javascript",
        "href=\"javascript",
        "<i>",
        "\" onfocus=",
        "' onfocus=",
        "\" onmouseover=",
        " onload=\"",
        "<base",
        "<object",
        "<form",
    };
    for (size_t i = 0; i < sizeof never / sizeof *never; i++)
        if (memmem(text.ptr, text.len, never[i], strlen(never[i])))
            fail_msg("%s holds %s", path, never[i]);
    assert_non_null(memmem(text.ptr, text.len, "&lt;script&gt;", 14)); // said, not run
    assert_int_equal(utf8_valid(text, NULL), text.len);
}

static void check_json(const char *path, struct str text)
{
    json_error_t error;
    json_t *root = json_loadb(text.ptr, text.len, JSON_REJECT_DUPLICATES, &error);
    if (!root)
        fail_msg("%s:%d: %s", path, error.line, error.text);
    json_decref(root);
}

// ---- Markdown: as many cells in every row of the table

static size_t cells(struct str line)
{
    size_t bars = 0;
    for (size_t i = 0; i < line.len; i++)
        if (line.ptr[i] == '\\')
            i++; // what follows is text
        else
            bars += line.ptr[i] == '|';
    return bars;
}

static void check_markdown(const char *path, struct str text)
{
    size_t width = 0, rows = 0;
    for (size_t at = 0; at < text.len;) {
        const char *end = memchr(text.ptr + at, '\n', text.len - at);
        struct str line = {text.ptr + at, end ? (size_t)(end - text.ptr) - at : text.len - at};
        at += line.len + 1;
        if (line.len == 0 || line.ptr[0] != '|')
            continue;
        width = width ? width : cells(line);
        if (cells(line) != width)
            fail_msg("%s: %zu cells, header %zu: %.*s", path, cells(line), width, (int)line.len,
                     line.ptr);
        rows++;
    }
    assert_true(rows > 2);
    if (memmem(text.ptr, text.len, "<script", 7))
        fail_msg("%s holds a tag", path);
}

static void check_workbook(const char *path, struct str text)
{
    struct parts parts = {0};
    assert_true(zip_read(text, &parts));
    for (size_t i = 0; i < parts.list.len; i++) {
        const struct part *part = &parts.list.at[i];
        struct str bytes = buf_view(&part->bytes);
        char why[128];
        if (!xml_is_well_formed(bytes, why))
            fail_msg("%s: %s: %s", path, part->name, why);
        if (memmem(bytes.ptr, bytes.len, "<f>", 3) ||
            memmem(bytes.ptr, bytes.len, "\"External\"", 10))
            fail_msg("%s: %s holds a formula or a link", path, part->name);
    }
    zip_free(&parts);
}

#define EACH(name, ending, least, check) \
    static void name(void **state)       \
    {                                    \
        (void)state;                     \
        each_file(ending, least, check); \
    }
EACH(test_charts, ".svg", 20, check_xml)
EACH(test_machine_files, ".csv", 6, check_csv)
EACH(test_pages, ".html", 2, check_html)
EACH(test_json, ".json", 2, check_json)
EACH(test_markdown, ".md", 40, check_markdown)
EACH(test_workbooks, ".xlsx", 2, check_workbook)

static void test_ids_that_could_be_paths_or_markup(void **state)
{
    (void)state;
    static const char *const ids[] = {"../PWN", "a/b", "<i>", "`x`", "a|b", ".x", "'a'"};
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
        char text[256];
        snprintf(text, sizeof text,
                 "etalon: 1\nid: t\nsurveys:\n  - {id: s, files: [a.csv], items: [{id: \"%s\", "
                 "column: q, scale: number}]}\n",
                 ids[i]);
        scratch_write("ids.yaml", text);
        char *path = scratch_path("ids.yaml");
        struct outcome o = RUN("check", path);
        assert_int_equal(o.status, 65);
        assert_non_null(strstr(o.err.ptr, "E0117"));
        outcome_free(&o);
        free(path);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_nothing_ran),
        cmocka_unit_test(test_names_of_files),
        cmocka_unit_test(test_charts),
        cmocka_unit_test(test_machine_files),
        cmocka_unit_test(test_pages),
        cmocka_unit_test(test_json),
        cmocka_unit_test(test_markdown),
        cmocka_unit_test(test_workbooks),
        cmocka_unit_test(test_ids_that_could_be_paths_or_markup),
    };
    return cmocka_run_group_tests(tests, set_up, clean_up);
}
