# The restricted wild cluster bootstrap-t (WCR) under full enumeration, on few states of produc, two-way fixed effects. Writes wild-bootstrap.json.
# Cameron, Gelbach and Miller (2008), Review of Economics and Statistics 90(3); MacKinnon and Webb (2018), Econometrics Journal 21(2); Webb (2023), Canadian Journal of Economics 56(3).
# Rscript test/oracle/wild-bootstrap.R
# H0: b_j = b0. u: residuals of y - b0 x_j on the other regressors and all effects; for weights v by cluster, y* = fitted under H0 + v_g u, refitted whole (effects taken off anew);
# t* = (b*_j - b0)/se*, clustered. With a = x_j with all else taken off over its sum of squares, M the projection off all regressors and effects, m_g = a_g'u_g and
# C_gh = a_g'M_gh u_h: b*_j - b0 = m'v, se* = |Cv| up to a factor that cancels, and t itself is v = 1. u, m and C are linear in b0: u = u_y - b0 u_x.
source(file.path(dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE))), "panel-oracle.R"))
spec <- PANELS$produc; x <- spec$x
WEIGHTS <- list(rademacher = c(-1, 1), webb = c(-sqrt(1.5), -1, -sqrt(.5), sqrt(.5), 1, sqrt(1.5)))
TIE <- 1e-9
enumerate <- function(kind, G) t(as.matrix(expand.grid(rep(list(WEIGHTS[[kind]]), G))))

pieces <- function(d, j, restricted = TRUE) {
  D <- dummies(d, c("state", "year")); X <- columns(d, x); y <- column(d, spec$y); id <- match(d$state, unique(d$state)); G <- max(id)
  whole <- qr(cbind(D, X), tol = 1e-10); rest <- cbind(D, X[, -j])
  a <- drop(off(X[, j], rest)); a <- a / sum(a^2)
  M <- diag(nrow(d)) - tcrossprod(qr.Q(whole)[, seq_len(whole$rank)])
  ofy <- if (restricted) drop(off(y, rest)) else qr.resid(whole, y)
  ofx <- if (restricted) drop(off(X[, j], rest)) else 0 * y
  C <- function(u) sapply(seq_len(G), function(h) drop(rowsum(a * drop(M %*% (u * (id == h))), id)))
  m <- function(u) drop(rowsum(a * u, id))
  V <- rowsum(a * qr.resid(whole, y), id)
  list(G = G, n = nrow(d), K = length(x) + levels_of(d$year), b = sum(a * y), se0 = sqrt(sum(V^2)), m0 = m(ofy), m1 = m(ofx), C0 = C(ofy), C1 = C(ofx), D = D, X = X, y = y, id = id, ofy = ofy, ofx = ofx)
}
ratios <- function(q, v, b0) drop((q$m0 - b0 * q$m1) %*% v) / sqrt(colSums(((q$C0 - b0 * q$C1) %*% v)^2))
p_values <- function(q, v, b0, t = ratios(q, matrix(1, q$G, 1), b0)) {
  all <- ratios(q, v, b0); gap <- abs(abs(all) - abs(t)) / abs(t); tie <- gap <= TIE; above <- abs(all) > abs(t) & !tie
  ties1 <- abs(all - t) <= TIE * abs(t)
  list(draws = ncol(v), larger = sum(above), ties = sum(tie), p_strict = mean(above), p_ties = mean(above | tie), lower = sum(all < t & !ties1), upper = sum(all > t & !ties1), ties_signed = sum(ties1),
    p_equal_tailed_strict = 2 * min(mean(all < t & !ties1), mean(all > t & !ties1)), nearest_not_tied = min(gap[!tie]))
}
# The same by brute force: for some draws, y* is made and refitted by lm.
check <- function(d, j, q, v, b0) for (i in unique(round(seq(1, ncol(v), length.out = 7)))) {
  u <- q$ofy - b0 * q$ofx; ystar <- q$y - u + v[q$id, i] * u
  m <- lm(ystar ~ q$D + q$X - 1); last <- ncol(q$D) + j; V <- vcovCL(m, cluster = q$id, type = "HC0", cadjust = FALSE)
  near((coef(m)[last] - b0) / sqrt(V[last, last]), ratios(q, v[, i, drop = FALSE], b0), 1e-6)
}
# The confidence set {b0: p(b0) > .05}, exactly: p changes only where |t*_v(b0)| = |t(b0)|, a quartic in b0 for each v.
confidence_set <- function(q, v, ties, alpha = .05) {
  one <- rep(1, q$G); square <- function(c0, c1) c(c0^2, -2 * c0 * c1, c1^2); times <- function(p, r) { out <- rep(0, 5); for (i in 1:3) for (k in 1:3) out[i + k - 1] <- out[i + k - 1] + p[i] * r[k]; out }
  norm <- function(w) { c0 <- q$C0 %*% w; c1 <- q$C1 %*% w; c(sum(c0^2), -2 * sum(c0 * c1), sum(c1^2)) }
  scale <- q$se0; shift <- q$b; q$m0 <- (q$m0 - shift * q$m1) / scale; q$C0 <- (q$C0 - shift * q$C1) / scale # b0 = shift + scale z, else as before
  half <- v[, v[1, ] > 0, drop = FALSE]
  roots <- unlist(lapply(seq_len(ncol(half)), function(i) {
    w <- half[, i]; if (max(w) - min(w) < 1e-12) return(NULL)
    poly <- times(square(sum(q$m0 * w), sum(q$m1 * w)), norm(one)) - times(square(sum(q$m0), sum(q$m1)), norm(w))
    r <- polyroot(poly); Re(r)[abs(Im(r)) < 1e-7 * (1 + abs(Re(r)))]
  }))
  roots <- sort(roots); roots <- roots[c(TRUE, diff(roots) > 1e-9)]
  field <- if (ties) "p_ties" else "p_strict"; kept <- function(z) p_values(q, v, z)[[field]] > alpha
  ends <- c(min(roots) - 1, (head(roots, -1) + tail(roots, -1)) / 2, max(roots) + 1); inside <- sapply(ends, kept)
  change <- which(inside[-1] != inside[-length(inside)])
  bounds <- sapply(change, function(i) { lo <- ends[i]; hi <- ends[i + 1]; from <- inside[i]; for (s in 1:60) { mid <- (lo + hi) / 2; if (kept(mid) == from) lo <- mid else hi <- mid }; (lo + hi) / 2 })
  # A grid that knows nothing of the roots must agree.
  grid <- seq(min(roots) - 1, max(roots) + 1, length.out = 301); expected <- xor(inside[1], findInterval(grid, unlist(bounds)) %% 2 == 1); stopifnot(mean(sapply(grid, kept) == expected) == 1)
  list(alpha = alpha, ties = ties, below_all_roots_inside = inside[1], above_all_roots_inside = inside[length(inside)], bounds = vec(shift + scale * unlist(bounds)),
    kind = if (!length(change)) (if (inside[1]) "whole line" else "empty") else if (inside[1] || inside[length(inside)]) "unbounded" else if (length(change) == 2) "interval" else "union of intervals")
}
samples <- list(
  `3` = c("MAINE", "NEW_HAMPSHIRE", "VERMONT"),
  `5` = c("CONNECTICUT", "MAINE", "MASSACHUSETTS", "NEW_HAMPSHIRE", "RHODE_ISLAND"),
  `8` = c("ARIZONA", "COLORADO", "IDAHO", "MONTANA", "NEVADA", "NEW_MEXICO", "UTAH", "WYOMING"))
case <- function(states, kinds, sets, holes = FALSE) {
  d <- read_panel("produc"); d <- d[d$state %in% states & !(holes & hole(d)), ]; G <- length(states)
  slopes <- lapply(seq_along(x), function(j) {
    q <- pieces(d, j); u <- pieces(d, j, FALSE); factor <- sqrt(G / (G - 1) * (q$n - 1) / (q$n - q$K)); t <- ratios(q, matrix(1, G, 1), 0)
    one <- list(regressor = x[j], coefficient = q$b, se_xtreg = q$se0 * factor, t_xtreg = t / factor, p_t = 2 * pt(-abs(t / factor), G - 1))
    for (kind in kinds) {
      v <- enumerate(kind, G); check(d, j, q, v, 0)
      smallest <- length(WEIGHTS[[kind]]) / ncol(v)
      one[[kind]] <- list(draws = ncol(v), smallest_p_ties = smallest, smallest_p_strict = 0, zero = p_values(q, v, 0), half_se_above = c(list(null = q$b + one$se_xtreg / 2), p_values(q, v, q$b + one$se_xtreg / 2)),
        unrestricted_zero = p_values(u, v, 0, t), set_strict = if (kind %in% sets) confidence_set(q, v, FALSE), set_ties = if (kind %in% sets) confidence_set(q, v, TRUE))
      one[[kind]] <- Filter(Negate(is.null), one[[kind]])
    }
    one
  })
  list(states = states, left_out = if (holes) "rows with (7 row + 7) mod 13 = 0" else "none", n = nrow(d), slopes = slopes)
}
# Draws given by a generator that every language has exactly (Park and Miller 1988: s <- 16807 s mod 2^31 - 1, from s = 12345), draw by draw and cluster by cluster: for more clusters than can be enumerated.
# Rademacher: 1 where s > 2^30, else -1. Webb: the weight numbered floor(6 s/(2^31 - 1)), from 0.
given_draws <- function(G, B) { s <- 12345; v <- matrix(0, G, B); for (i in seq_along(v)) { s <- (16807 * s) %% 2147483647; v[i] <- s }; list(rademacher = ifelse(v > 2^30, 1, -1), webb = matrix(WEIGHTS$webb[1 + floor(6 * v / 2147483647)], G)) }
many <- function(B = 399) {
  d <- read_panel("produc"); G <- levels_of(d$state); v <- given_draws(G, B)
  list(states = "all, in the order of the file", clusters = G, draws = B, first_draw_rademacher = v$rademacher[, 1], slopes = lapply(seq_along(x), function(j) {
    q <- pieces(d, j); u <- pieces(d, j, FALSE); t <- ratios(q, matrix(1, G, 1), 0); w <- lapply(v, as.matrix)
    c(list(regressor = x[j]), lapply(w, function(v) list(zero = p_values(q, v, 0), unrestricted_zero = p_values(u, v, 0, t), first_t = vec(ratios(q, v[, 1:5], 0) / sqrt(G / (G - 1) * (q$n - 1) / (q$n - q$K))))))
  }))
}
results <- list(versions = versions("sandwich"), file = "data/produc.csv", dependent = spec$y, regressors = x, effects = c("state", "year"),
  definitions = list(first_t = "t* of the first five draws under b = 0, with the xtreg factor", p_strict = "share of the enumerated draws with |t*| > |t|, a tie not counted", p_ties = "share with |t*| >= |t|", tie = paste("||t*| - |t|| <=", TIE, "|t|: the draws v = (c, ..., c) give t* = t or -t exactly but for rounding"),
    smallest_p_ties = "number of weights over number of draws: the draws (c, ..., c) always tie", lower_upper = "draws with t* < t and t* > t, those with t* = t (ties_signed) in neither", webb = "-sqrt(3/2), -1, -sqrt(1/2), sqrt(1/2), 1, sqrt(3/2), each 1/6",
    unrestricted = "WCU: weights on the unrestricted residuals, t* = (b* - b)/se*, compared with t of b = 0", set = "{b0: p(b0) > .05}; bounds ascending, where membership changes"),
  cases = list(g3 = case(samples$`3`, c("rademacher", "webb"), "webb"), g5 = case(samples$`5`, c("rademacher", "webb"), c("rademacher")), g8 = case(samples$`8`, "rademacher", "rademacher"), g8_unbalanced = case(samples$`8`, "rademacher", "rademacher", TRUE)),
  given = c(list(generator = "s = 16807 s mod (2^31 - 1) from s = 12345, clusters within draws; rademacher: 1 where s > 2^30, else -1; webb: weight number floor(6 s/(2^31 - 1)) of the six in ascending order"), many()))
write_oracle(results, "wild-bootstrap.json")
