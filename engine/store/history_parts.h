// SPDX-License-Identifier: GPL-3.0-or-later
// Inside engine/store only: what the files of the history share.
#pragma once
#include "engine/store/history.h"

MUST_CHECK enum status history_create(struct history *h, struct diags *d); // when it is not there
// Of everything that a release holds but its state.
MUST_CHECK enum status history_checksum(struct history *h, const struct release *r,
                                        char hex[SHA256_HEX], struct diags *d);
