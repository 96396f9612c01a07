# Weightings and aggregations of the five indicators of the US states (Munnell's data), computed apart from the project's code: prcomp, varimax, eigen, sd and
# cor of base R; CRITIC, TOPSIS, grey relational grades and the analytic hierarchy process written out. Run in the repository's root:
# Rscript test/oracle/index-weightings.R writes test/oracle/index-weightings.json.
library(jsonlite)
d <- read.csv("examples/us-states/data/produc.csv")
up <- function(x) (x - min(x)) / diff(range(x))
Y <- cbind(hwy = up(d$hwy / d$emp), water = up(d$water / d$emp), util = up(d$util / d$emp), pc = up(d$pc / d$emp), unemp = up(-d$unemp))
unit <- function(x) unname(x / sum(x))

critic <- function(Y) unit(apply(Y, 2, sd) * colSums(1 - cor(Y)))
first <- function(Y) unit(prcomp(Y, scale. = TRUE)$rotation[, 1]^2)
kaiser <- function(Y) {
  e <- eigen(cor(Y), symmetric = TRUE)
  k <- sum(e$values > 1)
  L <- e$vectors[, 1:k, drop = FALSE] %*% diag(sqrt(e$values[1:k]), k)
  # a negative eps: all 1000 iterations, so that the angle is at rounding error
  R <- if (k > 1) unclass(varimax(L, eps = -2)$loadings) else L
  explained <- colSums(R^2)
  own <- apply(R^2, 1, which.max)
  scaled <- sweep(R^2, 2, explained, "/")
  list(components = k, weights = unit(scaled[cbind(seq_along(own), own)] * (explained / sum(explained))[own]))
}
ahp <- function(A, RI) {
  e <- eigen(A)
  lambda <- Re(e$values[1])
  ci <- (lambda - nrow(A)) / (nrow(A) - 1)
  list(matrix = A, weights = unit(abs(Re(e$vectors[, 1]))), eigenvalue = lambda, index = ci, ratio = ci / RI)
}
A <- diag(5)
A[upper.tri(A)] <- c(3, 2, 1 / 2, 1 / 4, 1 / 5, 1 / 3, 2, 5, 4, 3)
A[lower.tri(A)] <- t(1 / A)[lower.tri(A)]

w <- critic(Y)
V <- sweep(Y, 2, w, "*")
toward <- function(V, ideal) sqrt(rowSums(sweep(V, 2, ideal)^2))
minus <- toward(V, apply(V, 2, min))
topsis <- minus / (minus + toward(V, apply(V, 2, max)))
D <- abs(sweep(Y, 2, apply(Y, 2, max)))
xi <- (min(D) + .5 * max(D)) / (D + .5 * max(D))
by_year <- split(seq_len(nrow(d)), d$year)
out <- list(
  versions = list(R = R.version.string, jsonlite = as.character(packageVersion("jsonlite"))),
  normalized = as.list(as.data.frame(Y)),
  standard_deviation = unit(apply(Y, 2, sd)), critic = w, first = first(Y), kaiser = kaiser(Y), ahp = ahp(A, 1.12),
  critic_by_year = lapply(by_year, function(i) critic(Y[i, ])), first_by_year = lapply(by_year, function(i) first(Y[i, ])),
  kaiser_by_year = lapply(by_year, function(i) kaiser(Y[i, ])$weights),
  geometric = 100 * apply(sweep((Y + .01) / 1.01, 2, w, "^"), 1, prod), topsis = 100 * topsis, grey = as.numeric(100 * xi %*% w)
)
write_json(out, "test/oracle/index-weightings.json", digits = NA, auto_unbox = TRUE, pretty = FALSE)
