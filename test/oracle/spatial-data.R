# Writes the data of the spatial oracles to test/oracle/data: columbus.csv, columbus.geojson, columbus.gal, columbus-queen.gal, columbus-knn4.gwt; boston.csv, boston-neighbours.csv; lattice.csv; us-states.csv, us-contiguity.csv.
# What is in each, with source and licence, is in data/README.md. Needs examples/us-states/data. Run from the repository's root: Rscript test/oracle/spatial-data.R (3 seconds).
suppressMessages({ library(spData); library(sf); library(spdep); library(plm) })
to <- function(name) file.path("test/oracle/data", name)
csv <- function(d, name) write.csv(d, to(name), row.names = FALSE, quote = FALSE)

# Columbus: spData's shapefile. Its coordinates are single precision: six decimals keep every shared vertex shared and no other (checked), and the contiguity.
shapes <- st_read(system.file("shapes/columbus.shp", package = "spData"), quiet = TRUE)
gal <- system.file("weights/columbus.gal", package = "spData")
rings <- lapply(st_geometry(shapes), function(g) { stopifnot(length(g) == 1); round(g[[1]][, 1:2], 6) })
raw <- do.call(rbind, lapply(st_geometry(shapes), function(g) g[[1]][, 1:2]))
stopifnot(nrow(unique(raw)) == nrow(unique(do.call(rbind, rings))))
rounded <- st_sf(id = shapes$POLYID, geometry = st_sfc(lapply(rings, function(r) st_polygon(list(r)))))
same <- function(a, b) isTRUE(all.equal(a, b, check.attributes = FALSE))
stopifnot(same(poly2nb(rounded), poly2nb(shapes)), same(poly2nb(rounded, queen = FALSE), poly2nb(shapes, queen = FALSE)))
fields <- c("POLYID", "HOVAL", "INC", "CRIME", "OPEN", "PLUMB", "DISCBD", "X", "Y", "EW", "CP")
table <- st_drop_geometry(shapes)[fields]; names(table) <- tolower(fields)
csv(table, "columbus.csv")
feature <- function(i) {
  ring <- paste(sprintf("[%s,%s]", format(rings[[i]][, 1], digits = 12, trim = TRUE, drop0trailing = TRUE), format(rings[[i]][, 2], digits = 12, trim = TRUE, drop0trailing = TRUE)), collapse = ",")
  sprintf('{"type":"Feature","properties":{"polyid":%d},"geometry":{"type":"Polygon","coordinates":[[%s]]}}', table$polyid[i], ring)
}
writeLines(c('{"type":"FeatureCollection","features":[', paste0(sapply(seq_along(rings), feature), c(rep(",", length(rings) - 1), "")), "]}"), to("columbus.geojson"))
stopifnot(same(poly2nb(st_read(to("columbus.geojson"), quiet = TRUE)), poly2nb(shapes)))
writeLines(readLines(gal), to("columbus.gal"))
# The same contiguity of the polygons under the GAL header that GeoDa writes, and the four nearest neighbours with their distances as GWT.
write.nb.gal(poly2nb(shapes, row.names = as.character(table$polyid)), to("columbus-queen.gal"), oldstyle = FALSE, shpfile = "columbus", ind = "polyid")
xy <- as.matrix(table[c("x", "y")]); four <- knn2nb(knearneigh(xy, 4), row.names = as.character(table$polyid))
write.sn2gwt(listw2sn(nb2listw(four, glist = nbdists(four, xy), style = "B")), to("columbus-knn4.gwt"), shpfile = "columbus", ind = "polyid", useInd = TRUE)

# Boston: Harrison and Rubinfeld's tracts with the corrections of Gilley and Pace, and the sphere of influence graph of spData.
data(boston)
b <- data.frame(id = seq_len(nrow(boston.c)), boston.c[c("TRACT", "LON", "LAT", "MEDV", "CMEDV", "CRIM", "ZN", "INDUS", "CHAS", "NOX", "RM", "AGE", "DIS", "RAD", "TAX", "PTRATIO", "B", "LSTAT")], x = boston.utm[, 1], y = boston.utm[, 2])
names(b) <- tolower(names(b)); csv(b, "boston.csv")
csv(data.frame(from = rep(b$id, card(boston.soi)), to = unlist(boston.soi)), "boston-neighbours.csv")

# A lattice of 50 x 50 cells, ids by row from the first. x1, x2, e from the linear congruential generator s <- (16807 s) mod (2^31 - 1), s0 = 20261128, u = s / (2^31 - 1):
# x1 = 4 u, x2 = 2 (sum of 12 u - 6), e = sum of 12 u - 6, drawn cell by cell in that order. y = (I - 0.6 W)^-1 (1 + x1 - 0.5 x2 + 0.5 W x1 + e), W row-standardised rook contiguity. Four decimals.
k <- 50; seed <- 20261128
u <- function() (seed <<- (16807 * seed) %% 2147483647) / 2147483647
bell <- function() sum(replicate(12, u())) - 6
cells <- t(replicate(k^2, { a <- 4 * u(); b <- 2 * bell(); c(a, b, bell()) }))
cells[, 1:2] <- round(cells[, 1:2], 4)
W <- nb2mat(cell2nb(k, k), style = "W")
near <- expand.grid(column = 1:k, row = 1:k)
stopifnot(all((W > 0) == (abs(outer(near$row, near$row, "-")) + abs(outer(near$column, near$column, "-")) == 1)))
y <- solve(diag(k^2) - 0.6 * W, 1 + cells[, 1] - 0.5 * cells[, 2] + 0.5 * W %*% cells[, 1] + cells[, 3])
csv(data.frame(id = 1:k^2, row = near$row, column = near$column, x1 = cells[, 1], x2 = cells[, 2], y = round(y, 4)), "lattice.csv")

# The states: the 48 of the example and the District of Columbia, which Cigar has. Cigar numbers the 50 states and the District in the order of their names and leaves five out.
states <- read.csv("examples/us-states/data/states.csv"); borders <- read.csv("examples/us-states/data/contiguity.csv")
dc <- "District of Columbia"
borders <- rbind(borders, data.frame(from = c(dc, dc, "Maryland", "Virginia"), to = c("Maryland", "Virginia", dc, dc)))
all51 <- sort(c(states$name, dc, "Alaska", "Hawaii"), method = "radix")
data(Cigar); numbers <- sort(unique(Cigar$state))
names <- sort(c(states$name, dc), method = "radix")
table <- data.frame(name = names, cigar = ifelse(match(names, all51) %in% numbers, match(names, all51), NA), produc = states$produc_name[match(names, states$name)],
  longitude = states$longitude[match(names, states$name)], latitude = states$latitude[match(names, states$name)])
table[table$name == dc, c("longitude", "latitude")] <- c(-77.0369, 38.9072)
stopifnot(sum(!is.na(table$cigar)) == 46)
write.csv(table, to("us-states.csv"), row.names = FALSE, quote = FALSE, na = "")
csv(borders[order(match(borders$from, names), match(borders$to, names)), ], "us-contiguity.csv")
# Is Cigar's numbering so, and are its neighbours these? pimin is the lowest price in the adjoining states: it must be the price of one of them (of a state that is in Cigar).
one <- Cigar[order(Cigar$state, Cigar$year), ]; price <- matrix(one$price, 30); pimin <- matrix(one$pimin, 30)
hit <- sapply(seq_along(numbers), function(i) {
  near <- match(table$cigar[match(borders$to[borders$from == table$name[match(numbers[i], table$cigar)]], table$name)], numbers)
  mean(apply(price[, near[!is.na(near)], drop = FALSE], 1, min) == pimin[, i])
})
cat("share of years in which pimin is the lowest price of the neighbours, by state:", format(round(hit, 2)), "\n")
