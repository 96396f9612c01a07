# Interpolants of base R (splinefun) and of pracma (pchip: Fritsch and Butland, as MATLAB's and Stata's pchipolate) on series of Munnell's data with years taken out.
# Run in the repository's root: Rscript test/oracle/interpolation.R writes test/oracle/interpolation.json.
library(jsonlite)
library(pracma)
d <- read.csv("examples/us-states/data/produc.csv")
years <- sort(unique(d$year))
out_years <- list(c(1972, 1975, 1976, 1981), c(1971, 1973, 1977, 1978, 1979, 1983, 1985), c(1971:1977, 1979:1985))
series <- function(state, name, k) {
  x <- d[[name]][d$state == state]
  gone <- years %in% out_years[[k]]
  at <- years[!gone]; y <- x[!gone]
  list(state = state, variable = name, year = years, x = replace(x, gone, NA),
    monotone_data = all(diff(y) >= 0) || all(diff(y) <= 0),
    linear = approx(at, y, years)$y,
    log_linear = exp(approx(at, log(y), years)$y),
    spline = splinefun(at, y, method = "natural")(years),
    monotone = splinefun(at, y, method = "monoH.FC")(years),
    pchip = if (length(at) > 3) pchip(at, y, years) else NULL,
    carry = approx(at, y, years, method = "constant")$y)
}
out <- list(versions = list(R = R.version.string, pracma = as.character(packageVersion("pracma"))),
  series = unlist(lapply(c("ALABAMA", "MICHIGAN", "WYOMING"), function(s) unlist(lapply(c("pcap", "gsp", "unemp"), function(v) lapply(1:3, function(k) series(s, v, k))), FALSE)), FALSE))
write_json(out, "test/oracle/interpolation.json", digits = NA, auto_unbox = TRUE, na = "null", null = "null")
