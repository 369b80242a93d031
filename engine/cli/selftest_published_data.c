// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/cli/selftest.h"
const struct selftest_list selftest_published = {0};
