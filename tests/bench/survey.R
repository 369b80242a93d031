# SPDX-License-Identifier: GPL-3.0-or-later
# The peer: means and standard errors of twenty questions by region and in all, by R's package survey.
# Usage: Rscript survey.R survey.csv means.csv
suppressPackageStartupMessages(library(survey))
files <- commandArgs(trailingOnly = TRUE)
data <- read.csv(files[1])
items <- grep("^q", names(data), value = TRUE)
data[items][data[items] == 8] <- NA
design <- svydesign(
  ids = ~office, strata = ~stratum, fpc = ~n_offices, weights = ~weight, data = data, nest = TRUE
)
lines <- character()
for (item in items) {
  f <- reformulate(item)
  by <- svyby(f, ~region, design, svymean, na.rm = TRUE)
  all <- svymean(f, design, na.rm = TRUE)
  lines <- c(lines, sprintf("%s,%s,%.17g,%.17g", c(as.character(by$region), "ALL"), item,
                            c(coef(by), coef(all)), c(SE(by), SE(all))))
}
writeLines(c("region,item,mean,se", sort(lines)), files[2])
