# Writes spatial-paths.json: moderation and mediation in space, by explicit N x N matrices. Run from the repository's root: Rscript test/oracle/spatial-paths.R (half a minute).
# produc: 48 states, 1970-1986, contiguity, row-standardised. By estimator (spatial-panels.R): lee_yu_twoways of the SDM, lee_yu_individual of the SAR, none_twoways of the SDM, lee_yu_twoways of the SEM.
#   moderation: lgsp ~ lpcap, unemp, lpcap*unemp (centred), lpc, lemp; names, estimate, covariance of the fit; values (percentiles 16, 50, 84, type 6);
#     effects and se: direct, indirect, total at each value, then of the differences p50 - p16, p84 - p16, p84 - p50; se by numDeriv.
#   mediation: lpc ~ lpcap, lemp, unemp; lgsp ~ lpcap, lpc, lemp, unemp; fits mediator and outcome, and effects and se of the paths lpcap -> lpc, lpc -> lgsp, lpcap -> lpc -> lgsp, lpcap -> lgsp, both;
#     direct the mean diagonal, total the mean row sum, indirect the rest; se by numDeriv, both fits independent.
# replicates (lee_yu_twoways, SDM): by scheme, a row a replicate, those effects from y* = (I - rho W)^-1 (m + e*), m = (I - rho W) y - e with the effects of entities and years in it, the draws being those of data/spatial-paths-draws.csv
#   (streams 0 to 5 of seed 6): wild-clusters (one sign a state in both equations, mediator as observed in the outcome's), recursive-wild-clusters (a sign in each, the new mediator in the outcome's equation), both sqrt(48/47) longer; periods (whole years drawn, sqrt(17/16) longer).
source("test/oracle/spatial-oracle.R"); source("test/oracle/spatial-likelihoods.R"); source("test/oracle/spatial-transformations.R")
p <- panel_data("produc"); N <- p$N; W <- p$W; I <- diag(N); d <- p$data; X <- function(...) as.matrix(d[c(...)])
models <- list(sar = list(durbin = FALSE, parameters = "rho"), sdm = list(durbin = TRUE, parameters = "rho"), sem = list(durbin = FALSE, parameters = "lambda"))
fit <- function(y, X, name, model) { q <- p; q$y <- y; q$X <- X; f <- form(q, name); spatial_ml(f$data(q, models[[model]]$durbin), f$op, f$a, f$n, models[[model]]$parameters, f$project) }
at <- function(f, theta, name) { i <- match(name, f$names); if (is.na(i)) 0 else theta[i] }
multiplied <- function(f, theta, b, g) solve(I - at(f, theta, "rho") * W, b * I + g * W)
means <- function(S) { own <- mean(diag(S)); all <- sum(S) / N; c(own, all - own, all) }
with_se <- function(value, theta, V) { J <- numDeriv::jacobian(value, theta, method.args = list(eps = 1e-3, d = 1e-3, r = 6)); list(effects = vec(value(theta)), se = vec(sqrt(pmax(0, diag(J %*% V %*% t(J)))))) }
fit_of <- function(f) list(names = f$names, estimate = vec(f$estimate), covariance = rows(f$covariance))

moderation <- function(name, model) {
  product <- (d$lpcap - mean(d$lpcap)) * (d$unemp - mean(d$unemp)); Z <- cbind(X("lpcap", "unemp"), product = product, X("lpc", "lemp")); f <- fit(d$lgsp, Z, name, model)
  m <- unname(quantile(d$unemp, c(.16, .5, .84), type = 6))
  value <- function(theta) {
    b <- function(M) at(f, theta, "lpcap") + (M - mean(d$unemp)) * at(f, theta, "product"); g <- function(M) at(f, theta, "lag.lpcap") + (M - mean(d$unemp)) * at(f, theta, "lag.product")
    e <- lapply(m, function(M) means(multiplied(f, theta, b(M), g(M)))); c(unlist(e), e[[2]] - e[[1]], e[[3]] - e[[1]], e[[3]] - e[[2]])
  }
  c(list(fit = fit_of(f), values = vec(m)), with_se(value, f$estimate, f$covariance))
}
paths <- function(fm, fy, tm, ty) {
  pm <- multiplied(fm, tm, at(fm, tm, "lpcap"), at(fm, tm, "lag.lpcap")); py <- multiplied(fy, ty, at(fy, ty, "lpc"), at(fy, ty, "lag.lpc")); past <- multiplied(fy, ty, at(fy, ty, "lpcap"), at(fy, ty, "lag.lpcap"))
  c(means(pm), means(py), means(py %*% pm), means(past), means(py %*% pm + past))
}
mediator_of <- function(u, name, model) fit(u, X("lpcap", "lemp", "unemp"), name, model)
outcome_of <- function(y, u, name, model) fit(y, cbind(X("lpcap"), lpc = u, X("lemp", "unemp")), name, model)
mediation <- function(name, model) {
  fm <- mediator_of(d$lpc, name, model); fy <- outcome_of(d$lgsp, d$lpc, name, model); k <- length(fm$estimate); V <- as.matrix(bdiag(fm$covariance, fy$covariance))
  c(list(mediator = fit_of(fm), outcome = fit_of(fy)), with_se(function(theta) paths(fm, fy, theta[1:k], theta[-(1:k)]), c(fm$estimate, fy$estimate), V))
}
cases <- list(c("lee_yu_twoways", "sdm"), c("lee_yu_individual", "sar"), c("none_twoways", "sdm"), c("lee_yu_twoways", "sem"))
results <- setNames(lapply(cases, function(x) list(moderation = moderation(x[1], x[2]), mediation = mediation(x[1], x[2]))), sapply(cases, paste, collapse = "_"))

# ---- replicates: residuals within, by state and year ------
name <- "lee_yu_twoways"; Q <- projections(N, p$T)$twoways; lag <- function(v) as.vector(apply_blocks(W, v)); fm <- mediator_of(d$lpc, name, "sdm"); fy <- outcome_of(d$lgsp, d$lpc, name, "sdm")
left <- function(f, y, Z) { b <- f$estimate[seq_len(2 * ncol(Z))]; y - at(f, f$estimate, "rho") * lag(y) - as.vector(cbind(Z, apply(Z, 2, lag)) %*% b) }       # effects and errors
Zm <- X("lpcap", "lemp", "unemp"); Zy <- function(u) cbind(X("lpcap"), lpc = u, X("lemp", "unemp"))
em <- as.vector(Q(left(fm, d$lpc, Zm))); ey <- as.vector(Q(left(fy, d$lgsp, Zy(d$lpc))))
again <- function(f, y, Z, e, e_new, Z_new = Z) { mean <- y - at(f, f$estimate, "rho") * lag(y) - e; b <- f$estimate[seq_len(2 * ncol(Z))]
  mean <- mean + as.vector(cbind(Z_new - Z, apply(Z_new - Z, 2, lag)) %*% b); as.vector(apply_blocks(solve(I - at(f, f$estimate, "rho") * W), mean + e_new)) }
draws <- read.csv(data_file("spatial-paths-draws.csv"))
replicate_of <- function(scheme, i) {
  rows <- draws[draws$scheme == scheme & draws$replicate == i, ]; drawn <- setNames(lapply(strsplit(rows$draws, " "), as.numeric), rows$equation); recursive <- scheme != "wild-clusters"
  change <- function(e, v) if (scheme == "periods") sqrt(p$T / (p$T - 1)) * as.vector(matrix(e, N)[, v + 1]) else sqrt(N / (N - 1)) * e * rep(v, p$T)
  vm <- drawn[[1]]; vy <- drawn[[length(drawn)]]; u <- again(fm, d$lpc, Zm, em, change(em, vm)); used <- if (recursive) u else d$lpc
  y <- again(fy, d$lgsp, Zy(d$lpc), ey, change(ey, vy), Zy(used)); gm <- mediator_of(u, name, "sdm"); gy <- outcome_of(y, used, name, "sdm"); paths(gm, gy, gm$estimate, gy$estimate)
}
schemes <- c("wild-clusters", "recursive-wild-clusters", "periods")
results$replicates <- setNames(lapply(schemes, function(s) t(sapply(0:5, function(i) replicate_of(s, i)))), schemes)
write_spatial(results, "spatial-paths.json")
