# Two-way fixed effects by lm and dummies, with standard errors clustered by entity as Stata's `xtreg, fe vce(cluster)` has them: base R alone.
panel <- read.csv("panel.csv")
params <- read.csv("params.csv", colClasses = "character")
param <- function(name) params$value[sub("\\[.*", "", params$parameter) == name]

y <- param("dependent")
x <- param("regressors")
panel <- panel[complete.cases(panel[c(y, x)]), ]
# Regressors first: were one collinear, lm would drop a dummy.
fit <- lm(reformulate(c(x, "factor(entity)", "factor(year)"), y), panel)

# Frisch, Waugh and Lovell: of the regressors that counts which the effects do not explain.
X <- sapply(x, function(name) residuals(lm(reformulate(c("factor(entity)", "factor(year)"), name), panel)))
n <- nrow(panel)
G <- length(unique(panel$entity))
K <- length(x) + length(unique(panel$year)) # year dummies and the constant count, the entities' effects do not
bread <- solve(crossprod(X))
meat <- crossprod(rowsum(X * residuals(fit), panel$entity))
V <- G / (G - 1) * (n - 1) / (n - K) * bread %*% meat %*% bread

estimate <- coef(fit)[x]
std_error <- sqrt(diag(V))
statistic <- estimate / std_error
out <- data.frame(term = x, estimate, std_error, statistic, p_value = 2 * pt(-abs(statistic), G - 1))
numbers <- sapply(out, is.numeric)
out[numbers] <- lapply(out[numbers], format, digits = 17)
write.csv(out, "output.csv", row.names = FALSE, quote = 1)
cat(R.version.string, "\n", n, "observations,", G, "states\n")
