# The same permutation tests by spdep: Rscript exploration.R FOLDER REPLICATES; values.csv is in the folder, six neighbours a row. A line of JSON: CPU seconds and statistic (of the first place, where local) of each task.
suppressPackageStartupMessages(library(spdep))
arguments <- commandArgs(TRUE); rows <- as.matrix(read.csv(file.path(arguments[1], "values.csv"))); replicates <- as.integer(arguments[2])
x <- unname(rows[, 1]); nb <- structure(lapply(seq_len(nrow(rows)), function(i) sort(as.integer(rows[i, -1]))), class = "nb", region.id = as.character(seq_len(nrow(rows)))); listw <- nb2listw(nb)
set.cores <- set.coresOption(1L); set.seed(1)
task <- function(e) { found <- NULL; t <- system.time(found <- e); c(sum(t[c("user.self", "sys.self")]), found) }
results <- list("Moran's I" = task(moran.mc(x, listw, replicates)$statistic), "Geary's C" = task(geary.mc(x, listw, replicates)$statistic), "local Moran" = task(localmoran_perm(x, listw, replicates)[1, 1]))
cat(sprintf("{%s}\n", paste(sprintf('"%s":[%.6f,%.15g]', names(results), sapply(results, `[`, 1), sapply(results, `[`, 2)), collapse = ",")))
