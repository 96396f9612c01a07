# Two-way fixed effects 2SLS with one or two endogenous regressors: AER::ivreg with all dummies, sandwich, and the tests of instrument-formulas.R. Writes instruments.json.
# Rscript test/oracle/instruments.R (half a minute)
# n rows, G entities, T years, K1 endogenous, L1 excluded instruments, L exogenous regressors and excluded instruments; ivreg2: sdofminus = T - 1 (year dummies, partialled out),
# dofminus = G (absorbed entities).
source(file.path(dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE))), "panel-oracle.R"))
suppressMessages(library(AER)); source(file.path(here, "instrument-formulas.R"))
lagged <- function(d, spec, v, k) v[match(paste(d[[spec$entity]], d[[spec$year]] - k), paste(d[[spec$entity]], d[[spec$year]]))]
wald_of <- function(b, V) as.numeric(b %*% solve(V, b))

case <- function(name, y, endogenous, exogenous, instruments, cut = FALSE) {
  d <- read_panel(name); spec <- PANELS[[name]]
  for (k in 1:3) for (v in c(endogenous, "unemp", "log(price)")) if (!is.null(tryCatch(column(d, v), error = function(e) NULL))) d[[paste0("L", k, ".", v)]] <- lagged(d, spec, column(d, v), k)
  value <- function(text) if (text %in% names(d)) d[[text]] else column(d, text)
  Y <- value(y); X <- sapply(endogenous, value); W <- sapply(exogenous, value); Z <- sapply(instruments, value); keep <- complete.cases(Y, X, W, Z); if (cut) keep <- keep & !hole(d)
  d <- d[keep, ]; Y <- Y[keep]; X <- X[keep, , drop = FALSE]; W <- W[keep, , drop = FALSE]; Z <- Z[keep, , drop = FALSE]
  id <- d[[spec$entity]]; D <- dummies(d, c(spec$entity, spec$year)); n <- nrow(d); G <- levels_of(id); T <- levels_of(d[[spec$year]]); K1 <- ncol(X); L1 <- ncol(Z); k <- K1 + ncol(W); L <- L1 + ncol(W); sdof <- T - 1; dof <- G
  iv <- ivreg(Y ~ X + W + D - 1 | Z + W + D - 1); s <- seq_len(k); b <- coef(iv)[s]; e <- resid(iv); rank <- k + G + T - 1
  f <- function(K) G / (G - 1) * (n - 1) / (n - K); cl <- meat_cluster(id)
  # All by partialled matrices; ivreg agrees.
  Yd <- off(Y, D); Xd <- off(X, D); Wd <- off(W, D); Zd <- off(Z, D); M <- cbind(Zd, Wd); R <- cbind(Xd, Wd); Rh <- M %*% solve(crossprod(M), crossprod(M, R)); A <- solve(crossprod(Rh))
  near(A %*% crossprod(Rh, Yd), b, 1e-7); V <- A %*% cl(Rh, e) %*% A; near(vcovCL(iv, cluster = id, type = "HC0", cadjust = FALSE)[s, s], V, 1e-6)
  H <- A %*% meat_rows(Rh, e) %*% A; s2 <- sum(e^2) / (n - rank)
  Zp <- off(Zd, Wd); Xp <- off(Xd, Wd); Yp <- off(Yd, Wd)
  kp <- function(meat, wald) rk_statistic(Xp, Zp, meat, wald); kw <- kp(cl, TRUE); kl <- kp(cl, FALSE); hw <- kp(meat_rows, TRUE); hl <- kp(meat_rows, FALSE); cc2 <- min(kw$cc2); cd <- cc2 / (1 - cc2)
  near(kp(meat_iid, TRUE)$chi2, n * cd, 1e-6); near(kp(meat_iid, FALSE)$chi2, n * cc2, 1e-6) # under iid the rk statistics are Cragg-Donald's and Anderson's
  toF <- (n - L - sdof) / (n - 1) * (G - 1) / G / L1; toF_hc <- (n - L - sdof - dof) / n / L1; toF_iid <- toF_hc
  firsts <- lapply(seq_len(K1), function(j) {
    p <- solve(crossprod(M), crossprod(M, Xd[, j])); u <- Xd[, j] - M %*% p; B <- solve(crossprod(M)); Vj <- B %*% cl(M, u) %*% B; w <- wald_of(p[1:L1], Vj[1:L1, 1:L1, drop = FALSE]); z <- seq_len(L1)
    list(endogenous = endogenous[j], coefficients = vec(p), se_xtreg = se(Vj * f(L + T)), se_iid = se(B * sum(u^2) / (n - L - G - sdof)), F_xtreg = w / f(L + T) / L1, F_iid = wald_of(p[z], (B * sum(u^2) / (n - L - G - sdof))[z, z, drop = FALSE]) / L1,
      partial_r2 = 1 - sum(u^2) / sum(off(Xd[, j], Wd)^2))
  })
  vh <- Xd - M %*% solve(crossprod(M), crossprod(M, Xd)); aug <- cbind(vh, R); pa <- solve(crossprod(aug), crossprod(aug, Yd)); Ba <- solve(crossprod(aug)); Va <- Ba %*% cl(aug, Yd - aug %*% pa) %*% Ba * f(K1 + k + T); wa <- wald_of(pa[1:K1], Va[1:K1, 1:K1, drop = FALSE])
  ols <- Yd - R %*% solve(crossprod(R), crossprod(R, Yd)); all <- cbind(M, Xd); c_of <- function(meat) { S <- meat(all, ols); q <- seq_len(ncol(M)); gmm_j(all, R, Yd, S) - gmm_j(M, R, Yd, S[q, q]) }
  ar <- ar_chi2(Yp, Xp, Zp, cl, rep(0, K1)); ar_h <- ar_chi2(Yp, Xp, Zp, meat_rows, rep(0, K1)); tail <- function(x, df) pchisq(x, df, lower.tail = FALSE)
  kpF <- kw$chi2 * toF; tse <- sqrt(V[1, 1] * f(k + T)); tc <- if (K1 == 1 && L1 == 1) tf_critical(kpF) else NA
  out <- list(file = paste0("data/", name, ".csv"), dependent = y, endogenous = I(endogenous), exogenous = I(exogenous), instruments = I(instruments), entity = spec$entity, year = spec$year, left_out = if (cut) "rows with (7 row + 7) mod 13 = 0, then incomplete rows" else "incomplete rows",
    n = n, G = G, T = T, K1 = K1, L1 = L1, L = L, sdofminus = sdof, dofminus = dof, coefficients = vec(b), sigma = sqrt(s2), se_iid = se(A * s2), se_hc0 = se(H), se_hc1 = se(H * n / (n - rank)), covariance_cluster_no_factor = plain(V),
    se_cluster = list(none = se(V), xtreg = list(K = k + T, factor = f(k + T), se = se(V * f(k + T))), xtivreg2 = list(K = k + T - 1, factor = f(k + T - 1), se = se(V * f(k + T - 1))), all_effects = list(K = rank, factor = f(rank), se = se(V * f(rank)))),
    first_stages = firsts, cragg_donald = list(eigenvalue = cd, F_absorbed_counted = cd * (n - sdof - L - dof) / L1, F_absorbed_not_counted = cd * (n - sdof - L) / L1, F_fixest_cd = cd * (n - K1 - L1 - 1) / L1),
    anderson_lm_iid = list(chi2 = cc2 * (n - dof), df = L1 - K1 + 1, p = tail(cc2 * (n - dof), L1 - K1 + 1)),
    kleibergen_paap = list(df = kw$df, clustered = list(lm_chi2 = kl$chi2, lm_p = tail(kl$chi2, kl$df), wald_chi2 = kw$chi2, wald_F = kpF), unclustered = list(lm_chi2 = hl$chi2 * (n - dof) / n, wald_chi2 = hw$chi2, wald_F = hw$chi2 * toF_hc)),
    anderson_rubin = list(df = L1, clustered = list(chi2 = ar, p = tail(ar, L1), F = ar * toF, df2 = G - 1, p_F = pf(ar * toF, L1, G - 1, lower.tail = FALSE)), unclustered = list(chi2 = ar_h, F = ar_h * toF_hc, df2 = n - L - sdof - dof)),
    endogeneity = list(regression_based = list(F = wa / K1, df1 = K1, df2 = G - 1, p = pf(wa / K1, K1, G - 1, lower.tail = FALSE), K = K1 + k + T), c_statistic = list(clustered = c_of(cl), unclustered = c_of(meat_rows), df = K1, p_clustered = tail(c_of(cl), K1))))
  if (K1 == 1) {
    out$anderson_rubin$set_F_clustered <- ar_set(Yp, Xp, Zp, cl, toF, G - 1, b[1], tse)
    out$effective_f <- list(clustered = effective_f(Yp, Xp, Zp, cl, toF * L1), unclustered = effective_f(Yp, Xp, Zp, meat_rows, toF_hc * L1), iid = effective_f(Yp, Xp, Zp, meat_iid, toF_iid * L1))
    if (L1 == 1) { near(out$effective_f$clustered$F, kpF, 1e-6); out$tf <- list(F = kpF, critical = tc, se = tse, se_adjusted = tse * tc / 1.96) }
  }
  if (L1 > K1) { J <- gmm_j(M, R, Yd, cl(M, e)); Jh <- gmm_j(M, R, Yd, meat_rows(M, e)); q <- crossprod(M, e); sargan <- as.numeric(t(q) %*% solve(crossprod(M), q)) / sum(e^2)
    out$hansen_j <- list(df = L1 - K1, clustered = J, p_clustered = tail(J, L1 - K1), unclustered = Jh, sargan_iid = sargan * n, sargan_iid_dofminus = sargan * (n - dof)) }
  out
}
cig <- c("log(price/cpi)"); real <- c("I((taxs - tax)/cpi)", "I(tax/cpi)"); inc <- "log(income/population/cpi)"; pro <- c("log(pc)", "log(emp)", "unemp")
cases <- list(cigarettes_both = case("cigarettes", "log(packs)", cig, inc, real), cigarettes_sales_tax = case("cigarettes", "log(packs)", cig, inc, real[1]), cigarettes_cigarette_tax = case("cigarettes", "log(packs)", cig, inc, real[2]),
  produc_one_lag = case("produc", "log(gsp)", "log(pcap)", pro, "L1.log(pcap)"), produc_two_lags = case("produc", "log(gsp)", "log(pcap)", pro, c("L1.log(pcap)", "L2.log(pcap)")),
  produc_unbalanced = case("produc", "log(gsp)", "log(pcap)", pro, c("L1.log(pcap)", "L2.log(pcap)"), TRUE),
  produc_two_endogenous_just = case("produc", "log(gsp)", c("log(pcap)", "log(pc)"), pro[-1], c("L1.log(pcap)", "L1.log(pc)")),
  produc_two_endogenous_over = case("produc", "log(gsp)", c("log(pcap)", "log(pc)"), pro[-1], c("L1.log(pcap)", "L1.log(pc)", "L2.log(pcap)", "L2.log(pc)")),
  cigar_neighbours = case("cigar", "log(sales)", "log(price)", c("log(ndi)", "log(pop)"), "log(pimin)"), cigar_over = case("cigar", "log(sales)", "log(price)", c("log(ndi)", "log(pop)"), c("log(pimin)", "L1.log(price)")),
  empluk_two_lags = case("empluk", "log(emp)", "log(wage)", c("log(capital)", "log(output)"), c("L1.log(wage)", "L2.log(wage)")), empluk_two_endogenous = case("empluk", "log(emp)", c("log(wage)", "log(capital)"), "log(output)", c("L1.log(wage)", "L2.log(wage)", "L1.log(capital)")),
  weak = case("produc", "log(gsp)", "log(pcap)", pro, "L1.unemp"), weak_over = case("produc", "log(gsp)", "log(pcap)", pro, c("L1.unemp", "L3.unemp")), weak_whole_line = case("empluk", "log(emp)", "log(wage)", c("log(capital)", "log(output)"), "L2.log(wage)"),
  weak_two_rays = case("produc", "log(gsp)", "log(pc)", c("log(pcap)", pro[-1]), "L1.unemp"), weak_two_rays_over = case("cigar", "log(sales)", "log(ndi)", "log(pop)", c("log(pimin)", "L2.log(price)")),
  rejected_empty_set = case("cigar", "log(sales)", "log(price)", c("log(ndi)", "log(pop)"), c("L1.log(price)", "L2.log(price)")))
results <- list(versions = versions("AER", "sandwich"), definitions = list(
    order = "coefficients: endogenous, then exogenous; first stages: instruments, then exogenous", factor = "G/(G - 1) (n - 1)/(n - K)", lag = "Lk.v: v of the same entity k years before",
    kp_F = "clustered: chi2/(n - 1) (n - L - sdofminus)(G - 1)/G/L1; unclustered: chi2/n (n - L - sdofminus - dofminus)/L1", kp_lm_unclustered = "chi2 (n - dofminus)/n", ar_F = "as kp_F", cd = "eigenvalue cc^2/(1 - cc^2); fixest's ivf is F_absorbed_counted where K1 = 1",
    effective_f = "factor as kp_F; critical values at 5%, x = 1/tau (weakivtest has 3.33 for tau = 30%)", endogeneity_c = "ivreg2 endog() of all endogenous regressors together", tf = "first-stage F: KP clustered; se: xtreg factor; just identified only", ar_set = "F test at 5%, F(L1, G - 1)"), tf_table = TF, cases = cases)
write_oracle(results, "instruments.json")
