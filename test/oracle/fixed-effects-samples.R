# Weights and singletons of the fixed effects oracle, and the definitions that its JSON states. Sourced by fixed-effects.R.
DEFINITIONS <- list(
  factor = "G/(G - 1) (n - 1)/(n - K)",
  xtreg = "K = rank less N - 1: slopes, year dummies and the constant (xtreg, fe vce(cluster entity); fixest cluster = ~entity, ssc nested)",
  areg = "K = rank: every effect counts (areg, lm with dummies)",
  nested = "clusters by year: K = rank less T - 1 (fixest, ssc nested)",
  two_way = "V_entity + V_year - V_intersection; min: one factor with G = min(N, T); own: each term its own G, the intersection's is n; nested: K = slopes + 1 (fixest: all effects nested); all_effects: K = rank",
  plm = "plm's vcovHC arellano on two-way data: HC0 without a factor, sss with K = slopes",
  driscoll_kraay = "h_t = sum_i x_it e_it, Bartlett weights 1 - l/(L + 1), factor T/(T - 1) (n - 1)/(n - K): plm sss K = slopes; xtscc (1.4) with year dummies K = slopes + T; fixest K = slopes + N (year effects nested)",
  HC = "HC1 n/(n - rank); HC2, HC3 with the leverages of the regression with all dummies",
  cr2 = "clubSandwich, working model: independence; df by Satterthwaite",
  aweight = "analytic weights: minimise sum w e^2; iid s2 = sum w e^2/(n - rank); scores w x e; n counts rows; sigma_stata has weights that sum to n",
  fweight = "frequency weights: each row repeated w times; n counts repetitions; the clusters stay")

weighted <- function(name) {
  d <- read_panel(name); spec <- PANELS[[name]]; x <- spec$x; factors <- c(spec$entity, spec$year); id <- d[[spec$entity]]
  describe <- function(m, d, w) {
    n <- nobs(m); N <- levels_of(d[[spec$entity]]); K <- m$rank - (N - 1); f <- N / (N - 1) * (n - 1) / (n - K)
    V <- vcovCL(m, cluster = d[[spec$entity]], type = "HC0", cadjust = FALSE)[x, x]; H <- vcovHC(m, type = "HC1")[x, x]
    r <- sqrt(w); D <- dummies(d, factors) * r; yt <- off(column(d, spec$y) * r, D); rss <- sum(w * resid(m)^2)
    list(n = n, rank = m$rank, coefficients = vec(coef(m)[x]), se_iid = se(vcov(m)[x, x]), covariance_hc1 = plain(H), se_hc1 = se(H), covariance_cluster_no_factor = plain(V),
      K_xtreg = K, factor_xtreg = f, se_cluster_xtreg = se(V * f), se_cluster_areg = se(V * N / (N - 1) * (n - 1) / (n - m$rank)),
      r2 = summary(m)$r.squared, r2_adjusted = summary(m)$adj.r.squared, r2_within_two_way = 1 - rss / sum(yt^2), sigma = summary(m)$sigma, sigma_stata = sqrt(rss * n / sum(w) / m$df.residual))
  }
  a <- full_model(d, spec, factors, d$emp); aw <- describe(a, d, d$emp)
  aw$se_hc2 <- se(vcovHC(a, type = "HC2")[x, x]); aw$se_hc3 <- se(vcovHC(a, type = "HC3")[x, x])
  times <- 1 + d$row %% 3; twice <- d[rep(seq_len(nrow(d)), times), ]; fr <- full_model(twice, spec, factors)
  near(coef(fr)[x], coef(full_model(d, spec, factors, times))[x])
  list(file = paste0("data/", name, ".csv"), dependent = spec$y, regressors = x, effects = factors, aweight = c(list(weight = "emp"), aw), fweight = c(list(weight = "1 + row mod 3, row from 0"), describe(fr, twice, rep(1, nrow(twice)))))
}

# Fatalities with al in 1982 only, az without 1983, wy in 1987 and 1988 only, and 1988 in wy only: al and the year 1988 are singletons, then wy with 1987 alone is one too.
singletons <- function() {
  d <- read_panel("fatalities"); spec <- PANELS$fatalities; x <- spec$x; factors <- c("state", "year")
  given <- d[!(d$year == 1988 & d$state != "wy") & !(d$state == "wy" & d$year < 1987) & !(d$state == "al" & d$year != 1982) & !(d$state == "az" & d$year == 1983), ]
  kept <- given; rounds <- list()
  repeat {
    alone <- as.numeric(ave(kept$row, kept$state, FUN = length) == 1 | ave(kept$row, kept$year, FUN = length) == 1)
    if (!any(alone == 1)) break
    rounds[[length(rounds) + 1]] <- I(kept$row[alone == 1]); kept <- kept[alone == 0, ]
  }
  describe <- function(d) {
    m <- full_model(d, spec, factors); N <- levels_of(d$state); n <- nrow(d); K <- m$rank - (N - 1)
    V <- vcovCL(m, cluster = d$state, type = "HC0", cadjust = FALSE)[x, x]
    list(n = n, entities = N, years = levels_of(d$year), rank = m$rank, coefficients = vec(coef(m)[x]), se_iid = se(vcov(m)[x, x]), K_xtreg = K, se_cluster_xtreg = se(V * N / (N - 1) * (n - 1) / (n - K)))
  }
  list(file = "data/fatalities.csv", dependent = spec$y, regressors = x, effects = factors, given_rows = given$row, dropped_by_round = rounds, dropped_rows = sort(unlist(rounds)), with_singletons = describe(given), dropped = describe(kept))
}

# Two-way clustering that is not positive semi-definite, with a negative variance: New England, 1976 to 1986. Cameron, Gelbach and Miller (2011): negative eigenvalues set to zero.
not_positive <- function() {
  d <- read_panel("produc"); d <- d[d$region == 1 & d$year >= 1976, ]; spec <- PANELS$produc; x <- spec$x; factors <- c("state", "year"); m <- full_model(d, spec, factors)
  parts <- lapply(list(d$state, d$year, d$row), function(g) vcovCL(m, cluster = g, type = "HC0", cadjust = FALSE)[x, x]); V <- parts[[1]] + parts[[2]] - parts[[3]]
  w <- eigen((V + t(V)) / 2, symmetric = TRUE); fixed <- w$vectors %*% (pmax(w$values, 0) * t(w$vectors))
  list(file = "data/produc.csv", rows = "region 1, from 1976 on", dependent = spec$y, regressors = x, effects = factors, n = nrow(d), entities = levels_of(d$state), years = levels_of(d$year), coefficients = vec(coef(m)[x]),
    covariance_no_factor = plain(V), variances_negative = I(unname(which(diag(V) < 0)) - 1), eigenvalues = vec(w$values), covariance_eigenvalues_at_zero = plain(fixed), se_eigenvalues_at_zero = se(fixed))
}
