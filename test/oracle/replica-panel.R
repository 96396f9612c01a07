# The replica's panel of the models' variables (data/replica), from the raw tables, in base R; sourced from the repository's root.
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
