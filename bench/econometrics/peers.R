# The same panel in R: lm without effects (a yardstick of the machine), plm's two-way within with its clustered variance, and fixest where it is installed.
# Rscript peers.R FILE REGRESSORS PLM; prints JSON. Times are user CPU + system, the median of the runs.
suppressMessages({ library(jsonlite); library(plm) })
args <- commandArgs(TRUE); file <- args[1]; k <- as.integer(args[2]); with_plm <- args[3] == "plm"
size <- file.size(file) / 8; n <- size / (k + 3)
all <- matrix(readBin(file, "double", size), n)
d <- as.data.frame(all); names(d) <- c("entity", "year", "y", paste0("x", 1:k))
rounds <- if (n > 5e5) 1 else 3
timed <- function(f) median(sapply(seq_len(rounds), function(i) { t <- system.time(f()); t[["user.self"]] + t[["sys.self"]] }))
x <- paste0("x", 1:k); formula <- reformulate(x, "y")
out <- list(R = as.character(getRversion()), lm = timed(function() lm(formula, d)))
if (with_plm) {
  fit <- function() { m <- plm(formula, d, index = c("entity", "year"), effect = "twoways", model = "within"); list(m, vcovHC(m, method = "arellano", type = "HC0", cluster = "group")) }
  out$plm <- timed(fit); out$plm_version <- as.character(packageVersion("plm"))
  m <- fit(); G <- length(unique(d$entity)); K <- k + length(unique(d$year))
  out$coefficients <- unname(coef(m[[1]])); out$errors <- unname(sqrt(diag(m[[2]]) * G / (G - 1) * (n - 1) / (n - K)))
}
if (requireNamespace("fixest", quietly = TRUE)) {
  fixest::setFixest_nthreads(1); absorbed <- as.formula(paste("y ~", paste(x, collapse = "+"), "| entity + year"))
  fit <- function() { m <- fixest::feols(absorbed, d, cluster = ~entity, notes = FALSE); fixest::se(m); m }
  out$fixest <- timed(fit); out$fixest_version <- as.character(packageVersion("fixest")); m <- fit()
  out$coefficients <- unname(coef(m)); out$errors <- unname(fixest::se(m))
}
cat(toJSON(out, auto_unbox = TRUE, digits = NA))
