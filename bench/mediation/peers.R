# The bootstrap of a mediation in R, by re-weighting each entity's cross-products of [year dummies | controls | treatment | mediator | outcome], entity means off.
# Rscript peers.R DATA COUNTS REPLICATES: effects of the resamples in COUNTS, and CPU seconds of REPLICATES more; prints JSON.
args <- commandArgs(TRUE)
d <- read.csv(args[1]); counts <- as.matrix(read.csv(args[2], header = FALSE)); B <- as.integer(args[3])
off <- function(v) v - ave(v, d$id)
variables <- setdiff(names(d), c("id", "year", "x", "u", "y"))
X <- apply(cbind(model.matrix(~ factor(year), d)[, -1], as.matrix(d[c(variables, "x", "u", "y")])), 2, off)
G <- length(unique(d$id)); m <- ncol(X); x <- m - 2; u <- m - 1; y <- m
blocks <- t(sapply(split(seq_len(nrow(d)), d$id), function(rows) crossprod(X[rows, ])))
effects <- function(k) {
  A <- matrix(k %*% blocks, m)
  first <- solve(A[1:x, 1:x], A[1:x, c(u, y)]); second <- solve(A[1:u, 1:u], A[1:u, y])
  c(first[x, 1] * second[u], second[x], first[x, 2])
}
same <- t(apply(counts, 1, effects))
set.seed(1)
invisible(gc())
took <- system.time(for (i in seq_len(B)) effects(tabulate(sample.int(G, replace = TRUE), G)))
number <- function(v) paste0("[", paste(format(v, digits = 17, trim = TRUE), collapse = ","), "]")
cat(sprintf('{"R":"%s","cpu":%.4f,"effects":[%s]}\n', getRversion(), took[["user.self"]] + took[["sys.self"]], paste(apply(same, 1, number), collapse = ",")))
