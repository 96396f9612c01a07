# Writes spatial-panels.json: spatial panels with fixed effects by maximum likelihood. Run from the repository's root: Rscript test/oracle/spatial-panels.R (25 seconds).
# cigar: log sales ~ lprice, lincome (log of price/cpi, ndi/cpi), 46 states, 1963-1992; produc: lgsp ~ lpcap, lpc, lemp, unemp, 48 states, 1970-1986; W: contiguity of us-contiguity.csv, row-standardised.
# produc_inverse: W = 1/d between the capitals (haversine, radius 6371.0088 km), row-standardised: dense. produc_spectral: contiguity divided by its largest eigenvalue (not row-standardised; pooled and individual only).
# Every panel: by estimator, by model (ols, slx, sar, sdm, sem, sdem, sac): names: x..., lag.x..., rho, lambda, s2 (pooled: (Intercept) first): the order of estimate, se, covariance (rows; cigar only).
#   none (n = NT, ln|I - rho W| T times): none_pooled; none_individual; none_time and none_twoways (lag, then demean: the likelihood with dummies; W y and W X are demeaned after lagging); none_time_demeaned and none_twoways_demeaned (demean, then lag: y, X demeaned, then treated as data)
#   lee_yu_individual: n = N(T-1), T-1 times; lee_yu_time: rows F'y, W* = F'WF, n = (N-1)T, T times; lee_yu_twoways: n = (N-1)(T-1), T-1 times ln|I - rho W*|; F: orthonormal complements of the unit vector (Helmert)
#   se: expected information. observed_se: of rho, lambda, from the Hessian of the concentrated likelihood. effects with delta-method se, as in spatial-models.json.
#   cluster_se (individual, twoways): sandwich V S V, V the inverse of the expected information, S = sum over entities of s_g s_g' (no small-sample factor): with e the within residuals, X, Wy, Wu within,
#     s_b = sum_t x e/s2 (sem, sdem: x - lambda Wx); s_rho = sum_t e (Wy)/s2 - a D_gg, s_lambda = sum_t e (Wu)/s2 - a D_gg, D = F W*(I - rho W*)^-1 F' (twoways under lee_yu; else W (I - rho W)^-1); s_s2 = sum_t e^2/(2 s2^2) - (n/N)/(2 s2). Not for sac.
#   tests (of each estimator): the SDM against SAR and SEM, as in spatial-models.json; conditional: score tests of lambda given rho (from the SAR) and of rho given lambda (from the SEM), expected information (Debarsy and Ertur 2010 for lee_yu): [statistic, 1, p]
# In print: Elhorst (2014), Cigar, SDM, spatial and time effects: W*sales 0.219, price -1.003, income 0.601, W*price 0.045, W*income -0.292 (none_twoways_demeaned); bias-corrected 0.264, -1.001, 0.603, 0.093, -0.314;
#   log-likelihood 1691.4. His rho is 0.01 lower than the maximum here, of the same likelihood: his determinant is interpolated from an approximation.
# lee_yu_time and lee_yu_twoways of produc_inverse have maxima beyond 1: W* has not W's eigenvalue of 1, so that its bounds are wider; such an estimate lies outside W's own parameter space.
# Checked here: none_* equal spatialreg's lagsarlm, errorsarlm and sacsarlm on the stacked panel (kronecker(diag(T), W), method "eigen") of Produc, two-ways by entity-demeaned data with entity-demeaned year dummies.
source("test/oracle/spatial-oracle.R"); source("test/oracle/spatial-likelihoods.R"); source("test/oracle/spatial-transformations.R")
chi <- function(s, df) vec(c(s, df, pchisq(s, df, lower.tail = FALSE)))
PANEL_MODELS <- MODELS[c("ols", "slx", "sar", "sdm", "sem", "sdem", "sac")]
clusters <- function(fit, data, parameters, a, n, N, D) {
  theta <- fit$at(fit$estimate[length(fit$estimate) - length(parameters):1][seq_along(parameters)]); id <- rep(1:N, length(theta$e) / N); s2 <- theta$s2
  by <- function(M) rowsum(as.matrix(M), id)
  extra <- if (identical(parameters, "rho")) by(theta$e * as.vector(data$Wy)) / s2 - a * diag(D(theta$r)) else if (identical(parameters, "lambda")) by(theta$e * theta$Wu) / s2 - a * diag(D(theta$l))
  s <- cbind(by(theta$Xl * theta$e) / s2, extra, by(theta$e^2) / (2 * s2^2) - n / N / (2 * s2)); sqrt(diag(fit$covariance %*% crossprod(s) %*% fit$covariance))
}
estimator <- function(p, form, spectrum) {
  full <- operator(p$W, spectrum); fits <- list(); out <- list(); datas <- list(); constant <- form$name == "none_pooled"
  for (model in names(PANEL_MODELS)) {
    spec <- PANEL_MODELS[[model]]; data <- form$data(p, spec$durbin); k <- ncol(p$X); first <- if (constant) 1 else 0
    fit <- spatial_ml(data, form$op, form$a, form$n, spec$parameters, form$project); fits[[model]] <- fit; datas[[model]] <- data
    more <- list(); if (!model %in% c("ols", "sem")) more$effects <- effects(fit, first + 1:k, if (spec$durbin) first + k + 1:k else integer(0), which(fit$names == "rho"), full)
    if (!is.null(form$within) && length(spec$parameters) < 2) {
      w <- form$within; d <- w$data(p, spec$durbin); at_within <- fit; at_within$at <- within_at(d, spec$parameters, form$n, fit)
      more$cluster_se <- vec(clusters(at_within, d, spec$parameters, form$a, form$n, p$N, form$D))
    }
    out[[model]] <- do.call(fit_json, c(list(fit, p$names$y == "lsales"), more))
  }
  pos <- list(ib = first + 1:k, itheta = first + k + 1:k, irho = first + 2 * k + 1)
  conditional <- function(model) { f <- fits[[model]]; d <- datas[[model]]; at <- f$at(f$estimate[length(f$estimate) - 1]); info <- information(at, c("rho", "lambda"), d, form$op, form$a, form$n, form$project)
    if (model == "sar") { s <- sum(at$e * at$Wu) / at$s2 - form$a * form$op$tr(0); j <- ncol(at$Xl) + 2 } else { s <- sum(at$e * (as.vector(d$Wy) - at$l * as.vector(d$WWy))) / at$s2 - form$a * form$op$tr(0); j <- ncol(at$Xl) + 1 }
    v <- info[j, j] - sum(info[j, -j] * solve(info[-j, -j], info[-j, j], tol = 1e-40)); chi(s^2 / v, 1) }
  list(models = out, tests = c(do.call(durbin_tests, c(list(fits), pos)), list(lambda_given_rho = conditional("sar"), rho_given_lambda = conditional("sem"))), fits = fits)
}
# at() of a fit, on the data in within form.
within_at <- function(d, parameters, n, fit) function(theta) {
  r <- if ("rho" %in% parameters) theta else 0; l <- if ("lambda" %in% parameters) theta else 0; k <- ncol(d$X); b <- fit$estimate[1:k]; z <- as.vector(d$y) - r * as.vector(d$Wy); Wz <- as.vector(d$Wy) - r * as.vector(d$WWy)
  Xl <- d$X - l * d$WX; e <- z - l * Wz - as.vector(Xl %*% b); stopifnot(abs(sum(e^2) / n / fit$estimate[length(fit$estimate)] - 1) < 1e-8); list(r = r, l = l, b = b, e = e, s2 = sum(e^2) / n, Xl = Xl, Wu = Wz - as.vector(d$WX %*% b))
}
panel <- function(p, names = FORMS) { spectrum <- eigen(p$W, only.values = TRUE)$values; r <- sapply(names, function(n) { cat(n, ""); estimator(p, form(p, n, spectrum), spectrum) }, simplify = FALSE); cat("\n"); r }
FORMS <- c("none_pooled", "none_individual", "none_time", "none_time_demeaned", "none_twoways", "none_twoways_demeaned", "lee_yu_individual", "lee_yu_time", "lee_yu_twoways")
cigar <- panel_data("cigar"); produc <- panel_data("produc"); states <- read.csv(data_file("us-states.csv")); states <- states[match(produc$entities, states$produc), ]
inverse <- produc; D <- 1 / haversine(states$longitude, states$latitude); diag(D) <- 0; inverse$W <- unname(D / rowSums(D))
spectral <- produc; B <- unname(nb2mat(produc$nb, style = "B")); spectral$W <- B / max(eigen(B, symmetric = TRUE, only.values = TRUE)$values)
all <- list(cigar = panel(cigar), produc = panel(produc), produc_inverse = panel(inverse), produc_spectral = panel(spectral, c("none_pooled", "none_individual", "lee_yu_individual")))
# ---- the check with spatialreg ----------------------------------------------------------------------------------------------------------
lw <- mat2listw(kronecker(diag(produc$T), produc$W), style = "W"); eig <- rep(eigen(produc$W, only.values = TRUE)$values, produc$T); eig <- Re(eig)
check <- function(fits, y, X, dummies, constant, kinds) for (model in kinds) {
  L <- apply_blocks(produc$W, X); Z <- cbind(X, if (MODELS[[model]]$durbin) L, dummies); f <- if (constant) y ~ Z else y ~ Z - 1; p <- MODELS[[model]]$parameters; con <- list(tol.opt = 1e-13, pre_eig = eig)
  m <- suppressWarnings(if (length(p) == 2) sacsarlm(f, listw = lw, tol.solve = 1e-30, control = list(pre_eig1 = eig, pre_eig2 = eig, opt_control = list(rel.tol = 1e-15, x.tol = 1e-13))) else if (p == "rho") lagsarlm(f, listw = lw, tol.solve = 1e-30, control = con) else errorsarlm(f, listw = lw, tol.solve = 1e-30, control = con))
  own <- fits[[model]]; q <- length(own$estimate); i <- seq_len(q - 1 - length(p)); gap <- c(max(abs(c(m$coefficients[i], m$rho, m$lambda, m$s2) - own$estimate) / own$se), max(abs(c(m$rest.se[i], m$rho.se, m$lambda.se) / own$se[-q] - 1)), as.numeric(m$LL) - own$logLik)
  cat("spatialreg:", model, signif(gap, 3), "\n"); stopifnot(gap[1:2] < 1e-3, abs(gap[3]) < 1e-7)
}
q <- projections(produc$N, produc$T); DD <- q$individual(model.matrix(~ factor(rep(1:produc$T, each = produc$N)))[, -1])
check(all$produc$none_twoways$fits, drop(q$individual(produc$y)), q$individual(produc$X), DD, FALSE, c("sar", "sdm", "sem", "sac"))
check(all$produc$none_twoways_demeaned$fits, drop(q$twoways(produc$y)), q$twoways(produc$X), NULL, FALSE, c("sar", "sdm", "sem", "sdem", "sac"))
check(all$produc$none_pooled$fits, produc$y, produc$X, NULL, TRUE, c("sdm", "sem"))
write_spatial(lapply(all, function(p) lapply(p, function(e) e[c("models", "tests")])), "spatial-panels.json")
