# Writes spatial-dynamic.json: dynamic spatial panels by quasi maximum likelihood with bias correction, written out here. Run from the repository's root: Rscript test/oracle/spatial-dynamic.R (3 seconds).
# y_t = rho W y_t + g y_(t-1) + h W y_(t-1) + X_t b + W X_t theta + mu (+ xi_t) + e_t, the first year given. cigar (1964-1992, T = 29) and produc (1971-1986, T = 16), as in spatial-panels.json.
# By effects: individual (Yu, de Jong and Lee 2008: rows N, W) and twoways (Lee and Yu 2010, Econometric Theory 26: rows F'y_t, N - 1, W* = F'WF), entities demeaned over the T years; n = m T, ln|I - rho W| T times (m rows a year);
# by model: sar_time (y_(t-1)), sar_space_time (W y_(t-1)), sar (both), sdm_time, sdm_space_time, sdm: the same with W X:
#   names: y_lag, Wy_lag, x..., lag.x..., rho, s2: the order of all that follows. estimate: QML; se, covariance (cigar): inverse of the information at it; logLik
#   bias: corrected - estimate = I^-1 m a, a = (tr(M)/m, tr(WM)/m, 0..., [g tr(GM) + h tr(GWM) + tr(G)]/m, 1/(2 s2)), M = ((1 - g) I - (rho + h) W)^-1, G = W (I - rho W)^-1, I the information (unscaled), all at the estimate (W* in twoways)
#   corrected, corrected_se (information at the corrected values, same data)
#   stability: g + h + rho (corrected); short and long: effects at the corrected values with delta-method se from the covariance there: (I - rho W)^-1 (b I + theta W) and ((1 - g) I - (rho + h) W)^-1 (b I + theta W), N x N W
# In print: Elhorst (2014), Cigar, twoways, sdm: y_lag 0.865, W y 0.076, W y_lag -0.015, price -0.266, income 0.100, W price 0.170, W income -0.022: the corrected values here, to each printed digit.
# The correction was seen to work in a simulation (150 panels, N = 46, T = 15, twoways, sdm): y_lag 0.5 is estimated 0.443 and corrected 0.497 on average, s2 1 is 0.917 and 0.978.
source("test/oracle/spatial-oracle.R"); source("test/oracle/spatial-likelihoods.R"); source("test/oracle/spatial-transformations.R")
DYNAMIC <- list(sar_time = list(FALSE, c("y_lag")), sar_space_time = list(FALSE, "Wy_lag"), sar = list(FALSE, c("y_lag", "Wy_lag")), sdm_time = list(TRUE, c("y_lag")), sdm_space_time = list(TRUE, "Wy_lag"), sdm = list(TRUE, c("y_lag", "Wy_lag")))
dynamic <- function(p, effects, durbin, lagged) {
  N <- p$N; T <- p$T - 1; now <- -(1:N); before <- seq_len(N * T); W <- p$W; y <- p$y[now]; X <- p$X[now, , drop = FALSE]; L <- apply_blocks(W, X); colnames(L) <- paste0("lag.", colnames(X)); past <- cbind(y_lag = p$y[before], Wy_lag = as.vector(apply_blocks(W, p$y[before])))[, lagged, drop = FALSE]
  Z <- cbind(past, X, if (durbin) L); FN <- if (effects == "twoways") complement(N); within <- projections(if (is.null(FN)) N else N - 1, T)$individual; tr <- function(A) within(transform_rows(A, N, T, FN, NULL)); Ws <- if (is.null(FN)) W else t(FN) %*% W %*% FN; op <- operator(Ws); m <- op$m
  Zt <- tr(Z); data <- list(y = tr(y), Wy = tr(apply_blocks(W, y)), WWy = tr(apply_blocks(W, apply_blocks(W, y))), X = Zt, WX = tr(apply_blocks(W, Z)))
  fit <- spatial_ml(data, op, T, m * T, "rho"); x <- fit$estimate; q <- length(x); k <- ncol(Z); name <- fit$names
  info_at <- function(x) information(list(r = x[q - 1], l = 0, b = x[1:k], s2 = x[q], Xl = Zt), "rho", data, op, T, m * T); invert <- function(M) { d <- sqrt(diag(M)); solve(M / outer(d, d), tol = 1e-40) / outer(d, d) }
  at <- function(x, n) if (n %in% name) x[match(n, name)] else 0; g <- at(x, "y_lag"); h <- at(x, "Wy_lag"); r <- x[q - 1]; I <- diag(m); M <- solve((1 - g) * I - (r + h) * Ws); G <- op$G(r); trace <- function(A) sum(diag(A))
  a <- rep(0, q); if ("y_lag" %in% name) a[match("y_lag", name)] <- trace(M); if ("Wy_lag" %in% name) a[match("Wy_lag", name)] <- trace(Ws %*% M); a[q - 1] <- g * trace(G %*% M) + h * trace(G %*% Ws %*% M) + trace(G); a[q] <- m / (2 * x[q])
  bias <- drop(invert(info_at(x)) %*% a); z <- x + bias; V <- invert(info_at(z)); kx <- ncol(X); ib <- length(lagged) + 1:kx; it <- if (durbin) length(lagged) + kx + 1:kx else integer(0)
  effect <- function(long) { f <- function(z) { c <- if (long) 1 - at(z, "y_lag") else 1; rr <- (z[q - 1] + if (long) at(z, "Wy_lag") else 0) / c; S <- solve(diag(N) - rr * W) / c; b <- z[ib]; th <- if (durbin) z[it] else 0 * b; d <- b * trace(S) / N + th * trace(S %*% W) / N; t <- b * sum(S) / N + th * sum(S %*% W) / N; c(d, t - d, t) }
    v <- f(z); J <- numDeriv::jacobian(f, z); s <- sqrt(diag(J %*% V %*% t(J))); part <- function(v, i) vec(v[(i - 1) * kx + 1:kx]); list(direct = part(v, 1), indirect = part(v, 2), total = part(v, 3), direct_se = part(s, 1), indirect_se = part(s, 2), total_se = part(s, 3)) }
  list(fit = fit, bias = bias, corrected = z, corrected_se = sqrt(diag(V)), stability = at(z, "y_lag") + at(z, "Wy_lag") + z[q - 1], short = effect(FALSE), long = effect(TRUE))
}
run <- function(p, name) sapply(c("individual", "twoways"), function(e) sapply(names(DYNAMIC), function(m) { d <- dynamic(p, e, DYNAMIC[[m]][[1]], DYNAMIC[[m]][[2]])
  fit_json(d$fit, name == "cigar", bias = vec(d$bias), corrected = vec(d$corrected), corrected_se = vec(d$corrected_se), stability = d$stability, short = d$short, long = d$long) }, simplify = FALSE), simplify = FALSE)
if (!exists("SIMULATE")) write_spatial(list(cigar = run(panel_data("cigar"), "cigar"), produc = run(panel_data("produc"), "produc")), "spatial-dynamic.json")
