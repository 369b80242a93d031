// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/cli/repeat.h"

#include "plots/chart.h"

#include <jansson.h>
#include <unistd.h>

enum { MANIFEST_MOST = 64 << 20, MOST_NAMED = 20 };

static struct where place(const struct repeat *r)
{
    return (struct where){r->path, 0, 0};
}

// ---- the manifest

static const char *text_in(struct repeat *r, const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));
    return text ? arena_text(&r->arena, text) : "";
}

static struct outfile file_in(struct repeat *r, const json_t *entry)
{
    struct outfile file = {.path = text_in(r, entry, "path")};
    snprintf(file.sha256, sizeof file.sha256, "%s", text_in(r, entry, "sha256"));
    return file;
}

static bool has_ending(const char *path, const char *ending)
{
    size_t len = strlen(path), size = strlen(ending);
    return len >= size && strcmp(path + len - size, ending) == 0;
}

// What a file says of the options that made it.
static void learn_from(struct options *with, const char *path)
{
    static const struct {
        const char *ending;
        unsigned format, chart;
    } kinds[] = {{".csv", FORMAT_CSV, 0}, {".json", FORMAT_JSON, 0}, {".html", FORMAT_HTML, 0},
                 {".md", FORMAT_MD, 0},   {".xlsx", FORMAT_XLSX, 0}, {".svg", 0, CHART_SVG},
                 {".png", 0, CHART_PNG},  {".pdf", 0, CHART_PDF}};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (!has_ending(path, kinds[i].ending))
            continue;
        with->formats |= kinds[i].format;
        with->charts |= kinds[i].chart;
        for (int lang = 0; lang < LANG_COUNT; lang++) {
            char ending[16];
            snprintf(ending, sizeof ending, ".%s%s", lang_ids[lang], kinds[i].ending);
            with->langs[lang] = with->langs[lang] || has_ending(path, ending);
        }
    }
}

static void learn_rejects(struct options *with, const char *text)
{
    struct decimal number;
    double big;
    bool percent = has_ending(text, "%");
    struct str digits = {text, strlen(text) - percent};
    if (num_read(digits, '.', (struct str){0}, &number, &big) != NUM_OK)
        return;
    with->max_rejects = decimal_value(number);
    with->max_rejects_percent = percent;
}

static void learn(struct repeat *r, struct options *with, const json_t *root)
{
    size_t i;
    json_t *entry;
    const json_t *options = json_object_get(root, "options");
    r->version = text_in(r, root, "version");
    r->study_sha256 = text_in(r, json_object_get(root, "study"), "sha256");
    with->formats = with->charts = 0;
    memset(with->langs, 0, sizeof with->langs);
    json_array_foreach(json_object_get(root, "outputs"), i, entry)
    {
        vec_push(&r->files, file_in(r, entry));
        learn_from(with, r->files.at[i].path);
    }
    json_array_foreach(json_object_get(root, "inputs"), i, entry)
    {
        vec_push(&r->inputs, file_in(r, entry));
    }
    period_read(str_of(text_in(r, options, "period")), &with->period);
    learn_rejects(with, text_in(r, options, "max_rejects"));
}

static enum status find_study(struct repeat *r, struct options *with, const char *name,
                              struct diags *d)
{
    char *folder = arena_text(&r->arena, r->path), *slash = strrchr(folder, '/');
    if (slash)
        *slash = '\0';
    const char *beside = slash ? arena_print(&r->arena, "%s/../%s", folder, name)
                               : arena_print(&r->arena, "../%s", name);
    if (access(name, R_OK) != 0 && access(beside, R_OK) != 0)
        return diag(d, E0703, place(r), "there is no %s here or beside the output folder", name);
    vec_push(&with->arguments, access(name, R_OK) == 0 ? arena_text(&r->arena, name) : beside);
    return OK;
}

static enum status read_manifest(struct repeat *r, struct options *with, struct diags *d)
{
    struct str bytes;
    json_error_t error;
    TRY(file_read(&r->arena, r->path, MANIFEST_MOST, &bytes, d));
    json_t *root = json_loadb(bytes.ptr, bytes.len, 0, &error);
    enum status status = OK;
    if (!json_is_array(json_object_get(root, "outputs")))
        status = diag(d, E0811, place(r), "is not the manifest.json of a run");
    if (!status)
        learn(r, with, root);
    if (!status && !with->arguments.len)
        status = find_study(r, with, text_in(r, json_object_get(root, "study"), "path"), d);
    json_decref(root);
    return status;
}

enum status repeat_open(struct repeat *r, const struct options *o, struct options *with,
                        struct diags *d)
{
    *with = *o;
    with->arguments.at = NULL;
    with->arguments.len = with->arguments.cap = 0;
    for (size_t i = 0; i < o->arguments.len; i++)
        vec_push(&with->arguments, o->arguments.at[i]);
    if (!o->from && !o->arguments.len) {
        enum status status = diag(d, E0703, (struct where){0}, "'etalon run' needs STUDY");
        diag_help(d, "usage: etalon run STUDY, or etalon run --from MANIFEST");
        return status;
    }
    r->path = o->from;
    return o->from ? read_manifest(r, with, d) : OK;
}

// ---- comparing

static const struct outfile *find_file(const struct outfile *files, size_t count, const char *path)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(files[i].path, path) == 0)
            return &files[i];
    return NULL;
}

static void explain(const struct repeat *r, const struct study *study, const struct ledger *ledger,
                    struct diags *d)
{
    if (strcmp(r->version, program_version) != 0)
        diag(d, E0852, place(r), "it was made by etalon %s, this is %s", r->version,
             program_version);
    if (strcmp(r->study_sha256, study->sha256) != 0)
        diag(d, E0852, place(r), "the study file was another one");
    for (size_t i = 0; i < ledger->files.len; i++) {
        const struct file_count *now = &ledger->files.at[i];
        const struct outfile *then = find_file(r->inputs.at, r->inputs.len, now->name);
        if (!then || strcmp(then->sha256, now->sha256) != 0)
            diag(d, E0852, place(r), "the input %s %s", now->name,
                 then ? "has changed" : "was not there");
    }
    if (ledger->files.len < r->inputs.len)
        diag(d, E0852, place(r), "%zu inputs are not there any more",
             r->inputs.len - ledger->files.len);
}

void repeat_compare(struct repeat *r, const struct outdir *out, const struct study *study,
                    const struct ledger *ledger, struct diags *d)
{
    size_t count = 0;
    if (!r->path)
        return;
    for (size_t i = 0; i < r->files.len; i++) {
        const struct outfile *then = &r->files.at[i],
                             *now = find_file(out->files.at, out->files.len, then->path);
        if ((!now || strcmp(now->sha256, then->sha256) != 0) && count++ < MOST_NAMED)
            diag(d, E0851, place(r), "%s %s", then->path, now ? "differs" : "is not made any more");
    }
    for (size_t i = 0; i < out->files.len; i++) {
        const char *path = out->files.at[i].path;
        if (strcmp(path, "manifest.json") != 0 && !find_file(r->files.at, r->files.len, path) &&
            count++ < MOST_NAMED)
            diag(d, E0851, place(r), "%s was not made then", path);
    }
    if (count > MOST_NAMED)
        diag(d, E0851, place(r), "and %zu files more", count - MOST_NAMED);
    r->differs = count > 0;
    if (r->differs)
        explain(r, study, ledger, d);
}

void repeat_free(struct repeat *r, struct options *with)
{
    vec_free(&with->arguments);
    vec_free(&r->files);
    vec_free(&r->inputs);
    arena_free(&r->arena);
}
