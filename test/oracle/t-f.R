# The 5% critical values of Lee, McCrary, Moreira and Porter (2022), American Economic Review 112(10), computed from what defines them instead of read from their table 3.
# Rscript test/oracle/t-f.R: writes t-f.json.
# One regressor, one instrument, f ~ N(f0, 1) the root of the first-stage F. At the worst correlation (one) the t of a true hypothesis has |t| = |f| |f - f0| / f0. The function
# c(F) makes P(|t| > c(F)) = 5% at every f0 > 0. With a = |f|, c is infinite up to 1.96, and near it z^2 sqrt(z / (2 (a - z))). For each f0, upwards from 0, f is accepted from
# -a1 to a2, a1 (a1 + f0)/f0 = c(a1), but for a gap (b1, b2) where f (f0 - f)/f0 > c; a1, b1 and b2 are at values of a where c is known, a2 follows from the 5% and
# extends c: c(a2) = a2 (a2 - f0)/f0.
suppressMessages(library(jsonlite))
here <- dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)))
z <- qnorm(.975); f <- .002 * 1:50; a <- z + z * f^2 / 2; known <- z^2 / f; count <- 50
a <- c(a, numeric(1e4)); known <- c(known, numeric(1e4))
critical <- function(x) {
  if (x <= z) return(Inf)
  if (x <= a[1]) return(z^2 * sqrt(z / (2 * (x - z))))
  i <- min(max(findInterval(x, a[1:count]), 1), count - 1); w <- (x - a[i]) / (a[i + 1] - a[i])
  exp(log(known[i]) * (1 - w) + log(known[i + 1]) * w)
}
root <- function(h, from, to) { for (step in 1:60) { m <- (from + to) / 2; if (h(m) > 0) to <- m else from <- m }; (from + to) / 2 }
f0 <- .1
while (a[count] < 10.6) {
  f0 <- f0 + (if (f0 > 1) .0025 else .00125)
  a1 <- root(function(x) x * (x + f0) / f0 - critical(x), z + 1e-12, a[count])
  accepted <- .95 + pnorm(-a1 - f0)
  if (f0 > 3.6 * z) {
    h <- function(x) x * (1 - x / f0) - critical(x); grid <- seq(z + 1e-9, f0, length.out = 200); top <- grid[which.max(sapply(grid, h))]
    if (h(top) > 0) accepted <- accepted + pnorm(root(function(x) -h(x), top, f0) - f0) - pnorm(root(h, z + 1e-9, top) - f0)
  }
  a2 <- f0 + qnorm(accepted)
  if (a2 > a[count]) { count <- count + 1; a[count] <- a2; known[count] <- a2 * (a2 - f0) / f0 }
}
grid <- seq(20, 103) / 10; values <- sapply(grid, critical)
ordinary <- root(function(x) z - critical(x), 9, 10.5)
write_json(list(versions = list(R = as.character(getRversion())), sqrt_F = grid, critical = values, ordinary_from_F = ordinary^2), file.path(here, "t-f.json"), auto_unbox = TRUE, digits = 8)
cat(ordinary^2, "\n")
