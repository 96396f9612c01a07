# FE-2SLS on the US states: AER::ivreg with dummies, sandwich, and the tests from their formulas in matrix algebra. Writes linear-fe-2sls.json.
# Rscript test/oracle/linear-fe-2sls.R
suppressMessages({ library(AER); library(sandwich); library(jsonlite) })
here <- dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)))
d <- read.csv(file.path(here, "../../examples/us-states/data/produc.csv"))
d <- transform(d, lgsp = log(gsp), lpcap = log(pcap), lpc = log(pc), lemp = log(emp))
lagged <- function(v, k) { key <- paste(d$state, d$year); v[match(paste(d$state, d$year - k), key)] }
d$L1 <- lagged(d$lpcap, 1); d$L2 <- lagged(d$lpcap, 2)
w <- c("lpc", "lemp", "unemp")

solve_case <- function(d, instruments) {
  d <- d[complete.cases(d[c("lgsp", "lpcap", w, instruments)]), ]
  n <- nrow(d); G <- length(unique(d$state)); T <- length(unique(d$year)); L1 <- length(instruments); L <- L1 + length(w); sdof <- T - 1; dof <- G
  dummies <- "factor(year) + factor(state)"
  f <- as.formula(paste("lgsp ~ lpcap +", paste(w, collapse = "+"), "+", dummies, "|", paste(c(instruments, w), collapse = "+"), "+", dummies))
  iv <- ivreg(f, data = d)
  k <- c("lpcap", w)
  cl <- function(m, K) vcovCL(m, cluster = d$state, type = "HC0", cadjust = FALSE) * G / (G - 1) * (n - 1) / (n - K)
  V <- cl(iv, length(k) + T)
  first <- lm(as.formula(paste("lpcap ~", paste(c(instruments, w), collapse = "+"), "+", dummies)), d)
  V1 <- cl(first, L + T)
  reduced <- lm(as.formula(paste("lgsp ~", paste(c(instruments, w), collapse = "+"), "+", dummies)), d)
  restricted <- lm(as.formula(paste("lpcap ~", paste(w, collapse = "+"), "+", dummies)), d)
  wald <- function(m, V) { b <- coef(m)[instruments]; as.numeric(t(b) %*% solve(V[instruments, instruments]) %*% b) }
  raw <- function(m) vcovCL(m, cluster = d$state, type = "HC0", cadjust = FALSE)
  toF <- function(chi2) chi2 / (n - 1) * (n - L - sdof) * (G - 1) / G / L1
  # Everything below by matrices: effects and exogenous regressors projected out with dummies.
  D <- model.matrix(as.formula(paste("~", dummies)), d)
  off <- function(A, B) qr.resid(qr(B), as.matrix(A))
  W <- as.matrix(d[w]); Z <- as.matrix(d[instruments])
  Zp <- off(Z, cbind(D, W)); xp <- off(d$lpcap, cbind(D, W))
  S <- function(A, e) { s <- rowsum(A * as.numeric(e), d$state); t(s) %*% s }
  lm_stat <- as.numeric(t(t(Zp) %*% xp) %*% solve(S(Zp, xp)) %*% (t(Zp) %*% xp))
  v <- resid(first)
  augmented <- lm(as.formula(paste("lgsp ~ v + lpcap +", paste(w, collapse = "+"), "+", dummies)), cbind(d, v = v))
  Va <- cl(augmented, 2 + length(w) + T)
  out <- list(n = n, coefficients = unname(coef(iv)[k]), se = unname(sqrt(diag(V)[k])), se_iid = unname(sqrt(diag(vcov(iv))[k])),
    first = unname(coef(first)[c(instruments, w)]), first_se = unname(sqrt(diag(V1)[c(instruments, w)])),
    first_f = wald(first, V1) / L1, kp_lm = lm_stat, kp_f = toF(wald(first, raw(first))), cd_f = anova(restricted, first)$F[2], cd_df2 = first$df.residual,
    ar_chi2 = wald(reduced, raw(reduced)), ar_f = toF(wald(reduced, raw(reduced))),
    endogeneity = unname(coef(augmented)["v"]^2 / Va["v", "v"]), sigma = summary(iv)$sigma)
  # ivreg2's endog(): both J with the variance of the moments at the OLS residuals.
  off2 <- function(A) off(A, D)
  Zd <- off2(Z); Wd <- off2(W); xd <- off2(d$lpcap); yd <- off2(d$lgsp)
  J <- function(M, A) { X <- cbind(xd, Wd); b <- solve(t(X) %*% M %*% A %*% t(M) %*% X, t(X) %*% M %*% A %*% t(M) %*% yd); g <- t(M) %*% (yd - X %*% b); as.numeric(t(g) %*% A %*% g) }
  ols <- qr.resid(qr(cbind(xd, Wd)), yd)
  all <- cbind(Zd, Wd, xd); Sall <- S(all, ols); keep <- seq_len(ncol(all) - 1)
  out$endog_c <- J(all, solve(Sall)) - J(all[, keep], solve(Sall[keep, keep]))
  if (L1 == 1) {
    # The Anderson-Rubin set by root finding on the F statistic of y - b x on the instrument.
    arF <- function(b0) {
      e <- d$lgsp - b0 * d$lpcap; yp <- off(e, cbind(D, W)); g <- as.numeric(solve(t(Zp) %*% Zp, t(Zp) %*% yp)); r <- yp - Zp %*% g
      toF(g^2 / as.numeric(solve(t(Zp) %*% Zp) %*% S(Zp, r) %*% solve(t(Zp) %*% Zp)))
    }
    crit <- qf(.95, 1, G - 1); b <- coef(iv)["lpcap"]
    out$ar_set <- c(uniroot(function(v) arF(v) - crit, c(b - 1, b), tol = 1e-13)$root, uniroot(function(v) arF(v) - crit, c(b, b + 1), tol = 1e-13)$root)
  }
  if (L1 > 1) {
    M <- off(cbind(Z, W), D); X <- off(cbind(d$lpcap, W), D); y <- off(d$lgsp, D)
    A <- solve(S(M, resid(iv)))
    b <- solve(t(X) %*% M %*% A %*% t(M) %*% X, t(X) %*% M %*% A %*% t(M) %*% y)
    g <- t(M) %*% (y - X %*% b)
    out$hansen_j <- as.numeric(t(g) %*% A %*% g)
  }
  out
}
hole <- (seq_len(nrow(d)) * 7) %% 13 == 0
versions <- list(R = as.character(getRversion()), AER = as.character(packageVersion("AER")), sandwich = as.character(packageVersion("sandwich")))
write_json(list(versions = versions, just = solve_case(d, "L1"), over = solve_case(d, c("L1", "L2")), unbalanced = solve_case(d[!hole, ], c("L1", "L2")), unbalanced_hole = which(hole) - 1),
  file.path(here, "linear-fe-2sls.json"), auto_unbox = TRUE, digits = NA)
