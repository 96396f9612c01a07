# Reference values of distribution functions from R. Writes linear-distributions.json beside this file.
# Rscript test/oracle/linear-distributions.R
library(jsonlite)
here <- dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)))
# R's qt and qf lose digits (qf(1e-8, 1, 2) is 4.4e-16 where 2e-16 is right), its distribution functions do not: two Newton steps on ln p repair them.
polish <- function(x, p, cdf, pdf) { for (i in 1:2) x <- x - log(cdf(x) / p) * cdf(x) / pdf(x); x }
num <- function(x) ifelse(is.finite(x), sprintf("%.17g", x), as.character(x))
dfs <- c(0.7, 1, 2, 3, 5.5, 10, 30, 47, 120, 1000, 1e5)
z <- c(-37, -20, -8.5, -5, -3, -1.96, -1, -0.1, -1e-8, 0, 1e-8, 0.3, 0.7, 1.2, 2, 3.3, 4.9, 5.1, 8, 15, 30, 37.4)
p <- c(1e-300, 1e-100, 1e-20, 1e-8, 1e-3, 0.025, 0.1, 0.25, 0.4, 0.49, 0.5, 0.53, 0.7, 0.9, 0.975, 0.999)
grid <- function(x, df) expand.grid(x = x, df = df)
n <- data.frame(x = num(z), pdf = num(dnorm(z)), cdf = num(pnorm(z)), upper = num(pnorm(z, lower.tail = FALSE)))
nq <- data.frame(p = num(p), x = num(qnorm(p)))
g <- grid(c(-300, -12, -2.5, -0.6, -1e-6, 0, 0.01, 0.4, 1.3, 1.96, 2.8, 7, 40, 1000, 1e8), dfs)
t <- data.frame(x = num(g$x), df = num(g$df), pdf = num(dt(g$x, g$df)), cdf = num(pt(g$x, g$df)), upper = num(pt(g$x, g$df, lower.tail = FALSE)))
gq <- grid(p[p > 1e-101 & p != 0.5], dfs)
tq <- data.frame(p = num(gq$x), df = num(gq$df), x = num(polish(qt(gq$x, gq$df), gq$x, function(x) pt(x, gq$df), function(x) dt(x, gq$df))))
g <- grid(c(1e-10, 0.01, 0.5, 1, 3.841459, 9, 25, 48, 119, 500, 1010, 1400), dfs)
c2 <- data.frame(x = num(g$x), df = num(g$df), pdf = num(dchisq(g$x, g$df)), cdf = num(pchisq(g$x, g$df)), upper = num(pchisq(g$x, g$df, lower.tail = FALSE)))
pc <- p[p > 1e-30]
gq <- grid(pc, dfs)
c2q <- data.frame(p = num(gq$x), df = num(gq$df), x = num(qchisq(gq$x, gq$df)))
g <- expand.grid(x = c(1e-4, 0.2, 0.9, 1, 1.7, 4, 16.38, 60, 2000, 1e9), df1 = c(1, 2, 3.5, 9, 40), df2 = c(1, 2, 6, 30, 47, 700))
f <- data.frame(x = num(g$x), df1 = num(g$df1), df2 = num(g$df2), pdf = num(df(g$x, g$df1, g$df2)), cdf = num(pf(g$x, g$df1, g$df2)), upper = num(pf(g$x, g$df1, g$df2, lower.tail = FALSE)))
gq <- expand.grid(p = pc[pc > 1e-4], df1 = c(1, 2, 3.5, 9, 40), df2 = c(1, 2, 6, 30, 47, 700))
fq <- data.frame(p = num(gq$p), df1 = num(gq$df1), df2 = num(gq$df2), x = num(polish(qf(gq$p, gq$df1, gq$df2), gq$p, function(x) pf(x, gq$df1, gq$df2), function(x) df(x, gq$df1, gq$df2))))
write_json(list(versions = list(R = as.character(getRversion())), normal = n, normalQuantile = nq, t = t, tQuantile = tq, chi2 = c2, chi2Quantile = c2q, f = f, fQuantile = fq),
  file.path(here, "linear-distributions.json"), auto_unbox = TRUE, dataframe = "columns")
