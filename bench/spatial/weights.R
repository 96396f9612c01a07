# The same weights by spdep: Rscript weights.R FOLDER BAND; places.csv is in the folder. A line of JSON: CPU seconds and links of each task. By longitude and latitude, areas and higher orders are left out above 3,000 places: they take minutes.
suppressPackageStartupMessages({ library(spdep); library(sf) })
arguments <- commandArgs(TRUE); xy <- as.matrix(read.csv(file.path(arguments[1], "places.csv"))); n <- nrow(xy); side <- as.integer(sqrt(n))
globe <- cbind(5 + 5 * xy[, 1], 45 + 5 * xy[, 2])
cell <- function(i) { e <- (i - 1) %% side; s <- (i - 1) %/% side; st_polygon(list(cbind(c(e, e + 1, e + 1, e, e), c(s, s, s + 1, s + 1, s)))) }
task <- function(e) { nb <- NULL; t <- system.time(nb <- e); c(sum(t[c("user.self", "sys.self")]), sum(card(nb))) }
nearest <- knn2nb(knearneigh(xy, 6))
results <- list("6 nearest, planar" = task(knn2nb(knearneigh(xy, 6))), "a band of 10 or so" = task(dnearneigh(xy, 0, as.numeric(arguments[2]))))
if (n <= 3000) { board <- st_sfc(lapply(seq_len(n), cell)); results <- c(results, list("6 nearest, ellipsoid" = task(knn2nb(knearneigh(globe, 6, longlat = TRUE))), "second order" = task(nblag(nearest, 2)[[2]]), "queen contiguity" = task(poly2nb(board)))) }
cat(sprintf("{%s}\n", paste(sprintf('"%s":[%.6f,%d]', names(results), sapply(results, `[`, 1), as.integer(sapply(results, `[`, 2))), collapse = ",")))
