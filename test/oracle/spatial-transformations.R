# The transformations of a panel stacked by year that the spatial panel oracles share: within projections, orthonormal complements, and the form in which a likelihood takes its data. Sourced after spatial-likelihoods.R.
haversine <- function(lon, lat) { r <- pi / 180; half <- function(v) sin(outer(v, v, "-") * r / 2)^2; 2 * 6371.0088 * asin(sqrt(half(lat) + outer(cos(lat * r), cos(lat * r)) * half(lon))) }
complement <- function(n) { C <- contr.helmert(n); sweep(C, 2, sqrt(colSums(C^2)), "/") }
projections <- function(N, T) {
  id <- rep(1:N, T); year <- rep(1:T, each = N); means <- function(A, g) { A <- as.matrix(A); m <- rowsum(A, g) / as.vector(table(g)); m[g, , drop = FALSE] }
  keep <- function(A) { A <- as.matrix(A); A }
  individual <- function(A) { A <- keep(A); R <- A - means(A, id); dimnames(R) <- dimnames(A); R }; time <- function(A) { A <- keep(A); R <- A - means(A, year); dimnames(R) <- dimnames(A); R }
  list(pooled = keep, individual = individual, time = time, twoways = function(A) time(individual(A)))
}
# Rows of a stacked panel transformed by FT' (years) and FN' (entities), NULL for none.
transform_rows <- function(A, N, T, FN, FT) { A <- as.matrix(A); out <- apply(A, 2, function(v) { M <- matrix(v, N, T); if (!is.null(FN)) M <- t(FN) %*% M; if (!is.null(FT)) M <- M %*% FT; as.vector(M) }); dim(out) <- c(length(out) / ncol(A), ncol(A)); colnames(out) <- colnames(A); out }
# Data of the likelihood: y, Wy, WWy, X (with WX when durbin), WX of every column; `change` is applied before lagging (demean, then lag) or after (lag, then demean).
panel_form <- function(p, durbin, before = identity, after = identity, constant = FALSE) {
  lag <- function(A) apply_blocks(p$W, A); y <- before(as.matrix(p$y)); X <- before(p$X); L <- lag(X); colnames(L) <- paste0("lag.", colnames(X)); Z <- if (durbin) cbind(X, L) else X; if (constant) Z <- cbind("(Intercept)" = 1, Z)
  list(y = after(y), Wy = after(lag(y)), WWy = after(lag(lag(y))), X = after(Z), WX = after(lag(Z)))
}
# name: none_pooled, none_individual, none_time, none_twoways, none_time_demeaned, none_twoways_demeaned, lee_yu_individual, lee_yu_time, lee_yu_twoways.
form <- function(p, name, spectrum = eigen(p$W, only.values = TRUE)$values) {
  N <- p$N; T <- p$T; q <- projections(N, T); W <- p$W; full <- operator(W, spectrum); parts <- strsplit(sub("lee_yu", "leeyu", name), "_")[[1]]; effects <- parts[2]; demeaned <- length(parts) == 3
  within <- if (effects %in% c("individual", "twoways") && !demeaned) list(data = function(p, durbin) panel_form(p, durbin, after = q[[effects]]))
  if (parts[1] == "none") {
    pr <- q[[effects]]; c(list(name = name, op = full, a = T, n = N * T, D = function(r) full$G(r), within = within, project = if (demeaned) identity else pr),
      data = if (demeaned) function(p, durbin) panel_form(p, durbin, before = pr) else function(p, durbin) panel_form(p, durbin, after = pr, constant = effects == "pooled"))
  } else {
    FN <- if (effects %in% c("time", "twoways")) complement(N); FT <- if (effects %in% c("individual", "twoways")) complement(T); a <- if (is.null(FT)) T else T - 1; m <- if (is.null(FN)) N else N - 1
    if (!is.null(FN)) stopifnot(max(abs(rowSums(W) - 1)) < 1e-12)
    Ws <- if (is.null(FN)) W else t(FN) %*% W %*% FN; op <- if (is.null(FN)) full else operator(Ws)
    tr <- function(A) transform_rows(A, N, T, FN, FT)
    list(name = name, op = op, a = a, n = m * a, within = within, D = function(r) if (is.null(FN)) full$G(r) else FN %*% op$G(r) %*% t(FN), project = identity,
      data = function(p, durbin) { d <- panel_form(p, durbin, after = tr); stopifnot(max(abs(d$Wy - apply_blocks(Ws, d$y))) < 1e-8); d })
  }
}
