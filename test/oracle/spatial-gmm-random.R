# Writes spatial-gmm-random.json: spatial panels with random entity effects by two-stage least squares and generalised moments, as splm's spgm has them, written out here. Run from the repository's root: Rscript test/oracle/spatial-gmm-random.R (3 seconds).
# cigar, produc as in spatial-panels.json, all with a constant. Within: entities demeaned, over N(T-1); between: means over time times sqrt(T), N rows.
# By model: sar: Wy endogenous, instruments X, WX, W2X; sdm: W X is a regressor, instruments to W3X; sar_endogenous (cigar): lprice endogenous too, instruments lincome, W, W2 of it, lpimin, W lpimin:
#   w2sls: s2_v = sse/(N(T-1) - k); b2sls: s2_1 = sse/(N - k): names rho, (lprice), (Intercept), x..., lag.x...; (no intercept in w2sls): estimate, sse, se with these s2
#   g2sls (Balestra and Varadharajan-Krishnakumar): rows within/sqrt(s2_v) + between mean/sqrt(s2_1) of y, regressors and instruments; ec2sls (Baltagi and Liu 2011; Baltagi 1981): the same rows, instruments within and between apart;
#     estimate, sse, se with sse/(NT - k); se_unit with 1 for it; s2_v, s2_1
# sarar (Mutl and Pfaffermayr 2011; splm's spgm random with lag): residuals of w2sls and b2sls of sar; moments of the within ones: lambda, s2_v; s2_1 = |u_b - lambda W u_b|^2/N of the between ones;
#   initial; weighted (six moments, weights diag(s2_v^2/(T-1), s2_1^2)^-1 (x) I_3); full ((x) T_W): lambda, s2_v, s2_1, theta = 1 - sqrt(s2_v/s2_1);
#   then 2SLS of z - theta mean(z), z = (I - lambda W)(y, Wy, X), with instruments these X, and X, WX, W2X within and between apart: names rho, (Intercept), x...; estimate, sse, se with s2_v
source("test/oracle/spatial-oracle.R"); source("test/oracle/spatial-likelihoods.R"); source("test/oracle/spatial-transformations.R"); source("test/oracle/spatial-moments.R")
run <- function(name) {
  p <- panel_data(name); N <- p$N; T <- p$T; W <- p$W; id <- rep(1:N, T); within <- projections(N, T)$individual; L <- function(A) apply_blocks(W, as.matrix(A)); Wy <- L(p$y); colnames(Wy) <- "rho"; X <- p$X; one <- matrix(1, N * T, 1, dimnames = list(NULL, "(Intercept)"))
  mean_of <- function(A) { A <- as.matrix(A); R <- A - within(A); colnames(R) <- colnames(A); R }; between <- function(A) { A <- as.matrix(A); R <- sqrt(T) * mean_of(A)[1:N, , drop = FALSE]; colnames(R) <- colnames(A); R }
  show <- function(t, s2 = t$s2, ...) list(names = I(t$names), estimate = vec(t$b), sse = t$sse, se = vec(sqrt(diag(s2 * t$inverse))), ...)
  random <- function(Z, H) {                                      # Z: endogenous first, no constant; H: exogenous and instruments, no constant
    w <- tsls(within(p$y), within(Z), within(H), N * (T - 1)); b <- tsls(between(p$y), between(cbind(Z, one)), between(cbind(H, one)), N); v <- w$s2; s <- b$s2
    star <- function(A) { A <- as.matrix(A); R <- within(A) / sqrt(v) + mean_of(A) / sqrt(s); colnames(R) <- colnames(A); R }; Zc <- star(cbind(Z, one)); g <- tsls(star(p$y), Zc, star(cbind(H, one)), N * T); e <- tsls(star(p$y), Zc, cbind(one, within(H), mean_of(H)), N * T)
    list(w2sls = show(w, s2_v = v), b2sls = show(b, s2_1 = s), g2sls = show(g, se_unit = vec(sqrt(diag(g$inverse)))), ec2sls = show(e, se_unit = vec(sqrt(diag(e$inverse)))), fits = list(w = w, b = b)) }
  H <- cbind(X, lags(W, X, 1:2)); sar <- random(cbind(Wy, X), H); out <- list(sar = sar[1:4], sdm = random(cbind(Wy, X, lags(W, X, 1)), cbind(X, lags(W, X, 1:3)))[1:4])
  if (name == "cigar") { z <- as.matrix(p$data["lpimin"]); out$sar_endogenous <- random(cbind(Wy, X), cbind(H[, grepl("lincome", colnames(H))], z, lags(W, z, 1)))[1:4] }
  u <- as.matrix(sar$fits$w$e); ub <- as.matrix(sar$fits$b$e); trWW <- sum(W^2) / N; m0 <- moments(u, L(u), L(L(u)), N * (T - 1), trWW); m1 <- moments(ub, W %*% ub, W %*% W %*% ub, N, trWW)
  i <- gm(m0$G, m0$g, start = c(0.1, sum(u^2) / (N * (T - 1)))); s1 <- sum((ub - i[1] * W %*% ub)^2) / N; G6 <- rbind(cbind(m0$G, 0), cbind(m1$G[, 1:2], 0, m1$G[, 3])); g6 <- c(m0$g, m1$g); Gamma <- diag(c(i[2]^2 / (T - 1), s1^2))
  w <- gm(G6, g6, kronecker(Gamma, diag(3)), c(i, s1)); f <- gm(G6, g6, kronecker(Gamma, moment_weights(W)), c(i, s1))
  last <- function(l, v, s) { th <- 1 - sqrt(v / s); F <- function(A) { A <- as.matrix(A); R <- A - l * L(A); R <- R - th * mean_of(R); colnames(R) <- colnames(A); R }; Z <- cbind(Wy, one, X); t <- tsls(F(p$y), F(Z), cbind(F(cbind(one, X)), within(H), mean_of(H), one), N * T); list(lambda = l, s2_v = v, s2_1 = s, theta = th, names = I(colnames(Z)), estimate = vec(t$b), sse = t$sse, se = vec(sqrt(diag(v * t$inverse)))) }
  c(out, list(sarar = list(initial = last(i[1], i[2], s1), weighted = last(w[1], w[2], w[3]), full = last(f[1], f[2], f[3]))))
}
write_spatial(list(cigar = run("cigar"), produc = run("produc")), "spatial-gmm-random.json")
