// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/respondents.h"

const struct family cmt_family = {
    .label = LABEL("cmt", "Common Measurements Tool", "Outil de mesures communes")};
