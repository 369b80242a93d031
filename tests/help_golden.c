// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/help_golden.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

enum { WORDS = 30 };

struct words {
    char text[1024];
    const char *at[WORDS + 1]; // ends with NULL
    size_t count;
};

static void add_word(struct words *w, const char *word)
{
    assert_true(w->count < WORDS);
    w->at[w->count++] = word;
    w->at[w->count] = NULL;
}

static bool has_word(const struct words *w, const char *word)
{
    for (size_t i = 0; i < w->count; i++)
        if (strcmp(w->at[i], word) == 0)
            return true;
    return false;
}

// Words are parted by blanks; "two words" are one.
static void split_words(struct words *w, struct str line)
{
    assert_true(line.len < sizeof w->text);
    memcpy(w->text, line.ptr, line.len);
    for (char *at = w->text; *(at += strspn(at, " "));) {
        char end = *at == '"' ? '"' : ' ';
        at += end == '"';
        add_word(w, at);
        at += strcspn(at, (char[]){end, '\0'});
        if (*at)
            *at++ = '\0';
    }
}

void golden_open(struct golden *g, const char *name)
{
    char path[512];
    *g = (struct golden){.name = name};
    snprintf(path, sizeof path, GOLDEN_CASES "/%s/command", name);
    g->command = read_whole(path);
    if (!g->command.ptr)
        buf_text(&g->command, "run study.yaml\n");
    for (const char *line = g->command.ptr; *line;) {
        size_t len = strcspn(line, "\n");
        if (len)
            vec_push(&g->lines, ((struct str){line, len}));
        line += len + (line[len] == '\n');
    }
}

void golden_close(struct golden *g)
{
    vec_free(&g->lines);
    buf_free(&g->command);
    buf_free(&g->out);
    buf_free(&g->err);
    free(g->folder);
}

// ---- running it

static bool makes_a_folder(const struct words *w)
{
    return strcmp(w->at[0], "run") == 0 || strcmp(w->at[0], "merge") == 0;
}

// Charts are drawn from the estimates alone, so they are drawn once, with one thread.
static void run_words(struct golden *g, struct words *w, const char *threads)
{
    bool makes = makes_a_folder(w);
    if (makes && !has_word(w, "-o"))
        add_word(w, "-o"), add_word(w, "out");
    if (makes)
        add_word(w, "-j"), add_word(w, threads);
    if (makes && strcmp(threads, "1") != 0)
        add_word(w, "--charts"), add_word(w, "none");
    struct outcome o = run_program_in(g->folder, w->at, NULL);
    buf_put(&g->out, o.out.ptr, o.out.len);
    buf_put(&g->err, o.err.ptr, o.err.len);
    g->status = g->status ? g->status : o.status;
    outcome_free(&o);
}

static void fresh_copy(struct golden *g, const char *way)
{
    char command[1024], name[128];
    snprintf(name, sizeof name, "%s-%s", g->name, way);
    free(g->folder);
    g->folder = scratch_path(name);
    snprintf(command, sizeof command, "cp -R '" GOLDEN_CASES "/%s' '%s'", g->name, g->folder);
    assert_int_equal(system(command), 0);
    buf_clear(&g->out);
    buf_clear(&g->err);
    g->status = 0;
}

void golden_run(struct golden *g, const char *threads)
{
    fresh_copy(g, threads);
    for (size_t i = 0; i < g->lines.len; i++) {
        struct words w = {0};
        split_words(&w, g->lines.at[i]);
        run_words(g, &w, threads);
    }
}

// The files of the study in turns: every second into one part, the others into the other.
static size_t share_files(const char *manifest, struct words parts[2])
{
    size_t count = 0;
    const char *at = strstr(manifest, "\"inputs\"");
    const char *end = strstr(manifest, "\"outputs\"");
    for (; at && (at = strstr(at, "\"path\": \"")) && at < end; count++) {
        struct words *w = &parts[count % 2];
        size_t used = 0;
        for (size_t i = 0; i < w->count; i++)
            used += strlen(w->at[i]) + 1;
        at += 9;
        snprintf(w->text + used, sizeof w->text - used, "%.*s", (int)strcspn(at, "\""), at);
        add_word(w, w->text + used);
    }
    return count;
}

bool golden_run_in_parts(struct golden *g, const char *manifest)
{
    struct words parts[2] = {0}, merge = {0}, words = {0}, *run = &words;
    split_words(run, g->lines.at[0]);
    if (g->lines.len != 1 || strcmp(run->at[0], "run") != 0 || has_word(run, "--history") ||
        share_files(manifest, parts) < 2)
        return false;
    fresh_copy(g, "parts");
    static const char *const names[] = {"1.part", "2.part"};
    for (int i = 0; i < 2; i++) {
        struct words w = {0};
        const char *const head[] = {"partial", run->at[1], "-q", "-o", names[i], "--files"};
        for (size_t k = 0; k < sizeof head / sizeof *head; k++)
            add_word(&w, head[k]);
        for (size_t k = 0; k < parts[i].count; k++)
            add_word(&w, parts[i].at[k]);
        run_words(g, &w, "1");
    }
    const char *const head[] = {"merge", run->at[1], names[1], names[0]};
    for (size_t k = 0; k < sizeof head / sizeof *head; k++)
        add_word(&merge, head[k]);
    for (size_t k = 2; k < run->count; k++)
        add_word(&merge, run->at[k]);
    run_words(g, &merge, "2");
    return true;
}
