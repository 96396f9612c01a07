# The same case in R: Rscript models.R FOLDER KIND PLACES PERIODS; links.csv and rows.csv are in the folder. A line of JSON with CPU seconds.
suppressPackageStartupMessages({ library(spdep); library(spatialreg); library(Matrix) })
arguments <- commandArgs(TRUE); kind <- arguments[2]; places <- as.integer(arguments[3]); periods <- as.integer(arguments[4])
links <- read.csv(file.path(arguments[1], "links.csv")); data <- read.csv(file.path(arguments[1], "rows.csv"))
f <- factor(links$from, levels = seq_len(places))
nb <- structure(unname(lapply(split(links$to, f), as.integer)), class = "nb", region.id = as.character(seq_len(places)))
symmetric <- is.symmetric.nb(nb, verbose = FALSE)
dense <- kind == "eigenvalues" || length(links$from) > 0.2 * places^2
listw <- if (dense) nb2listw(nb, glist = unname(split(links$weight, f)), style = "W") else nb2listw(nb, style = "W")
method <- if (places <= 100 || dense) "eigen" else if (symmetric) "Matrix" else "LU"
cpu <- function(e) { t <- system.time(e); sum(t[c("user.self", "sys.self")]) }
fit <- NULL
seconds <- switch(kind,
  eigenvalues = cpu(eigenw(listw)),
  "sar, effects" = cpu({ fit <- lagsarlm(y ~ x + z, data, listw, method = method); trs <- NULL
    i <- if (method == "eigen") impacts(fit, listw = listw, R = 1000) else impacts(fit, tr = trW(as(listw, "CsparseMatrix"), type = "MC"), R = 1000); summary(i, zstats = TRUE) }),
  cpu(if (periods == 1) fit <- lagsarlm(y ~ x + z, data, listw, Durbin = kind == "sdm", method = method)
    else {
      suppressPackageStartupMessages(library(splm))
      data$entity <- rep(seq_len(places), each = periods); data$year <- rep(seq_len(periods), places)
      W <- matrix(0, places, places); W[cbind(links$from, links$to)] <- links$weight
      byyear <- matrix(data$x, periods); data$wx <- as.vector(byyear %*% t(W)); byyear <- matrix(data$z, periods); data$wz <- as.vector(byyear %*% t(W))
      fit <- spml(y ~ x + z + wx + wz, data, index = c("entity", "year"), listw = listw, model = "within", effect = "twoways", lag = TRUE, spatial.error = "none")
    }))
estimates <- if (is.null(fit) || periods > 1) numeric(0) else c(fit$coefficients, fit$rho, fit$s2)
cat(sprintf('{"seconds":%.6f,"method":"%s","estimates":[%s]}\n', seconds, if (periods > 1) "splm" else method, paste(sprintf("%.15g", unname(estimates)), collapse = ",")))
