# Moderated mediation with one stage moderated, and the sensitivity of a mediation to confounding (Imai, Keele and Yamamoto 2010), by lm with dummies: what
# moderation and sensitivity are held against. Writes mediation-paths.json. Run from the repository's root: Rscript test/oracle/mediation-paths.R
suppressMessages({ library(sandwich); library(jsonlite) })
source("test/oracle/replica-panel.R")
produc <- read.csv("examples/us-states/data/produc.csv")
produc <- with(produc, data.frame(id = state, year = year, y = log(gsp), x = log(pcap), u = log(pc), lemp = log(emp), m = unemp))
china <- with(panel, data.frame(id = entity, year = year, y = ami, x = coagglo, u = uic, m = mi, panel[controlNames]))

fit <- function(d, y, x) {
  m <- lm(as.formula(paste(y, "~", paste(x, collapse = "+"), "+ factor(year) + factor(id)")), d)
  n <- nrow(d); G <- length(unique(d$id)); T <- length(unique(d$year)); k <- seq_along(x) + 1; K <- length(x) + T
  factor <- G / (G - 1) * (n - 1) / (n - K)
  V <- vcovCL(m, cluster = d$id, type = "HC0", cadjust = FALSE)[k, k] * factor
  # Influences of the clusters on the slopes, without the factor.
  psi <- rowsum(estfun(m), d$id) %*% bread(m)[, k] / n
  list(b = setNames(coef(m)[k], x), V = `dimnames<-`(V, list(x, x)), e = residuals(m), psi = `colnames<-`(psi, x), factor = factor, model = m)
}
# A path's slope at M: weights over the terms x and x:m.
moderation <- function(d, z, moderated) {
  d$xm <- d$x * d$m; d$um <- d$u * d$m
  first <- fit(d, "u", c("x", "m", if ("first" %in% moderated) "xm", z))
  second <- fit(d, "y", c("x", "m", if ("direct" %in% moderated) "xm", "u", if ("second" %in% moderated) "um", z))
  M <- unname(quantile(d$m, c(.16, .5, .84), type = 6))
  at <- function(f, base, product, m) { w <- setNames(numeric(length(f$b)), names(f$b)); w[base] <- 1; if (product %in% names(w)) w[product] <- m; w }
  value <- function(theta, m) {
    k <- length(first$b); f <- first; s <- second; f$b[] <- theta[1:k]; s$b[] <- theta[-(1:k)]
    sum(at(f, "x", "xm", m) * f$b) * sum(at(s, "u", "um", m) * s$b)
  }
  theta <- c(first$b, second$b); V <- matrix(0, length(theta), length(theta)); k <- length(first$b)
  V[1:k, 1:k] <- first$V; V[-(1:k), -(1:k)] <- second$V
  # Derivatives by central differences: exact up to rounding, for every parameter enters at most squared.
  se <- function(f) { g <- sapply(seq_along(theta), function(j) { h <- 1e-3 * max(1, abs(theta[j])); up <- down <- theta; up[j] <- up[j] + h; down[j] <- down[j] - h; (f(up) - f(down)) / (2 * h) }); sqrt(c(g %*% V %*% g)) }
  direct <- sapply(M, function(m) { w <- at(second, "x", "xm", m); c(sum(w * second$b), sqrt(c(w %*% second$V %*% w))) })
  index <- function(theta) value(theta, 1) - value(theta, 0)
  difference <- function(theta) value(theta, M[3]) - value(theta, M[1])
  list(moderated = moderated, values = M, indirect = sapply(M, function(m) value(theta, m)), indirect_se = sapply(M, function(m) se(function(t) value(t, m))), direct = direct[1, ], direct_se = direct[2, ],
       difference = difference(theta), difference_se = se(difference), index = index(theta), index_se = se(index))
}
shapes <- list("first", "second", c("first", "direct"), c("second", "direct"), c("first", "second", "direct"))

# Theorem 4: errors of outcome ~ treatment (1), mediator ~ treatment (2) and outcome ~ treatment + mediator (3).
sensitivity <- function(d, z) {
  one <- fit(d, "y", c("x", z)); two <- fit(d, "u", c("x", z)); three <- fit(d, "y", c("x", "u", z))
  rho <- c(-.9, -.5, -.1, 0, .2, .7)
  acme <- function(b, s1, s2, r, rho) b * s1 / s2 * (r - rho * sqrt((1 - r^2) / (1 - rho^2)))
  s <- function(e) sqrt(mean(e^2))
  tilde <- cor(one$e, two$e); value <- acme(two$b[["x"]], s(one$e), s(two$e), tilde, rho)
  # Delta method in the formula's own arguments: slopes of 1 and 2, and the second moments of their errors, with the clusters' contributions to each.
  n <- nrow(d)
  moment <- function(p) { total <- rowsum(p, d$id); (c(total) - sum(p) * c(table(d$id)[rownames(total)]) / n) / n }
  psi <- cbind(two$psi[, "x"], moment(one$e^2), moment(one$e * two$e), moment(two$e^2), one$psi[, "x"])
  # The small-sample factor is each equation's own: K is larger by one in 3, whose part is the mediator's slope and the error variance of 3.
  theta <- c(two$b[["x"]], mean(one$e^2), mean(one$e * two$e), mean(two$e^2), one$b[["x"]])
  inOwn <- function(t) c(t[1], sqrt(t[4]), t[5], t[3] / t[4], sqrt(t[2] - t[3]^2 / t[4]))
  gradient <- function(f, t) sapply(seq_along(t), function(j) { h <- 1e-5 * abs(t[j]); up <- down <- t; up[j] <- up[j] + h; down[j] <- down[j] - h; (f(up) - f(down)) / (2 * h) })
  own <- inOwn(theta); J <- t(sapply(1:5, function(i) gradient(function(t) inOwn(t)[i], theta)))
  scaled <- (psi %*% t(J)) * rep(sqrt(c(two$factor, two$factor, one$factor, three$factor, three$factor)), each = nrow(psi))
  paper <- function(rho) function(o) { s2 <- o[2]; g <- o[4]; s3 <- o[5]; s1 <- sqrt(s3^2 + g^2 * s2^2); acme(o[1], s1, s2, g * s2 / s1, rho) }
  zero <- function(o) o[4] * o[2] / sqrt(o[5]^2 + o[4]^2 * o[2]^2)
  se <- function(f) { g <- gradient(f, own); sqrt(sum((scaled %*% g)^2)) }
  R2 <- function(m, y) 1 - sum(residuals(m)^2) / sum((y - mean(y))^2)
  off <- function(v) residuals(lm(v ~ factor(year) + factor(id), d))
  within <- function(m, y) 1 - sum(residuals(m)^2) / sum(off(y)^2)
  list(rho = rho, indirect = value, indirect_se = sapply(rho, function(r) se(paper(r))), direct = one$b[["x"]] - value,
       direct_se = sapply(rho, function(r) { f <- paper(r); se(function(o) o[3] - f(o)) }), zero = tilde, zero_se = se(zero),
       r2_star = tilde^2, r2_tilde = tilde^2 * (1 - R2(two$model, d$u)) * (1 - R2(three$model, d$y)),
       r2_tilde_within = tilde^2 * (1 - within(two$model, d$u)) * (1 - within(three$model, d$y)))
}
versions <- list(R = as.character(getRversion()), sandwich = as.character(packageVersion("sandwich")))
write_json(list(versions = versions,
  moderation = list(produc = lapply(shapes, function(m) moderation(produc, "lemp", m)), china = lapply(shapes, function(m) moderation(china, controlNames, m))),
  sensitivity = list(produc = sensitivity(produc, "lemp"), china = sensitivity(china, controlNames))), "test/oracle/mediation-paths.json", auto_unbox = TRUE, digits = NA)
