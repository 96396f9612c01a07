# Ranks and specification curves, written out in base R. Writes comparison.json.
# Ranks: cor(method = "kendall" and "spearman") of columns with ties. Decomposition: sums of squares of aov on a full factorial; on an unbalanced one R^2 of lm, averaged over all orders of the choices (LMG).
# Curve: six specifications of Produc (effects, controls, a sample, an instrument), each by lm with dummies or by AER's ivreg; variance clustered by state with xtreg's factor G/(G-1) (n-1)/(n-K), K = slopes + dummies
# that are not nested in the clusters + constant. Under the null (Simonsohn, Simmons and Nelson 2020) the outcome is y - b x, states are drawn with replacement, each draw a state of its own, and every specification is refitted whole.
# Index: ranks of a composite index under each normalisation, weighting and aggregation, with all indicators and without one.
# Rscript test/oracle/comparison.R
source(file.path(dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE))), "panel-oracle.R"))
suppressMessages(library(AER))
set.seed(20)

x <- c(3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5); y <- c(2, 7, 1, 8, 2, 8, 1, 8, 2, 8, 4); z <- c(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)
pairs <- list(list(x, y), list(x, z), list(z, -z), list(x, x))
correlations <- lapply(pairs, function(p) list(x = vec(p[[1]]), y = vec(p[[2]]), kendall = cor(p[[1]], p[[2]], method = "kendall"), spearman = cor(p[[1]], p[[2]], method = "spearman")))

# Decomposition of estimates by choice.
grid <- expand.grid(set = c("paper", "reduced"), weighting = c("entropy", "equal", "critic"), sample = c("all", "east"), stringsAsFactors = FALSE)
grid$estimate <- round(rnorm(12) + (grid$set == "paper") + 2 * (grid$weighting == "equal") + (grid$sample == "east") * (grid$set == "paper"), 4)
table <- anova(lm(estimate ~ (set + weighting + sample)^2, grid)); ss <- table[["Sum Sq"]]; names(ss) <- rownames(table)
lmg <- function(d, choices) {
  total <- sum((d$estimate - mean(d$estimate))^2)
  explained <- function(set) if (length(set) == 0) 0 else total - sum(resid(lm(reformulate(set, "estimate"), d))^2)
  orders <- function(v) if (length(v) == 1) list(v) else unlist(lapply(v, function(one) lapply(orders(setdiff(v, one)), function(rest) c(one, rest))), recursive = FALSE)
  all <- orders(choices)
  sapply(choices, function(choice) mean(sapply(all, function(o) { i <- match(choice, o); explained(o[seq_len(i)]) - explained(o[seq_len(i - 1)]) })))
}
partial <- grid[-c(2, 7, 12), ]
decomposition <- list(estimates = vec(grid$estimate), set = grid$set, weighting = grid$weighting, sample = grid$sample, total = sum((grid$estimate - mean(grid$estimate))^2),
  main = as.list(ss[1:3]), interactions = as.list(ss[4:6]), rest = ss[[7]], kept = vec(setdiff(0:11, c(1, 6, 11))), lmg = as.list(lmg(partial, c("set", "weighting", "sample"))))

# The curve. Produc, log(gsp) on log(pcap).
produc <- read_panel("produc"); produc$y <- log(produc$gsp); produc$x <- log(produc$pcap); produc$pc <- log(produc$pc); produc$emp <- log(produc$emp)
produc <- produc[order(produc$state, produc$year), ]; produc$lag <- ave(produc$x, produc$state, FUN = function(v) c(NA, head(v, -1)))
states <- sort(unique(produc$state))
SPECS <- list(two_way = list(controls = c("pc", "emp", "unemp"), entity = TRUE, year = TRUE), no_unemp = list(controls = c("pc", "emp"), entity = TRUE, year = TRUE), entity = list(controls = c("pc", "emp", "unemp"), entity = TRUE, year = FALSE),
  year = list(controls = c("pc", "emp", "unemp"), entity = FALSE, year = TRUE), none = list(controls = c("pc", "emp", "unemp"), entity = FALSE, year = FALSE),
  south = list(controls = c("pc", "emp", "unemp"), entity = TRUE, year = TRUE, regions = c(5, 6, 7)), iv = list(controls = c("pc", "emp", "unemp"), entity = TRUE, year = TRUE, iv = TRUE))
sample_of <- function(d, spec) { if (!is.null(spec$regions)) d <- d[d$region %in% spec$regions, ]; if (isTRUE(spec$iv)) d <- d[!is.na(d$lag), ]; d }
# Refits whole: `id` tells draws apart.
fit <- function(d, spec, y) {
  d$y <- y; d$entity <- factor(d$id); d$time <- factor(d$year)
  effects <- c(if (spec$entity) "entity", if (spec$year) "time")
  right <- c("x", spec$controls, effects)
  if (isTRUE(spec$iv)) m <- ivreg(as.formula(paste("y ~", paste(right, collapse = "+"), "|", paste(c("lag", right[-1]), collapse = "+"))), data = d)
  else m <- lm(reformulate(right, "y"), d)
  k <- sum(!is.na(coef(m))); nested <- if (spec$entity) nlevels(d$entity) - 1 else 0; K <- k - nested; n <- nrow(d); G <- nlevels(d$entity)
  V <- vcovCL(m, cluster = d$entity, type = "HC0", cadjust = FALSE) * G / (G - 1) * (n - 1) / (n - K)
  b <- coef(m)[["x"]]; s <- sqrt(V["x", "x"]); c(b = b, se = s, p = 2 * pt(-abs(b / s), G - 1), G = G, n = n, K = K)
}
produc$id <- produc$state
own <- lapply(SPECS, function(spec) { d <- sample_of(produc, spec); fit(d, spec, d$y) })
draws <- lapply(1:25, function(r) sample(states, replace = TRUE))
replicate_of <- function(drawn) sapply(names(SPECS), function(name) {
  spec <- SPECS[[name]]; b <- own[[name]][["b"]]
  d <- do.call(rbind, lapply(seq_along(drawn), function(i) { part <- produc[produc$state == drawn[i], ]; part$id <- i; part })); d <- sample_of(d, spec)
  fit(d, spec, d$y - b * d$x)[c("b", "se", "p")]
})
made <- lapply(draws, replicate_of)
stouffer <- function(b, p) sum(sign(b) * -qnorm(p / 2)) / sqrt(length(b))
statistics <- function(b, p) c(median = median(b), significant = max(sum(p < .05 & b > 0), sum(p < .05 & b < 0)) / length(b), stouffer = stouffer(b, p))
observed <- statistics(sapply(own, `[[`, "b"), sapply(own, `[[`, "p")); under <- sapply(made, function(m) statistics(m["b", ], m["p", ]))
curve <- list(specifications = names(SPECS), estimates = vec(sapply(own, `[[`, "b")), se = vec(sapply(own, `[[`, "se")), p = vec(sapply(own, `[[`, "p")), draws = lapply(draws, function(d) vec(table(factor(d, states)))), states = states,
  replicates = lapply(made, function(m) list(b = vec(m["b", ]), se = vec(m["se", ]), p = vec(m["p", ]))), observed = as.list(observed), expected = as.list(rowMeans(under)),
  extreme = as.list(rowSums(rbind(median = abs(under["median", ]) >= abs(observed[["median"]]), significant = under["significant", ] >= observed[["significant"]], stouffer = abs(under["stouffer", ]) >= abs(observed[["stouffer"]])))))
# Ranks of an index of four indicators of the states in 1986 (unemp: less is better) under each normalisation and aggregation, two weightings, and without an indicator, whose weight the others share.
d86 <- produc[produc$year == 1986, ]; d86 <- d86[order(d86$state), ]
raw <- list(pcap = exp(d86$x), pc = exp(d86$pc), emp = exp(d86$emp), unemp = d86$unemp); positive <- c(TRUE, TRUE, TRUE, FALSE)
normalise <- function(v, up, by) {
  if (!up) v <- -v
  switch(by, "min-max" = (v - min(v)) / diff(range(v)), "z-score" = (v - mean(v)) / sd(v), rank = rank(v))
}
weights <- list(equal = rep(.25, 4), uneven = c(.1, .2, .3, .4))
score <- function(by, w, aggregation, out) {
  Y <- mapply(normalise, raw, positive, MoreArgs = list(by = by)); if (out > 0) w[out] <- 0; w <- w / sum(w)
  if (aggregation == "linear") return(drop(Y %*% w))
  P <- switch(by, "min-max" = 10 + 90 * Y, "z-score" = 100 + 10 * Y, rank = Y)
  exp(drop(log(P) %*% w))
}
cases <- expand.grid(normalisation = c("min-max", "z-score", "rank"), weighting = names(weights), aggregation = c("linear", "geometric"), out = c(0, 2), stringsAsFactors = FALSE)
indices <- lapply(seq_len(nrow(cases)), function(i) { k <- cases[i, ]; c(as.list(k), list(ranks = vec(rank(-round(score(k$normalisation, weights[[k$weighting]], k$aggregation, k$out), 10))))) })
write_oracle(list(versions = versions("AER", "sandwich"), correlations = correlations, decomposition = decomposition, curve = curve, index = list(states = d86$state, raw = lapply(raw, vec), weights = lapply(weights, vec), cases = indices)), "comparison.json")
