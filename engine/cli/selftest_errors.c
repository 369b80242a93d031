// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/cli/selftest.h"
enum status selftest_errors(struct selftest *t)
{
    (void)t;
    return OK;
}
