# What the oracles of the panel estimators share: the panels and their models, projections, factors, and how results are written.
# Sourced by fixed-effects.R, wild-bootstrap.R, random-effects.R and instruments.R.
suppressMessages({ library(sandwich); library(plm); library(jsonlite) })
here <- dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)))

# The models. Rows are numbered from 0 in the order of the file.
PANELS <- list(
  produc = list(entity = "state", year = "year", y = "log(gsp)", x = c("log(pcap)", "log(pc)", "log(emp)", "unemp")),
  grunfeld = list(entity = "firm", year = "year", y = "inv", x = c("value", "capital")),
  empluk = list(entity = "firm", year = "year", y = "log(emp)", x = c("log(wage)", "log(capital)", "log(output)")),
  cigar = list(entity = "state", year = "year", y = "log(sales)", x = c("log(price)", "log(pop)", "log(ndi)", "log(pimin)")),
  fatalities = list(entity = "state", year = "year", y = "I(fatal/pop * 10000)", x = c("beertax", "unemp", "log(income)", "I(miles/1000)")),
  cigarettes = list(entity = "state", year = "year", y = "log(packs)", x = c("log(price/cpi)", "log(income/population/cpi)")),
  petersen = list(entity = "firm", year = "year", y = "y", x = c("x"))
)
read_panel <- function(name) {
  d <- read.csv(file.path(here, "data", paste0(name, ".csv")), colClasses = if (name %in% c("produc", "fatalities", "cigarettes")) c(state = "character") else NA)
  d$row <- seq_len(nrow(d)) - 1
  d
}
# The hole of the unbalanced samples: rows with (7 row + 7) mod 13 = 0 are left out, row from 0.
hole <- function(d) (d$row * 7 + 7) %% 13 == 0

column <- function(d, text) as.numeric(eval(parse(text = text), d))
columns <- function(d, texts) { X <- sapply(texts, function(t) column(d, t)); dim(X) <- c(nrow(d), length(texts)); colnames(X) <- texts; X }
dummies <- function(d, factors) model.matrix(as.formula(paste("~", paste0("factor(", factors, ")", collapse = "+"))), d)
# Least squares residuals of each column of A on the columns of B.
off <- function(A, B) { A <- as.matrix(A); R <- qr.resid(qr(B, tol = 1e-10), A); dimnames(R) <- dimnames(A); R }
levels_of <- function(v) length(unique(v))
# A vector that stays an array in JSON, of length one too.
vec <- function(v) I(unname(as.numeric(v)))
se <- function(V) vec(sqrt(diag(as.matrix(V))))
plain <- function(V) { V <- as.matrix(V); attributes(V) <- list(dim = dim(V)); V }
near <- function(a, b, tol = 1e-8) stopifnot(isTRUE(all.equal(unname(as.numeric(a)), unname(as.numeric(b)), tolerance = tol)))
versions <- function(...) c(list(R = as.character(getRversion())), sapply(c(...), function(p) as.character(packageVersion(p)), simplify = FALSE))
write_oracle <- function(results, name) write_json(results, file.path(here, name), auto_unbox = TRUE, digits = NA, pretty = 1, na = "null")
# The regression with all dummies.
full_model <- function(d, spec, factors, weights = NULL) {
  d$w <- if (is.null(weights)) 1 else weights
  f <- as.formula(paste(spec$y, "~", paste(c(spec$x, paste0("factor(", factors, ")")), collapse = "+")))
  if (is.null(weights)) lm(f, d) else lm(f, d, weights = w)
}
