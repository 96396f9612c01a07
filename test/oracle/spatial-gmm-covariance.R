# Writes spatial-gmm-covariance.json: what spatial-gmm.json has not: moments with weights, and the covariance of coefficients, lambda and variances together. Run from the repository's root:
# Rscript test/oracle/spatial-gmm-covariance.R (20 seconds). All is written out in dense matrices over all rows, entity by entity; minima by a search over lambda, polished on the derivative.
# Each model: names; estimate; covariance, rows, in their order. lambda, sigma2 (and sigma2_between) are among them, but not in endogenous and sar_cluster.
# columbus: crime ~ inc + hoval, columbus.gal, W. endogenous: hoval endogenous beside W crime, by discbd, W discbd, W inc, W2 inc; HC1. sem, sac by moments_variance_steps:
#   kp-1999: e'M'Me - d1 e'e and e'Me - d2 e'e with weights I - dd'/(1 + d'd), d the traces over n: the three unweighted moments, s2 put in (with effects sigma2 is that s2); homoskedastic: the same, weighted (Drukker, Egger and Prucha 2013, iid); heteroskedastic: M'M - diag, M (Kelejian and Prucha 2010; Arraiz et al. 2010).
#   one-step: 2SLS, lambda by unweighted moments, GS2SLS, lambda by weighted moments of its residuals; two-step: weights before GS2SLS too. Covariance at the last lambda, s2 = e'e/n (sphet's spreg). Instruments X, WX, W2X; filtered X, excluded ones not. sac_endogenous: endogenous' with heteroskedastic, HC0.
# panel: Produc 1970-1974 (lgsp ~ lpcap, lpc, lemp, unemp; contiguity): pooled, individual, time, two-way: lag, then demean. Moments of time effects: E M'E M E, E M E with traces over N - 1 (heteroskedastic: M'M, M less the diagonals of E M'M E, E M E).
#   HC: errors of all rows independent; cluster: of entities, quadratic part 1/2 sum S_ij S_ij (e_i'e_j)^2. Factors: HC1 n/(n - K), cluster G/(G - 1) (n - 1)/(n - K).
# random: Kapoor, Kelejian and Prucha (2007) on the same panel: initial, weighted, full; sem (pooled residuals) and sac (residuals of 2SLS within and between; then EC2SLS: quasi-demeaned filtered rows, instruments X, WX, W2X within and between apart); normal errors.
source("test/oracle/spatial-oracle.R")
tr <- function(A) sum(diag(A)); outer_cov <- function(K, C) K %*% C %*% t(K)
two_stage <- function(y, Y, X, H) { Z <- cbind(X, Y); Q <- qr(cbind(X, H)); Zh <- cbind(X, if (length(Y)) qr.fitted(Q, Y)); G <- solve(crossprod(Zh), tol = 1e-40); d <- drop(G %*% crossprod(Zh, y)); list(d = d, Z = Z, Zh = Zh, G = G, u = drop(y - Z %*% d), B = Zh %*% G) }
# The lambda that minimises m'Ym, m = c0 + c1 l + c2 l^2, nearest to zero of its minima inside (-1, 1): by a search, polished on the derivative.
minimise <- function(m, Y, range = c(-0.999, 0.999)) {
  at <- function(l) m[[1]] + l * m[[2]] + l^2 * m[[3]]; f <- function(l) drop(crossprod(at(l), Y %*% at(l))); g <- function(l) drop(crossprod(m[[2]] + 2 * l * m[[3]], Y %*% at(l)))
  grid <- seq(range[1], range[2], length.out = 4001); v <- sapply(grid, f); i <- which.min(v); uniroot(g, grid[c(i - 1, i + 1)], tol = 1e-16)$root
}
# ---- error models in a space: P projects off the effects (N T x N T, entity by entity), n independent rows ---------------------------
space <- function(N, T, effects) {
  En <- diag(N) - 1 / N; Et <- diag(T) - 1 / T; time <- effects %in% c("time", "two-way"); unit <- effects %in% c("individual", "two-way")
  list(N = N, T = T, P = kronecker(if (time) En else diag(N), if (unit) Et else diag(T)), E = if (time) En else diag(N), n = (N - time) * (T - unit), centred = time, within = unit, absorbed = switch(effects, pooled = 0, individual = N, time = T, `two-way` = N + T - 1))
}
error_model <- function(s, y, X, Y, H, M, kind, variance, steps = "one-step") {
  N <- s$N; T <- s$T; P <- s$P; n <- s$n; MM <- kronecker(M, diag(T)); big <- function(A) kronecker(A, diag(T)); lag <- function(v) P %*% MM %*% v
  own <- function(B) diag(s$E %*% B %*% s$E); df <- N - s$centred; MtM <- if (kind == "heteroskedastic") crossprod(M) else t(M) %*% s$E %*% M; a <- sum(own(MtM)) / df
  A <- if (kind == "heteroskedastic") list(MtM - diag(own(MtM)), M - diag(own(M))) else { v <- if (kind == "kp-1999") 1 else 1 / (1 + a^2); list(v * (MtM - a * diag(N)), M - sum(own(M)) / df * diag(N)) }
  S <- lapply(A, function(B) B + t(B)); moments <- function(u) { L <- lag(u); q <- function(x, z) sapply(A, function(B) drop(t(x) %*% (P %*% big((B + t(B)) / 2) %*% P) %*% z)) / n; list(q(u, u), -2 * q(u, L), q(L, L)) }
  raw <- list(y = y, X = X, Y = Y); plain <- lapply(raw, function(v) if (length(v)) P %*% v); Hs <- if (length(H)) P %*% H
  filter <- function(l) lapply(plain, function(v) if (length(v)) v - l * lag(v)); first <- two_stage(plain$y, plain$Y, plain$X, Hs); I3 <- c(S, list(2 * diag(N)))
  # covariance of e'A1e + a1'e, e'A2e + a2'e, e'e + a3'e, and linear ones
  covariance <- function(e, L, sigma2) {
    k <- ncol(L); C <- matrix(0, k, k)
    if (variance == "iid") {
      C <- sigma2 * crossprod(L); for (p in 1:3) for (q in 1:3) C[p, q] <- C[p, q] + sigma2^2 / 2 * tr(P %*% big(I3[[p]]) %*% P %*% big(I3[[q]]) %*% P)
      if (!s$within) { d <- sapply(I3, function(B) rep(diag(B) / 2, each = T)); m3 <- mean(e^3); x4 <- mean(e^4) - 3 * mean(e^2)^2; C[1:3, 1:3] <- C[1:3, 1:3] + x4 * crossprod(d); D <- m3 * crossprod(d, L); C[1:3, ] <- C[1:3, ] + D; C[, 1:3] <- C[, 1:3] + t(D) }
      return(C)
    }
    g <- if (variance == "cluster") rep(1:N, each = T) else seq_along(e); sc <- rowsum(L * e, g); q <- rowsum(e^2, g); sc[, 3] <- sc[, 3] + q - mean(q); C <- crossprod(sc)
    E <- matrix(e, T); w <- if (variance == "cluster") crossprod(E)^2 else crossprod(E^2); off <- 1 - diag(N)
    for (p in 1:2) for (q in 1:2) C[p, q] <- C[p, q] + sum(S[[p]] * S[[q]] * off * w) / 2
    C
  }
  stack <- function(u, l, B, F, more) { e <- drop(u - l * lag(u)); Z <- first$Z - l * lag(first$Z); al <- lapply(list(big(S[[1]]), big(S[[2]]), 2 * diag(N * T)), function(V) P %*% F %*% B %*% (-crossprod(Z, V %*% e))); list(e = e, L = cbind(do.call(cbind, al), more)) }
  inverse <- function(l) solve(diag(N * T) - l * t(MM)); mu <- moments(first$u); d <- c(a, sum(own(M)) / df); W0 <- if (kind == "kp-1999") diag(2) - outer(d, d) / (1 + sum(d^2)) else diag(2); l <- minimise(mu, W0); s2 <- function(e) if (variance == "iid") sum(e^2) / n
  weight <- function(st) solve(covariance(st$e, st$L, s2(st$e))[1:2, 1:2], tol = 1e-40)
  if (kind != "kp-1999" && steps == "two-step") l <- minimise(mu, weight(stack(first$u, l, first$B, inverse(l), NULL)))
  f <- filter(l); second <- two_stage(f$y, f$Y, f$X, Hs); k <- ncol(second$Z)
  if (kind == "kp-1999") { st <- stack(first$u, l, first$B, inverse(l), second$B); u <- first$u; W <- W0; last <- l; k2 <- if (s$absorbed > 0) d / (1 + sum(d^2)) else c(0, 0); sigma2 <- if (s$absorbed > 0) sum(st$e^2) / n + sum(k2 * (mu[[1]] + l * mu[[2]] + l^2 * mu[[3]])) else if (length(Y)) sum(second$u^2) / (n - k) else sum(st$e^2) / n }
  else { u <- drop(plain$y - first$Z %*% second$d); mu <- moments(u); last <- minimise(mu, weight(stack(u, l, second$B, diag(N * T), NULL))); fl <- filter(last); B <- two_stage(fl$y, fl$Y, fl$X, Hs)$B; st <- stack(u, last, B, diag(N * T), B); W <- weight(st); sigma2 <- sum(st$e^2) / n; k2 <- c(0, 0) }
  D <- -mu[[2]] - 2 * last * mu[[3]]; K <- drop(solve(t(D) %*% W %*% D) %*% t(D) %*% W) / n; ds <- -2 * sum(st$e * lag(u)) / n; J <- matrix(0, k + 2, k + 3); J[cbind(1:k, 3 + 1:k)] <- 1; J[k + 1, 1:2] <- K; J[k + 2, ] <- c((ds - sum(k2 * D)) * K + k2 / n, 1 / n, rep(0, k))
  C <- outer_cov(J, covariance(st$e, st$L, sigma2)); G <- N; rows <- N * T; K0 <- k + if (s$within) s$absorbed - N + 1 else s$absorbed
  if (variance == "HC1") C <- C * rows / (rows - k - s$absorbed); if (variance == "cluster") C <- C * G / (G - 1) * (rows - 1) / (rows - K0)
  list(names = I(c(colnames(X), colnames(Y), "lambda", "sigma2")), estimate = vec(c(second$d, last, sigma2)), covariance = rows_of(C))
}
rows_of <- function(M) rows(M)
lag_model <- function(s, y, X, Y, H, variance) { P <- s$P; m <- two_stage(P %*% y, P %*% Y, P %*% X, P %*% H); k <- ncol(m$Z); e <- m$u; rows <- s$N * s$T; g <- rep(1:s$N, each = s$T); K0 <- k + if (s$within) s$absorbed - s$N + 1 else s$absorbed
  C <- switch(variance, iid = sum(e^2) / (s$n - k) * m$G, HC0 = crossprod(m$B * e), HC1 = crossprod(m$B * e) * rows / (rows - k - s$absorbed), cluster = crossprod(rowsum(m$B * e, g)) * s$N / (s$N - 1) * (rows - 1) / (rows - K0))
  list(names = I(c(colnames(X), colnames(Y))), estimate = vec(m$d), covariance = rows_of(C)) }
# ---- a cross-section, columbus ------------------------------------------------------------------------------------------------------
columbus <- columbus_data(); lwc <- nb2listw(columbus_nb()); fc <- crime ~ inc + hoval
KINDS <- list(c("kp-1999", "iid", "one-step"), c("homoskedastic", "iid", "one-step"), c("homoskedastic", "iid", "two-step"), c("heteroskedastic", "HC0", "one-step"), c("heteroskedastic", "HC0", "two-step"), c("heteroskedastic", "HC1", "one-step"), c("heteroskedastic", "cluster", "two-step"))
label <- function(k) paste(k, collapse = "_"); named <- function(ks, f) setNames(lapply(ks, f), sapply(ks, label))
own_cross <- function() {
  W <- listw2mat(lwc); X <- model.matrix(fc, columbus); y <- columbus$crime; x <- X[, -1]; WX <- W %*% x; colnames(WX) <- paste0("W*", colnames(x)); W2 <- W %*% WX; Wy <- matrix(W %*% y, dimnames = list(NULL, "rho")); s <- space(49, 1, "pooled"); inc <- X[, 1:2]; hoval <- X[, 3, drop = FALSE]
  z <- cbind(columbus$discbd, W %*% columbus$discbd); wi <- W %*% X[, 2]
  list(endogenous = lag_model(s, y, inc, cbind(hoval, Wy), cbind(z, wi, W %*% wi), "HC1"),
    sem = named(KINDS, function(k) error_model(s, y, X, NULL, NULL, W, k[1], k[2], k[3])), sac = named(KINDS, function(k) error_model(s, y, X, Wy, cbind(WX, W2), W, k[1], k[2], k[3])),
    sac_endogenous = error_model(s, y, inc, cbind(hoval, Wy), cbind(z, wi, W %*% wi), W, "heteroskedastic", "HC0"))
}
# ---- panels ---------------------------------------------------------------------------------------------------------------------------
p <- panel_data("produc"); p$y <- p$y[p$data$year <= 1974]; p$X <- p$X[p$data$year <= 1974, ]; p$T <- 5; at <- order(rep(1:p$N, p$T)); y <- p$y[at]; x <- p$X[at, ]; N <- p$N; T <- p$T; W <- p$W; WW <- kronecker(W, diag(T)); Wx <- WW %*% x; colnames(Wx) <- paste0("W*", colnames(x)); W2 <- WW %*% Wx; Wy <- matrix(WW %*% y, dimnames = list(NULL, "rho"))
effects <- c("pooled", "individual", "time", "two-way"); one <- matrix(1, N * T, 1, dimnames = list(NULL, "(constant)"))
panels <- sapply(effects, function(f) { cat(f, ""); s <- space(N, T, f); X <- cbind(if (f == "pooled") one, x)
  few <- KINDS[c(1, 3, 4, 7)]
  list(sar_cluster = lag_model(s, y, X, Wy, cbind(Wx, W2), "cluster"), sem = named(few, function(k) error_model(s, y, X, NULL, NULL, W, k[1], k[2], k[3])), sac = named(few[c(1, 4)], function(k) error_model(s, y, X, Wy, cbind(Wx, W2), W, k[1], k[2], k[3]))) }, simplify = FALSE)
random_model <- function(y, X, Y, H, M, weighting) {
  Q1 <- kronecker(diag(N), matrix(1 / T, T, T)); Q0 <- diag(N * T) - Q1; MM <- kronecker(M, diag(T)); at <- function(Q, X) { m <- two_stage(Q %*% y, Q %*% Y, Q %*% X, Q %*% H); m$u <- drop(m$u); m }
  src <- if (length(Y)) list(at(Q0, X[, -1]), at(Q1, X)) else { m <- two_stage(y, Y, X, H); list(m, m) }; tt <- sum(M^2) / N; n <- c(N * (T - 1), N)
  m <- function(l, v) unlist(lapply(1:2, function(b) { Q <- list(Q0, Q1)[[b]]; u <- src[[b]]$u; e <- u - l * MM %*% u; f <- MM %*% e; c(t(e) %*% Q %*% e / n[b] - v[b], t(f) %*% Q %*% f / n[b] - v[b] * tt, t(f) %*% Q %*% e / n[b]) }))
  c0 <- m(0, c(0, 0)); c1 <- (m(1, c(0, 0)) - m(-1, c(0, 0))) / 2; c2 <- (m(1, c(0, 0)) + m(-1, c(0, 0))) / 2 - c0; C <- cbind(c(1, tt, 0, 0, 0, 0), c(0, 0, 0, 1, tt, 0))
  solve_moments <- function(i, j, Y) { R <- Y - Y %*% C[i, j, drop = FALSE] %*% solve(t(C[i, j]) %*% Y %*% C[i, j]) %*% t(C[i, j]) %*% Y; l <- minimise(list(c0[i], c1[i], c2[i]), R); c(l, solve(t(C[i, j]) %*% Y %*% C[i, j], t(C[i, j]) %*% Y %*% (c0 + l * c1 + l^2 * c2)[i])) }
  TW <- matrix(c(2, 2 * tt, 0, 2 * tt, 2 * tr(crossprod(M) %*% crossprod(M)) / N, tr(crossprod(M) %*% (M + t(M))) / N, 0, tr(crossprod(M) %*% (M + t(M))) / N, tr(M %*% M + crossprod(M)) / N), 3)
  a <- solve_moments(1:3, 1, diag(3)); th <- c(a, (c0 + a[1] * c1 + a[1]^2 * c2)[4])
  if (weighting == "initial") { D <- -c1 - 2 * th[1] * c2; G <- cbind(D, C[, 1])[1:3, ]; g <- cbind(solve(crossprod(G), t(G)), 0, 0, 0); gain <- rbind(g, c(0, 0, 0, 1, 0, 0) - D[4] * g[1, ]) }
  else { V <- kronecker(diag(c((T - 1) / th[2]^2, 1 / th[3]^2)), if (weighting == "full") solve(TW) else diag(3)); th <- solve_moments(1:6, 1:2, V); G <- cbind(-c1 - 2 * th[1] * c2, C); gain <- solve(t(G) %*% V %*% G, t(G) %*% V) }
  l <- th[1]; f <- function(v) if (length(v)) v - l * MM %*% v; R <- Q0 + sqrt(th[2] / th[3]) * Q1; t2 <- two_stage(R %*% f(y), if (length(Y)) R %*% f(Y), R %*% f(X), if (length(H)) { I <- cbind(Q0 %*% cbind(X[, -1], H), Q1 %*% cbind(X, H)); qi <- qr(cbind(R %*% f(X), I)); cbind(R %*% f(X), I)[, qi$pivot[seq_len(qi$rank)][-seq_len(ncol(X))]] }); O <- th[2] * Q0 + th[3] * Q1
  F <- solve(diag(N * T) - l * t(MM)); L <- do.call(cbind, lapply(1:2, function(b) { Q <- list(Q0, Q1)[[b]]; m <- src[[b]]; e <- f(m$u); sapply(list(2 * diag(N * T), 2 * crossprod(MM), MM + t(MM)), function(S) F %*% m$B %*% (-crossprod(f(m$Z), S %*% Q %*% e)) / n[b]) }))
  k <- ncol(t2$Z); J <- rbind(cbind(matrix(0, k, 6), diag(k)), cbind(gain, matrix(0, 3, k))); D <- R %*% t2$B; joint <- rbind(cbind(kronecker(diag(c(th[2]^2 / n[1] * N, th[3]^2)), TW) / N + t(L) %*% O %*% L, t(L) %*% O %*% D), cbind(t(D) %*% O %*% L, t(D) %*% O %*% D))
  list(names = I(c(colnames(X), colnames(Y), "lambda", "sigma2", "sigma2_between")), estimate = vec(c(t2$d, th)), covariance = rows(outer_cov(J, joint)))
}
weightings <- c("initial", "weighted", "full"); X1 <- cbind(one, x)
random <- list(sem = sapply(weightings, function(w) random_model(y, X1, NULL, NULL, W, w), simplify = FALSE), sac = sapply(weightings[c(1, 3)], function(w) random_model(y, X1, Wy, cbind(Wx, W2), W, w), simplify = FALSE)); cat("random\n")
write_spatial(list(columbus = own_cross(), panel = panels, random = random), "spatial-gmm-covariance.json")
