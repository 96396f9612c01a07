# Two-way fixed effects on the US states by lm with dummies and sandwich. Writes linear-within.json beside this file.
# Rscript test/oracle/linear-within.R
suppressMessages({ library(sandwich); library(jsonlite); library(plm) })
here <- dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)))
d <- read.csv(file.path(here, "../../examples/us-states/data/produc.csv"))
d <- transform(d, lgsp = log(gsp), lpcap = log(pcap), lpc = log(pc), lemp = log(emp))
d$row <- seq_len(nrow(d)) - 1
x <- c("lpcap", "lpc", "lemp", "unemp")

fit <- function(d) {
  n <- nrow(d); G <- length(unique(d$state)); T <- length(unique(d$year))
  m <- lm(reformulate(c(x, "factor(year)", "factor(state)"), "lgsp"), d)
  K <- length(x) + (T - 1) + 1
  factor <- G / (G - 1) * (n - 1) / (n - K)
  V <- vcovCL(m, cluster = d$state, type = "HC0", cadjust = FALSE) * factor
  iid <- vcov(m)
  # xtreg, fe: regress y_it - mean_i + mean on the same of x and the year dummies, with a constant.
  D <- model.matrix(~ factor(year), d)[, -1]
  move <- function(v) v - ave(v, d$state) + mean(v)
  Z <- apply(cbind(as.matrix(d[x]), D), 2, move)
  yt <- move(d$lgsp)
  xt <- lm(yt ~ Z)
  Vt <- vcovCL(xt, cluster = d$state, type = "HC0", cadjust = FALSE) * factor
  s2 <- sum(resid(m)^2) / m$df.residual
  iidt <- s2 * summary(xt)$cov.unscaled
  p <- pdata.frame(d, index = c("state", "year"))
  two <- plm(reformulate(x, "lgsp"), p, effect = "twoways", model = "within")
  year <- c(0, coef(m)[paste0("factor(year)", sort(unique(d$year))[-1])])
  xb <- as.matrix(d[x]) %*% coef(m)[x] + year[match(d$year, sort(unique(d$year)))]
  b <- coef(m)[x]
  list(n = n, G = G, K = K, coefficients = unname(b), plm = unname(coef(two)), se_cluster = unname(sqrt(diag(V)[x])), se_iid = unname(sqrt(diag(iid)[x])),
    covariance = unname(V[x, x]), t = unname(b / sqrt(diag(V)[x])), p = unname(2 * pt(-abs(b / sqrt(diag(V)[x])), G - 1)),
    constant = unname(coef(xt)[1]), constant_se = sqrt(Vt[1, 1]), constant_se_iid = sqrt(iidt[1, 1]),
    wald = as.numeric(t(b) %*% solve(V[x, x]) %*% b) / length(x),
    r2_within = summary(xt)$r.squared, r2_within_two_way = unname(1 - sum(resid(two)^2) / sum(Within(p$lgsp, effect = "twoways")^2)),
    r2_overall = cor(xb, d$lgsp)[1, 1]^2, r2 = summary(m)$r.squared, r2_adjusted = summary(m)$adj.r.squared, sigma = summary(m)$sigma)
}
balanced <- fit(d)
# Sum-to-zero contrasts of the entities give the same constant where the panel is balanced.
contrasts <- lm(lgsp ~ lpcap + lpc + lemp + unemp + factor(year) + C(factor(state), contr.sum), d)
balanced$constant_sum_to_zero <- unname(coef(contrasts)[1])
# Unbalanced: holes, a late entry, and (for singletons) one state with a single year, which fit() does not see.
hole <- (d$row * 7) %% 13 == 0 | (d$state == "TEXAS" & d$year < 1980) | (d$state == "OHIO" & d$year != 1975)
kept <- d[!hole, ]
unbalanced <- fit(kept[kept$state != "OHIO", ])
unbalanced$dropped_rows <- d$row[hole]
versions <- list(R = as.character(getRversion()), sandwich = as.character(packageVersion("sandwich")), plm = as.character(packageVersion("plm")))
write_json(list(versions = versions, regressors = x, balanced = balanced, unbalanced = unbalanced), file.path(here, "linear-within.json"), auto_unbox = TRUE, digits = NA)
