# Natural breaks by R's classInt on gross state product and unemployment of the American states in 1986: Rscript test/oracle/map-classes.R
# For each number of classes, how many values each class has ("fisher" is the exact partition; "jenks" is its older program, which gives the same here).
library(classInt)
library(jsonlite)
d <- subset(read.csv("examples/us-states/data/produc.csv"), year == 1986)
sizes <- function(x, k, style) {
  x <- sort(x)
  breaks <- classIntervals(x, k, style = style)$brks
  closed <- if (style == "jenks") "right" else "left"
  as.integer(table(if (closed == "right") cut(x, breaks, include.lowest = TRUE) else cut(x, breaks, include.lowest = TRUE, right = FALSE)))
}
of <- function(x) lapply(setNames(2:7, 2:7), function(k) {
  fisher <- sizes(x, k, "fisher")
  stopifnot(identical(fisher, sizes(x, k, "jenks")))
  I(fisher)
})
write_json(list(versions = list(R = as.character(getRversion()), classInt = as.character(packageVersion("classInt"))), gsp = of(d$gsp), unemp = of(d$unemp)),
  "test/oracle/map-classes.json", auto_unbox = TRUE, pretty = 1)
