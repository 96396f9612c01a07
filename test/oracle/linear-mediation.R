# Mediation and moderation on the US states by lm with dummies, and a pairs cluster bootstrap by refits. Writes linear-mediation.json.
# Outcome lgsp, treatment lpcap, mediator lpc, moderator unemp, control lemp: names of roles, not a claim about states.
# Rscript test/oracle/linear-mediation.R
suppressMessages({ library(sandwich); library(jsonlite) })
here <- dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)))
d <- read.csv(file.path(here, "../../examples/us-states/data/produc.csv"))
d <- transform(d, lgsp = log(gsp), lpcap = log(pcap), lpc = log(pc), lemp = log(emp))
n <- nrow(d); G <- 48; T <- 17
fit <- function(y, x) {
  m <- lm(as.formula(paste(y, "~", paste(x, collapse = "+"), "+ factor(year) + factor(state)")), d)
  k <- seq_along(x) + 1; K <- length(x) + T
  V <- vcovCL(m, cluster = d$state, type = "HC0", cadjust = FALSE)[k, k] * G / (G - 1) * (n - 1) / (n - K)
  list(b = unname(coef(m)[k]), se = unname(sqrt(diag(V))), V = unname(V), names = x)
}
# Products of raw variables: conditional effects do not depend on centring.
d$xm <- d$lpcap * d$unemp; d$um <- d$lpc * d$unemp
eqs <- list(total = fit("lgsp", c("lpcap", "lemp")), mediator = fit("lgsp", c("lpc", "lemp")), first = fit("lpc", c("lpcap", "lemp")), second = fit("lgsp", c("lpcap", "lpc", "lemp")))
b1 <- eqs$first$b[1]; g2 <- eqs$second$b[2]
mediation <- list(equations = eqs, indirect = b1 * g2, direct = eqs$second$b[1], total = eqs$total$b[1], sobel = sqrt(b1^2 * eqs$second$se[2]^2 + g2^2 * eqs$first$se[1]^2))
e7 <- fit("lpc", c("lpcap", "unemp", "xm", "lemp")); joint <- fit("lgsp", c("lpcap", "unemp", "xm", "lpc", "um", "lemp"))
others <- list(e5 = fit("lgsp", c("lpcap", "unemp", "xm", "lemp")), e6 = fit("lpc", c("lpcap", "unemp", "lemp")), e8 = fit("lgsp", c("lpc", "unemp", "lemp")), e9 = fit("lgsp", c("lpc", "unemp", "um", "lemp")))
M <- unname(quantile(d$unemp, c(.16, .5, .84), type = 6))
a <- e7$b[1] + e7$b[3] * M; b <- joint$b[4] + joint$b[5] * M; cc <- joint$b[1] + joint$b[3] * M
se_c <- sqrt(joint$V[1, 1] + 2 * M * joint$V[1, 3] + M^2 * joint$V[3, 3])
va <- e7$V[1, 1] + 2 * M * e7$V[1, 3] + M^2 * e7$V[3, 3]; vb <- joint$V[4, 4] + 2 * M * joint$V[4, 5] + M^2 * joint$V[5, 5]
# Johnson-Neyman roots found numerically.
crit <- qt(.975, G - 1)
gap <- function(m) (joint$b[1] + joint$b[3] * m)^2 - crit^2 * (joint$V[1, 1] + 2 * m * joint$V[1, 3] + m^2 * joint$V[3, 3])
roots <- Re(polyroot(c(gap(0), (gap(1) - gap(-1)) / 2, (gap(1) + gap(-1)) / 2 - gap(0))))
moderation <- list(e7 = e7, joint = joint, others = others, values = M, indirect = a * b, direct = cc, direct_se = se_c, indirect_se = sqrt(a^2 * vb + b^2 * va), roots = sort(roots), gap_at_roots = gap(sort(roots)))

set.seed(20260101)
states <- split(seq_len(n), d$state)
one <- function() {
  pick <- sample(names(states), replace = TRUE)
  rows <- unlist(states[pick]); id <- rep(seq_along(pick), lengths(states[pick])); yr <- factor(d$year[rows])
  off <- function(v) { v <- v[rows]; v - ave(v, id) }
  D <- apply(model.matrix(~ yr)[, -1], 2, function(v) v - ave(v, id))
  x <- off(d$lpcap); u <- off(d$lpc); z <- off(d$lemp); y <- off(d$lgsp)
  f1 <- lm.fit(cbind(x, z, D), u)$coefficients; f2 <- lm.fit(cbind(x, u, z, D), y)$coefficients
  c(indirect = unname(f1[1] * f2[2]), direct = unname(f2[1]))
}
reps <- t(replicate(4000, one()))
boot <- list(R = nrow(reps), sd = unname(apply(reps, 2, sd)), quantiles = apply(reps, 2, quantile, c(.025, .25, .5, .75, .975), type = 6))
versions <- list(R = as.character(getRversion()), sandwich = as.character(packageVersion("sandwich")))
write_json(list(versions = versions, mediation = mediation, moderation = moderation, bootstrap = boot), file.path(here, "linear-mediation.json"), auto_unbox = TRUE, digits = NA)
