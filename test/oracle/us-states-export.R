# Writes examples/us-states/data/produc.csv from the data set Produc of R's plm, once: Rscript test/oracle/us-states-export.R
# Nothing is changed on the way: state names as Produc spells them ("TENNESSE" too), numbers with the 15 digits that give back the same doubles.
data("Produc", package = "plm")
order <- c("state", "year", "region", "pcap", "hwy", "water", "util", "pc", "gsp", "emp", "unemp")
written <- Produc[order(Produc$state, Produc$year), order]
as_text <- function(x) if (is.numeric(x)) trimws(formatC(x, digits = 15, width = 1, format = "fg", flag = "")) else as.character(x)
text <- as.data.frame(lapply(written, as_text))
for (name in order[4:11]) stopifnot(identical(as.numeric(text[[name]]), as.numeric(written[[name]])))
write.csv(text, "examples/us-states/data/produc.csv", row.names = FALSE, quote = FALSE)
cat("plm", format(packageVersion("plm")), "with", R.version.string, ":", nrow(text), "rows\n")
