/** The table types whose rows are estimates of terms: a node that has one is a model here. */
export const ESTIMATE_TYPES: ReadonlySet<string> = new Set(["Estimates", "Effects", "OrderEffects"])
