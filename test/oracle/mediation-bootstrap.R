# Mediation by resampling, in base R, sandwich-free, and package boot's intervals: what the bootstrap engine is held against. Writes mediation-bootstrap.json.
# Each resample is refitted by QR on its own rows; nothing is taken from re-weighted cross-products.
# Run from the repository's root: Rscript test/oracle/mediation-bootstrap.R
suppressMessages({ library(boot); library(jsonlite) })
source("test/oracle/replica-panel.R")
produc <- read.csv("examples/us-states/data/produc.csv")
produc <- with(produc, data.frame(id = state, year = year, y = log(gsp), x = log(pcap), u = log(pc), lemp = log(emp), m = unemp))
china <- with(panel, data.frame(id = entity, year = year, y = ami, x = coagglo, u = uic, panel[controlNames]))
controls <- list(produc = "lemp", china = controlNames)

# Least squares on entity-demeaned columns with year dummies; scores summed by cluster, or by row with entity dummies counted (HC1).
regress <- function(y, X, id, year, cluster) {
  D <- model.matrix(~ factor(year))[, -1, drop = FALSE]
  off <- function(v) v - ave(v, id)
  Z <- apply(cbind(X, D), 2, off); yy <- off(y)
  f <- lm.fit(Z, yy); keep <- !is.na(f$coefficients); Z <- Z[, keep, drop = FALSE]
  e <- f$residuals; B <- chol2inv(qr.R(qr(Z)))
  n <- length(y); k <- ncol(X); T <- sum(keep) - k
  if (cluster) { S <- rowsum(Z * e, id); G <- nrow(S); factor <- G / (G - 1) * (n - 1) / (n - k - T - 1) }
  else { S <- Z * e; factor <- n / (n - k - T - length(unique(id))) }
  list(b = unname(f$coefficients[1:k]), psi = (S %*% B)[, 1:k, drop = FALSE], factor = factor, e = e, se = sqrt(factor * colSums(((S %*% B)[, 1:k, drop = FALSE])^2)))
}
effects <- function(d, z, cluster = TRUE) {
  Z <- as.matrix(d[z])
  first <- regress(d$u, cbind(d$x, Z), d$id, d$year, cluster); total <- regress(d$y, cbind(d$x, Z), d$id, d$year, cluster)
  second <- regress(d$y, cbind(d$x, d$u, Z), d$id, d$year, cluster)
  a <- first$b[1]; b <- second$b[2]
  scores <- b * sqrt(first$factor) * first$psi[, 1] + a * sqrt(second$factor) * second$psi[, 2]
  list(value = c(a * b, second$b[1], total$b[1]), independent = c(sqrt(a^2 * second$se[2]^2 + b^2 * first$se[1]^2), second$se[1], total$se[1]),
       joint = c(sqrt(sum(scores^2)), second$se[1], total$se[1]))
}
byCluster <- function(d, counts) {
  ids <- sort(unique(d$id)); copies <- rep(ids, counts)
  do.call(rbind, lapply(seq_along(copies), function(j) { one <- d[d$id == copies[j], ]; one$id <- j; one }))
}
acceleration <- function(values) { L <- mean(values) - values; sum(L^3) / (6 * sum(L^2)^1.5) }
jackknife <- function(d, z) {
  values <- t(sapply(sort(unique(d$id)), function(g) effects(d[d$id != g, ], z)$value))
  list(values = unname(values), acceleration = unname(apply(values, 2, acceleration)))
}

set.seed(20260714)
study <- function(d, z, B) {
  d <- d[order(d$id, d$year), ]; G <- length(unique(d$id))
  t0 <- effects(d, z)
  counts <- t(replicate(B, tabulate(sample.int(G, replace = TRUE), G)))
  all <- apply(counts, 1, function(k) effects(byCluster(d, k), z))
  t <- t(sapply(all, `[[`, "value")); se <- t(sapply(all, `[[`, "independent")); joint <- t(sapply(all[1:5], `[[`, "joint"))
  jack <- jackknife(d, z)
  interval <- function(i, level) {
    object <- structure(list(t0 = c(t0$value[i], t0$independent[i]^2), t = cbind(t[, i], se[, i]^2), R = B, call = quote(boot(d, f, B)), sim = "ordinary", stype = "i",
                             data = seq_len(G), strata = rep(1, G), weights = rep(1 / G, G)), class = "boot")
    ci <- boot.ci(object, conf = level, type = c("perc", "bca", "stud"), L = mean(jack$values[, i]) - jack$values[, i])
    list(level = level, percentile = ci$percent[4:5], bca = ci$bca[4:5], studentised = ci$student[4:5])
  }
  few <- 1:5
  list(estimate = t0$value, independent = t0$independent, joint = t0$joint, counts = counts[few, ], values = t[few, ], errors = se[few, ], joint_errors = joint,
       jackknife = jack, indirect = list(t = t[, 1], se = se[, 1], intervals = list(interval(1, .95), interval(1, .9))), sd = unname(apply(t, 2, sd)))
}
clusters <- list(produc = study(produc, controls$produc, 399), china = study(china, controls$china, 399))

# By observation: rows drawn; singly left out.
rows <- function(d, z, B) {
  d <- d[order(d$id, d$year), ]; n <- nrow(d)
  at <- lapply(1:B, function(i) sample.int(n, replace = TRUE))
  value <- t(sapply(at, function(i) effects(d[i, ], z, FALSE)$value))
  first <- lapply(at[1:3], function(i) effects(d[i, ], z, FALSE))
  left <- t(sapply(1:n, function(i) effects(d[-i, ], z, FALSE)$value))
  list(estimate = effects(d, z, FALSE), counts = t(sapply(at[1:3], tabulate, n)), values = t(sapply(first, `[[`, "value")), errors = t(sapply(first, `[[`, "independent")),
       sd = unname(apply(value, 2, sd)), R = B, acceleration = unname(apply(left, 2, acceleration)), first_left_out = unname(left[1:20, ]))
}
observations <- list(china = rows(china, controls$china, 1000))

# Wild: y* = fitted + w e in each equation, one weight an entity, regressors as observed.
wild <- function(d, z, draw, R) {
  d <- d[order(d$id, d$year), ]; ids <- sort(unique(d$id)); G <- length(ids); Z <- as.matrix(d[z]); row <- match(d$id, ids)
  model <- function(y, X) { e <- regress(y, X, d$id, d$year, TRUE)$e; list(X = X, e = e, fitted = y - e) }
  parts <- list(model(d$u, cbind(d$x, Z)), model(d$y, cbind(d$x, Z)), model(d$y, cbind(d$x, d$u, Z)))
  one <- function(w, se) {
    fits <- lapply(parts, function(p) regress(p$fitted + w[row] * p$e, p$X, d$id, d$year, TRUE))
    a <- fits[[1]]$b[1]; b <- fits[[3]]$b[2]
    list(value = c(a * b, fits[[3]]$b[1], fits[[2]]$b[1]), error = c(sqrt(a^2 * fits[[3]]$se[2]^2 + b^2 * fits[[1]]$se[1]^2), fits[[3]]$se[1], fits[[2]]$se[1]))
  }
  w <- t(replicate(R, draw(G))); all <- apply(w, 1, one); few <- 1:3
  list(weights = w[few, ], values = t(sapply(all[few], `[[`, "value")), errors = t(sapply(all[few], `[[`, "error")), sd = unname(apply(t(sapply(all, `[[`, "value")), 2, sd)))
}
webb <- c(-sqrt(1.5), -1, -sqrt(.5), sqrt(.5), 1, sqrt(1.5))
wilds <- list(rademacher = wild(china, controls$china, function(G) sample(c(-1, 1), G, TRUE), 1000), webb = wild(china, controls$china, function(G) sample(webb, G, TRUE), 1000))

versions <- list(R = as.character(getRversion()), boot = as.character(packageVersion("boot")))
write_json(list(versions = versions, clusters = clusters, observations = observations, wild = wilds), "test/oracle/mediation-bootstrap.json", auto_unbox = TRUE, digits = NA)
