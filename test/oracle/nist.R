# NIST's Statistical Reference Datasets for linear regression, from the unchanged NIST files in Debian's gretl-data.
# Writes data/nist-*.csv and nist.json (certified values). Rscript test/oracle/nist.R [/usr/share/gretl/data/nist]
suppressMessages(library(jsonlite))
here <- dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)))
given <- commandArgs(trailingOnly = TRUE)
folder <- if (length(given)) given[1] else "/usr/share/gretl/data/nist"
level <- c(Norris = "lower", Pontius = "lower", NoInt1 = "average", NoInt2 = "average", Filip = "higher", Longley = "higher",
  Wampler1 = "higher", Wampler2 = "higher", Wampler3 = "higher", Wampler4 = "higher", Wampler5 = "higher")
# Numbers stay text until JSON has them as printed: "0.334801051324544E-02" is a JSON number but for a possible leading dot.
printed <- function(text) { text <- sub("^(-?)\\.", "\\10.", text); stopifnot(!is.na(as.numeric(text))); structure(text, class = "json") }
list_of <- function(text) structure(paste0("[", paste(vapply(text, printed, ""), collapse = ","), "]"), class = "json")
words <- function(line) strsplit(trimws(line), "[[:space:]]+")[[1]]

read_nist <- function(name) {
  lines <- sub("\r$", "", readLines(file.path(folder, paste0(name, ".dat")), warn = FALSE))
  head <- lines[1:60]
  range <- as.numeric(regmatches(head, regexec("Data +\\(lines +([0-9]+) +to +([0-9]+)\\)", head))[[grep("Data +\\(lines", head)]][2:3])
  rows <- do.call(rbind, lapply(lines[range[1]:range[2]], words))
  k <- ncol(rows) - 1
  colnames(rows) <- c("y", if (k == 1) "x" else paste0("x", seq_len(k)))
  rows[] <- sub("\\.$", "", sub("^(-?)\\.", "\\10.", rows))
  write.csv(rows, file.path(here, "data", paste0("nist-", tolower(name), ".csv")), row.names = FALSE, quote = FALSE)
  terms <- lapply(grep("^ +B[0-9]+ ", head, value = TRUE), words)
  term <- as.integer(sub("B", "", sapply(terms, `[`, 1)))
  sd <- words(grep("Standard Deviation +[0-9.]", head, value = TRUE)[1])
  anova <- words(grep("^Residual +[0-9]+ ", head, value = TRUE))
  polynomial <- k == 1 && max(term) > 1
  out <- list(file = paste0("data/nist-", tolower(name), ".csv"), difficulty = unname(level[name]), n = nrow(rows), intercept = 0 %in% term, polynomial_degree = if (polynomial) max(term) else 1,
    estimate = list_of(sapply(terms, `[`, 2)), se = list_of(sapply(terms, `[`, 3)), residual_sd = printed(sd[3]), r2 = printed(words(grep("R-Squared", head, value = TRUE))[2]),
    df_residual = as.integer(anova[2]), ssr = printed(anova[3]))
  # lm must be near, which shows that the file was read rightly; Filip beyond lm's default tolerance.
  d <- as.data.frame(apply(rows, 2, as.numeric)); X <- as.matrix(d[-1])
  if (polynomial) X <- outer(d$x, seq_len(max(term)), `^`)
  if (out$intercept) X <- cbind(1, X)
  b <- qr.coef(qr(X, tol = 1e-20), d$y)
  certified <- as.numeric(sapply(terms, `[`, 2))
  cat(sprintf("%-9s n %3d  least digits agreed by lm's QR: %.1f\n", name, nrow(rows), min(-log10(pmax(abs(b - certified) / abs(certified), 1e-16)))))
  out
}
sets <- sapply(names(level), read_nist, simplify = FALSE)
names(sets) <- tolower(names(sets))
origin <- "NIST StRD (https://www.itl.nist.gov/div898/strd/lls/lls.shtml), work of the US government, public domain; files as in Debian's gretl-data"
write_json(c(list(origin = origin), sets), file.path(here, "nist.json"), auto_unbox = TRUE, digits = NA, json_verbatim = TRUE, pretty = 1)
