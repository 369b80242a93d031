// SPDX-License-Identifier: GPL-3.0-or-later
// `etalon run --from MANIFEST`: a run is repeated with the options that its manifest and its files
// tell, and compared with it byte for byte.
#pragma once
#include "engine/base/outdir.h"
#include "engine/cli/options.h"
#include "engine/ingest/reader.h"

struct repeat {
    struct arena arena;
    const char *path; // of the manifest; NULL: nothing is repeated
    const char *version, *study_sha256;
    VEC(struct outfile) files, inputs; // as the manifest lists them
    bool differs;
};

// Reads the manifest and makes `with` out of `o`: period, rejects allowed, languages, formats and
// charts of the run, and its study where `o` names none: beside the working folder, else beside the
// output folder. E0201, E0811, E0703.
MUST_CHECK enum status repeat_open(struct repeat *r, const struct options *o, struct options *with,
                                   struct diags *d);
// Says which files differ (E0851), and what else does that explains it (E0852).
void repeat_compare(struct repeat *r, const struct outdir *out, const struct study *study,
                    const struct ledger *ledger, struct diags *d);
void repeat_free(struct repeat *r, struct options *with);
