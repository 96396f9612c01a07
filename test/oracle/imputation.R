# What mice makes of missing values, to hold chained equations against: pooled regressions over many imputations, so that chance counts little. `norm` draws as the project's `normal` does, but for priors;
# effects of states and years are dummies there, and a multilevel regression here. Run in the repository's root: Rscript test/oracle/imputation.R writes test/oracle/imputation.json.
suppressMessages(library(mice))
library(jsonlite)
pooled <- function(imp, formula, dfcom, terms) {
  fits <- lapply(seq_len(imp$m), function(i) lm(formula, data = complete(imp, i)))
  p <- pool(as.mira(fits), dfcom = dfcom)$pooled
  p <- p[match(terms, p$term), ]
  list(terms = terms, m = imp$m, estimate = p$estimate, within = p$ubar, between = p$b)
}
# mice's own example: 25 persons, three variables with gaps.
imp <- mice(nhanes, m = 300, maxit = 10, method = "norm", seed = 1, printFlag = FALSE)
persons <- c(list(data = as.list(nhanes)), pooled(imp, chl ~ age + bmi, 22, c("(Intercept)", "age", "bmi")))

# Munnell's states: a fifth of unemployment and private capital taken out, more often where output is high for the state.
d <- read.csv("examples/us-states/data/produc.csv")
d <- d[order(d$state, d$year), ]
x <- data.frame(state = factor(d$state), year = factor(d$year), gsp = log(d$gsp), pcap = log(d$pcap), pc = log(d$pc), emp = log(d$emp), unemp = d$unemp)
set.seed(2)
high <- ave(x$gsp, x$state, FUN = function(v) as.numeric(scale(v)))
for (v in c("unemp", "pc")) x[[v]][runif(nrow(x)) < .4 * plogis(1.5 * high)] <- NA
# eps = 0: mice would leave out a predictor that another one nearly determines (output beside employment).
imp <- mice(x, m = 40, maxit = 8, method = c("", "", "", "", "norm", "", "norm"), eps = 0, seed = 3, printFlag = FALSE)
states <- c(list(state = as.character(x$state), year = as.integer(as.character(x$year)), data = as.list(x[3:7])),
  pooled(imp, gsp ~ pcap + pc + emp + unemp + state + year, 747, c("pcap", "pc", "emp", "unemp")))
write_json(list(versions = list(R = R.version.string, mice = as.character(packageVersion("mice"))), persons = persons, states = states),
  "test/oracle/imputation.json", digits = 10, auto_unbox = TRUE, na = "null")
