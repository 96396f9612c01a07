# Hausman tests on the US states: plm for balanced panels, formulas in matrix algebra for the unbalanced one and for Mundlak's test.
# Writes linear-hausman.json. Rscript test/oracle/linear-hausman.R
suppressMessages({ library(plm); library(jsonlite); library(sandwich) })
here <- dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)))
d <- read.csv(file.path(here, "../../examples/us-states/data/produc.csv"))
d <- transform(d, lgsp = log(gsp), lpcap = log(pcap), lpc = log(pc), lemp = log(emp))
k <- c("lpcap", "lpc", "lemp", "unemp"); f <- reformulate(k, "lgsp"); fy <- update(f, . ~ . + factor(year))
p <- pdata.frame(d, index = c("state", "year"))
statistic <- function(fe, re) { dd <- coef(fe)[k] - coef(re)[k]; dV <- vcov(fe)[k, k] - vcov(re)[k, k]; as.numeric(dd %*% solve(dV) %*% dd) }
fe1 <- plm(fy, p, model = "within"); re1 <- plm(fy, p, model = "random", random.method = "swar")
fe2 <- plm(f, p, model = "within", effect = "twoways"); re2 <- plm(f, p, model = "random", effect = "twoways", random.method = "swar")
describe <- function(fe, re) list(random = unname(coef(re)[c(k, "(Intercept)")]), random_se = unname(sqrt(diag(vcov(re))[c(k, "(Intercept)")])),
  theta = unname(unlist(re$ercomp$theta)[1]), sigma2 = unname(re$ercomp$sigma2), statistic = statistic(fe, re), phtest = unname(phtest(fe, re)$statistic))

# By formulas, any panel: Swamy-Arora with the harmonic mean (Stata xtreg, re), GLS by transformed data, Mundlak by adding entity means.
by_formula <- function(d, twoway = FALSE) {
  n <- nrow(d); N <- length(unique(d$state)); ti <- as.numeric(table(d$state)[d$state]); id <- d$state
  within <- lm(reformulate(c(k, "factor(year)", "factor(state)"), "lgsp"), d)
  s2 <- summary(within)$sigma^2
  D <- if (twoway) NULL else model.matrix(~ factor(year), d)[, -1]
  X <- cbind(as.matrix(d[k]), D)
  avg <- function(v) ave(v, id); tavg <- function(v) ave(v, d$year)
  first <- !duplicated(id); firstt <- !duplicated(d$year)
  b <- lm.fit(cbind(1, apply(X, 2, avg))[first, ], avg(d$lgsp)[first])
  Tbar <- N / sum(1 / ti[first])
  su <- max(0, sum(b$residuals^2) / (N - b$rank) - s2 / Tbar)
  theta <- 1 - sqrt(s2 / (ti * su + s2))
  if (twoway) {
    TT <- sum(firstt); bt <- lm.fit(cbind(1, apply(X, 2, tavg))[firstt, ], tavg(d$lgsp)[firstt])
    st <- max(0, sum(bt$residuals^2) / (TT - bt$rank) - s2 / N)
    tht <- 1 - sqrt(s2 / (N * st + s2)); tot <- theta + tht - 1 + sqrt(s2 / (s2 + TT * su + N * st))
    move <- function(v) v - theta * avg(v) - tht * tavg(v) + tot * mean(v)
  } else move <- function(v) v - theta * avg(v)
  Z <- apply(cbind(const = 1, X), 2, move); y <- move(d$lgsp)
  re <- lm(y ~ Z - 1)
  names(re$coefficients) <- colnames(Z)
  V <- vcov(re); dimnames(V) <- list(colnames(Z), colnames(Z))
  dd <- coef(within)[k] - coef(re)[k]; dV <- vcov(within)[k, k] - V[k, k]
  more <- vcov(within)[k, k] * summary(re)$sigma^2 / s2 - V[k, k]
  M <- apply(as.matrix(d[k]), 2, avg); if (twoway) M <- cbind(M, apply(as.matrix(d[k]), 2, tavg))
  A <- cbind(Z, apply(M, 2, move))
  m <- lm(y ~ A - 1)
  Vm <- vcovCL(m, cluster = id, type = "HC0", cadjust = FALSE) * N / (N - 1) * (n - 1) / (n - ncol(A))
  j <- (ncol(Z) + 1):ncol(A)
  list(theta = theta[1], su = su, random = unname(coef(re)[c(k, "const")]), random_se = unname(sqrt(diag(V)[c(k, "const")])),
    statistic = as.numeric(dd %*% solve(dV) %*% dd), eigen = eigen(dV / outer(sqrt(diag(vcov(within)[k, k])), sqrt(diag(vcov(within)[k, k]))))$values,
    sigmamore = as.numeric(dd %*% solve(more) %*% dd), mundlak = as.numeric(coef(m)[j] %*% solve(Vm[j, j]) %*% coef(m)[j]) / length(j))
}
hole <- (seq_len(nrow(d)) * 7) %% 13 == 0
versions <- list(R = as.character(getRversion()), plm = as.character(packageVersion("plm")), sandwich = as.character(packageVersion("sandwich")))
write_json(list(versions = versions, one_way = c(describe(fe1, re1), list(formula = by_formula(d))), two_way = c(describe(fe2, re2), list(formula = by_formula(d, TRUE))),
  unbalanced = by_formula(d[!hole, ]), unbalanced_hole = which(hole) - 1), file.path(here, "linear-hausman.json"), auto_unbox = TRUE, digits = NA)
