# Writes spatial-tests.json: tests for spatial dependence. Run from the repository's root: Rscript test/oracle/spatial-tests.R (3 seconds).
# cross_section: columbus (crime ~ inc + hoval, columbus.gal W), boston (log(cmedv) ~ crim, zn, indus, chas, nox^2, rm^2, age, log dis, log rad, tax, ptratio, b, log lstat; W), and columbus_B (binary weights):
#   lm (spdep's lm.LMtests): err, lag, robust_err, robust_lag, sarma: [statistic, df, p]
#   koley_bera: Rao score tests of the spatial Durbin model from the OLS residuals (Koley and Bera 2024), every statistic [statistic, df, p]:
#     with d_rho = e'Wy/s2, d_theta = (WX)'e/s2, s2 = e'e/n, M off X (and its constant), WX without the constant's lag,
#     J_rr = |M W X b|^2/s2 + tr(WW + W'W), J_rt = (W X b)' M WX/s2, J_tt = (WX)' M WX/s2:
#     lag = d_rho^2/J_rr; wx = d_theta' J_tt^-1 d_theta; adjusted_lag: d_rho - J_rt J_tt^-1 d_theta over J_rr - J_rt J_tt^-1 J_tr; adjusted_wx likewise; joint_sdm (df 1 + k) = lag + adjusted_wx = wx + adjusted_lag;
#     err = (e'We/s2)^2/tr(WW + W'W); joint_sdem = err + wx (the scores of lambda and theta are uncorrelated)
#   slx: lm.LMtests of the regression that has WX already (the tests of rho, lambda given theta estimated), as lm
# panels: Cigar (log sales ~ log(price/cpi), log(ndi/cpi); 46 states) and Produc (log gsp ~ log pcap, log pc, log emp, unemp), contiguity W; rows stacked by year:
#   by effects pooled (with a constant), individual, time, two-ways; each with conventions:
#     transformed (Debarsy and Ertur 2010; method of this project): e = within residuals, n* = N(T-1), (N-1)T, (N-1)(T-1), a = T-1, T, T-1 and W* = W or F'WF (time, two-ways); s2 = e'e/n*;
#       d_e = e'W_T e/s2 - a tr W*; d_l = e'W_T y/s2 - a tr W*; V = a [tr(W*W* + W*'W*)] - 2 a^2 (tr W*)^2/n*; J = |M Q W_T X b|^2/s2 + V
#     naive: the pooled formulas (Anselin, Le Gallo and Jayet 2008) on within residuals, s2 = e'e/(NT), d without the trace, V = T tr(WW + W'W)
#     elhorst: naive, but J from W_T times the demeaned X, not demeaned again (demean, then lag): the statistics that Elhorst (2014) prints for Cigar: lag, robust lag, error, robust error are
#       66.47, 58.26, 153.04, 144.84 (pooled); 136.43, 29.51, 255.72, 148.80 (individual); 44.04, 0.33, 62.86, 19.15 (time); 46.90, 1.16, 54.65, 8.91 (two-ways)
#     Each: err, lag, robust_err, robust_lag, sarma, and koley_bera (lag, wx, adjusted_lag, adjusted_wx, joint_sdm, joint_sdem with the same d, V, J). For pooled the two are the same; pooled_spdep: lm.LMtests on the stacked weights.
#   moran_residuals: e'W_T e/e'e of the within residuals
#   cd: plm's pcdtest of the within residuals of the two-ways, individual and pooled models: cd, lm, sclm, bcsclm (not for pooled), cd_local (w = contiguity, the pairs that are neighbours): [statistic, p]
#   baltagi_song_koh: from the pooled OLS residuals u: lm1 = sqrt(NT/(2(T-1))) G, lm2 = sqrt(N^2 T/b) H, lmj = lm1^2 + lm2^2 (df 2): [statistic, p] with p one-sided for lm1, two-sided for lm2;
#     G = u'(J_T (x) I_N)u/u'u - 1, H = u'(I_T (x) (W + W')/2)u/u'u, b = tr((W + W')^2)/2
# dependence: pcdtest again, each with cd, lm, sclm, cd_local as above, and rho, absrho (mean correlation, mean absolute correlation):
#   by_entity: residuals of a regression of each entity; variable: the dependent variable itself; unbalanced: individual within residuals without the rows whose place
#   (from 0, by entity in the order of the file, then by year) leaves 3 when divided by 7
#     clm_lambda: of lambda where random effects are estimated by maximum likelihood, clm_mu: of random effects (one-sided) where lambda is: scores and information tr(O^-1 dO O^-1 dO)/2 from the NT x NT matrices O = Var(u)
source("test/oracle/spatial-oracle.R")
suppressMessages(library(plm))
chi <- function(s, df = 1) vec(c(s, df, pchisq(s, df, lower.tail = FALSE)))
spdep_lm <- function(model, lw) { r <- suppressWarnings(lm.LMtests(model, lw, test = "all")); names(r) <- c("err", "lag", "robust_err", "robust_lag", "sarma"); lapply(r, function(t) chi(t$statistic[[1]], t$parameter[[1]])) }
scores <- function(d_e, d_l, d_t, V, WXb, WX, X, s2) {            # X, WX already within; every column of X
  M <- function(A) as.matrix(A) - X %*% qr.coef(qr(X), as.matrix(A))
  a <- M(WXb); B <- M(WX); Jrr <- sum(a^2) / s2 + V; Jrt <- crossprod(a, B) / s2; Jtt <- crossprod(B) / s2; k <- ncol(B)
  q <- function(d, S) sum(d * solve(S, d))
  d_t <- drop(d_t); Jrt <- drop(Jrt); dl_adj <- d_l - sum(Jrt * solve(Jtt, d_t)); dt_adj <- d_t - Jrt * d_l / Jrr
  wx <- q(d_t, Jtt); err <- d_e^2 / V; lag <- d_l^2 / Jrr; adj_lag <- dl_adj^2 / (Jrr - sum(Jrt * solve(Jtt, Jrt))); adj_wx <- q(dt_adj, Jtt - outer(Jrt, Jrt) / Jrr)
  joint <- q(c(d_l, d_t), rbind(c(Jrr, Jrt), cbind(Jrt, Jtt))); stopifnot(abs(joint - lag - adj_wx) < 1e-8 * joint, abs(joint - wx - adj_lag) < 1e-8 * joint)
  rlag <- (d_l - d_e)^2 / (Jrr - V); rerr <- (d_e - V / Jrr * d_l)^2 / (V * (1 - V / Jrr))
  list(err = chi(err), lag = chi(lag), robust_err = chi(rerr), robust_lag = chi(rlag), sarma = chi(rlag + err, 2),
    koley_bera = list(lag = chi(lag), wx = chi(wx, k), adjusted_lag = chi(adj_lag), adjusted_wx = chi(adj_wx, k), joint_sdm = chi(joint, 1 + k), err = chi(err), joint_sdem = chi(err + wx, 1 + k)))
}
cross_section <- function(f, data, lw) {
  m <- lm(f, data); X <- model.matrix(m); y <- model.response(model.frame(m)); W <- listw2mat(lw); e <- resid(m); s2 <- mean(e^2); V <- sum(W * t(W)) + sum(W^2)
  WX <- W %*% X[, -1]; own <- scores(sum(e * (W %*% e)) / s2, sum(e * (W %*% y)) / s2, crossprod(WX, e) / s2, V, W %*% fitted(m), WX, X, s2)
  lm <- spdep_lm(m, lw); stopifnot(all.equal(unlist(own[1:5]), unlist(lm), tolerance = 1e-8))
  data$WX_ <- WX; list(lm = lm, koley_bera = own$koley_bera, slx = spdep_lm(lm(update(f, . ~ . + WX_), data), lw))
}
complement <- function(n) { C <- contr.helmert(n); sweep(C, 2, sqrt(colSums(C^2)), "/") }
panel <- function(name) {
  p <- panel_data(name); N <- p$N; T <- p$T; W <- p$W; lag <- function(A) { A <- as.matrix(A); for (t in 1:T) A[(t - 1) * N + 1:N, ] <- W %*% A[(t - 1) * N + 1:N, ]; A }
  FN <- complement(N); Ws <- t(FN) %*% W %*% FN; trW2 <- sum(W * t(W)) + sum(W^2)
  id <- factor(rep(1:N, T)); year <- factor(rep(1:T, each = N)); entity_mean <- function(A) apply(as.matrix(A), 2, function(v) ave(v, id)); year_mean <- function(A) apply(as.matrix(A), 2, function(v) ave(v, year)); grand <- function(A) matrix(colMeans(as.matrix(A)), length(id), ncol(as.matrix(A)), byrow = TRUE)
  Q <- list(pooled = function(A) as.matrix(A), individual = function(A) as.matrix(A) - entity_mean(A), time = function(A) as.matrix(A) - year_mean(A), twoways = function(A) as.matrix(A) - entity_mean(A) - year_mean(A) + grand(A))
  tests <- function(effects) {
    q <- Q[[effects]]; y <- q(p$y); X <- q(p$X); Wy <- q(lag(p$y)); WX <- q(lag(p$X)); if (effects == "pooled") X <- cbind(1, X)
    b <- qr.coef(qr(X), y); e <- y - X %*% b; WXb <- if (effects == "pooled") lag(X %*% b) else WX %*% b; eWe <- sum(e * lag(e)); eWy <- sum(e * Wy); eWX <- crossprod(WX, e)
    convention <- function(n, a, tr, V, lagged = WXb, WX_ = WX) { s2 <- sum(e^2) / n; scores(eWe / s2 - a * tr, eWy / s2 - a * tr, eWX / s2, V, lagged, WX_, X, s2) }
    n <- c(pooled = N * T, individual = N * (T - 1), time = (N - 1) * T, twoways = (N - 1) * (T - 1))[[effects]]; a <- if (effects %in% c("pooled", "time")) T else T - 1
    tr <- if (effects %in% c("time", "twoways")) sum(diag(Ws)) else 0; M <- if (effects %in% c("time", "twoways")) Ws else W
    list(transformed = convention(n, a, tr, a * (sum(M * t(M)) + sum(M^2)) - 2 * a^2 * tr^2 / n), naive = convention(N * T, 0, 0, T * trW2), elhorst = convention(N * T, 0, 0, T * trW2, lag(X %*% b), lag(if (effects == "pooled") X[, -1] else X)), moran_residuals = eWe / sum(e^2))
  }
  r <- sapply(names(Q), tests, simplify = FALSE)
  f <- reformulate(p$names$x, p$names$y); m <- lm(f, p$data)
  r$pooled_spdep <- spdep_lm(m, mat2listw(kronecker(diag(T), W), style = "W")); stopifnot(all.equal(unlist(r$pooled_spdep), unlist(r$pooled$naive[1:5]), tolerance = 1e-8))
  near <- (W > 0) * 1; dimnames(near) <- list(p$entities, p$entities); near <- near[order(as.character(p$entities)), order(as.character(p$entities))]
  cd <- function(model, effect) { fit <- suppressWarnings(plm(f, p$data, model = model, effect = effect, index = c("state", "year"))); one <- function(...) { t <- pcdtest(fit, ...); vec(c(t$statistic, t$p.value)) }
    out <- sapply(c("cd", "lm", "sclm", if (model == "within") "bcsclm"), function(t) one(test = t), simplify = FALSE); w <- near[match(as.character(unique(index(fit)[[1]])), rownames(near)), match(as.character(unique(index(fit)[[1]])), rownames(near))]; c(out, list(cd_local = one(test = "cd", w = w))) }
  r$cd <- list(twoways = cd("within", "twoways"), individual = cd("within", "individual"), pooled = cd("pooling", "individual"))
  u <- resid(m); U <- matrix(u, N); G <- sum(rowSums(U)^2) / sum(u^2) - 1; H <- sum(u * lag(u)) / sum(u^2); b <- trW2
  lm1 <- sqrt(N * T / (2 * (T - 1))) * G; lm2 <- sqrt(N^2 * T / b) * H
  X <- cbind(1, p$X); k2 <- function(A, B) kronecker(A, B); JT <- matrix(1, T, T); IT <- diag(T); IN <- diag(N)
  gls <- function(O) { R <- chol(O); y <- backsolve(R, p$y, transpose = TRUE); Z <- backsolve(R, X, transpose = TRUE); b <- qr.coef(qr(Z), y); list(u = drop(p$y - X %*% b), rss = sum((y - Z %*% b)^2), logdet = 2 * sum(log(diag(R)))) }
  test <- function(O, u, dO) { O1 <- chol2inv(chol(O)); A <- lapply(dO, function(d) O1 %*% d); s <- sapply(dO, function(d) sum((O1 %*% u) * (d %*% (O1 %*% u))) / 2) - sapply(A, function(a) sum(diag(a))) / 2
    I <- matrix(sapply(A, function(a) sapply(A, function(c) sum(a * t(c)) / 2)), length(A)); s[1] / sqrt(I[1, 1] - sum(I[1, -1] * solve(I[-1, -1], I[-1, 1]))) }
  # ln L of variances up to scale, in closed form: within and between parts; W by its eigenvalues
  part <- function(A) { A <- as.matrix(A); m <- apply(A, 2, function(v) rowMeans(matrix(v, N))); list(w = A - m[rep(1:N, T), , drop = FALSE], b = sqrt(T) * m) }; py <- part(p$y); px <- part(X)
  re <- optimize(function(v) { f <- exp(v / 2); -N * T / 2 * log(sum(qr.resid(qr(rbind(px$w, f * px$b)), c(py$w, f * py$b))^2)) + N / 2 * v }, c(-20, 0), maximum = TRUE, tol = 1e-13)$maximum
  O <- k2(IT, IN) + (exp(-re) - 1) / T * k2(JT, IN); g <- gls(O); s2 <- g$rss / (N * T)
  clm_lambda <- test(s2 * O, g$u, list(s2 * k2(IT, W + t(W)), k2(JT, IN), k2(IT, IN)))
  ev <- Re(eigen(W, only.values = TRUE)$values); LX <- lag(X); Ly <- drop(lag(p$y))
  lambda <- optimize(function(l) T * sum(log(1 - l * ev)) - N * T / 2 * log(sum(qr.resid(qr(X - l * LX), p$y - l * Ly)^2)), c(-0.95, 0.99), maximum = TRUE, tol = 1e-13)$maximum
  B <- IN - lambda * W; K <- solve(crossprod(B)); O <- k2(IT, K); g <- gls(O); s2 <- g$rss / (N * T)
  clm_mu <- test(s2 * O, g$u, list(k2(JT, IN), s2 * k2(IT, K %*% (t(W) %*% B + t(B) %*% W) %*% K), O))
  r$baltagi_song_koh <- list(clm_lambda = vec(c(clm_lambda, 2 * pnorm(-abs(clm_lambda)))), clm_mu = vec(c(clm_mu, pnorm(clm_mu, lower.tail = FALSE))), lm1 = vec(c(lm1, pnorm(lm1, lower.tail = FALSE))), lm2 = vec(c(lm2, 2 * pnorm(-abs(lm2)))), lmj = chi(lm1^2 + lm2^2, 2))
  r
}
dependence <- function(name) {
  p <- panel_data(name); f <- reformulate(p$names$x, p$names$y); near <- (p$W > 0) * 1; dimnames(near) <- list(p$entities, p$entities)
  d <- p$data[order(match(p$data$state, p$entities), p$data$year), ]; holes <- d[(seq_len(nrow(d)) - 1) %% 7 != 3, ]
  by <- function(call, order) { w <- near[order, order]; one <- function(...) suppressWarnings(call(...)); out <- sapply(c("cd", "lm", "sclm"), function(t) { r <- one(test = t); vec(c(r$statistic, r$p.value)) }, simplify = FALSE)
    r <- one(test = "cd", w = w); c(out, list(cd_local = vec(c(r$statistic, r$p.value)), rho = one(test = "rho")$statistic[[1]], absrho = one(test = "absrho")$statistic[[1]])) }
  entities <- function(fit) as.character(unique(index(fit)[[1]])); ids <- as.character(sort(p$entities))
  fit <- plm(f, holes, model = "within", index = c("state", "year")); P <- pdata.frame(d, index = c("state", "year")); y <- P[[p$names$y]]
  list(by_entity = by(function(...) pcdtest(f, data = d, index = c("state", "year"), ...), ids), variable = by(function(...) pcdtest(y, ...), ids), unbalanced = by(function(...) pcdtest(fit, ...), entities(fit)))
}
columbus <- columbus_data(); boston <- boston_data()
result <- list(cross_section = list(columbus = cross_section(crime ~ inc + hoval, columbus, nb2listw(columbus_nb())), columbus_B = cross_section(crime ~ inc + hoval, columbus, nb2listw(columbus_nb(), style = "B")),
    boston = cross_section(log(cmedv) ~ crim + zn + indus + chas + I(nox^2) + I(rm^2) + age + log(dis) + log(rad) + tax + ptratio + b + log(lstat), boston, nb2listw(boston_nb()))),
  panels = list(cigar = panel("cigar"), produc = panel("produc")), dependence = list(cigar = dependence("cigar"), produc = dependence("produc")))
write_spatial(result, "spatial-tests.json")
