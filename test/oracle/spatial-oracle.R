# What the spatial oracles share: the data with their neighbours, and how results are written. Sourced by the other spatial-*.R; run them from the repository's root.
suppressPackageStartupMessages({ library(spdep); library(spatialreg); library(Matrix); library(jsonlite) })
options(digits = 17)
data_file <- function(name) file.path("test/oracle/data", name)
# Neighbours as spdep's nb from directed pairs of keys; keys that are not in `among` are left out with their pairs.
pairs_to_nb <- function(from, to, among) {
  f <- match(from, among); t <- match(to, among); keep <- !is.na(f) & !is.na(t)
  nb <- lapply(seq_along(among), function(i) { j <- sort(t[keep][f[keep] == i]); if (length(j)) as.integer(j) else 0L })
  structure(nb, class = "nb", region.id = as.character(among))
}
columbus_data <- function() read.csv(data_file("columbus.csv"))
columbus_nb <- function() read.gal(data_file("columbus.gal"), override.id = TRUE)
boston_data <- function() read.csv(data_file("boston.csv"))
boston_nb <- function() { p <- read.csv(data_file("boston-neighbours.csv")); pairs_to_nb(p$from, p$to, 1:506) }
lattice_data <- function() read.csv(data_file("lattice.csv"))
lattice_nb <- function() cell2nb(50, 50)
# A panel in the order in which it is stacked: by year, and by entity (the order of its file) within a year; W is row-standardised contiguity in that order of entities.
panel_data <- function(name) {
  d <- read.csv(data_file(paste0(name, ".csv"))); states <- read.csv(data_file("us-states.csv")); borders <- read.csv(data_file("us-contiguity.csv"))
  key <- if (name == "cigar") states$cigar else states$produc
  entities <- unique(d$state); years <- sort(unique(d$year))
  nb <- pairs_to_nb(key[match(borders$from, states$name)], key[match(borders$to, states$name)], entities)
  d <- d[order(d$year, match(d$state, entities)), ]
  if (name == "cigar") d <- transform(d, lsales = log(sales), lprice = log(price / cpi), lincome = log(ndi / cpi), lpimin = log(pimin / cpi))
  else d <- transform(d, lgsp = log(gsp), lpcap = log(pcap), lpc = log(pc), lemp = log(emp))
  spec <- if (name == "cigar") list(y = "lsales", x = c("lprice", "lincome")) else list(y = "lgsp", x = c("lpcap", "lpc", "lemp", "unemp"))
  list(data = d, N = length(entities), T = length(years), entities = entities, years = years, nb = nb, listw = nb2listw(nb), W = unname(nb2mat(nb)), y = d[[spec$y]], X = as.matrix(d[spec$x]), names = spec)
}
# ---- results: 17 significant digits; a vector stays an array, of length one too; a matrix is an array of its rows; indices from 0 ------
vec <- function(v) I(unname(as.numeric(v)))
ids <- function(v) I(unname(as.integer(v)))
rows <- function(M) { M <- as.matrix(M); dimnames(M) <- NULL; M }
neighbours <- function(nb) lapply(nb, function(v) ids(if (identical(as.integer(v), 0L)) integer(0) else as.integer(v) - 1L))
versions <- function() list(R = as.character(getRversion()), spdep = as.character(packageVersion("spdep")), spatialreg = as.character(packageVersion("spatialreg")))
write_spatial <- function(results, name) {
  text <- toJSON(c(list(versions = versions()), results), digits = I(17), auto_unbox = TRUE, pretty = FALSE, na = "null")
  writeLines(gsub('],"', '],\n"', gsub('},"', '},\n"', text, fixed = TRUE), fixed = TRUE), file.path("test/oracle", name))
}
