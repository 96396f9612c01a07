# Fixed effects regressions by lm with all dummies, and their covariances under every convention, on the panels of data/.
# Cluster-robust by sandwich, CR2 by clubSandwich, Driscoll-Kraay by plm and by formula, Conley by formula (conley.R). Writes fixed-effects.json.
# Rscript test/oracle/fixed-effects.R
# Every covariance is of the slopes in the order of `regressors`; `covariance` is without a small-sample factor where factors are listed beside it.
source(file.path(dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE))), "panel-oracle.R"))
suppressMessages(library(clubSandwich))
source(file.path(here, "conley.R"))

with_factors <- function(V, G, n, Ks) {
  factors <- lapply(Ks, function(K) list(K = K, factor = G / (G - 1) * (n - 1) / (n - K), se = se(V * (G / (G - 1) * (n - 1) / (n - K)))))
  list(covariance = plain(V), G = G, df = G - 1, se_no_factor = se(V), conventions = factors)
}
clustered <- function(m, d, spec, x, rank, nested_in_year = TRUE) {
  id <- d[[spec$entity]]; year <- d[[spec$year]]; n <- nrow(d); N <- levels_of(id); T <- levels_of(year)
  raw <- function(cluster) vcovCL(m, cluster = cluster, type = "HC0", cadjust = FALSE)[x, x, drop = FALSE]
  Ve <- raw(id); Vt <- raw(year); Vi <- raw(seq_len(n))
  one <- list(cluster_entity = with_factors(Ve, N, n, list(xtreg = rank - (N - 1), areg = rank)))
  if (nested_in_year) {
    one$cluster_year <- with_factors(Vt, T, n, list(nested = rank - (T - 1), all_effects = rank))
    V <- Ve + Vt - Vi; g <- min(N, T); f <- function(G, K) G / (G - 1) * (n - 1) / (n - K)
    own <- function(K) Ve * f(N, K) + Vt * f(T, K) - Vi * f(n, K)
    both <- rank - (N - 1) - (T - 1)
    near(own(rank), vcovCL(m, cluster = data.frame(id, year), type = "HC1", cadjust = TRUE)[x, x])
    cov <- list(min_nested = V * f(g, both), min_all_effects = V * f(g, rank), own_nested = own(both), own_all_effects = own(rank))
    one$cluster_two_way <- list(entity = plain(Ve), year = plain(Vt), intersection = plain(Vi), K_nested = both, K_all_effects = rank, G_entity = N, G_year = T, G_intersection = n, df = g - 1,
      covariance_no_factor = plain(V), smallest_eigenvalue_no_factor = min(eigen(V, symmetric = TRUE)$values),
      conventions = lapply(cov, function(V) list(covariance = plain(V), variances_negative = any(diag(as.matrix(V)) < 0), se = suppressWarnings(se(V)))))
  }
  one
}
driscoll_kraay <- function(X, e, year, lags, n, k, N, T) {
  A <- solve(crossprod(X)); h <- rowsum(X * e, year)
  lapply(lags, function(L) {
    S <- crossprod(h)
    for (l in seq_len(L)) { Gl <- crossprod(h[-seq_len(l), , drop = FALSE], h[seq_len(T - l), , drop = FALSE]); S <- S + (1 - l / (L + 1)) * (Gl + t(Gl)) }
    V <- A %*% S %*% A; f <- function(K) T / (T - 1) * (n - 1) / (n - K)
    list(lag = L, covariance = plain(V), conventions = list(plm_hc0 = list(factor = 1, se = se(V)), plm_sss = list(K = k, factor = f(k), se = se(V * f(k))),
      xtscc = list(K = k + T, factor = f(k + T), se = se(V * f(k + T))), fixest = list(K = k + N, factor = f(k + N), se = se(V * f(k + N)))))
  })
}
cr2_list <- function(object, x, cluster) {
  V <- if (is.null(cluster)) vcovCR(object, type = "CR2") else vcovCR(object, cluster = cluster, type = "CR2")
  t <- coef_test(object, vcov = V, test = "Satterthwaite", coefs = x)
  list(covariance = plain(as.matrix(V)[x, x, drop = FALSE]), se = vec(t$SE), df_satterthwaite = vec(t$df_Satt), p = vec(t$p_Satt))
}
# Small-sample corrected: effects nested in the clusters absorbed, the others as columns; and the regression with all dummies; and (not right) two-way demeaned data.
cr2 <- function(d, spec, m, x, dummies_too, Xt, yt) {
  d$.year <- factor(d[[spec$year]]); p <- pdata.frame(d, index = c(spec$entity, spec$year))
  within <- plm(as.formula(paste(spec$y, "~", paste(c(spec$x, ".year"), collapse = "+"))), p, model = "within", effect = "individual")
  out <- list(entity_absorbed = cr2_list(within, x, "individual"))
  if (dummies_too) { out$all_dummies <- cr2_list(m, x, d[[spec$entity]]); out$agree <- isTRUE(all.equal(out$entity_absorbed, out$all_dummies, tolerance = 1e-6)) }
  colnames(Xt) <- paste0("z", seq_along(x)); flat <- lm(reformulate(c("0", colnames(Xt)), "yt"), data.frame(yt, Xt))
  out$two_way_demeaned_se <- cr2_list(flat, colnames(Xt), d[[spec$entity]])$se
  out
}
goodness <- function(m, d, spec, Xt, yt, factor_xtreg) {
  id <- d[[spec$entity]]; x <- spec$x; y <- column(d, spec$y); X <- columns(d, x); D <- model.matrix(~ factor(d[[spec$year]]))[, -1, drop = FALSE]
  move <- function(v) v - ave(v, id) + mean(v)
  Z <- apply(cbind(X, D), 2, move); yy <- move(y); xt <- lm(yy ~ Z); s2 <- sum(resid(m)^2) / m$df.residual
  year <- c(0, coef(m)[paste0("factor(", spec$year, ")", sort(unique(d[[spec$year]]))[-1])])
  xb <- X %*% coef(m)[x] + year[match(d[[spec$year]], sort(unique(d[[spec$year]])))]
  list(r2_within = summary(xt)$r.squared, r2_within_two_way = 1 - sum(resid(m)^2) / sum(yt^2), r2_overall = cor(xb, y)[1, 1]^2, r2 = summary(m)$r.squared,
    r2_adjusted = summary(m)$adj.r.squared, sigma = summary(m)$sigma, constant = unname(coef(xt)[1]), constant_se_iid = sqrt(s2 * summary(xt)$cov.unscaled[1, 1]),
    constant_se_cluster_xtreg = sqrt(vcovCL(xt, cluster = id, type = "HC0", cadjust = FALSE)[1, 1] * factor_xtreg))
}
head_of <- function(name, spec, d, factors, m, x) list(file = paste0("data/", name, ".csv"), dependent = spec$y, regressors = I(spec$x), entity = spec$entity, year = spec$year, effects = I(factors),
  n = nrow(d), entities = levels_of(d[[spec$entity]]), years = levels_of(d[[spec$year]]), rank = m$rank, df_residual = m$df.residual, coefficients = vec(coef(m)[x]), se_iid = se(vcov(m)[x, x, drop = FALSE]), covariance_iid = plain(vcov(m)[x, x, drop = FALSE]))
heteroskedastic <- function(m, x) sapply(c("HC0", "HC1", "HC2", "HC3"), function(t) { V <- vcovHC(m, type = t)[x, x, drop = FALSE]; list(covariance = plain(V), se = se(V)) }, simplify = FALSE)

two_way <- function(name, d = read_panel(name), dk = TRUE, dummies_too = TRUE) {
  spec <- PANELS[[name]]; x <- spec$x; factors <- c(spec$entity, spec$year)
  m <- full_model(d, spec, factors); D <- dummies(d, factors); Xt <- off(columns(d, x), D); yt <- drop(off(column(d, spec$y), D)); e <- drop(off(yt, Xt))
  near(e, resid(m), 1e-6)
  n <- nrow(d); N <- levels_of(d[[spec$entity]]); T <- levels_of(d[[spec$year]]); stopifnot(m$rank == length(x) + N + T - 1)
  out <- c(head_of(name, spec, d, factors, m, x), heteroskedastic(m, x), clustered(m, d, spec, x, m$rank))
  out$fit <- goodness(m, d, spec, Xt, yt, out$cluster_entity$conventions$xtreg$factor)
  p <- pdata.frame(d, index = factors)
  two <- plm(as.formula(paste(spec$y, "~", paste(x, collapse = "+"))), p, effect = "twoways", model = "within")
  near(coef(two), coef(m)[x], 1e-6); near(vcovHC(two, method = "arellano", type = "HC0"), out$cluster_entity$covariance, 1e-6)
  out$cluster_entity$conventions$plm_hc0 <- list(factor = 1, se = se(vcovHC(two, method = "arellano", type = "HC0")))
  out$cluster_entity$conventions$plm_sss <- list(K = length(x), factor = N / (N - 1) * (n - 1) / (n - length(x)), se = se(vcovHC(two, method = "arellano", type = "sss")))
  near(out$cluster_entity$conventions$plm_sss$se, se(out$cluster_entity$covariance * out$cluster_entity$conventions$plm_sss$factor), 1e-6)
  out$cr2 <- cr2(d, spec, m, x, dummies_too, Xt, yt)
  if (dk) {
    out$driscoll_kraay <- driscoll_kraay(Xt, e, d[[spec$year]], 0:3, n, length(x), N, T)
    for (one in out$driscoll_kraay) { near(vcovSCC(two, type = "HC0", maxlag = one$lag), one$covariance, 1e-6); near(se(vcovSCC(two, type = "sss", maxlag = one$lag)), one$conventions$plm_sss$se, 1e-6) }
  }
  out
}
one_way <- function(name) {
  d <- read_panel(name); spec <- PANELS[[name]]; m <- full_model(d, spec, spec$entity)
  out <- c(head_of(name, spec, d, spec$entity, m, spec$x), heteroskedastic(m, spec$x), clustered(m, d, spec, spec$x, m$rank, FALSE))
  out$r2 <- summary(m)$r.squared; out$sigma <- summary(m)$sigma
  out$cr2 <- cr2_list(m, spec$x, d[[spec$entity]])
  out
}
# Three factors: rank counts every redundancy among the dummies (lm's pivot); the xtreg convention takes the entities' N - 1 off it.
three_way <- function(name, third, text) {
  d <- read_panel(name); spec <- PANELS[[name]]; d$third <- third(d); factors <- c(spec$entity, spec$year, "third"); m <- full_model(d, spec, factors)
  out <- c(head_of(name, spec, d, factors, m, spec$x), list(third = text, third_levels = levels_of(d$third)), heteroskedastic(m, spec$x), clustered(m, d, spec, spec$x, m$rank, FALSE))
  Xt <- off(column(d, spec$y), dummies(d, factors)); out$r2 <- summary(m)$r.squared; out$r2_within_all <- 1 - sum(resid(m)^2) / sum(Xt^2)
  out
}
source(file.path(here, "fixed-effects-samples.R"))
fits <- sapply(names(PANELS), function(name) two_way(name, dk = name != "cigarettes", dummies_too = name != "petersen"), simplify = FALSE)
unbalanced <- sapply(c("produc", "grunfeld", "cigar"), function(name) { d <- read_panel(name); two_way(name, d[!hole(d), ]) }, simplify = FALSE)
results <- list(versions = versions("sandwich", "clubSandwich", "plm"), definitions = DEFINITIONS, two_way = fits,
  unbalanced = c(list(left_out = "rows with (7 row + 7) mod 13 = 0, row from 0"), unbalanced), one_way = sapply(c("produc", "empluk"), one_way, simplify = FALSE),
  three_way = list(fatalities = three_way("fatalities", function(d) round(d$drinkage), "round(drinkage): 18, 19, 20 or 21, half to even"),
    produc = three_way("produc", function(d) paste(d$region, d$year %/% 10), "region and decade: region x floor(year/10)"),
    empluk = three_way("empluk", function(d) paste(d$sector, d$year %/% 3), "sector and three-year period: sector x floor(year/3)")),
  weighted = weighted("produc"), singletons = singletons(), two_way_not_positive = not_positive(),
  conley = conley("produc"), conley_unbalanced = c(list(left_out = "rows with (7 row + 7) mod 13 = 0, row from 0"), conley("produc", { d <- read_panel("produc"); d[!hole(d), ] })))
write_oracle(results, "fixed-effects.json")
