# Writes spatial-random-effects.json: spatial panels with random entity effects by maximum likelihood, written out here. Run from the repository's root: Rscript test/oracle/spatial-random-effects.R (a minute).
# (I - rho W) y_t = X_t b + u_t; three errors: re (lambda = 0): u_t = mu + e_t; bsk (Baltagi, Song and Koh 2003; splm's "semre"): u_t = mu + (I - lambda W)^-1 e_t; kkp (Kapoor, Kelejian and Prucha 2007; "sem2re"): u_t = (I - lambda W)^-1 (mu + e_t).
#   mu ~ N(0, s2_mu) by entity, e ~ N(0, s2_e). lnL = -(NT/2) ln 2 pi - ln|Omega|/2 + T ln|I - rho W| - u' Omega^-1 u/2, all NT rows.
# cigar and produc, as in spatial-panels.R; by years: `constant` (an intercept) and `dummies` (an intercept and T - 1 year dummies); by model: re, sar, sdm, sem_bsk, sdem_bsk, sac_bsk, sem_kkp, sdem_kkp, sac_kkp:
#   names: (Intercept), x..., lag.x..., [year dummies left out], rho, lambda, s2_mu, s2_e: the order of estimate, se, covariance (rows; cigar only): inverse of the expected information
#     [b (A^-1X) V^-1 ..., and tr(V^-1 V_a V^-1 V_b)/2]; observed_se: inverse of the observed information (derivative of the analytic score by numDeriv). With dummies the (Intercept) is that of the first year.
#   logLik; effects with delta-method se as in spatial-models.json; phi = s2_mu/s2_e
# Estimates: nlminb, then Newton on the analytic score of (rho, lambda, ln phi): good to about 1e-10. Checked here: logLik against the NT x NT normal density (cigar's last six years), and the score against numerical derivatives.
# tests (constant): score tests with the expected information: lambda_given_mu (from re; bsk), lambda_given_mu_kkp, rho_given_mu (from re), mu_given_lambda (from the pooled error model, s2_mu = 0; two-sided): [statistic, 1, p]
# hausman: fixed against random effects, contrast in x..., lag.x..., rho or lambda (sdm, sar, sem_bsk, sem_kkp), individual (none; lee_yu) against constant, twoways (none; lee_yu) against dummies: [statistic, df, p, smallest eigenvalue of the covariance difference scaled to a unit diagonal of the FE's]
#   a negative statistic or eigenvalue: the difference is not positive definite.
# In print: Elhorst (2014), Cigar, SDM with random spatial and fixed time effects: W*sales 0.224, price -1.007, income 0.593, W*price 0.066, W*income -0.271.
source("test/oracle/spatial-oracle.R"); source("test/oracle/spatial-likelihoods.R"); source("test/oracle/spatial-transformations.R")
chi <- function(s, df) vec(c(s, df, pchisq(s, df, lower.tail = FALSE)))
RE <- list(re = list(FALSE, character(0), "re"), sar = list(FALSE, "rho", "re"), sdm = list(TRUE, "rho", "re"), sem_bsk = list(FALSE, "lambda", "bsk"), sdem_bsk = list(TRUE, "lambda", "bsk"), sac_bsk = list(FALSE, c("rho", "lambda"), "bsk"),
  sem_kkp = list(FALSE, "lambda", "kkp"), sdem_kkp = list(TRUE, "lambda", "kkp"), sac_kkp = list(FALSE, c("rho", "lambda"), "kkp"))
# Two kinds of blocks of N rows: the means over time times sqrt(T), once, and T - 1 within blocks. Their covariances (in units of s2_e) and derivatives at (lambda, phi).
blocks <- function(W, T, lambda, phi, kind) {
  N <- nrow(W); I <- diag(N); B <- I - lambda * W; S <- solve(crossprod(B)); dS <- S %*% (t(W) %*% B + t(B) %*% W) %*% S
  list(within = list(V = S, lambda = dS, phi = 0 * I), between = if (kind == "kkp") list(V = (1 + T * phi) * S, lambda = (1 + T * phi) * dS, phi = T * S) else list(V = T * phi * I + S, lambda = dS, phi = T * I))
}
random_effects <- function(p, durbin, parameters, kind, dummies) {
  N <- p$N; T <- p$T; W <- p$W; spectrum <- eigen(W, only.values = TRUE)$values; op <- operator(W, spectrum); C <- cbind(1 / sqrt(T), complement(T)); rotate <- function(A) transform_rows(A, N, T, NULL, C)
  L <- apply_blocks(W, p$X); colnames(L) <- paste0("lag.", colnames(p$X)); X <- cbind("(Intercept)" = 1, p$X, if (durbin) L); keep <- seq_len(ncol(X)); if (dummies) X <- cbind(X, model.matrix(~ factor(rep(1:T, each = N)))[, -1])
  y <- rotate(p$y); Wy <- rotate(apply_blocks(W, p$y)); X0 <- X; X <- rotate(X); k <- ncol(X); b1 <- 1:N; parts <- list(between = list(rows = b1, count = 1), within = list(rows = -b1, count = T - 1))
  get <- function(theta, w) { i <- match(w, parameters); if (is.na(i)) 0 else theta[[i]] }; np <- length(parameters); n <- N * T
  # Omega^-1 times a matrix, in the rotated rows
  solver <- function(bl) { R <- lapply(bl, function(b) chol(b$V)); list(whiten = function(A) { A <- as.matrix(A); out <- A; out[b1, ] <- backsolve(R$between, A[b1, , drop = FALSE], transpose = TRUE); for (s in 2:T) { i <- (s - 1) * N + b1; out[i, ] <- backsolve(R$within, A[i, , drop = FALSE], transpose = TRUE) }; out },
    logdet = 2 * sum(log(diag(R$between))) + 2 * (T - 1) * sum(log(diag(R$within)))) }
  at <- function(theta) { r <- get(theta, "rho"); l <- get(theta, "lambda"); phi <- exp(theta[[np + 1]]); bl <- blocks(W, T, l, phi, kind); s <- solver(bl); Xw <- s$whiten(X); yw <- s$whiten(y - r * Wy); b <- qr.coef(qr(Xw, tol = 1e-13), yw); e <- yw - Xw %*% b; list(r = r, l = l, phi = phi, bl = bl, s = s, b = drop(b), s2 = sum(e^2) / n, u = y - r * Wy - X %*% b) }
  ll_of <- function(r, l, phi, b, s2) { bl <- blocks(W, T, l, phi, kind); s <- solver(bl); u <- y - r * Wy - X %*% b; -n / 2 * log(2 * pi * s2) - s$logdet / 2 + T * op$ld(r) - sum(s$whiten(u)^2) / (2 * s2) }
  ll <- function(theta) { f <- at(theta); ll_of(f$r, f$l, f$phi, f$b, f$s2) }
  # scores with respect to rho, lambda, phi at any (r, l, phi, b, s2)
  quadratic <- function(u, bl, D, which) sum(sapply(names(parts), function(nm) { U <- matrix(u[parts[[nm]]$rows], N); Vi <- solve(bl[[nm]]$V); Z <- Vi %*% U; c(sum(Z * (D[[nm]] %*% Z)), -parts[[nm]]$count * sum(Vi * D[[nm]]))[which] }))
  scores <- function(f) { pick <- function(w) lapply(f$bl, `[[`, w); sc <- function(w) (quadratic(f$u, f$bl, pick(w), 1) / f$s2 + quadratic(f$u, f$bl, pick(w), 2)) / 2
    c(rho = sum(f$s$whiten(f$u) * f$s$whiten(Wy)) / f$s2 - T * op$tr(f$r), lambda = sc("lambda"), phi = sc("phi")) }
  profile_score <- function(theta) { f <- at(theta); s <- scores(f); c(s[parameters], s["phi"] * f$phi) }
  lo <- c(rep(max(op$bounds[1], -5) + 1e-4, np), -12); hi <- c(rep(op$bounds[2] - 1e-4, np), 8)
  starts <- as.matrix(expand.grid(c(rep(list(c(-0.3, 0.3, 0.6)), np), list(c(0, 2)))))
  fits <- apply(starts, 1, function(s) nlminb(s, function(t) -ll(t), function(t) -profile_score(t), lower = lo, upper = hi, control = list(rel.tol = 1e-11)), simplify = FALSE); o <- fits[[which.min(sapply(fits, `[[`, "objective"))]]$par
  for (i in 1:12) { J <- sapply(seq_along(o), function(j) { h <- 1e-6 * (seq_along(o) == j); (profile_score(o + h) - profile_score(o - h)) / 2e-6 }); step <- solve(matrix(J, length(o)), profile_score(o)); o <- o - step; if (max(abs(step)) < 1e-13) break }
  stopifnot(max(abs(step)) < 1e-10); f <- at(o)
  # expected information of (b, parameters, s2_mu, s2_e): V = A^-1 Omega A^-T, premultiplied by A
  expected <- function(f, parameters) {
    G <- op$G(f$r); s2 <- f$s2; Xw <- f$s$whiten(X); q <- length(parameters); GXb <- rotate(apply_blocks(G, X0 %*% f$b)); m <- cbind(Xw, matrix(0, n, q + 2)); ir <- match("rho", parameters); if (!is.na(ir)) m[, k + ir] <- f$s$whiten(GXb); info <- crossprod(m) / s2
    for (nm in names(parts)) { V <- s2 * f$bl[[nm]]$V; Vi <- solve(V); d <- list(rho = G %*% V + V %*% t(G), lambda = s2 * f$bl[[nm]]$lambda)[parameters]
      dphi <- f$bl[[nm]]$phi                                   # s2_mu = phi s2_e: dOmega/ds2_mu = dV/dphi; dOmega/ds2_e = V/s2 - phi dV/dphi
      d <- c(d, list(dphi, f$bl[[nm]]$V - f$phi * dphi)); H <- lapply(d, function(D) Vi %*% D)
      for (i in seq_along(H)) for (j in seq_along(H)) info[k + i, k + j] <- info[k + i, k + j] + parts[[nm]]$count * sum(H[[i]] * t(H[[j]])) / 2 }
    info
  }
  full_score <- function(x) { b <- x[1:k]; th <- x[k + seq_len(np)]; mu <- x[k + np + 1]; s2 <- x[k + np + 2]; g <- list(r = get(th, "rho"), l = get(th, "lambda"), phi = mu / s2, b = b, s2 = s2); g$bl <- blocks(W, T, g$l, g$phi, kind); g$s <- solver(g$bl); g$u <- y - g$r * Wy - X %*% b; uw <- g$s$whiten(g$u); s <- scores(g)
    c(crossprod(g$s$whiten(X), uw) / s2, s[parameters], s["phi"] / s2, -n / (2 * s2) + sum(uw^2) / (2 * s2^2) - s["phi"] * g$phi / s2) }
  invert <- function(M) { d <- sqrt(abs(diag(M))); solve(M / outer(d, d), tol = 1e-40) / outer(d, d) }
  V <- invert(expected(f, parameters)); x <- c(f$b, o[seq_len(np)], f$phi * f$s2, f$s2); O <- invert(-numDeriv::jacobian(full_score, x)); shown <- c(keep, k + seq_len(np + 2))
  list(names = c(colnames(X)[keep], parameters, "s2_mu", "s2_e"), estimate = unname(x[shown]), covariance = V[shown, shown], se = sqrt(diag(V))[shown], observed_se = unname(sqrt(diag(O))[shown]), logLik = ll(o), phi = f$phi, at = f, expected = expected, scores = scores, op = op, k = k,
    ll_of = function(x) ll_of(get(x[k + seq_len(np)], "rho"), get(x[k + seq_len(np)], "lambda"), x[k + np + 1] / x[k + np + 2], x[1:k], x[k + np + 2]), full_score = full_score, full = x, blocks = function(l, phi) blocks(W, T, l, phi, kind), solver = solver, X0 = X0)
}
run <- function(p, name) {
  kx <- ncol(p$X); op <- operator(p$W); out <- list(); fits <- list()
  for (years in c("constant", "dummies")) { cat(name, years, ""); for (m in names(RE)) { s <- RE[[m]]; fit <- random_effects(p, s[[1]], s[[2]], s[[3]], years == "dummies"); fits[[years]][[m]] <- fit
    more <- list(observed_se = vec(fit$observed_se), phi = fit$phi); if (s[[1]] || "rho" %in% s[[2]]) more$effects <- effects(fit, 1 + 1:kx, if (s[[1]]) 1 + kx + 1:kx else integer(0), which(fit$names == "rho"), op)
    out[[years]][[m]] <- do.call(fit_json, c(list(fit, name == "cigar"), more)); cat(m, "") }; cat("\n") }
  score_test <- function(fit, parameter, kind) { g <- fit$at; g$bl <- blocks(p$W, p$T, 0, g$phi, kind); g$s <- fit$solver(g$bl); s <- fit$scores(g)[[parameter]]; info <- fit$expected(g, parameter); j <- fit$k + 1; chi(s^2 / (info[j, j] - sum(info[j, -j] * solve(info[-j, -j], info[-j, j], tol = 1e-40))), 1) }
  re <- fits$constant$re
  # mu given lambda: at the pooled error model, s2_mu = 0
  d <- panel_form(p, FALSE, constant = TRUE); sem <- spatial_ml(d, op, p$T, p$N * p$T, "lambda"); g <- list(r = 0, l = sem$estimate[kx + 2], phi = 0, b = sem$estimate[1:(kx + 1)], s2 = sem$estimate[kx + 3]); base <- fits$constant$sem_bsk; g$bl <- blocks(p$W, p$T, g$l, 0, "bsk"); g$s <- base$solver(g$bl)
  g$u <- transform_rows(p$y - base$X0 %*% g$b, p$N, p$T, NULL, cbind(1 / sqrt(p$T), complement(p$T))); info <- base$expected(g, "lambda"); j <- base$k + 2; s <- base$scores(g)[["phi"]] / g$s2
  tests <- list(lambda_given_mu = score_test(re, "lambda", "bsk"), lambda_given_mu_kkp = score_test(re, "lambda", "kkp"), rho_given_mu = score_test(re, "rho", "re"), mu_given_lambda = chi(s^2 / (info[j, j] - sum(info[j, -j] * solve(info[-j, -j], info[-j, j], tol = 1e-40))), 1))
  hausman <- list(); for (m in c("sar", "sdm", "sem_bsk", "sem_kkp")) for (fe in c("none_individual", "lee_yu_individual", "none_twoways", "lee_yu_twoways")) {
    s <- RE[[m]]; fo <- form(p, fe); f <- spatial_ml(fo$data(p, s[[1]]), fo$op, fo$a, fo$n, s[[2]], fo$project); i <- seq_len(length(f$estimate) - 1); r <- fits[[if (grepl("two", fe)) "dummies" else "constant"]][[m]]; V <- f$covariance[i, i] - r$covariance[1 + i, 1 + i]; dd <- f$estimate[i] - r$estimate[1 + i]; sc <- sqrt(diag(f$covariance)[i])
    hausman[[m]][[fe]] <- vec(c(h <- sum(dd * solve(V, dd, tol = 1e-40)), length(i), if (h > 0) pchisq(h, length(i), lower.tail = FALSE) else NA, min(eigen(V / outer(sc, sc), symmetric = TRUE)$values))) }
  c(out, list(tests = tests, hausman = hausman))
}
# ---- checks on a small panel: the explicit density, and the score -------------------------------------------------------------------------
small <- panel_data("cigar"); i <- small$data$year >= 87; small$T <- 6; small$y <- small$y[i]; small$X <- small$X[i, ]
for (m in names(RE)) { s <- RE[[m]]; fit <- random_effects(small, s[[1]], s[[2]], s[[3]], FALSE); x <- fit$full; k <- fit$k; N <- small$N; np <- length(s[[2]]); r <- if ("rho" %in% s[[2]]) x[k + 1] else 0; l <- if ("lambda" %in% s[[2]]) x[k + np] else 0; mu <- x[k + np + 1]; s2 <- x[k + np + 2]
  B <- kronecker(diag(6), solve(diag(N) - l * small$W)); J <- kronecker(matrix(1, 6, 6), diag(N)); Omega <- if (s[[3]] == "kkp") B %*% (mu * J + s2 * diag(6 * N)) %*% t(B) else mu * J + s2 * tcrossprod(B); A <- kronecker(diag(6), diag(N) - r * small$W)
  u <- A %*% small$y - fit$X0 %*% x[1:k]; dense <- -3 * N * log(2 * pi) - determinant(Omega)$modulus / 2 + determinant(A)$modulus - sum(u * solve(Omega, u)) / 2
  gap <- c(dense - fit$logLik, max(abs(numDeriv::grad(fit$ll_of, x * (1 + 1e-3)) - fit$full_score(x * (1 + 1e-3))) / (1 + abs(fit$full_score(x * (1 + 1e-3)))))); cat("check", m, signif(gap, 3), "\n"); stopifnot(abs(gap) < c(1e-8, 1e-5)) }
result <- list(cigar = run(panel_data("cigar"), "cigar"), produc = run(panel_data("produc"), "produc"))
write_spatial(result, "spatial-random-effects.json")
