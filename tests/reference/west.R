# SPDX-License-Identifier: GPL-3.0-or-later
# Expected values for tests/test_reference.c, from the survey of the bundled study, by R's package
# survey. From the project's root: Rscript tests/reference/west.R
suppressPackageStartupMessages(library(survey))
options(survey.lonely.psu = "fail", digits = 17)

regions <- c("MB", "SK", "AB", "BC")
files <- sort(Sys.glob("datasets/west/survey-*.csv"))
rows <- do.call(rbind, lapply(files, read.csv, colClasses = "character", encoding = "UTF-8"))

answer <- function(column, missing) {
  text <- rows[[column]]
  suppressWarnings(as.numeric(ifelse(text %in% missing, NA, text)))
}
codes <- c("", "7", "8", "9", "S")
year <- as.integer(substr(rows$interviewed_on, 1, 4))
month <- as.integer(substr(rows$interviewed_on, 6, 7))
first <- ifelse(month >= 4, year, year - 1)
data <- data.frame(
  region = rows$region, stratum = rows$stratum, office = rows$office,
  n_offices = as.numeric(rows$n_offices), weight = as.numeric(rows$weight),
  year = sprintf("%d-%02d", first, (first + 1) %% 100),
  overall = answer("overall", codes), timeliness = answer("timeliness", codes),
  got_needed = answer("got_needed", codes), wait_min = answer("wait_min", c("", "S")),
  contacts_needed = answer("contacts_needed", c("", "S"))
)
data$quarter <- sprintf("%s Q%d", data$year, (month - 4) %% 12 %/% 3 + 1)
design <- svydesign(
  ids = ~office, strata = ~stratum, fpc = ~n_offices, weights = ~weight, data = data, nest = TRUE
)

quarters <- sort(unique(data$quarter))
periods <- c(quarters, sort(unique(data$year)), "all")
inside <- function(region, period) {
  (region == "ALL" | data$region == region) &
    (period == "all" | data$quarter == period | data$year == period)
}
number <- function(x) ifelse(is.na(x), "", sprintf("%.17g", x))

# ---- estimates

found <- list()
put <- function(indicator, item, region, period, by, level, value, se, low, high, df) {
  found[[length(found) + 1]] <<- paste(
    indicator, item, region, period, by, level, number(value), number(se), number(low),
    number(high), number(df), sep = ","
  )
}
valid <- function(item, region, period) {
  design[inside(region, period) & !is.na(data[[item]]), ]
}
put_mean <- function(item, region, period) {
  part <- valid(item, region, period)
  m <- svymean(reformulate(item), part)
  t <- qt(0.975, degf(part))
  put("survey.mean", item, region, period, "", "", coef(m), SE(m), coef(m) - t * SE(m),
      coef(m) + t * SE(m), degf(part))
}
put_total <- function(item, region, period) {
  part <- valid(item, region, period)
  m <- svytotal(reformulate(item), part)
  put("survey.total", item, region, period, "", "", coef(m), SE(m), NA, NA, degf(part))
}
put_sd <- function(item, region, period) {
  v <- svyvar(reformulate(item), valid(item, region, period))
  s <- sqrt(c(coef(v)))
  put("survey.sd", item, region, period, "", "", s, c(SE(v)) / (2 * s), NA, NA, NA)
}
put_share <- function(item, code, level, region, period) {
  part <- valid(item, region, period)
  if (length(unique(part$variables[[item]] == code)) < 2) return()
  m <- svymean(as.formula(sprintf("~as.numeric(%s == %d)", item, code)), part)
  p <- c(coef(m))
  se <- c(SE(m))
  t <- qt(0.975, degf(part))
  limits <- plogis(qlogis(p) + c(-1, 1) * t * se / (p * (1 - p)))
  put("survey.share", item, region, period, "answer", level, 100 * p, 100 * se, 100 * limits[1],
      100 * limits[2], degf(part))
}
put_ratio <- function(region, period) {
  both <- inside(region, period) & !is.na(data$wait_min) & !is.na(data$contacts_needed)
  part <- design[both, ]
  r <- svyratio(~wait_min, ~contacts_needed, part)
  put("survey.ratio", "wait_per_contact", region, period, "", "", coef(r), SE(r), NA, NA,
      degf(part))
}
# Left inverse of the weighted distribution; Woodruff's limits from the share at or below it, whose
# error is the design's. Weights have two places: sums of hundredths are exact.
put_quantile <- function(item, name, p, region, period) {
  part <- valid(item, region, period)
  y <- part$variables[[item]]
  w <- round(100 * weights(part))
  upto <- tapply(w, y, sum)
  x <- as.numeric(names(upto))
  upto <- cumsum(upto) / sum(w)
  q <- x[which(upto >= p)[1]]
  part$variables$below <- as.numeric(y <= q)
  m <- svymean(~below, part)
  t <- qt(0.975, degf(part))
  limits <- c(coef(m)) + c(-1, 1) * t * c(SE(m))
  if (limits[1] < 0 || limits[2] > 1) return()
  # a limit that is a tie up to rounding is left out
  if (any(abs(outer(limits, c(upto, p), "-")) < 1e-12)) return()
  at <- c(x[which(upto >= limits[1])[1]], x[which(upto >= limits[2])[1]])
  put(name, item, region, period, "", "", q, diff(at) / (2 * t), at[1], at[2], degf(part))
}
for (period in periods) for (region in c(regions, "ALL")) {
  for (item in c("overall", "timeliness", "wait_min")) put_mean(item, region, period)
  put_share("got_needed", 1, "yes", region, period)
  put_share("overall", 5, "5", region, period)
  put_share("timeliness", 1, "1", region, period)
  put_total("contacts_needed", region, period)
  put_sd("wait_min", region, period)
  put_ratio(region, period)
  put_quantile("wait_min", "survey.median", 0.5, region, period)
  put_quantile("wait_min", "survey.p90", 0.9, region, period)
}
head <- "indicator,item,region,period,by,level,value,se,ci_low,ci_high,df"
writeLines(c(head, unlist(found)), "tests/reference/indicators.csv")

# ---- differences, always with the covariance

found <- list()
# Mean of an item in two sets of rows: R's delta method on four totals of one design.
difference <- function(item, a, b) {
  ok <- !is.na(data[[item]])
  y <- ifelse(ok, data[[item]], 0)
  with <- update(design, ya = y * a, na = 1 * (ok & a), yb = y * b, nb = 1 * (ok & b))
  d <- svycontrast(svytotal(~ ya + na + yb + nb, with), quote(ya / na - yb / nb))
  df <- degf(design[ok & (a | b), ])
  list(value = c(coef(d)), se = c(SE(d)), df = df, p = 2 * pt(-abs(c(coef(d) / SE(d))), df))
}
put_family <- function(list, keys) {
  adjusted <- p.adjust(sapply(list, `[[`, "p"), "holm")
  # no error, nothing to test: the program writes no row
  for (i in seq_along(list)) if (list[[i]]$se > 1e-9) with(list[[i]], {
    found[[length(found) + 1]] <<- paste(
      keys[i], number(value), number(se), number(df), number(p), number(adjusted[i]), sep = ","
    )
  })
}
for (item in c("overall", "wait_min")) {
  for (period in tail(periods, 7)) {
    pairs <- combn(regions, 2)
    put_family(
      apply(pairs, 2, function(k) difference(item, inside(k[1], period), inside(k[2], period)),
            simplify = FALSE),
      sprintf("survey.mean,%s,,%s,,,region,%s,%s", item, period, pairs[1, ], pairs[2, ])
    )
    put_family(
      lapply(regions, function(r) {
        difference(item, inside(r, period), inside("ALL", period) & data$region != r)
      }),
      sprintf("survey.mean,%s,,%s,,,rest,%s,rest", item, period, regions)
    )
  }
  for (i in 2:length(quarters)) for (kind in c("previous", "year_ago")) {
    j <- i - ifelse(kind == "previous", 1, 4)
    if (j < 1) next
    for (group in list(regions, "ALL")) {
      put_family(
        lapply(group, function(r) difference(item, inside(r, quarters[i]), inside(r, quarters[j]))),
        sprintf("survey.mean,%s,%s,%s,,,%s,%s,%s", item, group, quarters[i], kind, quarters[i],
                quarters[j])
      )
    }
  }
}
head <- "indicator,item,region,period,by,level,kind,a,b,difference,se,df,p,p_adjusted"
writeLines(c(head, unlist(found)), "tests/reference/comparisons.csv")

# ---- Rao and Scott, second order, and the Wald test of equal means

found <- list()
for (period in periods) {
  for (item in c("got_needed", "overall", "timeliness")) {
    part <- valid(item, "ALL", period)
    test <- svychisq(as.formula(sprintf("~%s + region", item)), part, statistic = "F")
    found[[length(found) + 1]] <- paste(
      "rao_scott", item, "ALL", period, "region", number(test$statistic), number(test$parameter[1]),
      number(test$parameter[2]), number(test$p.value), sep = ","
    )
  }
  part <- valid("wait_min", "ALL", period)
  model <- svyglm(wait_min ~ region, part)
  b <- coef(model)[-1]
  q <- sum(b * solve(vcov(model)[-1, -1], b))
  d <- degf(part)
  k <- length(b)
  f <- (d - k + 1) / (k * d) * q
  found[[length(found) + 1]] <- paste(
    "wald", "wait_min", "ALL", period, "region", number(f), number(k), number(d - k + 1),
    number(pf(f, k, d - k + 1, lower.tail = FALSE)), sep = ","
  )
}
head <- "test,item,region,period,by,statistic,df1,df2,p"
writeLines(c(head, unlist(found)), "tests/reference/tests.csv")
