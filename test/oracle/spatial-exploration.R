# Writes spatial-exploration.json: Moran, Geary, Getis-Ord, global and local, by spdep. Run from the repository's root: Rscript test/oracle/spatial-exploration.R (2 seconds).
# columbus: crime, with columbus.gal; boston: cmedv, with boston-neighbours.csv; islands: columbus' crime with units 3 and 17 (from 0) cut off (zero.policy; adjust.n: both ways).
#   For each, and each of the styles W and B (islands: W, B): moran and geary, each under randomisation and normality: [statistic, expectation, variance, z, p greater, p two-sided];
#     z has spdep's sign (Geary: (1 - C)/sd, so that positive is clustered); islands: adjusted (n without islands) and unadjusted
#   global_g (B): [G, E, V, z, p greater, p two-sided]
#   local_moran (W; columbus, boston, islands): conditional and total: columns ii, e, var, z, p (two-sided), arrays by unit; fdr (p.adjust of the conditional p), fdr_local (p.adjustSP: adjusted within each unit and its neighbours), bonferroni;
#     quadrants: `pysal` (z against 0, lag of z against 0) and `mean` (x against its mean, Wx against the mean of Wx), as HH, LH (low among high), HL, LL
#   local_g (columbus; boston: W and z only): G (neighbours without self) and G* (with self, include.self) in styles W and B: z, and p two-sided; for W also g, e, var
#   local_geary (columbus): localC of the standardised variable
#   residuals: lm.morantest of the OLS residuals (columbus crime ~ inc + hoval; boston log(cmedv) ~ the usual), style W: [I, E, V, z, p greater, p two-sided]
#   permutations: 999 conditional and total permutations are random; the test should compare its mean and sd with: columbus W moran expectation and variance under randomisation
# by_year: Moran's I of log(sales) of Cigar (46 states, contiguity W) by year: years, and rows [I, E, V randomisation, z, p greater, V normality, z, p greater]
source("test/oracle/spatial-oracle.R")
two <- function(z) 2 * pnorm(-abs(z))
row_of <- function(t) vec(c(t$estimate, t$statistic, t$p.value, two(t$statistic)))
globals <- function(x, nb, style, zero = FALSE, adjust = TRUE) { lw <- nb2listw(nb, style = style, zero.policy = zero); f <- function(test, r) row_of(test(x, lw, randomisation = r, zero.policy = zero, adjust.n = adjust))
  list(moran = list(randomisation = f(moran.test, TRUE), normality = f(moran.test, FALSE)), geary = list(randomisation = f(geary.test, TRUE), normality = f(geary.test, FALSE))) }
global_g <- function(x, nb, zero = FALSE) { t <- globalG.test(x, nb2listw(nb, style = "B", zero.policy = zero), zero.policy = zero); row_of(t) }
cols <- function(M) { M <- unclass(M); list(ii = vec(M[, 1]), e = vec(M[, 2]), var = vec(M[, 3]), z = vec(M[, 4]), p = vec(M[, 5])) }
short <- function(q) { m <- c("High-High" = "HH", "Low-High" = "LH", "High-Low" = "HL", "Low-Low" = "LL"); unname(m[as.character(q)]) }
local_moran <- function(x, nb, zero = FALSE) {
  lw <- nb2listw(nb, zero.policy = zero); c <- localmoran(x, lw, zero.policy = zero, conditional = TRUE); t <- localmoran(x, lw, zero.policy = zero, conditional = FALSE); p <- c[, 5]; q <- attr(c, "quadr")
  list(conditional = cols(c), total = cols(t), fdr = vec(p.adjust(p, "fdr")), fdr_local = vec(p.adjustSP(p, nb, "fdr")), bonferroni = vec(p.adjust(p, "bonferroni")), quadrants = list(pysal = short(q$pysal), mean = short(q$mean)))
}
local_g <- function(x, nb) sapply(c("G", "G_star"), function(k) { n <- if (k == "G") nb else include.self(nb)
  one <- function(s) { g <- localG(x, nb2listw(n, style = s), return_internals = TRUE); i <- attr(g, "internals"); r <- list(z = vec(i[, 4]), p = vec(i[, 5])); if (s == "W") r <- c(r, list(g = vec(i[, 1]), e = vec(i[, 2]), var = vec(i[, 3]))); r }
  list(W = one("W"), B = one("B")) }, simplify = FALSE)
residual_test <- function(model, lw) { t <- lm.morantest(model, lw); row_of(t) }
columbus <- columbus_data(); gal <- columbus_nb(); boston <- boston_data(); soi <- boston_nb()
cut <- gal; for (i in c(4, 18)) cut <- lapply(cut, function(v) { v <- setdiff(v, i); if (length(v)) as.integer(v) else 0L }); cut[c(4, 18)] <- list(0L); cut <- structure(cut, class = "nb", region.id = attr(gal, "region.id"))
styles <- function(f) sapply(c("W", "B"), f, simplify = FALSE)
cigar <- panel_data("cigar"); logs <- matrix(cigar$y, cigar$N)
result <- list(
  columbus = c(styles(function(s) globals(columbus$crime, gal, s)), list(global_g = global_g(columbus$crime, gal), local_moran = local_moran(columbus$crime, gal), local_g = local_g(columbus$crime, gal),
    local_geary = vec(localC(as.vector(scale(columbus$crime)), nb2listw(gal))), residuals = residual_test(lm(crime ~ inc + hoval, columbus), nb2listw(gal)))),
  boston = c(styles(function(s) globals(boston$cmedv, soi, s)), list(global_g = global_g(boston$cmedv, soi), local_moran = local_moran(boston$cmedv, soi), local_g = lapply(local_g(boston$cmedv, soi), function(g) list(W = g$W["z"])),
    residuals = residual_test(lm(log(cmedv) ~ crim + zn + indus + chas + I(nox^2) + I(rm^2) + age + log(dis) + log(rad) + tax + ptratio + b + log(lstat), boston), nb2listw(soi)))),
  islands = c(list(adjusted = styles(function(s) globals(columbus$crime, cut, s, TRUE)), unadjusted = styles(function(s) globals(columbus$crime, cut, s, TRUE, FALSE))), list(local_moran = local_moran(columbus$crime, cut, TRUE))),
  by_year = list(years = ids(cigar$years), rows = rows(t(apply(logs, 2, function(x) { r <- moran.test(x, cigar$listw); n <- moran.test(x, cigar$listw, randomisation = FALSE); c(r$estimate, r$statistic, r$p.value, n$estimate[[3]], n$statistic, n$p.value) }))))
)
write_spatial(result, "spatial-exploration.json")
