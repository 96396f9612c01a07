# Writes spatial-weights.json: neighbours and weights by spdep. Run from the repository's root: Rscript test/oracle/spatial-weights.R (3 seconds).
# Neighbour lists are arrays of arrays of indices from 0 in ascending order; weights are in the same shape, each beside its neighbour.
#   columbus: queen, rook (from columbus.geojson, poly2nb; links counts), gal (columbus.gal); components (n.comp.nb on queen: number, and label from 1 by unit)
#     knn4 (knearneigh on x, y of columbus.csv, k = 4; knn4_symmetric: is.symmetric.nb, knn4_made_symmetric: make.sym.nb)
#     bands: dnearneigh from `lower` (exclusive when 0 is given as lower: d > 0) to `upper` (inclusive): band_4 (0, 4], band_3_6 (3, 6], band_2 (0, 2]: with islands (count and components)
#     inverse: weights 1/d on band_4 (glist), unstandardised, and standardised W; idp2: 1/d^2, exponential: exp(-d/2), both unstandardised on band_4
#     styles: nb2listw of gal in B, W, C, U, S, minmax, and spectral (B divided by its largest real eigenvalue, which is given)
#     general_styles: the inverse distances of band_4 as general weights in the same styles
#     orders: nblag of queen to order 3 (pure), cumulated (nblag_cumul to 3)
#     powers: row-standardised gal: W^2 and W^3, the first three rows in full, and traces tr(W^k), k = 1..10; tr(W'W), tr(WW + W'W)
#     eigenvalues: eigenw of W (sorted descending), bounds of rho (1/min, 1/max); of B; of knn4 standardised (complex: re, im, sorted by re then im; bounds from its real ones)
#     constants: spweights.constants of gal W and B, and knn4 W: n, n1, n2, n3, nn, S0, S1, S2
#   boston: soi (links, components, card), knn6_longlat (great circle, knearneigh(longlat = TRUE)), knn6_planar: each as a flat array of neighbours from 0, six a row, nearest first; distance_longlat: km between the first tract and each other by spDistsN1 (WGS 84 ellipsoid)
#   states: knn4_longlat by us-states.csv (nearest first), band_300km_longlat; distance_longlat: km of the first state to each
#   islands: columbus gal with units 3 and 17 (from 0) cut off: W weights under zero.policy, components, constants (zero.policy, adjust.n TRUE), B constants
#   us: contiguity of produc and cigar: neighbours, components, eigenvalue bounds
source("test/oracle/spatial-oracle.R")
suppressPackageStartupMessages(library(sf))
d <- columbus_data(); xy <- as.matrix(d[c("x", "y")]); shapes <- st_read(data_file("columbus.geojson"), quiet = TRUE)
queen <- poly2nb(shapes); rook <- poly2nb(shapes, queen = FALSE); gal <- columbus_nb()
wts <- function(lw) lapply(lw$weights, function(w) vec(w))
links <- function(nb) sum(card(nb))
comp <- function(nb) { c <- n.comp.nb(nb); list(number = c$nc, label = ids(c$comp.id)) }
band <- function(lo, hi, ...) dnearneigh(xy, lo, hi, ...)
# Distances, so that no ties decide and no band edge is hit by rounding.
D <- as.matrix(dist(xy)); off <- D[upper.tri(D)]
margin <- min(abs(outer(off, c(2, 3, 4, 6), "-"))); stopifnot(margin > 1e-6)
sorted <- t(apply(D, 1, sort)); stopifnot(min(sorted[, 6] - sorted[, 5]) > 1e-6)
knn4 <- knn2nb(knearneigh(xy, 4)); b4 <- band(0, 4); g <- function(f) lapply(nbdists(b4, xy), f)
spectral <- function(nb, glist = NULL) { B <- nb2listw(nb, glist = glist, style = "B", zero.policy = TRUE); e <- eigen(listw2mat(B), only.values = TRUE)$values; m <- max(Re(e[abs(Im(e)) < 1e-10])); list(largest = m, weights = lapply(B$weights, function(w) vec(w / m))) }
styles <- function(nb, glist = NULL) c(sapply(c("B", "W", "C", "U", "S", "minmax"), function(s) wts(nb2listw(nb, glist = glist, style = s)), simplify = FALSE), list(spectral = spectral(nb, glist)))
W <- nb2mat(gal); power <- function(M, k) Reduce(`%*%`, rep(list(M), k))
first <- function(M) rows(M[1:3, ])
constants <- function(lw, ...) lapply(spweights.constants(lw, ...), as.numeric)
spectrum <- function(M) { e <- eigen(M, only.values = TRUE)$values; e <- e[order(-round(Re(e), 10), Im(e))]; real <- Re(e[abs(Im(e)) < 1e-8]); list(re = vec(Re(e)), im = vec(Im(e)), bounds = vec(1 / range(real))) }
symmetric_spectrum <- function(lw) { e <- sort(Re(eigenw(lw)), decreasing = TRUE); list(values = vec(e), bounds = vec(1 / range(e))) }
columbus <- list(
  queen = neighbours(queen), rook = neighbours(rook), gal = neighbours(gal), links = list(queen = links(queen), rook = links(rook), gal = links(gal)), components = comp(queen),
  knn4 = neighbours(knn4), knn4_symmetric = is.symmetric.nb(knn4), knn4_made_symmetric = neighbours(make.sym.nb(knn4)),
  band_4 = neighbours(b4), band_3_6 = neighbours(band(3, 6)), band_2 = list(neighbours = neighbours(band(0, 2)), islands = ids(which(card(band(0, 2)) == 0) - 1), components = comp(band(0, 2))),
  inverse = list(B = wts(nb2listw(b4, g(function(v) 1 / v), style = "B")), W = wts(nb2listw(b4, g(function(v) 1 / v)))),
  idp2 = wts(nb2listw(b4, g(function(v) 1 / v^2), style = "B")), exponential = wts(nb2listw(b4, g(function(v) exp(-v / 2)), style = "B")),
  styles = styles(gal), general_styles = styles(b4, g(function(v) 1 / v)),
  orders = lapply(nblag(queen, 3), neighbours), orders_cumulated = neighbours(nblag_cumul(nblag(queen, 3))),
  powers = list(square = first(power(W, 2)), cube = first(power(W, 3)), traces = vec(sapply(1:10, function(k) sum(diag(power(W, k))))), trWtW = sum(W^2), trace_sum = sum(W * t(W)) + sum(W^2)),
  eigenvalues = list(W = symmetric_spectrum(nb2listw(gal)), B = symmetric_spectrum(nb2listw(gal, style = "B")), knn4 = spectrum(nb2mat(knn4))),
  constants = list(W = constants(nb2listw(gal)), B = constants(nb2listw(gal, style = "B")), knn4 = constants(nb2listw(knn4)))
)
b <- boston_data(); soi <- boston_nb(); ll <- as.matrix(b[c("lon", "lat")]); flat <- function(k) ids(t(k$nn) - 1)
uniq <- function(k) all(sapply(seq_len(nrow(k$nn)), function(i) !anyDuplicated(k$nn[i, ])))
k_ll <- knearneigh(ll, 6, longlat = TRUE); k_xy <- knearneigh(as.matrix(b[c("x", "y")]), 6); stopifnot(uniq(k_ll), uniq(k_xy))
boston <- list(links = links(soi), components = comp(soi)$number, cardinalities = ids(card(soi)), knn6_longlat = flat(k_ll), knn6_planar = flat(k_xy), distance_longlat = vec(sp::spDistsN1(ll, ll[1, ], longlat = TRUE)))
s <- read.csv(data_file("us-states.csv")); sl <- as.matrix(s[c("longitude", "latitude")])
states <- list(names = s$name, knn4_longlat = flat(knearneigh(sl, 4, longlat = TRUE)), band_300km_longlat = neighbours(dnearneigh(sl, 0, 300, longlat = TRUE)), distance_longlat = vec(sp::spDistsN1(sl, sl[1, ], longlat = TRUE)))
cut <- gal; for (i in c(4, 18)) cut <- lapply(cut, function(v) { v <- setdiff(v, i); if (length(v)) as.integer(v) else 0L }); cut[c(4, 18)] <- list(0L); cut <- structure(cut, class = "nb", region.id = attr(gal, "region.id"))
islands <- list(neighbours = neighbours(cut), W = wts(nb2listw(cut, zero.policy = TRUE)), components = comp(cut), constants = constants(nb2listw(cut, zero.policy = TRUE), zero.policy = TRUE), constants_B = constants(nb2listw(cut, style = "B", zero.policy = TRUE), zero.policy = TRUE))
us <- sapply(c("produc", "cigar"), function(n) { p <- panel_data(n); list(entities = p$entities, neighbours = neighbours(p$nb), components = comp(p$nb)$number, bounds = symmetric_spectrum(p$listw)$bounds) }, simplify = FALSE)
write_spatial(list(columbus = columbus, boston = boston, states = states, islands = islands, us = us), "spatial-weights.json")
