// SPDX-License-Identifier: GPL-3.0-or-later
// The output folder is published whole or not at all (robustness.md C1).
#include "engine/base/outdir.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static char root[] = "/tmp/etalon-outdir-XXXXXX";

static int make_root(void **state)
{
    (void)state;
    return mkdtemp(root) ? 0 : -1;
}

static int remove_root(void **state)
{
    (void)state;
    char command[128];
    snprintf(command, sizeof command, "rm -rf %s", root);
    return system(command);
}

static char *in_root(const char *name)
{
    static char path[256];
    snprintf(path, sizeof path, "%s/%s", root, name);
    return path;
}

static bool holds(const char *name, const char *expected)
{
    char text[256] = "";
    FILE *file = fopen(in_root(name), "r");
    if (!file)
        return false;
    size_t len = fread(text, 1, sizeof text - 1, file);
    text[len] = '\0';
    fclose(file);
    return strcmp(text, expected) == 0;
}

static enum status publish(const char *name, const char *content, struct diags *d)
{
    struct outdir o = {0};
    TRY(outdir_open(&o, in_root(name), d));
    enum status status = outdir_put(&o, "a/data.csv", str_of(content), d);
    if (!status)
        status = outdir_put(
            &o, "manifest.json",
            STR("{\"outputs\": [{\"path\": \"a/data.csv\"}, {\"path\": \"manifest.json\"}]}"), d);
    if (!status)
        status = outdir_publish(&o, d);
    outdir_abandon(&o);
    return status;
}

static void a_new_folder_appears_whole(void **state)
{
    (void)state;
    struct diags d = {0};
    assert_int_equal(publish("new", "one\n", &d), OK);
    assert_true(holds("new/a/data.csv", "one\n"));
    diags_free(&d);
}

static void our_own_folder_is_replaced(void **state)
{
    (void)state;
    struct diags d = {0};
    assert_int_equal(publish("own", "one\n", &d), OK);
    assert_int_equal(publish("own", "two\n", &d), OK);
    assert_true(holds("own/a/data.csv", "two\n"));
    diags_free(&d);
}

static void a_foreign_file_is_never_lost(void **state)
{
    (void)state;
    struct diags d = {0};
    assert_int_equal(publish("foreign", "one\n", &d), OK);
    FILE *file = fopen(in_root("foreign/thesis.txt"), "w");
    assert_non_null(file);
    fputs("mine", file);
    fclose(file);
    assert_int_equal(publish("foreign", "two\n", &d), FAIL_CREATE);
    assert_true(holds("foreign/thesis.txt", "mine"));
    assert_true(holds("foreign/a/data.csv", "one\n"));
    assert_non_null(strstr(d.list.at[0].text, "thesis.txt"));
    diags_free(&d);
}

static void an_abandoned_run_leaves_nothing(void **state)
{
    (void)state;
    struct diags d = {0};
    struct outdir o = {0};
    assert_int_equal(outdir_open(&o, in_root("gone"), &d), OK);
    assert_int_equal(outdir_put(&o, "x.csv", STR("x"), &d), OK);
    char *temp = strdup(o.temp);
    outdir_abandon(&o);
    struct stat info;
    assert_int_equal(stat(in_root("gone"), &info), -1);
    assert_int_equal(stat(in_root(temp), &info), -1);
    free(temp);
    diags_free(&d);
}

static void names_stay_inside(void **state)
{
    (void)state;
    static const char *const names[] = {"../x", "/tmp/x", "a/../../x", ""};
    struct diags d = {0};
    struct outdir o = {0};
    assert_int_equal(outdir_open(&o, in_root("inside"), &d), OK);
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(outdir_put(&o, names[i], STR("x"), &d), FAIL_INTERNAL);
    outdir_abandon(&o);
    diags_free(&d);
}

static void sums_are_those_of_the_standard(void **state)
{
    (void)state;
    char hex[SHA256_HEX];
    sha256_of(STR("abc"), hex); // FIPS 180-2, appendix B.1
    assert_string_equal(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

// Files may be written in any order, by anybody; listed are those that are listed, in that order.
static void writing_and_listing_are_two_steps(void **state)
{
    (void)state;
    struct outdir o;
    struct diags d = {0};
    struct outfile first, second, third;
    char path[] = "deep/er/b.txt";
    assert_int_equal(outdir_open(&o, in_root("steps"), &d), OK);
    assert_int_equal(outdir_write(&o, path, STR("two"), &second, &d), OK);
    assert_int_equal(outdir_write(&o, "a.txt", STR("one"), &first, &d), OK);
    assert_int_equal(outdir_write(&o, "a.txt", STR("again"), &third, &d), FAIL_CREATE);
    assert_int_equal(o.files.len, 0);
    outdir_list(&o, &first);
    outdir_list(&o, &second);
    memset(path, 'x', sizeof path - 1); // the name was the caller's
    assert_string_equal(o.files.at[0].path, "a.txt");
    assert_string_equal(o.files.at[1].path, "deep/er/b.txt");
    assert_int_equal(o.files.at[1].bytes, 3);
    // SHA-256 of "one", by coreutils
    assert_string_equal(o.files.at[0].sha256,
                        "7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed");
    assert_int_equal(outdir_publish(&o, &d), OK);
    outdir_abandon(&o);
    assert_true(holds("steps/deep/er/b.txt", "two"));
    diags_free(&d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(writing_and_listing_are_two_steps),
        cmocka_unit_test(a_new_folder_appears_whole),
        cmocka_unit_test(our_own_folder_is_replaced),
        cmocka_unit_test(a_foreign_file_is_never_lost),
        cmocka_unit_test(an_abandoned_run_leaves_nothing),
        cmocka_unit_test(names_stay_inside),
        cmocka_unit_test(sums_are_those_of_the_standard),
    };
    return cmocka_run_group_tests(tests, make_root, remove_root);
}
