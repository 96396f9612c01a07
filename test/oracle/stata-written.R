# What haven finds in the dataset that writeStata makes of the table in test/tabular/stata/written-table.ts: names, labels, display formats, value labels, every cell.
# Writes test/tabular/stata/written.dta (by node) and stata-written.json.
# Rscript test/oracle/stata-written.R
suppressMessages({ library(haven); library(jsonlite) })
here <- dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)))
setwd(file.path(here, "..", ".."))
writer <- 'import { writeFileSync } from "node:fs"; import { writtenTable } from "./test/tabular/stata/written-table.ts"; import { writeStata } from "./src/tabular/stata/write-stata.ts"; writeFileSync("test/tabular/stata/written.dta", Buffer.concat([...writeStata(writtenTable).pieces]))'
stopifnot(system2("node", c("--input-type=module", "-e", shQuote(writer))) == 0)
read <- read_dta("test/tabular/stata/written.dta")
cells <- function(x) if (is.character(x)) x else { y <- as.numeric(zap_labels(x)); ifelse(is.na(y), NA, sprintf("%.17g", y)) }
columns <- lapply(names(read), function(n) { x <- read[[n]]; l <- attr(x, "labels")
  list(name = n, label = attr(x, "label", exact = TRUE), format = attr(x, "format.stata"), labels = if (is.null(l)) NULL else setNames(as.list(names(l)), cells(unname(l))), cells = cells(x)) })
write_json(list(versions = list(R = as.character(getRversion()), haven = as.character(packageVersion("haven"))), notes = attr(read, "notes"), columns = columns), "test/oracle/stata-written.json",
  auto_unbox = TRUE, na = "null", null = "null", digits = NA, pretty = 1)
