# Swamy-Arora random effects, one-way (with year dummies, and without) and two-way, and tests against fixed effects, by plm and by formulas with the whole n x n
# covariance of the errors. Writes random-effects.json. Rscript test/oracle/random-effects.R
source(file.path(dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE))), "panel-oracle.R"))
safely <- function(expr) tryCatch(suppressWarnings(expr), error = function(e) list(refused = conditionMessage(e)))
design <- function(d, spec, dummies) {
  id <- match(d[[spec$entity]], sort(unique(d[[spec$entity]]))); yr <- match(d[[spec$year]], sort(unique(d[[spec$year]])))
  X <- columns(d, spec$x); D <- if (dummies) model.matrix(~ factor(yr))[, -1] else NULL
  list(y = column(d, spec$y), X = X, Z = cbind(X, D), id = id, yr = yr, n = nrow(d), N = max(id), T = max(yr), x = spec$x)
}
means <- function(A, g) apply(as.matrix(A), 2, function(v) ave(v, g))
firsts <- function(g) !duplicated(g)
between <- function(q, g, weights = NULL) {
  A <- cbind(1, means(q$Z, g)); y <- ave(q$y, g)
  f <- if (is.null(weights)) lm.fit(A[firsts(g), ], y[firsts(g)]) else lm.fit(A, y)
  list(ssr = sum(f$residuals^2), df = max(g) - f$rank, A = A[, !is.na(f$coefficients), drop = FALSE])
}
# Components. `stata`: xtreg, re: unweighted between regression and the harmonic mean of T_i. `baltagi_chang`: Swamy-Arora's quadratic forms for unbalanced panels
# (Baltagi and Chang 1994; xtreg, re sa; plm): between regression of the rows' means, s2_u = (SSR - (N - K) s2)/(n - tr (A'A)^-1 A'ZZ'A). In the two-way model the
# year effects are in the entities' means too where the panel is unbalanced, and the other way round: two equations, SSR_g = df_g s2 + s2_u |R_g Z_u|^2 + s2_v |R_g Z_v|^2 with
# R_g the residual maker of the between regression after averaging over g (as plm).
component <- function(q, g, s2, how) {
  size <- as.numeric(table(g)); b <- between(q, g, if (how == "baltagi_chang") TRUE)
  if (b$df < 1) return(list(refused = paste("no degree of freedom in the between regression:", max(g), "groups")))
  raw <- if (how == "stata") b$ssr / b$df - s2 / (max(g) / sum(1 / size)) else { ZA <- rowsum(b$A, g); (b$ssr - b$df * s2) / (q$n - sum(diag(solve(crossprod(b$A), crossprod(ZA))))) }
  list(value = max(0, raw), truncated = raw < 0, raw = raw)
}
both_components <- function(q, s2) {
  Zu <- outer(q$id, seq_len(q$N), `==`) * 1; Zv <- outer(q$yr, seq_len(q$T), `==`) * 1
  one <- function(g) { b <- between(q, g, TRUE); if (b$df < 1) return(NULL); R <- function(Z) sum(qr.resid(qr(b$A), means(Z, g))^2); c(b$ssr - b$df * s2, R(Zu), R(Zv)) }
  u <- one(q$id); v <- one(q$yr)
  if (is.null(u) || is.null(v)) return(list(refused = "no degree of freedom in a between regression"))
  raw <- solve(rbind(u[2:3], v[2:3]), c(u[1], v[1])); lapply(1:2, function(i) list(value = max(0, raw[i]), truncated = raw[i] < 0, raw = raw[i]))
}
# W with W'W = s2 Omega^-1, so that W y is quasi-demeaned: the inverse symmetric square root for the entities' part of Omega, then that for what the years add to it. It does
# not depend on the order of rows, as a Cholesky factor does; tests that cluster see the difference. Balanced: the usual quasi-demeaning.
inverse_root <- function(A) { e <- eigen(A, symmetric = TRUE); e$vectors %*% (t(e$vectors) / sqrt(e$values)) }
whitener <- function(q, s2, su, sv) {
  W <- inverse_root(diag(q$n) + su / s2 * outer(q$id, q$id, `==`))
  if (sv == 0) W else { M <- sqrt(sv / s2) * W %*% outer(q$yr, seq_len(q$T), `==`); inverse_root(diag(q$n) + tcrossprod(M)) %*% W }
}
gls <- function(q, s2, su, sv) {
  Omega <- diag(q$n) * s2 + su * outer(q$id, q$id, `==`) + sv * outer(q$yr, q$yr, `==`)
  W <- whitener(q, s2, su, sv); stopifnot(max(abs(W %*% Omega %*% t(W) / s2 - diag(q$n))) < 1e-8)
  Q <- W %*% cbind(1, q$Z, q$y); A <- Q[, -ncol(Q)]; colnames(A) <- c("(Intercept)", colnames(q$Z))
  m <- qr(A); b <- qr.coef(m, Q[, ncol(Q)]); e <- qr.resid(m, Q[, ncol(Q)]); s <- sum(e^2) / (q$n - ncol(A))
  fitted <- as.numeric(cbind(1, q$Z) %*% b); B <- chol2inv(qr.R(m)); S <- rowsum(A * e, q$id)
  # The R-squareds of xtreg, re, and the variance clustered by entity with the factor G/(G - 1) (n - 1)/(n - K).
  r2 <- c(cor(q$y - ave(q$y, q$id), fitted - ave(fitted, q$id)), cor(tapply(q$y, q$id, mean), tapply(fitted, q$id, mean)), cor(q$y, fitted))^2
  list(b = b, s2 = s, V = s * B, W = W, r2 = r2, clustered = B %*% crossprod(S) %*% B * q$N / (q$N - 1) * (q$n - 1) / (q$n - ncol(A)))
}
hausman <- function(bf, Vf, s2f, re, k) {
  dd <- bf - re$b[k]; Vr <- re$V[match(k, names(re$b)), match(k, names(re$b))]
  one <- function(dV) { w <- eigen(dV / outer(sqrt(diag(Vf)), sqrt(diag(Vf))), symmetric = TRUE)$values; chi2 <- as.numeric(dd %*% solve(dV, dd))
    list(statistic = chi2, df = length(k), p = if (chi2 > 0) pchisq(chi2, length(k), lower.tail = FALSE), covariance_difference = plain(dV), eigenvalues = vec(eigen(dV, symmetric = TRUE)$values), eigenvalues_scaled = vec(w), positive_definite = min(w) > 0) }
  list(contrast = vec(dd), classical = one(Vf - Vr), sigmamore = one(Vf * re$s2 / s2f - Vr), sigmaless = one(Vf - Vr * s2f / re$s2))
}
# Mundlak: means added to the random effects regression (GLS with the same components), Wald test clustered by entity, factor G/(G - 1) (n - 1)/(n - K), K all columns.
mundlak <- function(q, re, groups) {
  Mx <- do.call(cbind, lapply(groups, function(g) means(if (is.null(attr(g, "all"))) q$X else q$Z, g)))
  W <- re$W %*% cbind(1, q$Z, Mx, q$y); A <- W[, -ncol(W)]
  m <- qr(A, tol = 1e-9); keep <- sort(m$pivot[seq_len(m$rank)]); A <- A[, keep]; fit <- lm.fit(A, W[, ncol(W)]); B <- chol2inv(qr.R(qr(A)))
  S <- rowsum(A * fit$residuals, q$id); K <- ncol(A); V <- B %*% crossprod(S) %*% B * q$N / (q$N - 1) * (q$n - 1) / (q$n - K); j <- which(keep > 1 + ncol(q$Z))
  chi2 <- as.numeric(fit$coefficients[j] %*% solve(V[j, j], fit$coefficients[j]))
  list(coefficients_of_means = vec(fit$coefficients[j]), df = length(j), K = K, chi2 = chi2, F = chi2 / length(j), p_F = pf(chi2 / length(j), length(j), q$N - 1, lower.tail = FALSE), slopes = vec(fit$coefficients[1 + seq_along(q$x)]))
}
case <- function(name, how, d = read_panel(name), kind = "one_way") {
  spec <- PANELS[[name]]; q <- design(d, spec, kind == "one_way"); k <- spec$x; balanced <- q$n == q$N * q$T
  fe <- full_model(d, spec, if (kind == "one_way_no_dummies") spec$entity else c(spec$entity, spec$year)); s2 <- summary(fe)$sigma^2; Vf <- vcov(fe)[k, k, drop = FALSE]
  su <- component(q, q$id, s2, how); sv <- if (kind == "two_way") component(q, q$yr, s2, how) else list(value = 0)
  if (!is.null(su$refused) || !is.null(sv$refused)) return(list(refused = c(su$refused, sv$refused)))
  if (kind == "two_way" && !balanced) { pair <- both_components(q, s2); su <- pair[[1]]; sv <- pair[[2]] }
  re <- gls(q, s2, su$value, sv$value); size <- as.numeric(table(q$id)); slot <- c(k, "(Intercept)")
  at <- match(slot, names(re$b))
  whole <- q$id; attr(whole, "all") <- TRUE
  out <- list(n = q$n, entities = q$N, years = q$T, balanced = balanced, components = how, sigma2 = s2, sigma2_entity = su$value, sigma2_entity_untruncated = su$raw, sigma2_year = sv$value,
    theta_entity = if (balanced) 1 - sqrt(s2 / (s2 + q$T * su$value)) else vec(1 - sqrt(s2 / (s2 + size * su$value))), theta_year = if (kind == "two_way" && balanced) 1 - sqrt(s2 / (s2 + q$N * sv$value)),
    coefficients = vec(re$b[at]), se = se(re$V[at, at]), se_clustered = se(re$clustered[at, at]), sigma2_gls = re$s2, r2_within_between_overall = vec(re$r2), fixed = vec(coef(fe)[k]), fixed_se = se(Vf), hausman = hausman(coef(fe)[k], Vf, s2, re, k),
    mundlak = mundlak(q, re, if (kind == "two_way") list(q$id, q$yr) else list(q$id)))
  if (kind == "two_way") out$sigma2_year_untruncated <- sv$raw
  if (kind == "one_way" && !balanced) out$mundlak_with_dummy_means <- mundlak(q, re, list(whole))
  d$.year <- factor(d[[spec$year]]); p <- pdata.frame(d, index = c(spec$entity, spec$year)); rhs <- if (kind == "one_way") c(k, ".year") else k
  out$plm <- safely({
    r <- plm(as.formula(paste(spec$y, "~", paste(rhs, collapse = "+"))), p, model = "random", random.method = "swar", effect = if (kind == "two_way") "twoways" else "individual")
    w <- plm(as.formula(paste(spec$y, "~", paste(rhs, collapse = "+"))), p, model = "within", effect = if (kind == "two_way") "twoways" else "individual")
    same <- isTRUE(all.equal(unname(coef(r)[slot]), as.numeric(out$coefficients), tolerance = 1e-6)) && isTRUE(all.equal(unname(sqrt(diag(vcov(r))[slot])), as.numeric(out$se), tolerance = 1e-6))
    dd <- coef(w)[k] - coef(r)[k]; signed <- as.numeric(dd %*% solve(vcov(w)[k, k] - vcov(r)[k, k], dd))
    list(coefficients = vec(coef(r)[slot]), se = vec(sqrt(diag(vcov(r))[slot])), se_over_formula = vec(sqrt(diag(vcov(r))[slot]) / out$se), sigma2 = as.list(r$ercomp$sigma2),
      phtest = unname(phtest(w, r)$statistic), statistic_signed = signed, same_as_formula = same)
  })
  Filter(Negate(is.null), out)
}
run <- function(names, cut = FALSE) sapply(names, function(name) {
  d <- read_panel(name); if (cut) d <- d[!hole(d), ]; spec <- PANELS[[name]]
  balanced <- nrow(d) == levels_of(d[[spec$entity]]) * levels_of(d[[spec$year]])
  hows <- if (balanced) "stata" else c("stata", "baltagi_chang") # the two are one where the panel is balanced
  c(list(file = paste0("data/", name, ".csv"), dependent = spec$y, regressors = spec$x, reported = c(spec$x, "constant")),
    sapply(c("one_way", "one_way_no_dummies", "two_way"), function(kind) sapply(if (kind == "two_way" && !balanced) "baltagi_chang" else hows, function(how) case(name, how, d, kind), simplify = FALSE), simplify = FALSE))
}, simplify = FALSE)
results <- list(versions = versions("plm"), definitions = list(one_way = "year dummies in both regressions", one_way_no_dummies = "no year effects in either", two_way = "entities and years random; GLS with the exact covariance, balanced or not",
    stata = "s2_u = max(0, SSR_b/(N - K) - s2/Tbar), unweighted between regression, harmonic mean", baltagi_chang = "s2_u = max(0, (SSR_b - (N - K) s2)/(n - tr)), rows' means (xtreg, re sa; plm); two-way: the two equations solved together (plm)", se = "s2 of the quasi-demeaned regression, SSR/(n - K)",
    hausman = "d'(V_fe - V_re)^-1 d with its sign; sigmamore: V_fe s2_re/s2_fe - V_re; sigmaless: V_fe - V_re s2_fe/s2_re, s2_re that of the quasi-demeaned regression", plm = "unbalanced two-way: plm 2.6-2 has these components and coefficients, but its covariance is this one divided by sigma2_gls (se_over_formula^2 = 1/sigma2_gls), which changes with the unit of y: a fault of plm, and its phtest has it too; never test against these (EmplUK's -0.570, which phtest shows as 0.570, comes of it: it is 68.6)", r2_within_between_overall = "squared correlations, as xtreg, re", se_clustered = "by entity, of the quasi-demeaned regression, factor G/(G - 1) (n - 1)/(n - K)",
    scaled = "eigenvalues of the difference over the outer product of the fixed effects' standard errors"),
  panels = run(c("produc", "grunfeld", "empluk", "cigar", "fatalities")), unbalanced = c(list(left_out = "rows with (7 row + 7) mod 13 = 0, row from 0"), run(c("produc", "cigar", "grunfeld"), TRUE)))
write_oracle(results, "random-effects.json")
