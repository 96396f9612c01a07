# The study's regressions on the replica (data/replica), from the raw tables, in base R and sandwich: what the stages and estimators are held against.
# Run from the repository's root: Rscript test/oracle/replica-study.R
suppressPackageStartupMessages({library(sandwich); library(jsonlite)})

source("test/oracle/replica-panel.R")
fit <- function(y, x, rows = TRUE) {
  data <- panel[rows, ]; data <- data[complete.cases(data[c(y, x)]), ]
  terms <- c(x, controlNames)
  model <- lm(reformulate(c(terms, "factor(entity)", "factor(year)"), y), data)
  n <- nrow(data); K <- length(terms) + length(unique(data$year))
  V <- vcovCL(model, ~entity, type = "HC1") * (n - model$rank) / (n - K)
  list(dependent = y, terms = gsub("_(mi|icc)$", "*\\1", terms), nobs = n, estimate = unname(coef(model)[terms]), std_error = unname(sqrt(diag(V))[terms]))
}
models <- list(
  "4.1" = fit("ami", "coagglo"), "4.2" = fit("coagglo", "L.coagglo"), "4.4" = fit("ami", "eg"), "4.5" = fit("center", "coagglo"),
  "5.1" = fit("amt", "coagglo"), "5.2" = fit("amm", "coagglo"), "5.3" = fit("amw", "coagglo"), "5.4" = fit("gam", "coagglo"), "5.5" = fit("ame", "coagglo"),
  "6.1" = fit("ami", "coagglo", panel$region == "Eastern"), "6.2" = fit("ami", "coagglo", panel$region == "Central"), "6.3" = fit("ami", "coagglo", panel$region == "Western"),
  "6.4" = fit("ami", "coagglo", panel$region == "Northeastern"), "6.5" = fit("ami", "coagglo", panel$cluster == "yes"), "6.6" = fit("ami", "coagglo", panel$cluster == "no"),
  "7.2" = fit("ami", "uic"), "7.3" = fit("uic", "coagglo"), "7.4" = fit("ami", c("coagglo", "uic"))
)
for (table in c("9" = "mi", "10" = "icc")) {
  t <- if (table == "mi") "9" else "10"
  models[[paste0(t, ".1")]] <- fit("ami", c("coagglo", table, paste0("coagglo_", table)))
  models[[paste0(t, ".2")]] <- fit("uic", c("coagglo", table))
  models[[paste0(t, ".3")]] <- fit("uic", c("coagglo", table, paste0("coagglo_", table)))
  models[[paste0(t, ".4")]] <- fit("ami", c("uic", table))
  models[[paste0(t, ".5")]] <- fit("ami", c("uic", table, paste0("uic_", table)))
}
# Just-identified two-stage least squares: the reduced form over the first stage.
reduced <- fit("ami", "L.coagglo")
iv <- reduced$estimate[1] / models[["4.2"]]$estimate[1]

described <- c("ami", unique(dimension), "coagglo", controlNames, "uic")
write_json(list(
  made_with = list(R = R.version.string, sandwich = as.character(packageVersion("sandwich"))),
  weights = as.list(Q / sum(Q)),
  moments = lapply(setNames(described, described), function(v) list(mean = mean(panel[[v]]), sd = sd(panel[[v]]), min = min(panel[[v]]), max = max(panel[[v]]))),
  models = models, iv = iv
), "test/oracle/replica-study.json", digits = NA, auto_unbox = TRUE, pretty = TRUE)
