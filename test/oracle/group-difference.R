# Differences of coefficients between the census regions of the US states (data/produc.csv): the regression with slopes by group by lm with all dummies, Wald tests by
# sandwich with the factor written out; differences of sub-samples under permuted labels, both sub-samples refitted by lm. Writes group-difference.json.
# Rscript test/oracle/group-difference.R
source(file.path(dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE))), "panel-oracle.R"))

REGIONS <- list(Northeast = c(1, 2), Midwest = c(3, 4), South = c(5, 6, 7), West = c(8, 9))
spec <- PANELS$produc; x <- spec$x
d <- read_panel("produc")
d$g <- factor(names(REGIONS)[sapply(d$region, function(r) which(sapply(REGIONS, function(of) r %in% of)))], names(REGIONS))
alone <- function(d) { m <- full_model(d, spec, c("state", "year")); coef(m)[x] }

wald <- function(b, V, f, df2) { W <- drop(t(b) %*% solve(V * f) %*% b); q <- length(b); list(chi2 = W, q = q, p_chi2 = pchisq(W, q, lower.tail = FALSE), F = W / q, df2 = df2, p_F = pf(W / q, q, df2, lower.tail = FALSE)) }
interacted <- function(d, own, shared) {
  years <- if (length(shared) == 0) "g:factor(year)" else "factor(year)"
  m <- lm(as.formula(paste(spec$y, "~ factor(state) +", paste(c(years, paste0(own, ":g"), shared), collapse = "+"))), d)
  n <- nrow(d); N <- levels_of(d$state); K <- m$rank - (N - 1); f <- N / (N - 1) * (n - 1) / (n - K)
  V <- vcovCL(m, cluster = d$state, type = "HC0", cadjust = FALSE)
  name <- function(term, g) { at <- c(paste0(term, ":g", g), paste0("g", g, ":", term)); at[at %in% names(coef(m))] }
  groups <- levels(d$g); at <- sapply(own, function(term) sapply(groups, function(g) name(term, g)))
  stopifnot(!anyNA(coef(m)[at]))
  if (length(shared) == 0) for (g in groups) near(coef(m)[at[g, ]], alone(d[d$g == g, ]))
  test <- function(term, compared) {
    R <- matrix(0, length(compared) - 1, length(groups)); colnames(R) <- groups
    for (i in seq_along(compared)[-1]) { R[i - 1, compared[i]] <- 1; R[i - 1, compared[1]] <- -1 }
    b <- coef(m)[at[, term]]; v <- V[at[, term], at[, term]]
    c(list(groups = compared), wald(R %*% b, R %*% v %*% t(R), f, N - 1))
  }
  list(n = n, G = N, K = K, factor = f, rank = m$rank,
    coefficients = lapply(setNames(groups, groups), function(g) vec(coef(m)[at[g, ]])), se = lapply(setNames(groups, groups), function(g) vec(sqrt(f * diag(V)[at[g, ]]))),
    shared = if (length(shared) == 0) NULL else list(coefficients = vec(coef(m)[shared]), se = vec(sqrt(f * diag(V)[shared]))),
    tests = lapply(setNames(own, own), function(term) c(list(test(term, groups)), combn(groups, 2, function(pair) test(term, pair), simplify = FALSE))))
}
# Differences of all slopes with the given states as the first group, the pair's others as the second.
difference <- function(d, first) unname(alone(d[d$state %in% first, ]) - alone(d[!d$state %in% first, ]))
# The same over sqrt(V_a + V_b), each clustered by state with G/(G - 1).
t_of <- function(d, first) {
  variance <- function(d) { m <- full_model(d, spec, c("state", "year")); G <- levels_of(d$state); diag(vcovCL(m, cluster = d$state, type = "HC0", cadjust = FALSE)[x, x]) * G / (G - 1) }
  unname(difference(d, first) / sqrt(variance(d[d$state %in% first, ]) + variance(d[!d$state %in% first, ])))
}
pair_of <- function(d, a, b) d[d$region %in% c(a, b), ]
fixed <- function(d, a, b, draws) {
  d <- pair_of(d, a, b); states <- sort(unique(d$state), method = "radix"); n1 <- levels_of(d$state[d$region %in% a]); set.seed(7)
  arrangements <- c(list(sort(unique(d$state[d$region %in% a]))), replicate(draws, sort(sample(states, n1)), simplify = FALSE))
  list(first = I(a), second = I(b), arrangements = arrangements, differences = lapply(arrangements, function(first) difference(d, first)), statistics = lapply(arrangements, function(first) t_of(d, first)))
}
enumerated <- function(d, a, b) {
  d <- pair_of(d, a, b); states <- sort(unique(d$state), method = "radix"); n1 <- levels_of(d$state[d$region %in% a])
  all <- combn(states, n1, simplify = FALSE); values <- sapply(all, function(first) difference(d, first)); observed <- difference(d, unique(d$state[d$region %in% a]))
  statistics <- sapply(all, function(first) t_of(d, first)); t <- t_of(d, unique(d$state[d$region %in% a]))
  share <- function(at) I(rowMeans(at + 0)); slack <- 1e-8 * abs(observed)
  list(first = I(a), second = I(b), arrangements = length(all), observed = observed, differences = lapply(seq_along(all), function(i) values[, i]),
    two_sided = share(abs(values) >= abs(observed) - slack), greater = share(values >= observed - slack), less = share(values <= observed + slack),
    t = t, statistics = lapply(seq_along(all), function(i) statistics[, i]), t_two_sided = share(abs(statistics) >= abs(t) * (1 - 1e-8)))
}
unbalanced <- d[!hole(d), ]
samples <- function(d) list(
  all = interacted(d, x, character(0)), regressors = interacted(d, x[1:2], x[3:4]),
  fixed = fixed(d, c(8, 9), c(1, 2), 8), enumerated = list(fixed_sizes = enumerated(d, 2, 9), two_sizes = enumerated(d, 9, 7)))
write_oracle(list(versions = versions("sandwich"), regions = lapply(REGIONS, I), regressors = x, factor = "G/(G - 1) (n - 1)/(n - K), K = rank less N - 1",
  hole = "rows with (7 row + 7) mod 13 = 0 are left out, row from 0", balanced = samples(d), unbalanced = samples(unbalanced)), "group-difference.json")
