# Two-stage least squares, Kelejian and Prucha's moments and their minimum, which spatial-gmm.R and spatial-gmm-random.R share. Sourced after spatial-transformations.R.
# 2SLS of y on Z (endogenous and exogenous) with instruments H (exogenous among them)
tsls <- function(y, Z, H, n, id = NULL) {
  Z <- as.matrix(Z); y <- as.vector(y); Q <- qr(H, tol = 1e-11); Zp <- qr.fitted(Q, Z); I <- solve(crossprod(Zp), tol = 1e-30); b <- drop(I %*% crossprod(Zp, y)); e <- y - drop(Z %*% b); k <- ncol(Z); sse <- sum(e^2); s2 <- sse / (n - k)
  robust <- I %*% crossprod(Zp * e) %*% I; cluster <- if (!is.null(id)) I %*% crossprod(rowsum(Zp * e, id)) %*% I
  list(names = colnames(Z), b = b, e = e, sse = sse, s2 = s2, inverse = I, V = s2 * I, robust = robust, cluster = cluster, n = n, k = k, sargan = c(s <- sum(qr.fitted(Q, e)^2) / (sse / n), d <- Q$rank - k, pchisq(s, d, lower.tail = FALSE)))
}
sd_of <- function(V) vec(sqrt(diag(as.matrix(V))))
# The minimum of (G m(par) - g)' Omega^-1 (G m(par) - g), m = (lambda, lambda^2, variances...): nlminb, then Newton.
gm <- function(G, g, Omega = diag(length(g)), start) {
  Wt <- solve(Omega); m <- function(p) c(p[1], p[1]^2, p[-1]); J <- function(p) cbind(G[, 1] + 2 * p[1] * G[, 2], G[, -(1:2), drop = FALSE]); v <- function(p) drop(G %*% m(p) - g)
  f <- function(p) sum(v(p) * (Wt %*% v(p))); gr <- function(p) 2 * drop(t(J(p)) %*% Wt %*% v(p)); p <- nlminb(start, f, gr, lower = c(-0.999, rep(0, length(start) - 1)), upper = c(0.999, rep(Inf, length(start) - 1)), control = list(rel.tol = 1e-14))$par
  for (i in 1:50) { H <- 2 * t(J(p)) %*% Wt %*% J(p); H[1, 1] <- H[1, 1] + 4 * sum(G[, 2] * (Wt %*% v(p))); s <- 1 / c(1, p[-1]); step <- solve(H / outer(s, s), gr(p) / s) / s; p <- p - step; if (max(abs(step * s)) < 1e-15) break }
  stopifnot(max(abs(step * s)) < 1e-11); p
}
moments <- function(u, Wu, WWu, n, trWW, trW = 0) { q <- function(a, b) sum(a * b) / n; list(G = rbind(c(2 * q(u, Wu), -q(Wu, Wu), 1), c(2 * q(WWu, Wu), -q(WWu, WWu), trWW), c(q(u, WWu) + q(Wu, Wu), -q(Wu, WWu), trW)), g = c(q(u, u), q(Wu, Wu), q(u, Wu))) }
lags <- function(W, A, powers, prefix = "lag") { out <- NULL; L <- A; for (q in seq_len(max(powers))) { L <- apply_blocks(W, L); if (q %in% powers) { M <- L; colnames(M) <- paste0(prefix, if (q > 1) q, ".", colnames(A)); out <- cbind(out, M) } }; out }
# Kapoor, Kelejian and Prucha's T_W: how the three moments of normal errors covary, in units of their variance.
moment_weights <- function(W) { N <- nrow(W); A <- crossprod(W); a <- 2 * sum(diag(A)) / N; b <- sum(diag(A %*% (W + t(W)))) / N; rbind(c(2, a, 0), c(a, 2 * sum(A * A) / N, b), c(0, b, sum(diag(W %*% W + A)) / N)) }
