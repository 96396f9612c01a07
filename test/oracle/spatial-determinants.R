# Writes spatial-determinants.json: what ln|I - rho W| and its traces are, exactly, for the tests of sparse and approximate methods. Run from the repository's root: Rscript test/oracle/spatial-determinants.R (20 seconds).
# rho: the values at which all is given: -0.9, -0.5, 0.2, 0.5, 0.9, 0.99
# By weights: columbus (columbus.gal W), columbus_inverse (1/d, all pairs, W), columbus_knn4 (W), boston (W), boston_knn6 (six nearest of x, y, W: not symmetric), lattice (rook W of lattice.csv), all row-standardised:
#   n; log_determinant; trace: tr(G), trace_square: tr(GG), frobenius: tr(G'G) (not for the lattice) of G = W (I - rho W)^-1, arrays by rho; power_traces: tr(W^k), k = 1..30; frobenius_weights: tr(W'W)
#   chebyshev: spatialreg's approximation of the log determinant of order 5 (columbus, boston), arrays by rho
# torus: rook on a k x k torus, row-standardised: eigenvalues (cos(2 pi i/k) + cos(2 pi j/k))/2: k = 10, 100, 300: log_determinant and trace by rho
# board: rook on a k x k board, binary divided by its largest eigenvalue: eigenvalues (2 cos(pi i/(k+1)) + 2 cos(pi j/(k+1)))/(4 cos(pi/(k+1))), i, j = 1..k: k = 10, 50, 100, 300: the same
source("test/oracle/spatial-oracle.R")
RHO <- c(-0.9, -0.5, 0.2, 0.5, 0.9, 0.99)
from_eigenvalues <- function(e) list(log_determinant = vec(sapply(RHO, function(r) sum(log(Mod(1 - r * e))))), trace = vec(sapply(RHO, function(r) Re(sum(e / (1 - r * e))))), trace_square = vec(sapply(RHO, function(r) Re(sum((e / (1 - r * e))^2)))))
exact <- function(W, e = eigen(W, only.values = TRUE)$values, dense = TRUE) {
  W <- unname(W); n <- nrow(W); r <- c(list(n = n), from_eigenvalues(e))
  if (dense) { d <- sapply(RHO, function(r) as.numeric(determinant(diag(n) - r * W)$modulus)); stopifnot(max(abs(d - r$log_determinant)) < 1e-9); G <- lapply(RHO, function(r) W %*% solve(diag(n) - r * W)); stopifnot(max(abs(sapply(G, function(g) sum(diag(g))) / r$trace - 1)) < 1e-9); r$log_determinant <- vec(d); r$trace <- vec(sapply(G, function(g) sum(diag(g)))); r$trace_square <- vec(sapply(G, function(g) sum(g * t(g)))); r$frobenius <- vec(sapply(G, function(g) sum(g^2))) }
  c(r, list(power_traces = vec(sapply(1:30, function(k) Re(sum(e^k)))), frobenius_weights = sum(W^2)))
}
chebyshev <- function(lw) { env <- new.env(); assign("listw", lw, envir = env); assign("can.sim", can.be.simmed(lw), envir = env); assign("similar", FALSE, envir = env); assign("verbose", FALSE, envir = env); assign("family", "SAR", envir = env); assign("n", length(lw$neighbours), envir = env); cheb_setup(env, q = 5); vec(sapply(RHO, function(r) do_ldet(r, env))) }
columbus <- columbus_data(); xy <- as.matrix(columbus[c("x", "y")]); boston <- boston_data(); D <- 1 / as.matrix(dist(xy)); diag(D) <- 0
B <- nb2mat(lattice_nb(), style = "B"); d <- 1 / sqrt(rowSums(B)); similar <- eigen(d * t(d * B), symmetric = TRUE, only.values = TRUE)$values
one <- function(e) from_eigenvalues(e)[1:2]
torus <- function(k) { c <- cos(2 * pi * (1:k) / k); as.vector(outer(c, c, "+")) / 2 }; board <- function(k) { c <- cos(pi * (1:k) / (k + 1)); as.vector(outer(c, c, "+")) / (2 * c[1]) }
sizes <- function(f, k) sapply(as.character(k), function(s) one(f(as.numeric(s))), simplify = FALSE)
write_spatial(list(rho = vec(RHO), columbus = c(exact(nb2mat(columbus_nb())), list(chebyshev = chebyshev(nb2listw(columbus_nb())))), columbus_inverse = exact(D / rowSums(D)), columbus_knn4 = exact(nb2mat(knn2nb(knearneigh(xy, 4)))),
  boston = c(exact(nb2mat(boston_nb())), list(chebyshev = chebyshev(nb2listw(boston_nb())))), boston_knn6 = exact(nb2mat(knn2nb(knearneigh(as.matrix(boston[c("x", "y")]), 6)))), lattice = exact(nb2mat(lattice_nb()), similar, FALSE),
  torus = sizes(torus, c(10, 100, 300)), board = sizes(board, c(10, 50, 100, 300))), "spatial-determinants.json")
