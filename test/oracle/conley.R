# Conley's spatial covariance by its formula, within each period, and with Newey-West weights within entities (Hsiang 2010). Sourced by fixed-effects.R.
# V = A [sum_t sum_ij K(d_ij) x_it e_it e_jt x_jt'] A, A = (X'X)^-1, X with all effects taken off, no small-sample factor.
# K uniform: 1 where d <= cutoff; Bartlett: 1 - d/cutoff where d <= cutoff. d: haversine, km, Earth's radius 6371.0088.
# Serial part: + A [sum_i sum_{s != t, |s - t| <= L} (1 - |s - t|/(L + 1)) x_is e_is e_it x_it'] A, years as they are numbered (a gap counts).
haversine <- function(lon, lat) {
  r <- pi / 180; half <- function(v) sin(outer(v, v, `-`) * r / 2)^2
  2 * 6371.0088 * asin(pmin(sqrt(half(lat) + outer(cos(lat * r), cos(lat * r)) * half(lon)), 1))
}
conley <- function(name, d = read_panel(name)) {
  spec <- PANELS[[name]]; factors <- c(spec$entity, spec$year); D <- dummies(d, factors); X <- off(columns(d, spec$x), D); y <- drop(off(column(d, spec$y), D))
  e <- drop(off(y, X)); A <- solve(crossprod(X)); s <- X * e; year <- d[[spec$year]]; id <- d[[spec$entity]]
  km <- haversine(d$longitude, d$latitude)
  same_year <- outer(year, year, `==`); gap <- abs(outer(year, year, `-`)); same_id <- outer(id, id, `==`)
  kernels <- list(uniform = function(c) (km <= c) * 1, bartlett = function(c) pmax(1 - km / c, 0))
  variance <- function(W) { V <- A %*% (t(s) %*% W %*% s) %*% A; list(covariance = plain(V), se = suppressWarnings(se(V)), smallest_eigenvalue = min(eigen(V, symmetric = TRUE)$values)) }
  serial <- function(L) (same_id & gap > 0 & gap <= L) * (1 - gap / (L + 1))
  cases <- list()
  for (kernel in names(kernels)) for (cutoff in c(500, 1000)) {
    W <- kernels[[kernel]](cutoff)
    cases[[length(cases) + 1]] <- c(list(kernel = kernel, cutoff = cutoff, lag = 0, periods = "within"), variance(W * same_year))
    for (L in c(2, 5)) cases[[length(cases) + 1]] <- c(list(kernel = kernel, cutoff = cutoff, lag = L, periods = "within"), variance(W * same_year + serial(L)))
    cases[[length(cases) + 1]] <- c(list(kernel = kernel, cutoff = cutoff, lag = 0, periods = "pooled"), variance(W))
  }
  one <- d[!duplicated(id), ]; pairs <- haversine(one$longitude, one$latitude); p <- pairs[upper.tri(pairs)]
  list(file = paste0("data/", name, ".csv"), pooled = "pairs of all periods, as fixest does without a unit and a time; its factor (n - 1)/(n - K) left out",
    pairs_within = list("500" = sum(p <= 500), "1000" = sum(p <= 1000)), nearest_km_to_a_cutoff = min(abs(p - 500), abs(p - 1000)), cases = cases)
}
