// SPDX-License-Identifier: GPL-3.0-or-later
// The ready-made jobs of datasets/west/ci: what they run is run here, in a repository with a
// remote, two quarters one after the other; only the building of etalon itself is left out. And the
// page "from an empty repository to the first quarterly snapshot", line by line.
#include "engine/study/yaml.h"
#include "tests/help_run.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

static struct arena arena;

static int clean(void **state)
{
    (void)state;
    arena_free(&arena);
    scratch_remove();
    return 0;
}

// ---- a place to work in

// Runs a script with the shell given, `etalon` on its path, nothing of the user's settings.
static int run_script(const char *shell, const char *folder, const char *more, const char *script)
{
    char command[1024];
    char *path = scratch_path("script");
    scratch_write("script", script);
    snprintf(command, sizeof command,
             "cd '%s/%s' && HOME='%s' GIT_CONFIG_NOSYSTEM=1 PATH='%s/bin':\"$PATH\" %s %s '%s' "
             ">'%s/said' 2>&1",
             scratch_folder(), folder, scratch_folder(), scratch_folder(), more, shell, path,
             scratch_folder());
    free(path);
    int status = system(command);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void expect_script(const char *shell, const char *folder, const char *more,
                          const char *script)
{
    int status = run_script(shell, folder, more, script);
    if (status == 0)
        return;
    char *path = scratch_path("said");
    struct buf said = read_whole(path);
    fail_msg("%d from\n%s\n%s", status, script, said.ptr ? said.ptr : "");
}

static int prepare(void **state)
{
    (void)state;
    char script[2048], root[512] = "";
    if (program_path()[0] != '/' && !getcwd(root, sizeof root))
        return -1;
    snprintf(script, sizeof script,
             "mkdir bin && ln -s '%s%s%s' bin/etalon\n"
             "git config --global user.name tester && git config --global user.email t@localhost\n"
             "git config --global init.defaultBranch main\n",
             root, *root ? "/" : "", program_path());
    return run_script("sh -e", ".", "", script);
}

static bool has_git(void)
{
    return system("git --version >/dev/null 2>&1") == 0;
}

// ---- a repository with a study of two quarters

static void write_repository(const char *name)
{
    char script[512];
    struct buf data = {0};
    buf_text(&data, "region,day,q\n");
    for (int i = 0; i < 160; i++)
        buf_print(&data, "%s,%s,%d\n", i % 2 ? "A" : "B", i < 80 ? "2003-08-01" : "2003-11-01",
                  i % 7 ? 4 : 2 + i / 80);
    scratch_write("data.csv", data.ptr);
    buf_free(&data);
    scratch_write("study.yaml", "etalon: 1\nid: small\nregions: [{id: A}, {id: B}]\nsurveys:\n"
                                "  - id: s\n    files: [data.csv]\n"
                                "    columns: {region: region, period: day}\n    items:\n"
                                "      - {id: q, column: q, scale: satisfaction}\n");
    scratch_write("gates.yaml", "gates: 1\nrules:\n  - {id: answers, check: minimum_n, indicator: "
                                "survey.mean, limit: 30}\n");
    snprintf(script, sizeof script,
             "git init -q --bare %s.git\ngit clone -q %s.git %s 2>/dev/null\n"
             "cp data.csv study.yaml gates.yaml %s/\ncd %s\nprintf 'out/\\n' > .gitignore\n"
             "git add .\ngit commit -q -m 'study: the first'\ngit push -q origin HEAD\n",
             name, name, name, name, name);
    expect_script("sh -e", ".", "", script);
}

static const struct yaml_node *read_yaml(const char *path)
{
    struct diags d = {0};
    const struct yaml_node *root = NULL;
    struct buf text = read_whole(path);
    struct str kept = {arena_copy(&arena, text.ptr, text.len), text.len};
    assert_int_equal(yaml_read(&arena, path, kept, &root, &d), OK);
    assert_non_null(root);
    buf_free(&text);
    diags_free(&d);
    return root;
}

static const struct yaml_node *find(const struct yaml_node *node, const char *key)
{
    const struct yaml_node *child = yaml_find(node, key);
    if (!child)
        fail_msg("no %s", key);
    return child;
}

static void expect_in_file(const char *name, const char *text)
{
    char *path = scratch_path(name);
    struct buf whole = read_whole(path);
    if (!whole.ptr || !strstr(whole.ptr, text))
        fail_msg("'%s' is not in %s", text, name);
    buf_free(&whole);
    free(path);
}

// ---- GitHub: every `run` of the steps but that which builds etalon

static void run_github(const char *period)
{
    char more[256];
    const struct yaml_node *steps =
        find(find(find(read_yaml("datasets/west/ci/github-quarterly.yml"), "jobs"), "indicators"),
             "steps");
    size_t ran = 0;
    snprintf(more, sizeof more, "PERIOD='%s' GITHUB_STEP_SUMMARY='%s/summary.md'", period,
             scratch_folder());
    for (const struct yaml_node *step = steps->first; step; step = step->next) {
        const struct yaml_node *run = yaml_find(step, "run"), *name = yaml_find(step, "name");
        if (!run || strcmp(name->text, "Build") == 0)
            continue;
        expect_script("bash -e", "github", more, run->text);
        ran++;
    }
    assert_int_equal(ran, 3);
}

static void the_github_workflow_keeps_two_quarters(void **state)
{
    (void)state;
    if (!has_git())
        skip();
    write_repository("github");
    run_github("2003Q3");
    run_github("2003Q4");
    expect_in_file("summary.md", "2003Q4");
    expect_in_file("github/gates.xml", "<testsuite");
    expect_script("sh -e", ".", "",
                  "git clone -q github.git pushed\ncd pushed\n"
                  "etalon history history.db list | grep -c published | grep -qx 2\n"
                  "grep -q '\"period\": \"2003Q4\"' last/snapshot.json\n");
}

// ---- GitLab: script and after_script

static void run_gitlab(const char *period)
{
    char more[64];
    static const char *const parts[] = {"script", "after_script"};
    const struct yaml_node *job =
        find(read_yaml("datasets/west/ci/gitlab-quarterly.yml"), "quarterly-indicators");
    snprintf(more, sizeof more, "PERIOD='%s'", period);
    for (size_t i = 0; i < 2; i++) {
        struct buf script = {0};
        for (const struct yaml_node *line = find(job, parts[i])->first; line; line = line->next)
            buf_print(&script, "%s\n", line->text);
        expect_script("sh -e", "gitlab", more, script.ptr);
        buf_free(&script);
    }
}

static void the_gitlab_job_keeps_two_quarters(void **state)
{
    (void)state;
    if (!has_git())
        skip();
    write_repository("gitlab");
    run_gitlab("2003Q3");
    run_gitlab("2003Q4");
    expect_in_file("gitlab/changes.md", "2003Q4");
    expect_script("sh -e", "gitlab", "",
                  "etalon history history.db list | grep -c published | grep -qx 2\n");
}

// ---- systemd

static void the_units_are_sound(void **state)
{
    (void)state;
    if (system("systemd-analyze --version >/dev/null 2>&1") != 0)
        skip();
    // the program need not be installed where this is checked
    expect_script("sh -e", ".", "UNITS=\"$OLDPWD/datasets/west/ci\"",
                  "sed 's|/usr/local/bin/etalon|/bin/true|' \"$UNITS/etalon-quarterly.service\" "
                  ">etalon-quarterly.service\ncp \"$UNITS/etalon-quarterly.timer\" .\n"
                  "systemd-analyze verify ./etalon-quarterly.service ./etalon-quarterly.timer\n");
}

// ---- the page

// The lines of the console block that begin with `$ `, as a script in which each must succeed; what
// stands below a command must be what it prints.
static void the_page_is_true_line_by_line(void **state)
{
    (void)state;
    if (!has_git())
        skip();
    struct buf page = read_whole("datasets/west/ci/README.md"), script = {0};
    const char *at = strstr(page.ptr, "```console\n"), *end;
    assert_non_null(at);
    at = strchr(at, '\n') + 1;
    end = strstr(at, "```");
    size_t commands = 0;
    for (; at < end; at = strchr(at, '\n') + 1) {
        int len = (int)strcspn(at, "\n");
        if (at[0] == '$' && at[1] == ' ') {
            buf_print(&script, "{ %.*s ; } > \"$HOME/printed\" 2>&1\n", len - 2, at + 2);
            commands++;
        } else {
            buf_print(&script, "grep -qxF '%.*s' \"$HOME/printed\"\n", len, at);
        }
    }
    buf_text(&script, "rm -f \"$HOME/printed\"\n");
    assert_true(commands > 12);
    char root[512], text[1 << 14];
    assert_non_null(getcwd(root, sizeof root));
    snprintf(text, sizeof text, "cp '%s/datasets/west/survey-2003-04-q4.csv' survey.csv\n", root);
    // where it is installed: the tree itself
    for (const char *from = script.ptr; *from;) {
        static const char installed[] = "/usr/local/share/etalon";
        size_t used = strlen(text);
        bool here = strncmp(from, installed, sizeof installed - 1) == 0;
        snprintf(text + used, sizeof text - used, "%s%.*s", here ? root : "", here ? 0 : 1, from);
        from += here ? sizeof installed - 1 : 1;
    }
    expect_script("sh -e", ".", "", text);
    buf_free(&page);
    buf_free(&script);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_github_workflow_keeps_two_quarters),
        cmocka_unit_test(the_gitlab_job_keeps_two_quarters),
        cmocka_unit_test(the_units_are_sound),
        cmocka_unit_test(the_page_is_true_line_by_line),
    };
    return cmocka_run_group_tests(tests, prepare, clean);
}
