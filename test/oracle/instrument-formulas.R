# Tests of instruments from the papers' formulas, in matrix algebra. Sourced by instruments.R. All matrices have the effects and the exogenous regressors taken off.
# `meat(A, E)`: the variance of vec(A'E), columns of A within columns of E: sum over clusters, over rows (HC), or sigma (x) A'A (iid).
meat_cluster <- function(id) function(A, E) { E <- as.matrix(E); crossprod(rowsum(do.call(cbind, lapply(seq_len(ncol(E)), function(j) A * E[, j])), id)) }
meat_rows <- function(A, E) { E <- as.matrix(E); crossprod(do.call(cbind, lapply(seq_len(ncol(E)), function(j) A * E[, j]))) }
meat_iid <- function(A, E) crossprod(as.matrix(E)) %x% crossprod(A) / nrow(A)

# Kleibergen and Paap (2006), Journal of Econometrics 133, pp. 100-104: rank of the first-stage coefficients is K - 1 against K. Scaled by Cholesky factors of Z'Z and X'X as
# Stata's ranktest does (for K > 1 the statistic depends on the scaling). Wald: with first-stage residuals; LM: with X itself. chi2 with L1 - K + 1 degrees of freedom.
rk_statistic <- function(X, Z, meat, wald) {
  K <- ncol(X); L <- ncol(Z); Rz <- chol(crossprod(Z)); Ry <- chol(crossprod(X)); left <- solve(t(Rz)); right <- solve(Ry)
  theta <- left %*% crossprod(Z, X) %*% right
  E <- if (wald) X - Z %*% solve(crossprod(Z), crossprod(Z, X)) else X
  V <- (t(right) %x% left) %*% meat(Z, E) %*% t(t(right) %x% left)
  s <- svd(theta, nu = L, nv = K); root <- function(A) { e <- eigen(A, symmetric = TRUE); e$vectors %*% (sqrt(pmax(e$values, 0)) * t(e$vectors)) }
  u <- s$u[, K:L, drop = FALSE]; v <- s$v[, K, drop = FALSE]; u22 <- s$u[K:L, K:L, drop = FALSE]; v22 <- s$v[K, K, drop = FALSE]
  a <- u %*% solve(u22) %*% root(tcrossprod(u22)); b <- root(tcrossprod(v22)) %*% solve(t(v22)) %*% t(v)
  B <- b %x% t(a); l <- B %*% as.numeric(theta)
  list(chi2 = as.numeric(t(l) %*% solve(B %*% V %*% t(B), l)), df = L - K + 1, cc2 = s$d^2)
}
# Hansen's J of GMM with weights S^-1.
gmm_j <- function(M, X, y, S) { A <- solve(S); Q <- crossprod(M, X); b <- solve(t(Q) %*% A %*% Q, t(Q) %*% A %*% crossprod(M, y)); g <- crossprod(M, y - X %*% b); as.numeric(t(g) %*% A %*% g) }

# Anderson and Rubin (1949): Wald test that Z has no coefficients in the regression of y - X b0 on Z. The 95% set by root finding over the whole line, b0 = centre + scale tan(angle).
ar_chi2 <- function(y, X, Z, meat, b0) { e <- y - X %*% b0; p <- solve(crossprod(Z), crossprod(Z, e)); A <- solve(crossprod(Z)); V <- A %*% meat(Z, e - Z %*% p) %*% A; as.numeric(t(p) %*% solve(V, p)) }
ar_set <- function(y, X, Z, meat, factor, df2, centre, scale, alpha = .05) {
  crit <- qf(1 - alpha, ncol(Z), df2) / factor; at <- function(angle) centre + scale * tan(angle); h <- function(angle) ar_chi2(y, X, Z, meat, at(angle)) - crit
  grid <- seq(-pi / 2 + 1e-7, pi / 2 - 1e-7, length.out = 4001); v <- sapply(grid, h); i <- which(v[-1] * v[-length(v)] < 0)
  roots <- sapply(i, function(k) at(uniroot(h, grid[k + 0:1], tol = 1e-15)$root))
  kind <- if (!length(i)) (if (v[1] < 0) "whole line" else "empty") else if (v[1] < 0) "two rays" else "interval"
  list(level = 1 - alpha, critical_F = crit * factor, kind = if (length(i) > 2) paste("union,", kind) else kind, bounds = vec(unlist(roots)))
}

# Montiel Olea and Pflueger (2013), Journal of Business and Economic Statistics 31(3): effective F = x'Zo Zo'x / tr W2 with Zo'Zo = I; critical value by Patnaik (1949):
# K_eff = (tr W2)^2 (1 + 2x)/(tr W2^2 + 2x tr(W2) maxeval W2), c = quantile of noncentral chi2(K_eff, x K_eff)/K_eff; x = 1/tau (simplified, any worst case), or B/tau with B the
# largest ratio of the Nagar bias to its benchmark over b. W = variance of vec(Zo'(y, x) residuals).
effective_f <- function(y, x, Z, meat, factor) {
  Zo <- Z %*% solve(chol(crossprod(Z))); K <- ncol(Zo); E <- cbind(y, x) - Zo %*% crossprod(Zo, cbind(y, x)); W <- meat(Zo, E)
  W1 <- W[1:K, 1:K, drop = FALSE]; W12 <- W[1:K, K + 1:K, drop = FALSE]; W2 <- W[K + 1:K, K + 1:K, drop = FALSE]; tr <- function(A) sum(diag(A)); ev <- function(A) eigen((A + t(A)) / 2, symmetric = TRUE)$values
  patnaik <- function(x) { w <- ev(W2) / tr(W2); k <- (1 + 2 * x) / (sum(w^2) + 2 * x * max(w)); list(x = x, K_eff = k, critical = qchisq(.95, k, ncp = x * k) / k) }
  bias <- function(b) { S12 <- W12 - b * W2; S1 <- W1 - b * (W12 + t(W12)) + b^2 * W2; l <- ev(S12); max(abs(tr(S12) - 2 * min(l)), abs(tr(S12) - 2 * max(l))) / sqrt(tr(W2) * tr(S1)) }
  centre <- tr(W12) / tr(W2); scale <- sqrt(tr(W1) / tr(W2)); angles <- seq(-pi / 2, pi / 2, length.out = 20003)[-c(1, 20003)]; v <- sapply(angles, function(a) bias(centre + scale * tan(a)))
  i <- which.max(v); B <- max(optimize(function(a) bias(centre + scale * tan(a)), angles[pmin(pmax(i + c(-1, 1), 1), length(angles))], maximum = TRUE, tol = 1e-12)$objective, 1 - 2 * min(ev(W2)) / tr(W2)); if (B < 1e-10) B <- 0
  taus <- c(.05, .1, .2, .3)
  list(F = sum(crossprod(Zo, x)^2) / tr(W2) * factor, B_tsls = B, simplified = lapply(taus, function(t) c(tau = t, patnaik(1 / t))), tsls = lapply(taus, function(t) c(tau = t, patnaik(B / t))))
}

# Lee, McCrary, Moreira and Porter (2022), American Economic Review 112(10), Table 3: critical values of |t| at 5% by the square root of the first-stage F, linear between; two decimals in print.
TF <- list(source = "Lee, McCrary, Moreira and Porter (2022), American Economic Review 112(10), 3260-3290, Table 3, as the R package ivDiag (function tF) has it; 1.96 from F = 104.67 on; no value below F = 4",
  sqrt_F = seq(20, 103) / 10, critical = c(18.66, 9.74, 7.37, 6.18, 5.43, 4.92, 4.54, 4.25, 4.01, 3.82, 3.65, 3.51, 3.39, 3.29, 3.19, 3.11, 3.03, 2.97, 2.91, 2.85, 2.80, 2.75, 2.71, 2.67, 2.63, 2.60, 2.57, 2.54, 2.51,
    2.48, 2.46, 2.43, 2.41, 2.39, 2.37, 2.35, 2.33, 2.32, 2.30, 2.29, 2.27, 2.26, 2.24, 2.23, 2.22, 2.21, 2.20, 2.19, 2.17, 2.16, 2.16, 2.15, 2.14, 2.13, 2.12, 2.11, 2.10, 2.10, 2.09, 2.08, 2.08, 2.07, 2.06, 2.06, 2.05,
    2.04, 2.04, 2.03, 2.03, 2.02, 2.02, 2.01, 2.01, 2.00, 2.00, 1.99, 1.99, 1.99, 1.98, 1.98, 1.97, 1.97, 1.97, 1.96))
tf_critical <- function(F) if (F < 4) NA else approx(TF$sqrt_F, TF$critical, sqrt(F), yright = 1.96)$y
