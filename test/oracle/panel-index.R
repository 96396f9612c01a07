# Entropy weights, composite index, location quotients and Ellison-Glaeser index of a small panel, computed apart from the project's code.
# Rscript test/oracle/panel-index.R writes test/oracle/panel-index.json.
library(jsonlite)
set.seed(20241)
entities <- c("a", "b", "c", "d", "e")
years <- 2003:2008
d <- expand.grid(year = years, entity = entities)[, c("entity", "year")]
n <- nrow(d)
d$share <- round(runif(n, 5, 60), 3)
d$wage <- round(exp(rnorm(n, 10, .5)), 1)
d$debt <- round(runif(n, 30, 70), 3)
d$waste <- round(rbeta(n, 5, 1) * 100, 3)
d$manufacturing <- round(exp(rnorm(n, 4, 1)), 2)
d$transport <- round(exp(rnorm(n, 2, 1)), 2)
d$finance <- round(exp(rnorm(n, 1, 1)), 2)
d$total <- round((d$manufacturing + d$transport + d$finance) * runif(n, 1.5, 4), 2)

up <- function(x) (x - min(x)) / diff(range(x))
down <- function(x) (max(x) - x) / diff(range(x))
y <- data.frame(share = up(d$share), wage = up(log(d$wage)), debt = down(d$debt), waste = up(d$waste))
dimension <- c(share = "tech", wage = "tech", debt = "green", waste = "green")

measures <- function(z, shift) {
  z <- as.matrix(z) + shift
  p <- sweep(z, 2, colSums(z), "/")
  e <- -colSums(ifelse(p == 0, 0, p * log(p))) / log(nrow(z))
  q <- 1 - e
  w <- q / sum(q)
  list(entropy = e, redundancy = q, weight = w, individual_weight = q / ave(q, dimension, FUN = sum))
}
frame <- function(m, scope) data.frame(indicator = names(y), scope = scope, as.data.frame(m), row.names = NULL)
scoped <- function(key, shift = 0) {
  parts <- lapply(split(y, key), measures, shift = shift)
  rows <- Map(frame, parts, names(parts))
  mean_of <- function(what) Reduce(`+`, lapply(parts, `[[`, what)) / length(parts)
  whats <- c("entropy", "redundancy", "weight", "individual_weight")
  rbind(do.call(rbind, unname(rows)), frame(setNames(lapply(whats, mean_of), whats), "mean"))
}
pooled <- measures(y, 0)
Y <- as.matrix(y)
P <- sweep(Y, 2, colSums(Y), "/")
score <- function(M, w, factor, columns = names(y)) as.numeric(factor * M[, columns, drop = FALSE] %*% w[columns])
tech <- names(dimension)[dimension == "tech"]
by_year_weights <- do.call(rbind, lapply(split(y, d$year), function(z) measures(z, 0)$weight))
Py <- Y
for (t in unique(d$year)) Py[d$year == t, ] <- sweep(Y[d$year == t, ], 2, colSums(Y[d$year == t, ]), "/")
Wy <- by_year_weights[as.character(d$year), ]

services <- d$transport + d$finance
lq <- function(x) (x / ave(x, d$year, FUN = sum)) / (d$total / ave(d$total, d$year, FUN = sum))
m <- lq(d$manufacturing)
s <- lq(services)

H <- function(x) sum((x / sum(x))^2) - 1 / length(x)
eg <- function(i, j) {
  w <- sum(i) / sum(i + j)
  v <- sum(j) / sum(i + j)
  (H(i + j) - (w^2 * H(i) + v^2 * H(j))) / (1 - (w^2 + v^2))
}
# for the Ellison-Glaeser index the entities stand as units of one entity, year by year
egs <- sapply(split(seq_len(n), d$year), function(i) eg(d$manufacturing[i], services[i]))

gap <- c(NA, 3, NA, NA, 9, NA)
at <- c(2003, 2004, 2006, 2007, 2010, 2011)
out <- list(
  versions = list(R = R.version.string, jsonlite = as.character(packageVersion("jsonlite"))),
  panel = as.list(transform(d, entity = as.character(entity))),
  normalized = as.list(y),
  by_year_normalized = as.list(data.frame(share = ave(d$share, d$year, FUN = up), debt = ave(d$debt, d$year, FUN = down))),
  pooled = frame(pooled, "pooled"),
  shifted = frame(measures(y, 1e-4), "pooled"),
  by_year = scoped(d$year),
  by_entity = scoped(d$entity),
  index = list(
    value = score(Y, pooled$weight, 100), share = score(P, pooled$weight, 1000),
    tech = score(Y, pooled$individual_weight, 100, tech), tech_share = score(P, pooled$individual_weight, 1000, tech),
    by_year_value = as.numeric(100 * rowSums(Wy * Y)), by_year_share = as.numeric(1000 * rowSums(Wy * Py))
  ),
  coagglo = list(lq_manufacturing = m, lq_services = s, coagglo = 1 - abs(m - s) / (m + s) + abs(m + s)),
  eg = as.numeric(egs),
  interpolation = list(year = at, x = gap, interior = approx(at, gap, at)$y, nearest = approx(at, gap, at, rule = 2)$y)
)
write_json(out, "test/oracle/panel-index.json", digits = NA, auto_unbox = TRUE, na = "null", pretty = FALSE)
