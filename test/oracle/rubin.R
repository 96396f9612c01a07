# Rubin's rules by mice::pool, on five completed data sets of mice's own nhanes, and of the airquality data; pool.r.squared beside it.
# Run in the repository's root: Rscript test/oracle/rubin.R writes test/oracle/rubin.json.
suppressMessages(library(mice))
library(jsonlite)
case <- function(data, formula, m, seed, dfcom) {
  imp <- mice(data, m = m, seed = seed, printFlag = FALSE)
  fits <- lapply(seq_len(m), function(i) lm(formula, data = complete(imp, i)))
  pooled <- pool(as.mira(fits), dfcom = dfcom)
  s <- summary(pooled, conf.int = TRUE)
  list(
    complete_df = if (is.infinite(dfcom)) NULL else dfcom,
    estimate = lapply(fits, function(f) unname(coef(f))), std_error = lapply(fits, function(f) unname(sqrt(diag(vcov(f))))),
    r_squared = sapply(fits, function(f) summary(f)$r.squared),
    term = as.character(s$term),
    pooled = list(estimate = pooled$pooled$estimate, within = pooled$pooled$ubar, between = pooled$pooled$b, total = pooled$pooled$t, df = pooled$pooled$df,
      relativeIncrease = pooled$pooled$riv, lambda = pooled$pooled$lambda, fractionMissing = pooled$pooled$fmi, stdError = s$std.error),
    statistic = s$statistic, p_value = s$p.value, conf_low = s$`2.5 %`, conf_high = s$`97.5 %`,
    pooled_r_squared = unname(pool.r.squared(as.mira(fits))[1, "est"])
  )
}
out <- list(
  versions = list(R = R.version.string, mice = as.character(packageVersion("mice"))),
  cases = list(
    nhanes = case(nhanes, chl ~ age + bmi, 5, 1, 22),
    airquality = case(airquality, Ozone ~ Solar.R + Wind + Temp, 20, 2, 149),
    normal = case(airquality, Ozone ~ Solar.R + Wind + Temp, 5, 3, Inf)
  )
)
write_json(out, "test/oracle/rubin.json", digits = NA, auto_unbox = TRUE, null = "null")
