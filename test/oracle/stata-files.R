# Datasets of Stata as haven and foreign write them, and what haven finds in these and in those of stata-files.py, to be run before: names, labels, display formats, value labels, and each cell as Stata's number or text.
# Writes test/tabular/stata/files/{haven,foreign}-*.dta and stata-files.json.
# Long texts of version 119 it finds none of (it reads two bytes of a variable's number where that version has three), so they are left out.
# Rscript test/oracle/stata-files.R
suppressMessages({ library(haven); library(foreign); library(jsonlite) })
here <- dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)))
folder <- file.path(here, "..", "tabular", "stata", "files")
at <- function(name) file.path(folder, paste0(name, ".dta"))
codes <- labelled(c(11, 12, tagged_na("a"), NA, tagged_na("z")), c(Beijing = 11, Tianjin = 12, refused = tagged_na("a")), label = "province")
data <- data.frame(entity = c("北京", "天津", "", "河北", "a"), stringsAsFactors = FALSE)
data$code <- codes
data$share <- c(0.1, NA, tagged_na("c"), -1e300, 0)
data$whole <- c(-2147483647, 2147483620, NA, 0, 1); storage.mode(data$whole) <- "integer"
data$day <- structure(c(-1, 0, NA, 18992, 10957), class = "Date")
data$moment <- structure(c(-0.001, 0, NA, 1640995199.999, 951782400), class = c("POSIXct", "POSIXt"), tzone = "UTC")
numbers <- function(format, x) structure(x, format.stata = format)
data$month <- numbers("%tm", c(-1, 0, NA, 743, 480)); data$quarter <- numbers("%tq", c(-1, 0, NA, 247, 160)); data$half <- numbers("%th", c(-1, 0, NA, 123, 80))
data$week <- numbers("%tw", c(-1, 0, NA, 3223, 2080)); data$year <- numbers("%ty", c(1959, 1960, NA, 2021, 2000)); data$old <- numbers("%dD_m_Y", c(-1, 0, NA, 22645, 14669))
# Of 27 leap seconds, the first stood at the end of June 1972; %tC counts it, so that a day later all is one second on.
data$leap <- numbers("%tC", c(394415999000, 394416000000, 394416000500, 394416001000, 1956528027000))
data$far <- numbers("%td", c(0, 1e7, NA, -1e7, 1)); data$business <- numbers("%tbsimple", c(1, 2, NA, 3, 4))
attr(data$share, "label") <- "share of output"
for (version in c(8, 10, 12, 13, 14)) {
  own <- if (version >= 13) transform(data, text = c(strrep("长", 1000), "x", "", strrep("y", 2046), "x")) else data
  for (n in names(data)) own[[n]] <- data[[n]]
  write_dta(own, at(sprintf("haven-%d", c(`8` = 113, `10` = 114, `12` = 115, `13` = 117, `14` = 118)[[as.character(version)]])), version = version, label = "by haven", strl_threshold = 100)
}
# foreign writes a factor as value labels, texts in the bytes that they have, and no empty ones.
plain <- data.frame(place = c("内蒙古自治区", "西藏自治区", "新疆", "北京"), gdp = c(1.5, NA, 3, 4), year = 2001:2004, region = factor(c("华北", "西南", "西北", NA)), yes = c(TRUE, FALSE, NA, TRUE))
for (version in c(6, 7, 8, 10)) for (encoding in c("GB18030", "UTF-8")) {
  own <- plain; own$place <- iconv(plain$place, "UTF-8", encoding); levels(own$region) <- iconv(levels(plain$region), "UTF-8", encoding)
  write.dta(own, at(sprintf("foreign-%d-%s", c(`6` = 108, `7` = 110, `8` = 113, `10` = 114)[[as.character(version)]], tolower(encoding))), version = version)
}
western <- data.frame(place = c("Åland", "Córdoba", "São Tomé"), value = c(1, 2, 3)); western$place <- iconv(western$place, "UTF-8", "windows-1252")
write.dta(western, at("foreign-114-western"), version = 10)

cells <- function(x) if (is.character(x)) x else { y <- as.numeric(zap_labels(zap_formats(x))); tag <- na_tag(y); ifelse(is.na(y), ifelse(is.na(tag), NA, paste0(".", tag)), sprintf("%.17g", y)) }
described <- lapply(setNames(nm = sort(sub("\\.dta$", "", list.files(folder, "\\.dta$")))), function(name) {
  encoding <- if (grepl("gb18030", name)) "GB18030" else if (grepl("^(haven|foreign-.*utf)", name)) "UTF-8" else NULL
  read <- read_dta(at(name), encoding = encoding)
  list(label = attr(read, "label"), columns = lapply(names(read), function(n) { x <- read[[n]]; list(label = attr(x, "label", exact = TRUE), format = attr(x, "format.stata"),
    labels = if (is.null(attr(x, "labels"))) NULL else { l <- attr(x, "labels"); setNames(as.list(names(l)), cells(unname(l))) },
    kind = class(x)[1], cells = if (name == "pandas-119-little" && n == "text") NULL else cells(x)) }), names = names(read))
})
write_json(list(versions = list(R = as.character(getRversion()), haven = as.character(packageVersion("haven")), foreign = as.character(packageVersion("foreign"))), files = described),
  file.path(here, "stata-files.json"), auto_unbox = TRUE, na = "null", null = "null", digits = NA, pretty = 1)
