// SPDX-License-Identifier: GPL-3.0-or-later
// etalon doctor: versions, fonts, gnuplot terminals, what is missing and how to get it.
#include "engine/cli/options.h"
#include "engine/ingest/sav_child.h"
#include "plots/painters.h"

#include <errno.h>
#include <gsl/gsl_version.h>
#include <jansson.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utf8proc.h>
#include <xlsxwriter.h>
#include <yaml.h>
#include <zlib.h>
#include <zstd.h>

// Runs a program without a shell and gives back what it printed; false when it is not there or
// fails.
static bool capture(const char *const *words, struct buf *out)
{
    int pipes[2];
    if (pipe(pipes))
        return false;
    pid_t child = fork();
    if (child == 0) {
        dup2(pipes[1], STDOUT_FILENO);
        dup2(pipes[1], STDERR_FILENO);
        close(pipes[0]);
        execvp(words[0], (char *const *)(uintptr_t)words);
        _exit(127);
    }
    close(pipes[1]);
    char block[4096];
    for (ssize_t got; (got = read(pipes[0], block, sizeof block)) != 0;)
        if (got > 0)
            buf_put(out, block, (size_t)got);
        else if (errno != EINTR)
            break;
    close(pipes[0]);
    int status = 0;
    return child > 0 && waitpid(child, &status, 0) == child && WIFEXITED(status) &&
           WEXITSTATUS(status) == 0;
}

struct finding {
    const char *what, *version, *built, *help; // help: NULL when all is well
};

static void print_finding(const struct finding *f)
{
    printf("%-10s %-28s", f->what, f->version);
    if (f->built && strcmp(f->built, f->version) != 0)
        printf(" built with %s", f->built);
    printf("%s%s\n", f->help ? " missing: " : " ok", f->help ? f->help : "");
}

static size_t libraries(struct finding *out, char zstd[16])
{
    unsigned number = ZSTD_versionNumber();
    snprintf(zstd, 16, "%u.%u.%u", number / 10000, number / 100 % 100, number % 100);
    size_t n = 0;
    out[n++] = (struct finding){"etalon", program_version, NULL, NULL};
    out[n++] = (struct finding){"GSL", gsl_version, GSL_VERSION, NULL};
    out[n++] = (struct finding){"libyaml", yaml_get_version_string(), NULL, NULL};
    out[n++] = (struct finding){"jansson", jansson_version_str(), JANSSON_VERSION, NULL};
    out[n++] = (struct finding){"utf8proc", utf8proc_version(), NULL, NULL};
    out[n++] = (struct finding){"zlib", zlibVersion(), ZLIB_VERSION, NULL};
    out[n++] = (struct finding){"zstd", zstd, ZSTD_VERSION_STRING, NULL};
    out[n++] = (struct finding){"xlsxwriter", lxw_version(), LXW_VERSION, NULL};
    bool spss = sav_built();
    out[n++] =
        (struct finding){"readstat", spss ? "built in" : "-", NULL,
                         spss ? NULL : "apt-get install libreadstat-dev, build again (.sav)"};
    return n;
}

static bool first_line(struct buf *text)
{
    char *end = text->ptr ? strchr(text->ptr, '\n') : NULL;
    if (end)
        *end = '\0';
    return text->ptr && *text->ptr;
}

// gnuplot, the terminals that charts need, and the font that the layout is measured with.
static bool tools(void)
{
    static const char *const version[] = {"gnuplot", "--version", NULL};
    static const char *const terminals[] = {"gnuplot", "-d", "-e", "set terminal", NULL};
    static const char *const font[] = {"fc-match", "-f", "%{family}", "DejaVu Sans", NULL};
    struct buf text = {0}, list = {0}, family = {0};
    bool there = capture(version, &text) && first_line(&text);
    print_finding(&(struct finding){"gnuplot", there ? text.ptr : "-", NULL,
                                    there ? NULL : "apt-get install gnuplot-nox"});
    bool drawn = there && capture(terminals, &list);
    static const char *const needed[] = {"svg", "pngcairo", "pdfcairo"};
    for (int i = 0; i < 3; i++) {
        bool has = drawn && list.ptr && strstr(list.ptr, needed[i]);
        print_finding(&(struct finding){"terminal", needed[i], NULL,
                                        has ? NULL : "apt-get install gnuplot-nox"});
        there = there && has;
    }
    bool painted = painters_there();
    print_finding(&(struct finding){
        "painter", painted ? "etalon-paint" : "gnuplot", NULL,
        painted ? NULL : "apt-get install librsvg2-dev libpng-dev, build again (faster PNG)"});
    bool matched = capture(font, &family) && family.ptr && strcmp(family.ptr, "DejaVu Sans") == 0;
    print_finding(
        &(struct finding){"font", "DejaVu Sans", NULL,
                          matched ? NULL : "apt-get install fonts-dejavu-core fontconfig"});
    buf_free(&text);
    buf_free(&list);
    buf_free(&family);
    return there && matched;
}

enum status command_doctor(const struct options *o, struct diags *d)
{
    (void)o;
    struct finding found[16];
    char zstd[16];
    size_t count = libraries(found, zstd);
    for (size_t i = 0; i < count; i++)
        print_finding(&found[i]);
    if (tools())
        return OK;
    return diag(d, E0706, (struct where){0}, "charts cannot be drawn as they should be");
}
