# CR2 by clubSandwich where fixed-effects.R has none: with the constant of xtreg, by clusters coarser than the entities, by year, of several terms together, by two-stage least squares, with rows that a regressor fits whole, with weights, and without effects. Writes bias-reduced.json.
# The constant is mean(y) - mean(x)'b - mean(year dummies)'g: entity effects sum to zero over the rows, year effects are zero in the first year.
# Rscript test/oracle/bias-reduced.R
source(file.path(dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE))), "panel-oracle.R"))
suppressMessages({ library(clubSandwich); library(AER) })
entity_contrasts <- function(id) { counts <- table(id); C <- rbind(diag(length(counts) - 1), 0); last <- length(counts); C[last, ] <- -counts[-last] / counts[last]; C }
# The same by its formula, for weights: clubSandwich takes the roots of eigenvalues that are zero but for rounding (from 1e-12 on); where effects make I - H singular, that leaves six digits of its standard errors and none of its degrees of freedom (0.04 for 2.13).
# A_g = [(I - H)(I - H)']_gg^(+1/2), eigenvalues up to 1e-9 being zero; scores a_g'e_g with a_g = A_g W_g X_g M c; p_gh = a_g'[(I - H)(I - H)']_gh a_h.
by_formula <- function(m, cluster, x) {
  X <- model.matrix(m); w <- weights(m); id <- match(cluster, unique(cluster)); QR <- qr(X * sqrt(w), tol = 1e-10); Q <- qr.Q(QR)[, seq_len(QR$rank)]
  Z <- solve(qr.R(QR)); L <- t(qr.Q(QR) %*% t(Z))[match(x, colnames(X)), , drop = FALSE] * rep(sqrt(w), each = length(x)) # estimate = L y
  R <- diag(length(w)) - (Q %*% t(Q)) * outer(1 / sqrt(w), sqrt(w)); S <- tcrossprod(R); e <- resid(m)
  a <- matrix(0, length(w), length(x))
  for (g in unique(id)) { i <- id == g; E <- eigen(S[i, i], symmetric = TRUE); f <- ifelse(E$values > 1e-9, E$values, Inf)^-.5; a[i, ] <- E$vectors %*% (f * crossprod(E$vectors, t(L[, i, drop = FALSE]))) }
  V <- crossprod(rowsum(a * e, id))
  df <- sapply(seq_along(x), function(t) { B <- sapply(unique(id), function(g) a[, t] * (id == g)); P <- t(B) %*% S %*% B; sum(diag(P))^2 / sum(P^2) })
  slopes <- x[x != "(Intercept)"]; q <- length(slopes); at <- match(slopes, x); B <- lapply(at, function(t) sapply(unique(id), function(g) a[, t] * (id == g)))
  P <- lapply(B, function(s) lapply(B, function(t) t(s) %*% S %*% t)); L <- solve(t(chol(sapply(P, function(s) sapply(s, function(M) sum(diag(M)))))))
  N <- lapply(seq_len(q), function(s) lapply(seq_len(q), function(t) Reduce(`+`, lapply(seq_len(q), function(u) Reduce(`+`, lapply(seq_len(q), function(v) L[s, u] * L[t, v] * P[[u]][[v]]))))))
  total <- sum(sapply(seq_len(q), function(s) sapply(seq_len(q), function(t) sum(N[[s]][[t]] * N[[t]][[s]]) + sum(N[[s]][[s]] * N[[t]][[t]]))))
  nu <- q * (q + 1) / total; df2 <- nu - q + 1; b <- coef(m)[slopes]; F <- df2 / nu * sum(b * solve(V[at, at], b)) / q
  list(covariance = plain(V), se = se(V), df_satterthwaite = vec(df), htz = list(F = F, df1 = q, df2 = df2, p = if (df2 > 0) pf(F, q, df2, lower.tail = FALSE)))
}
case <- function(name, factors, cluster, d = read_panel(name), weights = NULL, more = NULL) {
  spec <- PANELS[[name]]; spec$x <- c(spec$x, more); Z <- columns(d, spec$x); colnames(Z) <- paste0("z", seq_along(spec$x)); data <- data.frame(d, Z, y = column(d, spec$y), w = 1)
  for (f in factors) data[[f]] <- factor(data[[f]])
  if (length(factors)) contrasts(data[[factors[1]]], nlevels(data[[factors[1]]]) - 1) <- entity_contrasts(data[[factors[1]]])
  formula <- reformulate(c(colnames(Z), factors), "y")
  if (!is.null(weights)) data$w <- d[[weights]]
  m <- if (is.null(weights)) lm(formula, data) else lm(formula, data, weights = w)
  x <- c(colnames(Z), "(Intercept)")
  V <- vcovCR(m, cluster = d[[cluster]], type = "CR2"); t <- coef_test(m, vcov = V, test = "Satterthwaite", coefs = x); t <- t[match(x, rownames(t)), ]
  W <- Wald_test(m, constrain_zero(colnames(Z), coef(m)), vcov = V, test = "HTZ"); htz <- list(F = W$Fstat, df1 = W$df_num, df2 = W$df_denom, p = W$p_val)
  exact <- if (is.null(weights)) NULL else by_formula(m, d[[cluster]], x)
  if (!is.null(exact)) { near(exact$se, t$SE, 1e-4); if (!length(factors)) near(unlist(exact$htz), unlist(htz), 1e-6) }
  c(list(file = paste0("data/", name, ".csv"), dependent = spec$y, regressors = I(spec$x), effects = I(factors), cluster = cluster, weights = weights, terms = c(spec$x, "(constant)"), n = nrow(d),
    coefficients = vec(coef(m)[x])),
    if (is.null(exact)) list(covariance = plain(as.matrix(V)[x, x]), se = vec(t$SE), df_satterthwaite = vec(t$df_Satt), htz = htz) else c(exact, list(clubSandwich = list(se = vec(t$SE), df_satterthwaite = vec(t$df_Satt)))))
}
# Two-stage least squares, the dummies among the exogenous regressors: clubSandwich's for ivreg.
two_stage <- function() {
  d <- read_panel("produc"); d$y <- log(d$gsp); d$x <- log(d$pcap); d$z <- log(d$pc); d$w <- log(d$emp); d$f <- factor(d$state); d$t <- factor(d$year)
  m <- ivreg(y ~ x + w + f + t | z + w + f + t, data = d); V <- vcovCR(m, cluster = d$state, type = "CR2"); t <- coef_test(m, vcov = V, test = "Satterthwaite", coefs = c("x", "w")); t <- t[match(c("x", "w"), rownames(t)), ]
  list(file = "data/produc.csv", dependent = "log(gsp)", endogenous = I("log(pcap)"), exogenous = I("log(emp)"), instruments = I("log(pc)"), effects = c("state", "year"), cluster = "state",
    coefficients = vec(coef(m)[c("x", "w")]), se = vec(t$SE), df_satterthwaite = vec(t$df_Satt))
}
unbalanced <- function(name) { d <- read_panel(name); d[!hole(d), ] }
results <- list(versions = versions("clubSandwich", "AER"), left_out = "unbalanced: rows with (7 row + 7) mod 13 = 0, row from 0",
  two_stage = two_stage(), produc = case("produc", c("state", "year"), "state"), produc_unbalanced = case("produc", c("state", "year"), "state", unbalanced("produc")),
  grunfeld_unbalanced = case("grunfeld", c("firm", "year"), "firm", unbalanced("grunfeld")), produc_by_region = case("produc", c("state", "year"), "region"), grunfeld_by_year = case("grunfeld", c("firm", "year"), "year"),
  grunfeld_fitted_rows = case("grunfeld", c("firm", "year"), "firm", more = "(firm==1)*(year>1945)"), produc_no_effects = case("produc", character(0), "state"), produc_weighted = case("produc", c("state", "year"), "state", weights = "emp"),
  produc_weighted_unbalanced = case("produc", c("state", "year"), "state", unbalanced("produc"), weights = "emp"), produc_weighted_one_way = case("produc", "state", "state", weights = "emp"),
  produc_weighted_no_effects = case("produc", character(0), "state", weights = "emp"), produc_weighted_by_region = case("produc", c("state", "year"), "region", weights = "emp"))
write_oracle(results, "bias-reduced.json")
