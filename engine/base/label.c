// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/label.h"

#include <string.h>

const char *const lang_ids[LANG_COUNT] = {"en", "fr"};
const char *const lang_tags[LANG_COUNT] = {"en-CA", "fr-CA"};

const char *label_find(const struct label *table, size_t count, const char *id, enum lang lang)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(table[i].id, id) == 0)
            return table[i].text.in[lang];
    return id;
}
