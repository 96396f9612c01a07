# The Gaussian likelihood of (I - rho W) y = X b + u, (I - lambda W) u = e, e ~ N(0, s2), which the spatial oracles share, its expected information, and the effects of its regressors.
# Sourced by spatial-models.R and those after it, after spatial-oracle.R.
#   lnL = -(n/2)(ln(2 pi s2) + 1) + a [ln|I - rho W| + ln|I - lambda W|] with b and s2 concentrated out; maximised over a grid, then nlminb, then Newton steps on the analytic score of (rho, lambda)
#   until the step is below 1e-13: the estimates are good to about 1e-11, where spatialreg's optimisers stop at about 1e-7.
# Information of (b, rho, lambda, s2), with A = I - rho W, B = I - lambda W, G = W A^-1, H = W B^-1, K = B G B^-1, m = B G X b:
#   bb X'B'BX/s2; b-rho X'B'm/s2; rho-rho |m|^2/s2 + a tr(K'K + GG); rho-lambda a tr(H'K + HK); lambda-lambda a tr(H'H + HH); rho-s2 a tr(G)/s2; lambda-s2 a tr(H)/s2; s2-s2 n/(2 s2^2).

# An operator: W, its eigenvalues (given, or general), bounds from the real ones.
operator <- function(W, eigenvalues = eigen(W, only.values = TRUE)$values) {
  real <- if (is.complex(eigenvalues)) Re(eigenvalues[abs(Im(eigenvalues)) < 1e-8]) else eigenvalues
  lo <- if (min(real) < 0) 1 / min(real) else -Inf
  list(W = W, m = nrow(W), bounds = c(lo, 1 / max(real)), ld = function(r) sum(log(Mod(1 - r * eigenvalues))), tr = function(r) Re(sum(eigenvalues / (1 - r * eigenvalues))), inverse_tr = function(r) Re(sum(1 / (1 - r * eigenvalues))), G = function(r) W %*% solve(diag(nrow(W)) - r * W))
}
# The expected information of (b, parameters, s2) at f = (b, r, l, s2, Xl): rho, lambda of 0 are as good as any, so that it serves score tests too.
information <- function(f, parameters, data, op, a, n, project = identity, move = apply_blocks) {
  k <- ncol(f$Xl); p <- length(parameters); X <- as.matrix(data$X); s2 <- f$s2
  G <- if ("rho" %in% parameters) op$G(f$r); H <- if ("lambda" %in% parameters) op$G(f$l)
  q <- k + p + 1; info <- matrix(0, q, q); ir <- k + match("rho", parameters); il <- k + match("lambda", parameters)
  both <- function(i, j, v) { info[i, j] <<- v; info[j, i] <<- v }
  sumt <- function(P, Q) sum(P * Q) + sum(t(P) * Q)                    # tr(P'Q + PQ)
  info[1:k, 1:k] <- crossprod(f$Xl) / s2; info[q, q] <- n / (2 * s2^2)
  if (!is.na(ir)) {
    m <- move(G, X %*% f$b); if (f$l != 0) m <- m - f$l * move(op$W %*% G, X %*% f$b); m <- project(m)
    B <- diag(op$m) - f$l * op$W; K <- if (f$l != 0) B %*% G %*% solve(B) else G
    both(1:k, ir, crossprod(f$Xl, m) / s2); info[ir, ir] <- sum(m^2) / s2 + a * sumt(K, K); both(ir, q, a * sum(diag(G)) / s2)
    if (!is.na(il)) both(ir, il, a * sumt(H, K))
  }
  if (!is.na(il)) { info[il, il] <- a * sumt(H, H); both(il, q, a * sum(diag(H)) / s2) }
  info
}
# data: y, Wy, WWy, X, WX (every column of X lagged), all as they enter the likelihood. op: the operator whose determinant counts a times; n: the number of free rows. project: what the transformation does to a mean that W has moved.
# parameters: any of "rho", "lambda". A mean that W moves is lagged block by block of op$m rows (move), then projected.
spatial_ml <- function(data, op, a, n, parameters, project = identity, move = apply_blocks) {
  p <- length(parameters); value <- function(theta, which) { i <- match(which, parameters); if (is.na(i)) 0 else theta[i] }
  y <- as.vector(data$y); Wy <- as.vector(data$Wy); WWy <- as.vector(data$WWy); X <- as.matrix(data$X); WX <- as.matrix(data$WX); k <- ncol(X)
  at <- function(theta) {
    r <- value(theta, "rho"); l <- value(theta, "lambda"); z <- y - r * Wy; Wz <- Wy - r * WWy; Xl <- X - l * WX; zl <- z - l * Wz
    b <- qr.coef(qr(Xl, tol = 1e-13), zl); e <- zl - as.vector(Xl %*% b); list(r = r, l = l, b = b, e = e, s2 = sum(e^2) / n, Xl = Xl, Wu = Wz - as.vector(WX %*% b))
  }
  ll <- function(theta) { f <- at(theta); v <- -n / 2 * (log(2 * pi * f$s2) + 1) + a * (op$ld(f$r) + op$ld(f$l)); if (is.finite(v)) v else -1e10 }
  score <- function(theta) { f <- at(theta); c(rho = sum(f$e * (Wy - f$l * WWy)) / f$s2 - a * op$tr(f$r), lambda = sum(f$e * f$Wu) / f$s2 - a * op$tr(f$l))[parameters] }
  theta <- numeric(0); observed <- numeric(0)
  if (p) {
    b <- pmax(op$bounds, -100); inner <- b + diff(b) * c(1e-6, -1e-6); axis <- seq(inner[1], inner[2], length.out = if (p == 1) 60 else 14)[-1]
    grid <- as.matrix(if (p == 1) axis else expand.grid(axis, axis)); v <- apply(grid, 1, ll)
    starts <- grid[order(-v)[seq_len(min(length(v), if (p == 1) 1 else 6))], , drop = FALSE]
    fits <- apply(starts, 1, function(s) nlminb(s, function(t) -ll(t), function(t) -score(t), lower = inner[1], upper = inner[2], control = list(rel.tol = 1e-14, x.tol = 1e-12, iter.max = 500, eval.max = 1000)), simplify = FALSE)
    theta <- fits[[which.min(sapply(fits, `[[`, "objective"))]]$par
    for (i in 1:25) { J <- sapply(seq_len(p), function(j) { h <- 1e-6 * (seq_len(p) == j); (score(theta + h) - score(theta - h)) / 2e-6 }); step <- solve(matrix(J, p), score(theta)); theta <- theta - step; if (max(abs(step)) < 1e-14) break }
    if (max(abs(step)) > 1e-11) { print(theta); print(step); print(b); stop("no interior maximum") }; J <- numDeriv::jacobian(score, theta); observed <- sqrt(diag(solve(-matrix(J, p))))
  }
  f <- at(theta); info <- information(f, parameters, data, op, a, n, project, move)
  scale <- sqrt(diag(info)); V <- solve(info / outer(scale, scale), tol = 1e-40) / outer(scale, scale)
  names <- c(if (is.null(colnames(X))) paste0("x", 1:k) else colnames(X), parameters, "s2")
  list(names = names, estimate = c(f$b, theta, f$s2), se = sqrt(diag(V)), covariance = V, logLik = ll(theta), residuals = f$e, observed_se = observed, score = score, at = at)
}
# M (m x m) times each block of m rows of A.
apply_blocks <- function(M, A) { A <- as.matrix(A); m <- nrow(M); for (s in seq_len(nrow(A) / m)) { i <- (s - 1) * m + 1:m; A[i, ] <- M %*% A[i, ] }; A }
# Average direct, indirect and total effects from b, theta (or NULL), rho; op holds the N x N weights. Rows: direct of each regressor, indirect of each, total of each.
effects_of <- function(b, theta, rho, op) {
  N <- op$m; sums <- rowSums(op$W); s <- if (diff(range(sums)) < 1e-12) N / (1 - rho * mean(sums)) * c(1, mean(sums)) else { v <- solve(diag(N) - rho * op$W, cbind(1, sums)); colSums(v) }
  d <- c(op$inverse_tr(rho), op$tr(rho)) / N; t <- s / N; if (is.null(theta)) theta <- 0 * b
  direct <- b * d[1] + theta * d[2]; total <- b * t[1] + theta * t[2]; c(direct, total - direct, total)
}
# with delta-method standard errors by numeric differentiation (numDeriv's Richardson): positions of b, theta, rho in the estimate.
effects <- function(fit, ib, itheta, irho, op) {
  pos <- c(ib, itheta, irho); x <- fit$estimate[pos]; nb <- length(ib); nt <- length(itheta)
  f <- function(x) effects_of(x[1:nb], if (nt) x[nb + 1:nt] else NULL, if (length(irho)) x[nb + nt + 1] else 0, op)
  J <- numDeriv::jacobian(f, x); v <- f(x); s <- sqrt(diag(J %*% fit$covariance[pos, pos] %*% t(J))); part <- function(z, i) vec(z[(i - 1) * nb + 1:nb])
  list(direct = part(v, 1), indirect = part(v, 2), total = part(v, 3), direct_se = part(s, 1), indirect_se = part(s, 2), total_se = part(s, 3))
}
# What is written of a fit.
fit_json <- function(fit, covariance = TRUE, ...) c(list(names = I(fit$names), estimate = vec(fit$estimate), se = vec(fit$se), logLik = fit$logLik), if (length(fit$observed_se)) list(observed_se = vec(fit$observed_se)), if (covariance) list(covariance = rows(fit$covariance)), list(...))
MODELS <- list(ols = list(durbin = FALSE, parameters = character(0)), slx = list(durbin = TRUE, parameters = character(0)), sar = list(durbin = FALSE, parameters = "rho"), sdm = list(durbin = TRUE, parameters = "rho"),
  sem = list(durbin = FALSE, parameters = "lambda"), sdem = list(durbin = TRUE, parameters = "lambda"), sac = list(durbin = FALSE, parameters = c("rho", "lambda")), gns = list(durbin = TRUE, parameters = c("rho", "lambda")))
# Wald and LR tests of the spatial Durbin model against the lag model (theta = 0) and the error model (theta + rho b = 0): [statistic, df, p]; fits: sdm, sar, sem; positions as above.
durbin_tests <- function(fits, ib, itheta, irho) {
  f <- fits$sdm; chi <- function(s, df) vec(c(s, df, pchisq(s, df, lower.tail = FALSE))); k <- length(ib); e <- f$estimate
  wald <- function(R, r) sum(r * solve(R %*% f$covariance %*% t(R), r, tol = 1e-40))
  R1 <- matrix(0, k, length(e)); R1[cbind(1:k, itheta)] <- 1; R2 <- R1; R2[cbind(1:k, ib)] <- e[irho]; R2[, irho] <- e[ib]
  list(wald_sar = chi(wald(R1, e[itheta]), k), wald_sem = chi(wald(R2, e[itheta] + e[irho] * e[ib]), k), lr_sar = chi(2 * (f$logLik - fits$sar$logLik), k), lr_sem = chi(2 * (f$logLik - fits$sem$logLik), k))
}
