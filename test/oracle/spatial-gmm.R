# Writes spatial-gmm.json: spatial models by two-stage least squares and generalised moments. Run from the repository's root: Rscript test/oracle/spatial-gmm.R (4 seconds).
# columbus (crime ~ inc + hoval, columbus.gal W) and boston (as in spatial-models.json):
#   stsls, sdm_stsls: spatial 2SLS (Kelejian and Prucha 1998): Wy instrumented by WX, W2X (sdm: by W2X, W3X); stsls_wx: by WX only. names: rho, (Intercept), x..., (lag.x...); estimate; sse; s2 = sse/(n - k), k counting rho; se (homoskedastic); se_hc0, se_hc1 (times n/(n - k)); covariance, covariance_hc0 (columbus). From and equal to spatialreg's stsls (sdm: 2SLS here).
#   gm_error: Kelejian and Prucha (1999), spatialreg's GMerrorsar: lambda, its se (KP 2004, as GMerrorsar), gm_s2 (of the moments), names, estimate and se of b = (X*'X*)^-1 X*'y*, X* = X - lambda WX; s2 = |e - lambda We|^2/n with the OLS residuals e; covariance s2 (X*'X*)^-1.
#   gstsls: SARAR (spatialreg's gstsls): lambda, gm_s2, names rho, (Intercept), x...; estimate, se, s2 = sse/(n - k), sse of the transformed rows.
#   moments: of gm_error: G (rows) and g: G (lambda, lambda^2, s2)' - g is minimised in its sum of squares; here polished by Newton steps to 1e-14 (spatialreg's nlminb stops earlier, at its default tolerances).
# panels cigar, produc (as in spatial-panels.json), lag, then demean; effects pooled, individual, twoways:
#   sar, sdm: 2SLS: names rho, x..., (lag.x...); instruments WX, W2X (sdm: W2X, W3X); estimate, sse, inverse (of Zp'Zp, by rows), se with s2 = sse/(n* - k), n* = NT, N(T-1), (N-1)(T-1); se_hc0 (no factor); se_cluster (sandwich by entity, no factor)
#   cigar endogenous: sar_endogenous: lprice endogenous beside Wy, extra instrument lpimin = log(pimin/cpi): names rho, lprice, lincome; instruments lincome, W lincome, W2 lincome, lpimin, W lpimin;
#     sdm_endogenous: names rho, lprice, lag.lprice, lincome, lag.lincome; instruments lincome, W lincome, W2 lincome, W3 lincome, lpimin, W lpimin, W2 lpimin. sargan: [statistic, df, p]: e'Pe/(e'e/n*)
#   gm_individual (Mutl and Pfaffermayr 2011; splm's spgm within, error): moments of the within residuals u over N(T-1), G = [2u'Wu, -|Wu|^2, 1; 2(WWu)'Wu, -|WWu|^2, tr(W'W)/N; u'WWu + |Wu|^2, -(Wu)'WWu, 0], g = [u'u, |Wu|^2, u'Wu]; lambda, s2_v; then b by least squares on the within of (I - lambda W): estimate, sse, se = s2_v (X*'X*)^-1
#   gm_twoways: the same on rows transformed by FT', FN' (W* = F'WF): n = (N-1)(T-1), tr(W*'W*)/(N-1) and tr(W*)/(N-1) for tr(W'W)/N and 0
#   gm_random (Kapoor, Kelejian and Prucha 2007): from OLS residuals; initial (three moments with Q0 / (N(T-1)); s2_1 from the residuals), weighted (six moments, weights diag(s2_v^2/(T-1), s2_1^2)^-1 (x) I_3), full (with T_W): lambda, s2_v, s2_1, and FGLS: names (Intercept), x...; estimate, se: (X*'Omega^-1 X*)^-1
#   sarar_individual, sarar_twoways: 2SLS, moments of its residuals, 2SLS on (I - lambda W) with the same instruments (X, WX, W2X; Mutl and Pfaffermayr's FE): lambda, s2_v, names rho, x...; estimate, sse, se with s2_v
#   gm_endogenous (cigar, individual): 2SLS within with lprice endogenous (instruments lincome, lpimin, W lpimin), moments, 2SLS on (I - lambda W) y, X with the instruments (I - lambda W) lincome, lpimin, W lpimin (splm): lambda, s2_v; names lprice, lincome; estimate, se with s2_v; gm_endogenous_filtered: (I - lambda W) of the excluded instruments too
# Random effects are in spatial-gmm-random.R, but for gm_random.
source("test/oracle/spatial-oracle.R"); source("test/oracle/spatial-likelihoods.R"); source("test/oracle/spatial-transformations.R"); source("test/oracle/spatial-moments.R")
fit2 <- function(t, full = FALSE) c(list(names = I(t$names), estimate = vec(t$b), sse = t$sse, s2 = t$s2, se = sd_of(t$V), se_hc0 = sd_of(t$robust), se_hc1 = vec(sqrt(diag(t$robust) * t$n / (t$n - t$k)))), if (full) list(covariance = rows(t$V), covariance_hc0 = rows(t$robust)))
near <- function(a, b, tol = 1e-7) stopifnot(isTRUE(all.equal(as.numeric(a), as.numeric(b), tolerance = tol)))
cross_section <- function(f, data, nb, full) {
  lw <- nb2listw(nb); W <- unname(listw2mat(lw)); mf <- model.frame(f, data); y <- model.response(mf); X <- model.matrix(f, mf); x <- X[, -1]; n <- length(y); Wy <- drop(W %*% y); Z <- cbind(rho = Wy, X)
  s <- tsls(y, Z, cbind(X, lags(W, x, 1:2)), n); r <- stsls(f, data, lw); near(s$b, r$coefficients); near(s$V, r$var); near(s$robust, stsls(f, data, lw, robust = TRUE)$var)
  s1 <- tsls(y, Z, cbind(X, lags(W, x, 1)), n); near(s1$b, stsls(f, data, lw, W2X = FALSE)$coefficients)
  sdm <- tsls(y, cbind(Z, lags(W, x, 1)), cbind(X, lags(W, x, 1:3)), n)
  trWW <- sum(W^2) / n; ols <- lm(f, data); u <- resid(ols); mo <- moments(u, W %*% u, W %*% W %*% u, n, trWW); p <- gm(mo$G, mo$g, start = c(0.3, mean(u^2))); l <- p[1]
  error <- GMerrorsar(f, data, lw, control = list(rel.tol = 1e-15, x.tol = 1e-14)); near(l, error$lambda, 1e-5); Xs <- X - l * W %*% X; ys <- y - l * Wy; b <- qr.coef(qr(Xs), ys); s2 <- sum((u - l * W %*% u)^2) / n; V <- s2 * solve(crossprod(Xs)); near(b, error$coefficients, 1e-5); near(sqrt(diag(V)), error$rest.se, 1e-5)
  # KP's standard error of lambda, as GMerrorsar has it: moments weighted as there
  c0 <- 1 / sqrt(1 + trWW^2); wu <- W %*% u; wwu <- W %*% wu; J <- rbind(c(2 * c0 * (sum(wwu * wu) - trWW * sum(wu * u)), -c0 * (sum(wwu^2) - trWW * sum(wu^2))), c(sum(wwu * u) + sum(wu^2), -sum(wwu * wu))) / n; J1 <- J %*% c(1, 2 * l)
  A2 <- crossprod(W); A1 <- c0 * (A2 - trWW * diag(n)); S1 <- A1 + t(A1); S2 <- A2 + t(A2); ph <- s2^2 / (2 * n) * rbind(c(sum(S1 * S1), sum(crossprod(S2, S1))), c(sum(crossprod(S2, S1)), sum(crossprod(S2)))); lse <- sqrt(sum(J1 * (ph %*% J1)) / sum(J1^2)^2 / n); gap <- lse / error$lambda.se - 1; cat("lambda.se relative gap", gap, "\n"); if (abs(gap) > 1e-4) stop("lambda.se")
  e1 <- s$e; mo2 <- moments(e1, W %*% e1, W %*% W %*% e1, n, trWW); p2 <- gm(mo2$G, mo2$g, start = c(0.1, mean(e1^2))); l2 <- p2[1]; F <- function(A) A - l2 * W %*% A
  g <- tsls(F(y), F(Z), cbind(F(X), lags(W, x, 1:2)), n); colnames(Z) -> g$names; ref <- gstsls(f, data, lw, control = list(rel.tol = 1e-15, x.tol = 1e-14)); near(l2, ref$lambda, 1e-5); near(g$b, ref$coefficients, 1e-5); near(g$V, ref$secstep_var, 1e-4)
  list(stsls = fit2(s, full), stsls_wx = fit2(s1), sdm_stsls = fit2(sdm), gm_error = list(lambda = l, lambda_se = lse, gm_s2 = p[2], names = I(colnames(X)), estimate = vec(b), se = sd_of(V), s2 = s2), gstsls = c(list(lambda = l2, gm_s2 = p2[2]), fit2(g)), moments = list(G = rows(mo$G), g = vec(mo$g)))
}
panel <- function(name) {
  p <- panel_data(name); N <- p$N; T <- p$T; W <- p$W; q <- projections(N, T); id <- rep(1:N, T); L <- function(A, k = 1) { A <- as.matrix(A); for (i in seq_len(k)) A <- apply_blocks(W, A); A }; Wy <- L(p$y); X <- p$X; colnames(Wy) <- "rho"; n <- c(pooled = N * T, individual = N * (T - 1), twoways = (N - 1) * (T - 1))
  out <- list(); show <- function(t, ...) list(names = I(t$names), estimate = vec(t$b), sse = t$sse, inverse = rows(t$inverse), se = sd_of(t$V), se_hc0 = sd_of(t$robust), se_cluster = sd_of(t$cluster), ...)
  for (effects in names(n)) {
    P <- function(A) q[[effects]](A); one <- function(A) if (effects == "pooled") cbind(A, "(Intercept)" = 1) else A
    est <- function(Z, H, ...) { t <- tsls(P(p$y), one(P(Z)), one(P(H)), n[[effects]], id); show(t, sargan = vec(t$sargan), ...) }
    o <- list(sar = est(cbind(Wy, X), cbind(X, lags(W, X, 1:2))), sdm = est(cbind(Wy, X, lags(W, X, 1)), cbind(X, lags(W, X, 1:3))))
    if (name == "cigar") { price <- X[, "lprice", drop = FALSE]; inc <- X[, "lincome", drop = FALSE]; z <- as.matrix(p$data["lpimin"])
      o$sar_endogenous <- est(cbind(Wy, price, inc), cbind(inc, lags(W, inc, 1:2), z, lags(W, z, 1))); o$sdm_endogenous <- est(cbind(Wy, price, lags(W, price, 1), inc, lags(W, inc, 1)), cbind(inc, lags(W, inc, 1:3), z, lags(W, z, 1:2))) }
    out[[effects]] <- o
  }
  within <- q$individual; trWW <- sum(W^2) / N; FN <- complement(N); Ws <- t(FN) %*% W %*% FN; both <- function(A) transform_rows(A, N, T, FN, complement(T)); H <- cbind(X, lags(W, X, 1:2))
  spaces <- list(individual = list(P = within, n = N * (T - 1), trWW = trWW, trW = 0, M = W), twoways = list(P = both, n = (N - 1) * (T - 1), trWW = sum(Ws^2) / (N - 1), trW = sum(diag(Ws)) / (N - 1), M = Ws))
  lambda_of <- function(u, s) { Wu <- apply_blocks(s$M, u); mo <- moments(u, Wu, apply_blocks(s$M, Wu), s$n, s$trWW, s$trW); gm(mo$G, mo$g, start = c(0.2, sum(u^2) / s$n)) }
  for (e in names(spaces)) { s <- spaces[[e]]; y <- s$P(p$y); x <- s$P(X); F <- function(A, l) s$P(A) - l * s$P(L(A)); u <- y - x %*% qr.coef(qr(x), y); pr <- lambda_of(u, s); t <- tsls(F(p$y, pr[1]), F(X, pr[1]), F(X, pr[1]), s$n)
    out[[paste0("gm_", e)]] <- list(lambda = pr[1], s2_v = pr[2], names = I(colnames(X)), estimate = vec(t$b), sse = t$sse, se = sd_of(pr[2] * t$inverse))
    Z <- cbind(Wy, X); first <- tsls(y, s$P(Z), s$P(H), s$n); pr <- lambda_of(as.matrix(first$e), s); t <- tsls(F(p$y, pr[1]), F(Z, pr[1]), s$P(H), s$n)
    out[[paste0("sarar_", e)]] <- list(lambda = pr[1], s2_v = pr[2], names = I(colnames(Z)), estimate = vec(t$b), sse = t$sse, se = sd_of(pr[2] * t$inverse)) }
  if (name == "cigar") { s <- spaces$individual; F <- function(A, l) s$P(A) - l * s$P(L(A)); Hx <- cbind(inc, z, lags(W, z, 1)); first <- tsls(s$P(p$y), s$P(X), s$P(Hx), s$n); pr <- lambda_of(as.matrix(first$e), s)
    last <- function(H) { t <- tsls(F(p$y, pr[1]), F(X, pr[1]), H, s$n); list(lambda = pr[1], s2_v = pr[2], names = I(colnames(X)), estimate = vec(t$b), sse = t$sse, se = sd_of(pr[2] * t$inverse)) }
    out$gm_endogenous <- last(cbind(F(inc, pr[1]), s$P(Hx[, -1]))); out$gm_endogenous_filtered <- last(F(Hx, pr[1])) }
  # Kapoor, Kelejian and Prucha
  D <- cbind("(Intercept)" = 1, X); u <- as.matrix(resid(lm(p$y ~ X))); Wu <- L(u); WWu <- L(Wu); mean_part <- function(A) A - within(A); m0 <- moments(within(u), within(Wu), within(WWu), N * (T - 1), trWW); m1 <- moments(mean_part(u), mean_part(Wu), mean_part(WWu), N, trWW)
  i <- gm(m0$G, m0$g, start = c(0.2, mean(u^2))); s1 <- sum(mean_part(u - i[1] * Wu)^2) / N; G6 <- rbind(cbind(m0$G, 0), cbind(m1$G[, 1:2], 0, m1$G[, 3])); g6 <- c(m0$g, m1$g); Gamma <- diag(c(i[2]^2 / (T - 1), s1^2))
  fgls <- function(l, v, s) { th <- 1 - sqrt(v / s); F <- function(A) { A <- as.matrix(A); R <- A - l * L(A); R - th * mean_part(R) }; x <- F(D); b <- qr.coef(qr(x), F(p$y)); list(lambda = l, s2_v = v, s2_1 = s, names = I(colnames(D)), estimate = vec(b), se = sd_of(v * solve(crossprod(x)))) }
  w <- gm(G6, g6, kronecker(Gamma, diag(3)), c(i, s1)); f <- gm(G6, g6, kronecker(Gamma, moment_weights(W)), c(i, s1))
  c(out, list(gm_random = list(initial = fgls(i[1], i[2], s1), weighted = fgls(w[1], w[2], w[3]), full = fgls(f[1], f[2], f[3]))))
}
result <- list(columbus = cross_section(crime ~ inc + hoval, columbus_data(), columbus_nb(), TRUE),
  boston = cross_section(log(cmedv) ~ crim + zn + indus + chas + I(nox^2) + I(rm^2) + age + log(dis) + log(rad) + tax + ptratio + b + log(lstat), boston_data(), boston_nb(), FALSE), cigar = panel("cigar"), produc = panel("produc"))
write_spatial(result, "spatial-gmm.json")
