// SPDX-License-Identifier: GPL-3.0-or-later
// The command line: words into options, and help from the same table.
#include "engine/cli/options_table.h"

#include "plots/chart.h"

#include <math.h>

const char program_version[] = "0.1.0";

static bool takes(const struct command *c, const struct option *o)
{
    return o < option_table + GENERAL_OPTIONS || (c && strchr(c->options, o->letter));
}

static const struct option *find_long(struct str name)
{
    for (size_t i = 0; i < option_count; i++)
        if (str_is(name, option_table[i].name))
            return &option_table[i];
    return NULL;
}

static const struct option *find_short(char letter)
{
    for (size_t i = 0; i < option_count; i++)
        if (option_table[i].letter == letter && letter >= 'a' && letter <= 'z')
            return &option_table[i];
    return NULL;
}

static const char *nearest_option(const char *word)
{
    const char *names[64];
    size_t count = 0;
    for (; count < option_count && count < sizeof names / sizeof *names; count++)
        names[count] = option_table[count].name;
    return str_nearest(word, names, count);
}

static const struct where nowhere;

static enum status unknown(const char *word, const char *bare, struct diags *d)
{
    enum status status = diag(d, E0701, nowhere, "unknown option %s", diag_quote(d, str_of(word)));
    const char *near = nearest_option(bare);
    if (near)
        diag_help(d, "did you mean --%s?", near);
    return status;
}

static enum status apply(struct options *o, const struct option *option, const char *value,
                         const char *word, struct diags *d)
{
    if (!takes(o->command, option))
        return diag(d, E0701, nowhere, "'etalon %s' has no option --%s", o->command->name,
                    option->name);
    if (option->value && !value)
        return diag(d, E0702, nowhere, "%s needs a value: %s", word, option->value);
    if (!option->value && value)
        return diag(d, E0702, nowhere, "--%s takes no value", option->name);
    if (option->apply(o, option, value ? value : ""))
        return OK;
    enum status status =
        diag(d, E0702, nowhere, "--%s cannot be %s", option->name, diag_quote(d, str_of(value)));
    diag_help(d, "give it as --%s %s", option->name, option->value);
    return status;
}

// One option word; *next may be taken as its value.
static enum status read_option(struct options *o, const char *word, const char *next, int *used,
                               struct diags *d)
{
    const char *value = NULL;
    const struct option *option;
    if (word[1] == '-') {
        const char *equal = strchr(word, '=');
        struct str name = {word + 2, equal ? (size_t)(equal - word - 2) : strlen(word + 2)};
        value = equal ? equal + 1 : NULL;
        option = find_long(name);
        if (!option)
            return unknown(word, word + 2, d);
    } else {
        option = find_short(word[1]);
        if (!option || (!option->value && word[2]))
            return unknown(word, word + 1, d);
        value = word[2] ? word + 2 : NULL;
    }
    if (option->value && !value && next) {
        value = next;
        *used = 2;
    }
    return apply(o, option, value, word, d);
}

static const struct command *find_command(const char *word)
{
    for (size_t i = 0; i < command_count; i++)
        if (strcmp(commands[i].name, word) == 0)
            return &commands[i];
    return NULL;
}

static enum status read_command(struct options *o, const char *word, struct diags *d)
{
    o->command = find_command(word);
    if (o->command)
        return OK;
    const char *names[32];
    for (size_t i = 0; i < command_count; i++)
        names[i] = commands[i].name;
    enum status status = diag(d, E0701, nowhere, "unknown command %s", diag_quote(d, str_of(word)));
    const char *near = str_nearest(word, names, command_count);
    if (near)
        diag_help(d, "did you mean '%s'?", near);
    return status;
}

static enum status check_arguments(const struct options *o, struct diags *d)
{
    int count = (int)o->arguments.len;
    const struct command *c = o->command;
    if (o->help || (count >= c->least && (c->most < 0 || count <= c->most)))
        return OK;
    enum status status =
        count < c->least ? diag(d, E0703, nowhere, "'etalon %s' needs %s", c->name, c->arguments)
                         : diag(d, E0703, nowhere, "'etalon %s' takes no argument %s", c->name,
                                diag_quote(d, str_of(o->arguments.at[c->most])));
    diag_help(d, "usage: etalon %s %s", c->name, c->arguments);
    return status;
}

enum status options_read(struct options *o, int count, char **words, struct diags *d)
{
    *o = (struct options){.langs = {true, true},
                          .formats = FORMAT_ALL,
                          .charts = CHART_SVG | CHART_PNG,
                          .max_rejects = NAN};
    bool plain = false;
    for (int i = 1, used; i < count; i += used) {
        used = 1;
        const char *word = words[i];
        if (!plain && strcmp(word, "--") == 0)
            plain = true;
        else if (!plain && word[0] == '-' && word[1])
            TRY(read_option(o, word, i + 1 < count ? words[i + 1] : NULL, &used, d));
        else if (!o->command)
            TRY(read_command(o, word, d));
        else
            vec_push(&o->arguments, word);
    }
    if (o->help)
        return OK;
    if (!o->command)
        return diag(d, E0703, nowhere, "which command?");
    return check_arguments(o, d);
}

void options_free(struct options *o)
{
    vec_free(&o->arguments);
}

// ---- help

static void print_option(const struct option *o, FILE *out)
{
    char text[64];
    char letter[5] = "    ";
    if (o->letter >= 'a' && o->letter <= 'z')
        snprintf(letter, sizeof letter, "-%c, ", o->letter);
    snprintf(text, sizeof text, "%s--%s%s%s", letter, o->name, o->value ? " " : "",
             o->value ? o->value : "");
    fprintf(out, "  %-38s %s\n", text, o->help);
}

void options_help(const struct command *command, FILE *out)
{
    if (!command) {
        fputs("etalon: indicators that hold up, for each region, in English and French\n\n", out);
        for (size_t i = 0; i < command_count; i++)
            fprintf(out, "  etalon %-7s %-22s %s\n", commands[i].name, commands[i].arguments,
                    commands[i].summary);
        fputs("\n'etalon COMMAND --help' tells more of one.\n\n", out);
    } else {
        fprintf(out, "usage: etalon %s %s\n\n%s\n\n", command->name, command->arguments,
                command->summary);
    }
    for (size_t i = 0; i < option_count; i++)
        if (takes(command, &option_table[i]))
            print_option(&option_table[i], out);
}
