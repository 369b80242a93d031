// SPDX-License-Identifier: GPL-3.0-or-later
// etalon list: what there is, printed from the tables that the program works with.
#include "engine/cli/options.h"

#include "engine/base/json.h"
#include "metrics/family.h"
#include "metrics/tables.h"
#include "plots/chart.h"

static void key_texts(struct json *j, const char *key, struct text text)
{
    json_key(j, key);
    json_open(j, '{', true);
    for (int i = 0; i < LANG_COUNT; i++)
        json_key_text(j, lang_ids[i], text.in[i]);
    json_close(j, '}');
}

static void indicator_json(struct json *j, const struct family *f, const struct indicator *row)
{
    static const char *const directions[] = {"lower", "neither", "higher"};
    json_open(j, '{', false);
    json_key_text(j, "id", row->label.id);
    json_key_text(j, "family", f->label.id);
    key_texts(j, "label", row->label.text);
    key_texts(j, "definition", row->definition);
    json_key_text(j, "formula", row->formula);
    json_key_text(j, "base", row->base);
    json_key_text(j, "unit", unit_table[row->unit].id);
    json_key_text(j, "better", directions[row->direction + 1]);
    json_key_text(j, "inputs", row->inputs);
    json_key_text(j, "serves", row->serves);
    json_key_text(j, "source", row->source);
    json_close(j, '}');
}

static void indicators(bool as_json)
{
    struct buf out = {0};
    struct json j;
    json_start(&j, &out);
    json_open(&j, '[', false);
    for (size_t f = 0; f < family_count; f++) {
        if (!as_json)
            buf_print(&out, "%s%s\n", f ? "\n" : "", families[f]->label.text.in[LANG_EN]);
        for (size_t i = 0; i < families[f]->count; i++) {
            const struct indicator *row = &families[f]->rows[i];
            if (as_json)
                indicator_json(&j, families[f], row);
            else
                buf_print(&out, "  %-28s %s | %s\n  %-28s %s\n", row->label.id,
                          row->label.text.in[LANG_EN], row->label.text.in[LANG_FR], "",
                          row->source);
        }
    }
    json_close(&j, ']');
    fputs(as_json ? out.ptr : strchr(out.ptr, 'S') ? out.ptr : "", stdout);
    buf_free(&out);
}
