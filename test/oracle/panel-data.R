# Writes the panels of test/oracle/data from the data sets of R packages: Rscript test/oracle/panel-data.R
# Only the columns that the oracles use, sorted by entity and year, no value changed: each number is written with the fewest digits (15 to 17) that give back the same double.
# longitude and latitude of produc.csv are R's state.center (datasets), the states' centroids in decimal degrees.
suppressMessages({ library(plm); library(AER); library(sandwich) })
here <- dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)))

digits <- function(v) {
  text <- sprintf("%.15g", v)
  for (d in c(16, 17)) { off <- !is.na(v) & as.numeric(text) != v; text[off] <- sprintf(paste0("%.", d, "g"), v[off]) }
  stopifnot(identical(as.numeric(text), as.numeric(v)))
  text
}
write_panel <- function(d, name) {
  d <- d[order(d[[1]], d$year), ]
  d[] <- lapply(d, function(v) if (is.numeric(v)) digits(v) else as.character(v))
  stopifnot(!anyDuplicated(d[1:2]), !anyNA(d))
  write.csv(d, file.path(here, "data", paste0(name, ".csv")), row.names = FALSE, quote = FALSE)
  cat(name, nrow(d), "rows\n")
}
as_year <- function(v) as.numeric(as.character(v))
pick <- function(data, package, columns) {
  data(list = data, package = package, envir = environment())
  d <- get(data)[columns]
  d$year <- as_year(d$year)
  if (is.factor(d[[1]])) d[[1]] <- as.character(d[[1]])
  d
}
produc <- pick("Produc", "plm", c("state", "year", "region", "pcap", "pc", "gsp", "emp", "unemp"))
spelling <- toupper(gsub(" ", "_", state.name)); spelling[spelling == "TENNESSEE"] <- "TENNESSE"
at <- match(produc$state, spelling); stopifnot(!anyNA(at))
produc$longitude <- state.center$x[at]; produc$latitude <- state.center$y[at]
write_panel(produc, "produc")
write_panel(pick("Grunfeld", "plm", c("firm", "year", "inv", "value", "capital")), "grunfeld")
write_panel(pick("EmplUK", "plm", c("firm", "year", "sector", "emp", "wage", "capital", "output")), "empluk")
write_panel(pick("Cigar", "plm", c("state", "year", "price", "pop", "cpi", "ndi", "sales", "pimin")), "cigar")
write_panel(pick("Fatalities", "AER", c("state", "year", "fatal", "pop", "beertax", "unemp", "income", "miles", "drinkage")), "fatalities")
write_panel(pick("CigarettesSW", "AER", c("state", "year", "cpi", "population", "packs", "income", "tax", "price", "taxs")), "cigarettes")
write_panel(pick("PetersenCL", "sandwich", c("firm", "year", "x", "y")), "petersen")
for (p in c("plm", "AER", "sandwich")) cat(p, format(packageVersion(p)), "")
cat("with", R.version.string, "\n")
