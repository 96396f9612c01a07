# Writes spatial-models.json: spatial models of cross-sections by maximum likelihood. Run from the repository's root: Rscript test/oracle/spatial-models.R (70 seconds, most of it the lattice).
# columbus: crime ~ inc + hoval by columbus.gal, W. columbus_knn4: by the four nearest neighbours of x, y (W has complex eigenvalues). columbus_inverse: 1/d between all pairs of x, y, row-standardised. columbus_B: binary columbus.gal (sar, sem, sac).
# boston: log(cmedv) ~ crim, zn, indus, chas, nox^2, rm^2, age, log dis, log rad, tax, ptratio, b, log lstat by boston-neighbours.csv, W. lattice: y ~ x1 + x2, rook, W (sar, sdm, sem).
# Each model: ols, slx, sar, sdm, sem, sdem, sac, gns (SAC with WX):
#   names: (Intercept), x..., lag.x... (WX; the constant's lag is not there), rho, lambda, s2 (e'e/n): the order of estimate, se and covariance (of columbus' models: rows). se, covariance: expected information (ols, slx too: s2 = e'e/n).
#   observed_se: of rho, lambda from the Hessian of the concentrated likelihood (derivative of its analytic score, numDeriv). logLik; aic counts s2 as a parameter. effects: direct, indirect, total of x... and their delta-method standard errors (numeric differentiation); of slx and sdem: b, theta, b + theta.
#   spatialreg_gap: the largest difference from spatialreg (method "eigen"; lattice: "Matrix") of the estimates relative to their se, of the se (relative), and of logLik. Estimates here are polished (spatial-likelihoods.R): spatialreg's optimisers stop earlier.
#     The lattice is beyond what spatialreg takes the information matrix for: its se there come from its numerical Hessian (spatialreg_se, in its order) and differ by some per cent.
# tests: wald_sar, wald_sem, lr_sar, lr_sem of the SDM; of each of sar, sem, sdm, sdem, sac: lr_ols (against the model without rho, lambda), wald (all of rho, lambda = 0): [statistic, df, p];
#   lm_residual of sar and sdm (spatialreg's LMtest: lambda given rho estimated): [statistic, 1, p]; hausman of sem (spatialreg's Hausman.test, Pace and LeSage 2008): [statistic, df, p]
# columbus also: by_order: of the sdm, regressor inc: rows for q = 0..5 [direct, indirect, total] of rho^q W^q (b I + theta W) and the sum over all q; matrix: rows 0 and 19 of (I - rho W)^-1 (b I + theta W) of inc.
source("test/oracle/spatial-oracle.R"); source("test/oracle/spatial-likelihoods.R")
chi <- function(s, df) vec(c(s, df, pchisq(s, df, lower.tail = FALSE)))
design <- function(f, data, W, durbin) { mf <- model.frame(f, data); y <- model.response(mf); X <- model.matrix(f, mf); if (durbin) { L <- W %*% X[, -1, drop = FALSE]; colnames(L) <- paste0("lag.", colnames(X)[-1]); X <- cbind(X, L) }; W <- as.matrix(W); list(y = y, Wy = W %*% y, WWy = W %*% (W %*% y), X = X, WX = W %*% X) }
# spatialreg's fit in our order: b, rho, lambda, s2.
by_spatialreg <- function(model, f, data, lw, method = "eigen", pre_eig = NULL) {
  con <- list(tol.opt = 1e-13, pre_eig = pre_eig); d <- MODELS[[model]]$durbin; p <- MODELS[[model]]$parameters
  if (!length(p)) return(NULL)
  fit <- suppressWarnings(if (length(p) == 2) sacsarlm(f, data, lw, Durbin = d, method = method, tol.solve = 1e-30, control = list(pre_eig1 = pre_eig, pre_eig2 = pre_eig, opt_control = list(rel.tol = 1e-15, x.tol = 1e-13)))
    else if (p == "rho") lagsarlm(f, data, lw, Durbin = d, method = method, control = con, tol.solve = 1e-30) else errorsarlm(f, data, lw, Durbin = d, method = method, control = con, tol.solve = 1e-30))
  list(fit = fit, estimate = unname(c(fit$coefficients, fit$rho, fit$lambda, fit$s2)), se = unname(c(fit$rest.se, fit$rho.se, fit$lambda.se)), logLik = as.numeric(fit$LL))
}
cross_section <- function(f, data, lw, models = names(MODELS), covariance = FALSE, method = "eigen", eigenvalues = NULL, W = listw2mat(lw)) {
  W <- unname(W); op <- if (is.null(eigenvalues)) operator(W) else operator(W, eigenvalues); n <- nrow(W); fits <- list(); out <- list(); tests <- list()
  for (model in models) {
    spec <- MODELS[[model]]; fit <- spatial_ml(design(f, data, W, spec$durbin), op, 1, n, spec$parameters); q <- length(fit$estimate)
    kx <- length(fit$names[!grepl("^lag\\.|^rho$|^lambda$|^s2$|Intercept", fit$names)]); ib <- 1 + 1:kx; itheta <- if (spec$durbin) 1 + kx + 1:kx else integer(0); irho <- which(fit$names == "rho")
    fits[[model]] <- fit; more <- list(aic = 2 * q - 2 * fit$logLik)
    if (model != "sem" && model != "ols") more$effects <- effects(fit, ib, itheta, irho, op)
    ref <- by_spatialreg(model, f, data, lw, method)
    if (!is.null(ref)) {
      s <- seq_along(ref$se); gap <- c(max(abs(ref$estimate - fit$estimate) / fit$se), if (length(s)) max(abs(ref$se / fit$se[s] - 1)) else NA, ref$logLik - fit$logLik)
      more$spatialreg_gap <- vec(gap); cat(model, signif(gap, 3), "\n"); stopifnot(gap[1] < 1e-2, abs(gap[3]) < 1e-5)
      if (length(s) && gap[2] > 1e-3) { more$spatialreg_se <- vec(ref$se) }
      if (length(irho) && method == "eigen" && lw$style == "W") { i <- impacts(ref$fit, listw = lw); if (!is.null(i$impacts)) i <- i$impacts; stopifnot(all.equal(c(i$direct, i$indirect, i$total), as.numeric(unlist(more$effects[1:3])), tolerance = 1e-6, check.attributes = FALSE)) }
      base <- fits[[if (spec$durbin) "slx" else "ols"]]; p <- length(spec$parameters); i <- length(fit$estimate) - p:1; t <- fit$estimate[i]
      tests[[model]] <- list(lr_ols = chi(2 * (fit$logLik - base$logLik), p), wald = chi(sum(t * solve(fit$covariance[i, i], t)), p))
      if (model %in% c("sar", "sdm") && !is.null(ref$fit$LMtest)) { WW <- W %*% W + crossprod(W); e <- fit$residuals; r <- fit$estimate[irho]; s2 <- fit$estimate[q]
        lm <- (sum(e * (W %*% e)) / s2)^2 / (sum(diag(WW)) - sum(diag(WW %*% solve(diag(n) - r * W)))^2 * fit$covariance[irho, irho]); stopifnot(abs(lm - ref$fit$LMtest) < 1e-4 * max(1, lm)); tests[[model]]$lm_residual <- chi(lm, 1) }
      if (model == "sem" && method == "eigen") { h <- Hausman.test(ref$fit); tests[[model]]$hausman <- vec(c(h$statistic, h$parameter, h$p.value)) }
    }
    out[[model]] <- do.call(fit_json, c(list(fit, covariance), more))
  }
  if (all(c("sdm", "sar", "sem") %in% models)) tests$durbin <- durbin_tests(fits, 1 + 1:kx_of(fits$sar), 1 + kx_of(fits$sar) + 1:kx_of(fits$sar), 2 * kx_of(fits$sar) + 2)
  list(n = n, models = out, tests = tests, fits = fits)
}
kx_of <- function(sar) length(sar$estimate) - 3
columbus <- columbus_data(); boston <- boston_data(); gal <- columbus_nb(); f <- crime ~ inc + hoval
main <- cross_section(f, columbus, nb2listw(gal), covariance = TRUE)
sdm <- main$fits$sdm; e <- sdm$estimate; W <- unname(nb2mat(gal)); P <- diag(49); effect <- function(M) c(sum(diag(M)), sum(M) - sum(diag(M)), sum(M)) / 49
orders <- t(sapply(0:5, function(q) { if (q > 0) P <<- e[6] * P %*% W; effect(e[2] * P + e[4] * P %*% W) }))
S <- solve(diag(49) - e[6] * W, e[2] * diag(49) + e[4] * W)
xy <- as.matrix(columbus[c("x", "y")]); D <- 1 / as.matrix(dist(xy)); diag(D) <- 0; inverse <- unname(D / rowSums(D))
keep <- function(r) r[setdiff(names(r), "fits")]
cells <- lattice_data(); lattice <- nb2listw(lattice_nb()); B <- nb2mat(lattice_nb(), style = "B"); d <- 1 / sqrt(rowSums(B)); similar <- eigen(d * t(d * B), symmetric = TRUE, only.values = TRUE)$values
result <- list(
  columbus = c(keep(main), list(by_order = list(rows = rows(orders), all = vec(effect(S))), matrix = rows(S[c(1, 20), ]))),
  columbus_knn4 = keep(cross_section(f, columbus, nb2listw(knn2nb(knearneigh(xy, 4))))),
  columbus_inverse = keep(cross_section(f, columbus, mat2listw(inverse, style = "W"), W = inverse)),
  columbus_B = keep(cross_section(f, columbus, nb2listw(gal, style = "B"), c("ols", "sar", "sem", "sac"))),
  boston = keep(cross_section(log(cmedv) ~ crim + zn + indus + chas + I(nox^2) + I(rm^2) + age + log(dis) + log(rad) + tax + ptratio + b + log(lstat), boston, nb2listw(boston_nb()))),
  lattice = keep(cross_section(y ~ x1 + x2, cells, lattice, c("ols", "slx", "sar", "sdm", "sem"), method = "Matrix", eigenvalues = similar))
)
write_spatial(result, "spatial-models.json")
