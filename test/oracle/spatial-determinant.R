# Writes spatial-determinant.json: ln|I - rho W| by spatialreg, and traces of G = W (I - rho W)^-1 from dense inverses. Run from the repository's root:
# Rscript test/oracle/spatial-determinant.R (4 seconds).
#   boston: row-standardised contiguity (506 tracts; similar to a symmetric matrix); boston_knn6: its 6 nearest by great circles (not symmetric); lattice: rook, 50 x 50, row-standardised
#     rho; matrix: Cholesky factors (Matrix_setup); lu: sparse LU; eigen: eigenvalues (boston only); bounds: 1/range of the real eigenvalues (boston only)
#     trace: tr G; square: tr GG; outer: tr G'G (boston, boston_knn6)
source("test/oracle/spatial-oracle.R")
rhos <- c(-0.9, -0.4, 0.05, 0.3, 0.62, 0.87, 0.98)
log_determinant <- function(lw, method, rho) {
  env <- new.env(); assign("listw", lw, envir = env); assign("n", length(lw$neighbours), envir = env); assign("can.sim", can.be.simmed(lw), envir = env)
  assign("verbose", FALSE, envir = env); assign("family", "SAR", envir = env); assign("similar", FALSE, envir = env)
  switch(method, matrix = Matrix_setup(env, Imult = 2, super = as.logical(NA), which = 1), lu = LU_setup(env, which = 1), eigen = eigen_setup(env, which = 1))
  vapply(rho, function(r) do_ldet(r, env, which = 1), 0)
}
traces <- function(lw) {
  W <- listw2mat(lw); n <- nrow(W)
  each <- lapply(rhos, function(r) { G <- W %*% solve(diag(n) - r * W); c(sum(diag(G)), sum(G * t(G)), sum(G * G)) })
  list(trace = vec(sapply(each, `[`, 1)), square = vec(sapply(each, `[`, 2)), outer = vec(sapply(each, `[`, 3)))
}
boston <- nb2listw(boston_nb()); d <- boston_data()
knn6 <- nb2listw(knn2nb(knearneigh(as.matrix(d[c("lon", "lat")]), 6, longlat = TRUE)))
lattice <- nb2listw(lattice_nb())
e <- eigenw(boston); by <- function(lw, ...) sapply(c(...), function(m) vec(log_determinant(lw, m, rhos)), simplify = FALSE)
write_spatial(list(
  rho = vec(rhos),
  boston = c(by(boston, "matrix", "lu", "eigen"), traces(boston), list(bounds = vec(1 / range(e)))),
  boston_knn6 = c(by(knn6, "lu"), traces(knn6)),
  lattice = by(lattice, "matrix", "lu")
), "spatial-determinant.json")
