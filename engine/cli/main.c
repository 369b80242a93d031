// SPDX-License-Identifier: GPL-3.0-or-later
// etalon: client surveys, activity, services and standards into indicators that hold up.
#include "engine/cli/messages.h"

#include "engine/base/file.h"
#include "engine/cli/cmd_cat.h"
#include "engine/cli/ranks_share.h"
#include "engine/run/ranks.h"
#include "engine/stats/dist.h"

#include <jansson.h>
#include <poll.h>
#include <unistd.h>

static enum status command_cat(const struct options *o, struct diags *d)
{
    return cat_file(o->arguments.at[0], &o->dialect, o->records_json, stdout, d);
}

const struct command commands[] = {
    {"run", "STUDY", "read a study and its data, write tables, charts and reports",
     "oPLFKjRHTXAUBW", 0, 1, command_run},
    {"check", "STUDY", "read a study and all of its data, write nothing, say every problem", "jR",
     1, 1, command_check},
    {"init", "FILE...", "look at data files, write a starting study with what was found", "o", 1,
     -1, command_init},
    {"list", "indicators|charts|tables|formats|symbols", "say what there is", "J", 1, 1,
     command_list},
    {"diff", "OLD NEW", "compare two snapshots, judge them against rules", "JMAUB", 2, 2,
     command_diff},
    {"history", "FILE [list|show ID|export ID|verify|withdraw ID]", "read the history of releases",
     "J", 1, 3, command_history},
    {"partial", "STUDY [GLOB...]", "accumulate some of the files into one part", "ofjR", 1, -1,
     command_partial},
    {"merge", "STUDY PART...", "finish a run from its parts", "oPLFKjRHTXAUB", 2, -1, command_run},
    {"cat", "FILE", "print a data file as the program reads it", "SdQE", 1, 1, command_cat},
    {"doctor", "", "say which versions are at work and what is missing", "", 0, 0, command_doctor},
    {"selftest", "", "recompute published reference values, print each with its deviation", "", 0,
     0, command_selftest},
    {"manual", "[man|bash|zsh|fish]", "print the manual page or the completions of a shell", "", 0,
     1, command_manual},
};
const size_t command_count = sizeof commands / sizeof *commands;

// Nobody reads standard output any more: a pipe whose other end was closed.
static bool reader_left(void)
{
    struct pollfd fd = {STDOUT_FILENO, POLLOUT, 0};
    return poll(&fd, 1, 0) == 1 && (fd.revents & POLLERR);
}

// What was printed must have arrived (robustness.md 4); a reader that went away is no error.
static enum status finish_output(struct diags *d)
{
    if ((fflush(stdout) == 0 && !ferror(stdout)) || reader_left())
        return OK;
    return diag(d, E0704, (struct where){0}, "standard output cannot be written");
}

static enum status act(struct options *o, int count, char **words, struct diags *d)
{
    TRY(options_read(o, count, words, d));
    if (o->help) {
        options_help(o->command, stdout);
        return OK;
    }
    return o->command->run(o, d);
}

static int run_alone(int count, char **words)
{
    if (count == 2 && strcmp(words[1], "--version") == 0) {
        printf("etalon %s\n", program_version);
        return fflush(stdout) ? FAIL_IO : OK;
    }
    struct options o = {0};
    struct diags d = {0};
    size_t printed = 0;
    enum status status = act(&o, count, words, &d);
    if (!status)
        status = finish_output(&d);
    messages_print(&o, &d, &printed);
    diags_free(&d);
    options_free(&o);
    return stop_asked() ? 128 + stop_asked() : (int)status;
}

// So that a text that does not fit into memory is not taken for one that is not JSON.
static void *json_memory(size_t bytes)
{
    return mem_new(bytes, 1);
}

int main(int count, char **words)
{
    mem_start();
    json_set_alloc_funcs(json_memory, mem_free);
    ranks_start();
    dist_start();
    stop_install();
    int status = 0;
    if (ranks_number() == 0)
        status = run_alone(count, words);
    else
        ranks_serve(count, words);
    ranks_end();
    return status;
}
