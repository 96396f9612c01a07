# The study's regressions on the replica (data/replica), from the raw tables, in base R and sandwich: what the stages and estimators are held against.
# Run from the repository's root: Rscript test/oracle/replica-study.R
suppressPackageStartupMessages({library(sandwich); library(jsonlite)})

raw <- function(name) read.csv(file.path("data/replica", paste0(name, ".synthetic.csv")))
fill <- function(table) {
  for (v in setdiff(names(table), c("entity", "unit", "year")))
    table[[v]] <- ave(seq_len(nrow(table)), table$entity, FUN = function(i) approx(table$year[i], table[[v]][i], table$year[i])$y)
  table
}
indicators <- fill(raw("indicators")); employment <- fill(raw("employment")); controls <- fill(raw("controls")); mediators <- fill(raw("mediators"))
provinces <- read.csv("data/provinces.csv")

# Min-max, entropy weights pooled over the panel, value version of the index (eqs 11-17).
dimension <- rep(c("amt", "amm", "amw", "gam", "ame"), c(4, 5, 4, 4, 4))
logged <- c("manufacturing_employment", "average_wage", "main_business_profit")
columns <- setdiff(names(indicators), c("entity", "year"))
Y <- sapply(columns, function(v) {
  x <- indicators[[v]]; if (v %in% logged) x <- log(x); if (v == "debt_asset_ratio") x <- -x
  (x - min(x)) / (max(x) - min(x))
})
Q <- apply(Y, 2, function(y) { P <- y / sum(y); 1 + sum(ifelse(P > 0, P * log(P), 0)) / log(length(y)) })
panel <- data.frame(indicators[c("entity", "year")], ami = as.vector(100 * Y %*% (Q / sum(Q))))
for (d in unique(dimension)) { m <- dimension == d; panel[[d]] <- as.vector(100 * Y[, m] %*% (Q[m] / sum(Q[m]))) }

# Location quotients and coagglo (eqs 18-20); EG inside provinces (eqs 21-22).
services <- c("transport_storage_post", "leasing_business", "information_software", "finance", "science_technology")
national <- function(x) ave(x, employment$year, FUN = sum)
S <- rowSums(employment[services])
lq <- function(x) (x / national(x)) / (employment$total / national(employment$total))
M <- lq(employment$manufacturing); S <- lq(S)
panel$coagglo <- 1 - abs(M - S) / (M + S) + abs(M + S)
districts <- raw("employment-by-district")
H <- function(x) sum((x / sum(x))^2) - 1 / length(x)
eg <- sapply(split(districts, list(districts$year, districts$entity)), function(d) {
  i <- d$manufacturing; j <- d$productive_services; w <- sum(i) / sum(i + j); v <- 1 - w
  (H(i + j) - (w^2 * H(i) + v^2 * H(j))) / (1 - (w^2 + v^2))
})
panel$eg <- eg[paste(panel$year, panel$entity, sep = ".")]

panel <- within(panel, {
  pdgp <- log(controls$gdp * 1e8 / (controls$population * 1e4)); fdi <- log1p(controls$fdi_inflow * 1e4); hcl <- log1p(controls$higher_education_graduates)
  gov <- log1p(controls$fiscal_support * 1e8); inv <- log1p(controls$fixed_investment * 1e8); str <- 100 * controls$tertiary_value_added / controls$gdp
  inf <- log(controls$post_telecom_volume * 1e8); uic <- mediators$patents_granted / 1e4
  mi <- (mediators$robots_multifunctional + mediators$robots_other + mediators$robots_ic_handling) / 182.18e6
  icc <- 100 * (mediators$manufacturing_trade + mediators$manufacturing_fdi + mediators$contracted_projects) / controls$gdp
})
panel$L.coagglo <- ave(panel$coagglo, panel$entity, FUN = function(x) c(NA, head(x, -1)))
panel <- merge(panel, raw("innovation-centers"), by = c("entity", "year"), all.x = TRUE)
panel <- merge(panel, provinces[c("entity", "region", "cluster")], by = "entity")
centred <- function(a, b) (panel[[a]] - mean(panel[[a]])) * (panel[[b]] - mean(panel[[b]]))
for (m in c("mi", "icc")) for (x in c("coagglo", "uic")) panel[[paste0(x, "_", m)]] <- centred(x, m)

controlNames <- c("pdgp", "fdi", "hcl", "gov", "inv", "str", "inf")
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
