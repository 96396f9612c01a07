# The whole study of examples/us-states computed a second time, in R and from the raw CSV: Rscript test/oracle/us-states-study.R
# Nothing here is shared with Sediment. Linear models are least squares with dummies (lm), variances follow from the formulas with sandwich's
# bread and meat, IV is AER's ivreg, random effects are plm's, Moran's I is spdep's; the LM tests and the SDM of Lee and Yu (2010) are written out below.
suppressMessages({
  library(plm); library(AER); library(sandwich); library(spdep); library(jsonlite)
})
Sys.setlocale("LC_COLLATE", "C")

# --- data, derived variables, index -------------------------------------------------------------------------------------------------
panel <- read.csv("examples/us-states/data/produc.csv")
states <- read.csv("examples/us-states/data/states.csv", colClasses = c(fips = "character"))
panel$entity <- states$name[match(panel$state, states$produc_name)]
panel <- panel[order(panel$entity, panel$year), ]
for (stock in c("hwy", "water", "util", "pc")) panel[[paste0(stock, "_per_worker")]] <- panel[[stock]] / panel$emp
panel$output_per_worker <- panel$gsp / panel$emp
panel$public_per_worker <- panel$pcap / panel$emp
panel$ln_output <- log(panel$output_per_worker)
panel$ln_capital <- log(panel$pc_per_worker)
panel$ln_emp <- log(panel$emp)

indicators <- list(
  hwy_per_worker = c("public", "positive"), water_per_worker = c("public", "positive"), util_per_worker = c("public", "positive"),
  pc_per_worker = c("private", "positive"), unemp = c("labour", "negative")
)
dimension <- sapply(indicators, `[`, 1)
scaled <- sapply(names(indicators), function(name) {
  x <- panel[[name]]
  if (indicators[[name]][2] == "positive") (x - min(x)) / (max(x) - min(x)) else (max(x) - x) / (max(x) - min(x))
})
entropy <- apply(scaled, 2, function(y) {
  p <- y / sum(y)
  -sum(ifelse(p > 0, p * log(p), 0)) / log(nrow(panel))
})
redundancy <- 1 - entropy
weight <- redundancy / sum(redundancy)
individual <- redundancy / ave(redundancy, dimension, FUN = sum)
panel$conditions <- 100 * drop(scaled %*% weight)
for (d in unique(dimension)) panel[[d]] <- 100 * drop(scaled[, dimension == d, drop = FALSE] %*% individual[dimension == d])

# --- linear models ------------------------------------------------------------------------------------------------------------------
entities <- unique(panel$entity)
N <- length(entities)
years <- sort(unique(panel$year))
dummies <- function(data) model.matrix(~ factor(entity) + factor(year), data)

# Clustered by state, as Stata's xtreg, fe vce(cluster): state effects do not count, year dummies and the constant do.
cluster_factor <- function(n, G, K) G / (G - 1) * (n - 1) / (n - K)
clustered <- function(fit, data, slopes) {
  n <- nrow(data); G <- length(unique(data$entity)); K <- slopes + length(unique(data$year)) - 1 + 1
  scores <- rowsum(estfun(fit), data$entity)
  breadth <- bread(fit) / n
  breadth %*% crossprod(scores) %*% breadth * cluster_factor(n, G, K)
}
tidy <- function(estimate, variance, df) {
  se <- sqrt(diag(variance))
  list(term = names(estimate), estimate = unname(estimate), std_error = unname(se), p_value = unname(2 * pt(-abs(estimate / se), df)))
}
two_way <- function(y, x, data = panel) {
  keep <- complete.cases(data[, c(y, x)])
  data <- data[keep, ]
  # Regressors first, so that the pivoting of lm never drops one of them for a dummy.
  fit <- lm(reformulate(c(x, "factor(entity)", "factor(year)"), y), data)
  terms <- x
  V <- clustered(fit, data, length(x))
  demean <- function(v) residuals(lm(v ~ factor(entity), data))
  within <- 1 - sum(residuals(fit)^2) / sum(demean(data[[y]])^2)
  c(tidy(coef(fit)[terms], V[terms, terms, drop = FALSE], N - 1),
    list(nobs = nrow(data), r2_within = within))
}
panel$ln_gsp <- log(panel$gsp); panel$ln_pcap <- log(panel$pcap); panel$ln_pc <- log(panel$pc)
munnell_terms <- c("ln_pcap", "ln_pc", "ln_emp", "unemp")
munnell <- two_way("ln_gsp", munnell_terms)
by_plm <- plm(log(gsp) ~ log(pcap) + log(pc) + log(emp) + unemp, panel, index = c("entity", "year"), model = "within", effect = "twoways")
munnell$plm <- list(estimate = unname(coef(by_plm)), std_error_iid = unname(sqrt(diag(vcov(by_plm)))),
  arellano = unname(sqrt(diag(vcovHC(by_plm, method = "arellano", type = "HC0", cluster = "group")))))
munnell$pooled <- { fit <- lm(ln_gsp ~ ln_pcap + ln_pc + ln_emp + unemp, panel); list(estimate = unname(coef(fit)), std_error_iid = unname(sqrt(diag(vcov(fit))))) }
one_way <- plm(log(gsp) ~ log(pcap) + log(pc) + log(emp) + unemp, panel, index = c("entity", "year"), model = "within")
munnell$one_way <- list(estimate = unname(coef(one_way)), std_error_iid = unname(sqrt(diag(vcov(one_way)))))

controls <- "ln_emp"
baseline <- two_way("ln_output", c("conditions", controls))
by_dimension <- two_way("ln_output", c("public", "private", "labour", controls))

panel$region_name <- states$region[match(panel$entity, states$name)]
by_region <- lapply(split(panel, panel$region_name), function(data) {
  fit <- lm(ln_output ~ conditions + ln_emp + factor(entity) + factor(year), data)
  terms <- c("conditions", "ln_emp")
  tidy(coef(fit)[terms], clustered(fit, data, 2)[terms, terms], length(unique(data$entity)) - 1)
})

# Do the regions' coefficients of conditions differ? Slopes and year effects by region; K counts the slopes, 16 year effects in each region, and the constant.
region_difference <- {
  regions <- c("Northeast", "Midwest", "South", "West")
  fit <- lm(ln_output ~ factor(entity) + region_name:factor(year) + region_name:conditions + region_name:ln_emp, panel)
  at <- paste0("region_name", regions, ":conditions")
  n <- nrow(panel); K <- 4 * 2 + 4 * 16 + 1
  stopifnot(K == fit$rank - (N - 1))
  V <- vcovCL(fit, cluster = panel$entity, type = "HC0", cadjust = FALSE)[at, at] * N / (N - 1) * (n - 1) / (n - K)
  b <- coef(fit)[at]
  wald <- function(R) { F <- drop(t(R %*% b) %*% solve(R %*% V %*% t(R)) %*% (R %*% b)) / nrow(R); list(F = F, df = nrow(R), df2 = N - 1, p_value = pf(F, nrow(R), N - 1, lower.tail = FALSE)) }
  pairs <- combn(4, 2, function(p) { R <- matrix(0, 1, 4); R[p] <- c(1, -1); c(list(groups = regions[p], difference = unname(b[p[1]] - b[p[2]])), wald(R)) }, simplify = FALSE)
  list(all = wald(cbind(-1, diag(3))), pairs = pairs)
}

# FE-2SLS: conditions instrumented by its own lag.
panel$L.conditions <- ave(panel$conditions, panel$entity, FUN = function(x) c(NA, head(x, -1)))
lagged <- panel[!is.na(panel$L.conditions), ]
iv_fit <- ivreg(ln_output ~ conditions + ln_emp + factor(entity) + factor(year) | L.conditions + ln_emp + factor(entity) + factor(year), data = lagged)
iv_V <- clustered(iv_fit, lagged, 2)
iv_terms <- c("conditions", "ln_emp")
first <- two_way("conditions", c("L.conditions", controls), lagged)
iv <- c(tidy(coef(iv_fit)[iv_terms], iv_V[iv_terms, iv_terms], N - 1), list(nobs = nrow(lagged), first_stage = first))

# Hausman: FE against one-way Swamy-Arora RE, year dummies in both, contrast on the slopes, difference of the iid variances.
hausman <- {
  formula <- ln_output ~ conditions + ln_emp + factor(year)
  fe <- plm(formula, panel, index = c("entity", "year"), model = "within", effect = "individual")
  re <- plm(formula, panel, index = c("entity", "year"), model = "random", effect = "individual", random.method = "swar")
  b <- coef(fe)[iv_terms] - coef(re)[iv_terms]
  D <- vcov(fe)[iv_terms, iv_terms] - vcov(re)[iv_terms, iv_terms]
  statistic <- drop(b %*% solve(D) %*% b)
  sigma <- sqrt(ercomp(re)$sigma2)
  list(statistic = statistic, df = length(b), p_value = pchisq(statistic, length(b), lower.tail = FALSE), eigenvalues = eigen(D, TRUE)$values,
    re = unname(coef(re)[iv_terms]), re_std_error = unname(sqrt(diag(vcov(re)))[iv_terms]), theta = unname(ercomp(re)$theta), sigma = unname(sigma))
}

# Mediation: does public capital raise output through private capital?
z <- c("ln_emp", "unemp")
mediation <- list(total = two_way("ln_output", c("public", z)), mediator = two_way("ln_capital", c("public", z)),
  outcome = two_way("ln_output", c("public", "ln_capital", z)))
a <- mediation$mediator$estimate[1]; b <- mediation$outcome$estimate[2]
sa <- mediation$mediator$std_error[1]; sb <- mediation$outcome$std_error[2]
mediation$indirect <- a * b
mediation$direct <- mediation$outcome$estimate[1]
mediation$sobel <- a * b / sqrt(a^2 * sb^2 + b^2 * sa^2)

# Moderation by unemployment, interactions of centred variables: the outcome's equation, the mediator's, and the joint one.
centred <- function(x) x - mean(x)
panel[["public*unemp"]] <- centred(panel$public) * centred(panel$unemp)
panel[["ln_capital*unemp"]] <- centred(panel$ln_capital) * centred(panel$unemp)
moderated <- function(y, x) { fit <- two_way(y, make.names(x)); fit$term <- x; fit }
names(panel) <- make.names(names(panel))
moderation <- list(
  outcome = moderated("ln_output", c("public", "unemp", "public*unemp", "ln_emp")),
  mediator = moderated("ln_capital", c("public", "unemp", "public*unemp", "ln_emp")),
  joint = moderated("ln_output", c("public", "unemp", "public*unemp", "ln_capital", "ln_capital*unemp", "ln_emp"))
)
at_values <- quantile(panel$unemp, c(0.16, 0.5, 0.84), type = 6, names = FALSE)
slope_at <- function(fit, x) fit$estimate[fit$term == x] + fit$estimate[fit$term == paste0(x, "*unemp")] * (at_values - mean(panel$unemp))
moderation$values <- at_values
moderation$indirect <- slope_at(moderation$mediator, "public") * slope_at(moderation$joint, "ln_capital")
moderation$direct <- slope_at(moderation$joint, "public")

# --- space --------------------------------------------------------------------------------------------------------------------------
where <- states[match(entities, states$name), ]
haversine <- function(lat1, lon1, lat2, lon2) {
  r <- pi / 180
  h <- sin((lat2 - lat1) * r / 2)^2 + cos(lat1 * r) * cos(lat2 * r) * sin((lon2 - lon1) * r / 2)^2
  2 * 6371 * asin(sqrt(h))
}
row_standardise <- function(W) W / rowSums(W)
distance <- outer(seq_len(N), seq_len(N), function(i, j) haversine(where$latitude[i], where$longitude[i], where$latitude[j], where$longitude[j]))
geographic <- 1 / distance; diag(geographic) <- 0
g <- tapply(panel$public_per_worker, panel$entity, mean)[entities]
economic <- 1 / abs(outer(g, g, "-")); diag(economic) <- 0
nested <- row_standardise(0.5 * row_standardise(geographic) + 0.5 * row_standardise(economic))
pairs <- read.csv("examples/us-states/data/contiguity.csv")
contiguity <- matrix(0, N, N, dimnames = list(entities, entities)); contiguity[cbind(pairs$from, pairs$to)] <- 1
contiguity <- row_standardise(contiguity)

moran <- function(variable, W) {
  lw <- mat2listw(W, style = "W")
  rows <- lapply(years, function(t) {
    x <- panel[[variable]][panel$year == t]
    random <- moran.test(x, lw, randomisation = TRUE, alternative = "two.sided")
    normal <- moran.test(x, lw, randomisation = FALSE, alternative = "two.sided")
    c(i = unname(random$estimate[1]), expected = unname(random$estimate[2]), variance_randomisation = unname(random$estimate[3]),
      variance_normality = unname(normal$estimate[3]))
  })
  c(list(year = years), as.list(as.data.frame(do.call(rbind, rows))))
}

# Panels as N x T matrices; W acts on each year.
Tn <- length(years)
matrix_of <- function(v) matrix(v, N, Tn, byrow = TRUE)
lag_by <- function(W, v) as.vector(t(W %*% matrix_of(v)))
two_way_demean <- function(v) { m <- matrix_of(v); m <- sweep(m, 1, rowMeans(m)); as.vector(t(sweep(m, 2, colMeans(m)))) }

lm_tests <- function(W, y, X) {
  tests <- function(dl, de, J, V) list(lm_lag = dl^2 / J, lm_error = de^2 / V, robust_lm_lag = (dl - de)^2 / (J - V),
    robust_lm_error = (de - V / J * dl)^2 / (V * (1 - V / J)))
  n <- length(y)
  pooled <- {
    Z <- cbind(1, X); b <- solve(crossprod(Z), crossprod(Z, y)); e <- drop(y - Z %*% b); s2 <- sum(e^2) / n
    WZb <- lag_by(W, drop(Z %*% b)); M <- WZb - drop(Z %*% solve(crossprod(Z), crossprod(Z, WZb)))
    trace <- Tn * (sum(W * t(W)) + sum(W^2))
    tests(sum(e * lag_by(W, y)) / s2, sum(e * lag_by(W, e)) / s2, sum(M^2) / s2 + trace, trace)
  }
  within <- {
    Z <- apply(X, 2, two_way_demean); yd <- two_way_demean(y); b <- solve(crossprod(Z), crossprod(Z, yd)); e <- drop(yd - Z %*% b)
    s2 <- sum(e^2) / ((N - 1) * (Tn - 1))
    F <- contr.helmert(N); F <- sweep(F, 2, sqrt(colSums(F^2)), "/")
    Ws <- t(F) %*% W %*% F; trW <- sum(diag(Ws))
    V <- (Tn - 1) * (sum(Ws * t(Ws)) + sum(Ws^2) - 2 * trW^2 / (N - 1))
    lagged <- two_way_demean(lag_by(W, drop(X %*% b)))
    M <- lagged - drop(Z %*% solve(crossprod(Z), crossprod(Z, lagged)))
    tests(sum(e * lag_by(W, y)) / s2 - (Tn - 1) * trW, sum(e * lag_by(W, e)) / s2 - (Tn - 1) * trW, sum(M^2) / s2 + V, V)
  }
  list(pooled = pooled, within = within)
}

# The spatial Durbin model with state and year effects. correction "lee-yu": n* = (N-1)(T-1), a = T-1, c = 1; "none": n* = NT, a = T, c = 0.
sdm <- function(W, y, X, correction) {
  lee_yu <- correction == "lee-yu"
  ns <- if (lee_yu) (N - 1) * (Tn - 1) else N * Tn
  a <- if (lee_yu) Tn - 1 else Tn
  WX <- apply(X, 2, function(v) lag_by(W, v)); colnames(WX) <- paste0("W*", colnames(X))
  Z <- apply(cbind(X, WX), 2, two_way_demean); yd <- two_way_demean(y); Wy <- two_way_demean(lag_by(W, y))
  A <- solve(crossprod(Z)); b0 <- A %*% crossprod(Z, yd); b1 <- A %*% crossprod(Z, Wy)
  e0 <- drop(yd - Z %*% b0); e1 <- drop(Wy - Z %*% b1)
  values <- eigen(W, only.values = TRUE)$values
  loglik <- function(rho) {
    s2 <- sum((e0 - rho * e1)^2) / ns
    jacobian <- sum(log(Mod(1 - rho * values))) - if (lee_yu) log(1 - rho) else 0
    -ns / 2 * (log(2 * pi * s2) + 1) + a * jacobian
  }
  real <- Re(values[abs(Im(values)) < 1e-9])
  rho <- optimize(loglik, c(1 / min(real), 1) * 0.9999, maximum = TRUE, tol = 1e-12)$maximum
  score <- function(r) {
    e <- e0 - r * e1
    a * (-sum(Re(values / (1 - r * values))) + if (lee_yu) 1 / (1 - r) else 0) + ns * sum(e * e1) / sum(e^2)
  }
  rho <- uniroot(score, rho + c(-1e-3, 1e-3), tol = 1e-14)$root
  beta <- drop(b0 - rho * b1); s2 <- sum((e0 - rho * e1)^2) / ns
  # Information matrix in (beta, rho, sigma2).
  if (lee_yu) { F <- contr.helmert(N); F <- sweep(F, 2, sqrt(colSums(F^2)), "/"); Ws <- t(F) %*% W %*% F } else Ws <- W
  Gs <- Ws %*% solve(diag(nrow(Ws)) - rho * Ws)
  G <- W %*% solve(diag(N) - rho * W)
  GZb <- two_way_demean(lag_by(G, drop(Z %*% beta)))
  k <- length(beta)
  info <- matrix(0, k + 2, k + 2)
  info[1:k, 1:k] <- crossprod(Z) / s2
  info[1:k, k + 1] <- info[k + 1, 1:k] <- crossprod(Z, GZb) / s2
  info[k + 1, k + 1] <- sum(GZb^2) / s2 + a * (sum(Gs * t(Gs)) + sum(Gs^2))
  info[k + 1, k + 2] <- info[k + 2, k + 1] <- a * sum(diag(Gs)) / s2
  info[k + 2, k + 2] <- ns / (2 * s2^2)
  V <- solve(info)
  p <- ncol(X)
  effects <- lapply(seq_len(p), function(r) {
    S <- solve(diag(N) - rho * W, beta[r] * diag(N) + beta[p + r] * W)
    direct <- sum(diag(S)) / N; total <- mean(rowSums(S))
    list(direct = direct, indirect = total - direct, total = total)
  })
  names(effects) <- colnames(X)
  theta <- (p + 1):(2 * p)
  wald_sar <- drop(beta[theta] %*% solve(V[theta, theta]) %*% beta[theta])
  h <- beta[theta] + rho * beta[1:p]
  H <- cbind(rho * diag(p), diag(p), beta[1:p])
  wald_sem <- drop(h %*% solve(H %*% V[1:(k + 1), 1:(k + 1)] %*% t(H)) %*% h)
  list(term = c(names(beta), "rho", "sigma2"), estimate = unname(c(beta, rho, s2)), std_error = sqrt(diag(V)), log_likelihood = loglik(rho), effects = effects,
    wald_sar = wald_sar, wald_sem = wald_sem)
}
X <- as.matrix(panel[, c("conditions", "ln_emp")])
space <- list(
  moran = list(nested = moran("ln_output", nested), contiguity = moran("ln_output", contiguity), index = moran("conditions", nested)),
  weights_nested = list(from_first = unname(nested[1, ]), trace = sum(nested * t(nested)) + sum(nested^2)),
  lm = list(nested = lm_tests(nested, panel$ln_output, X), contiguity = lm_tests(contiguity, panel$ln_output, X)),
  sdm = list(nested = sdm(nested, panel$ln_output, X, "lee-yu"), nested_none = sdm(nested, panel$ln_output, X, "none"),
    contiguity = sdm(contiguity, panel$ln_output, X, "lee-yu"))
)
versions <- list(R = R.version.string)
for (package in c("plm", "AER", "sandwich", "spdep")) versions[[package]] <- format(packageVersion(package))
out <- list(
  versions = versions,
  panel = list(rows = nrow(panel), conditions = panel$conditions, public = panel$public, private = panel$private, labour = panel$labour),
  weights = list(indicator = names(indicators), entropy = unname(entropy), weight = unname(weight), individual_weight = unname(individual)),
  munnell = munnell, baseline = baseline, by_dimension = by_dimension, by_region = by_region, region_difference = region_difference, iv = iv, hausman = hausman, mediation = mediation, moderation = moderation, space = space
)
write(toJSON(out, digits = NA, auto_unbox = TRUE, pretty = FALSE), "test/oracle/us-states-study.json")
