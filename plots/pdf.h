// SPDX-License-Identifier: GPL-3.0-or-later
// A PDF of cairo gets a title and a language, which gnuplot cannot give it and readers who listen
// need (PDF/UA; WCAG PDF16 and PDF18).
#pragma once
#include "engine/base/str.h"

// Appends an update to `pdf` (ISO 32000-1, 7.5.6): its information with the title, its catalogue
// with the language (a tag such as fr-CA). Nothing of what stands there changes. False, and nothing
// appended, when the file is not built as cairo 1.16 builds it.
bool pdf_describe(struct buf *pdf, struct str title, const char *lang);
