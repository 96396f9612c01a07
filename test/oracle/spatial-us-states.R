# Reference numbers for the spatial estimators on Munnell's panel (48 states, 1970-1986): writes spatial-us-states.json beside itself.
# Run from the repository's root: Rscript test/oracle/spatial-us-states.R
suppressPackageStartupMessages({ library(spdep); library(spatialreg); library(jsonlite) })
set.seed(1)
panel <- read.csv("examples/us-states/data/produc.csv")
states <- read.csv("examples/us-states/data/states.csv")
borders <- read.csv("examples/us-states/data/contiguity.csv")
panel$entity <- states$name[match(panel$state, states$produc_name)]
names <- sort(states$name, method = "radix"); years <- sort(unique(panel$year))
N <- length(names); T <- length(years)
panel <- panel[order(match(panel$entity, names), panel$year), ]
states <- states[match(names, states$name), ]
panel <- transform(panel, lgsp = log(gsp), lpcap = log(pcap), lpc = log(pc), lemp = log(emp), prod = log(gsp / emp))
xs <- c("lpcap", "lpc", "lemp", "unemp")

# ---- weights -------------------------------------------------------------------------------------------------------------------------
rad <- pi / 180
haversine <- function(a1, o1, a2, o2) {
  h <- sin((a2 - a1) * rad / 2)^2 + cos(a1 * rad) * cos(a2 * rad) * sin((o2 - o1) * rad / 2)^2
  2 * 6371.0088 * asin(sqrt(h))
}
D <- outer(1:N, 1:N, Vectorize(function(i, j) haversine(states$latitude[i], states$longitude[i], states$latitude[j], states$longitude[j])))
geo <- 1 / D; diag(geo) <- 0
g <- as.vector(tapply(panel$gsp / panel$emp, factor(panel$entity, names), mean))
econ <- 1 / abs(outer(g, g, "-")); diag(econ) <- 0
rowstd <- function(W) W / rowSums(W)
nested <- 0.5 * rowstd(geo) + 0.5 * rowstd(econ)
B <- matrix(0, N, N); B[cbind(match(borders$from, names), match(borders$to, names))] <- 1
contiguity <- rowstd(B)
weights <- list(contiguity = contiguity, nested = nested)

# ---- Moran's I by year (spdep) -------------------------------------------------------------------------------------------------------
moran <- lapply(weights, function(W) {
  lw <- mat2listw(W, style = "W")
  rows <- lapply(years, function(y) {
    x <- panel$prod[panel$year == y]
    r <- moran.test(x, lw, randomisation = TRUE); n <- moran.test(x, lw, randomisation = FALSE)
    data.frame(year = y, statistic = r$estimate[[1]], expected = r$estimate[[2]], vr = r$estimate[[3]], zr = r$statistic[[1]], pr = r$p.value,
               vn = n$estimate[[3]], zn = n$statistic[[1]], pn = n$p.value, mc = moran.mc(x, lw, nsim = 9999)$p.value)
  })
  do.call(rbind, rows)
})

# ---- transformations: rows by year, entities within a year ---------------------------------------------------------------------------
stack <- panel[order(panel$year, match(panel$entity, names)), ]
complement <- function(n) { J <- diag(n) - 1 / n; eigen(J, symmetric = TRUE)$vectors[, 1:(n - 1)] }
FN <- complement(N); FT <- complement(T)
K <- kronecker(t(FT), t(FN))                 # (N-1)(T-1) x NT
big <- function(W) kronecker(diag(T), W)

# ---- LM tests ------------------------------------------------------------------------------------------------------------------------
lm_pooled <- function(W) {
  model <- lm(reformulate(xs, "lgsp"), stack)
  r <- lm.LMtests(model, mat2listw(big(W), style = "W"), test = c("LMlag", "LMerr", "RLMlag", "RLMerr"))
  list(statistic = sapply(r, function(t) t$statistic[[1]]), p = sapply(r, function(t) t$p.value[[1]]))
}
lm_within <- function(W) {                   # in the transformed space, with explicit W* and projections
  Ws <- t(FN) %*% W %*% FN; WW <- kronecker(diag(T - 1), Ws)
  y <- K %*% stack$lgsp; X <- K %*% as.matrix(stack[xs]); Wy <- K %*% (big(W) %*% stack$lgsp)
  b <- solve(crossprod(X), crossprod(X, y)); e <- y - X %*% b; s2 <- sum(e^2) / ((N - 1) * (T - 1))
  trw <- sum(diag(Ws))
  de <- sum(e * (WW %*% e)) / s2 - (T - 1) * trw
  dl <- sum(e * Wy) / s2 - (T - 1) * trw
  V <- (T - 1) * (sum(diag(Ws %*% Ws + t(Ws) %*% Ws)) - 2 * trw^2 / (N - 1))
  WXb <- K %*% (big(W) %*% (as.matrix(stack[xs]) %*% b)); r <- WXb - X %*% solve(crossprod(X), crossprod(X, WXb))
  J <- sum(r^2) / s2 + V
  s <- c(dl^2 / J, de^2 / V, (dl - de)^2 / (J - V), (de - V / J * dl)^2 / (V * (1 - V / J)))
  list(statistic = s, p = pchisq(s, 1, lower.tail = FALSE))
}

# ---- maximum likelihood: an independent likelihood on transformed rows, K their transformation and Ws the weights among them -----------
ml <- function(W, model, K, Ws, periods, n) {
  WW <- kronecker(diag(periods), Ws); I <- diag(nrow(Ws))
  y <- K %*% stack$lgsp; X <- K %*% as.matrix(stack[xs]); WX <- K %*% (big(W) %*% as.matrix(stack[xs])); Wy <- K %*% (big(W) %*% stack$lgsp)
  if (model == "sdm") X <- cbind(X, WX)
  times <- n / nrow(Ws)                      # how often ln|I - rho Ws| counts
  ld <- function(r) times * as.numeric(determinant(I - r * Ws)$modulus)
  fit <- function(r) {
    if (model == "sem") { ya <- y - r * Wy; Xa <- X - r * WX } else { ya <- y - r * Wy; Xa <- X }
    b <- qr.coef(qr(Xa), ya); e <- ya - Xa %*% b; list(b = b, e = e, s2 = sum(e^2) / n, X = Xa)
  }
  ll <- function(r) { f <- fit(r); -n / 2 * (log(2 * pi * f$s2) + 1) + ld(r) }
  lambda <- eigen(Ws)$values; lambda <- Re(lambda[abs(Im(lambda)) < 1e-9])
  grid <- seq(1 / min(lambda), 1 / max(lambda), length.out = 301); grid <- grid[2:300]   # under Lee-Yu the bounds of W*: beyond 1 is beyond W's
  r <- grid[which.max(sapply(grid, ll))]; step <- grid[2] - grid[1]
  score <- function(r) {
    f <- fit(r); d <- if (model == "sem") Wy - WX %*% f$b else Wy
    sum(f$e * d) / f$s2 - times * sum(diag(solve(I - r * Ws, Ws)))
  }
  r <- uniroot(score, r + step * c(-1, 1), tol = 1e-15)$root   # the root of the score has all digits, optimize's maximum half of them
  f <- fit(r); G <- Ws %*% solve(I - r * Ws); k <- ncol(X)
  info <- matrix(0, k + 2, k + 2)
  info[1:k, 1:k] <- crossprod(f$X) / f$s2
  info[k + 1, k + 1] <- times * sum(diag(G %*% G + t(G) %*% G))
  if (model != "sem") {
    GXb <- kronecker(diag(periods), G) %*% (X %*% f$b)
    info[1:k, k + 1] <- info[k + 1, 1:k] <- crossprod(X, GXb) / f$s2
    info[k + 1, k + 1] <- info[k + 1, k + 1] + sum(GXb^2) / f$s2
  }
  info[k + 1, k + 2] <- info[k + 2, k + 1] <- times * sum(diag(G)) / f$s2
  info[k + 2, k + 2] <- n / (2 * f$s2^2)
  V <- solve(info, tol = 1e-30)
  list(estimate = c(f$b, r, f$s2), se = sqrt(diag(V)), covariance = V, logLik = ll(r))
}
ml_lee_yu <- function(W, model) ml(W, model, K, t(FN) %*% W %*% FN, T - 1, (N - 1) * (T - 1))

# ---- the random-effects SDM, year effects transformed away: dense normal densities on (N-1) T rows ------------------------------------
re_lee_yu <- function(W) {
  KN <- kronecker(diag(T), t(FN)); Ws <- t(FN) %*% W %*% FN; WW <- kronecker(diag(T), Ws); m <- N - 1; n <- m * T; I <- diag(n)
  y <- KN %*% stack$lgsp; X <- KN %*% as.matrix(stack[xs]); X <- cbind(X, WW %*% X); Wy <- WW %*% y
  P <- kronecker(matrix(1 / T, T, T), diag(m))                 # means over the years
  quasi <- function(Z, phi) Z - (1 - phi) * (P %*% Z)
  ld <- function(r) T * as.numeric(determinant(diag(m) - r * Ws)$modulus)
  at <- function(p) { phi <- exp(p[2] / 2); Xq <- quasi(X, phi); yq <- quasi(y - p[1] * Wy, phi); b <- qr.coef(qr(Xq), yq); list(b = b, sse = sum((yq - Xq %*% b)^2)) }
  nll <- function(p) n / 2 * (log(2 * pi * at(p)$sse / n) + 1) - m / 2 * p[2] - ld(p[1])
  o <- nlminb(c(0.1, -4), nll, lower = c(-0.99, -20), upper = c(0.99, 0), control = list(rel.tol = 1e-15, x.tol = 1e-14, iter.max = 1000, eval.max = 2000))
  # nlminb leaves half the digits: Newton steps on the scores of rho and ln phi^2 find the rest
  scores <- function(p) {
    f <- at(p); r <- y - p[1] * Wy - X %*% f$b; within <- r - P %*% r; between <- P %*% r
    c(n * (sum(within * Wy) + exp(p[2]) * sum(between * Wy)) / f$sse - T * sum(diag(solve(diag(m) - p[1] * Ws, Ws))),
      m / 2 - n / 2 * exp(p[2]) * sum(between^2) / f$sse)
  }
  for (step in 1:8) {
    J <- sapply(1:2, function(i) { h <- 1e-5 * (1:2 == i); (scores(o$par + h) - scores(o$par - h)) / 2e-5 })
    o$par <- o$par - solve(J, scores(o$par))
  }
  o$objective <- nll(o$par)
  f <- at(o$par); rho <- o$par[1]; s2 <- f$sse / n; s1 <- s2 / exp(o$par[2]); k <- ncol(X)
  # the information of a normal vector with mean A X d and variance A Omega A', A = (I - rho W)^-1
  A <- solve(I - rho * WW); Omega <- s2 * (I - P) + s1 * P; S <- A %*% Omega %*% t(A); Si <- solve(S)
  dA <- A %*% WW %*% A
  means <- cbind(A %*% X, dA %*% (X %*% f$b), 0, 0)
  dS <- list(dA %*% Omega %*% t(A) + A %*% Omega %*% t(dA), A %*% (I - P) %*% t(A), A %*% P %*% t(A))
  info <- t(means) %*% Si %*% means
  half <- lapply(dS, function(D) Si %*% D)
  for (a in 1:3) for (b in 1:3) info[k + a, k + b] <- info[k + a, k + b] + sum(half[[a]] * t(half[[b]])) / 2
  V <- solve(info, tol = 1e-40)
  list(estimate = c(f$b, rho, s2, s1), se = sqrt(diag(V)), covariance = V, logLik = -o$objective)
}
hausman <- function(fe, re, k) {
  d <- fe$estimate[1:k] - re$estimate[1:k]; V <- (fe$covariance[1:k, 1:k] - re$covariance[1:k, 1:k])
  list(statistic = sum(d * solve(V, d, tol = 1e-40)), smallest = min(eigen(V / sqrt(outer(diag(fe$covariance)[1:k], diag(fe$covariance)[1:k])), symmetric = TRUE)$values))
}

# ---- maximum likelihood, no correction: spatialreg with the dummies of entities and years in the model --------------------------------
ml_none <- function(W, model) {
  lw <- mat2listw(big(W), style = "W")
  dummies <- c("factor(entity)", "factor(year)")
  data <- stack
  for (x in xs) data[[paste0("W", x)]] <- as.vector(big(W) %*% data[[x]])
  rhs <- c(xs, if (model == "sdm") paste0("W", xs))
  f <- reformulate(c(rhs, dummies), "lgsp")
  control <- list(tol.opt = 1e-14)
  if (model == "sem") {
    m <- errorsarlm(f, data, lw, method = "eigen", control = control, tol.solve = 1e-30)
    Q <- kronecker(diag(T) - 1 / T, diag(N) - 1 / N)
    c(ml(W, model, Q, W, T, N * T), list(spatialreg = list(estimate = c(m$coefficients[rhs], m$lambda, m$s2), se = unname(c(m$rest.se[2:5], m$lambda.se)), logLik = as.numeric(logLik(m)))))
  } else {
    m <- lagsarlm(f, data, lw, method = "eigen", control = control, tol.solve = 1e-30)
    out <- list(estimate = c(m$coefficients[rhs], m$rho, m$s2), se = c(m$rest.se[rhs], m$rho.se), logLik = as.numeric(logLik(m)))
    if (model == "sar") {
      i <- impacts(m, listw = lw)
      out$effects <- lapply(list(direct = i$direct, indirect = i$indirect, total = i$total), function(v) unname(v[seq_along(xs)]))
    } else {
      d <- lagsarlm(reformulate(c(xs, dummies), "lgsp"), data, lw, Durbin = reformulate(xs), method = "eigen", control = control, tol.solve = 1e-30)
      i <- impacts(d, listw = lw)
      i <- if (is.null(i$impacts)) i else i$impacts
      out$durbin <- c(d$coefficients[c(xs, paste0("lag.", xs))], d$rho)
      out$effects <- lapply(list(direct = i$direct, indirect = i$indirect, total = i$total), function(v) unname(v[seq_along(xs)]))
    }
    out
  }
}
models <- c("sar", "sdm", "sem")
result <- list(
  versions = list(R = R.version.string, spdep = as.character(packageVersion("spdep")), spatialreg = as.character(packageVersion("spatialreg"))),
  entities = names, years = years, regressors = xs,
  weights = lapply(weights, function(W) unname(as.vector(t(W)))),
  distances = D[1, ],
  moran = moran,
  lm_pooled = lapply(weights, lm_pooled),
  lm_within = lapply(weights, lm_within),
  lee_yu = lapply(weights, function(W) sapply(models, function(m) ml_lee_yu(W, m), simplify = FALSE)),
  random = lapply(weights, re_lee_yu),
  none = lapply(weights, function(W) sapply(models, function(m) ml_none(W, m), simplify = FALSE))
)
result$hausman <- lapply(c(contiguity = "contiguity", nested = "nested"), function(w) hausman(result$lee_yu[[w]]$sdm, result$random[[w]], 9))
# The weights themselves are rebuilt by the tests: a check sum per row is enough.
result$weights <- lapply(weights, function(W) as.vector(W %*% seq_len(N)))
write(toJSON(result, digits = I(17), auto_unbox = TRUE, pretty = FALSE), "test/oracle/spatial-us-states.json")
