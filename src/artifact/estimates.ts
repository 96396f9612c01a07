/** How estimates are told from other tables and terms. */

/** The table types whose rows are estimates of terms. */
export const ESTIMATE_TYPES: ReadonlySet<string> = new Set(["Estimates", "Effects", "OrderEffects"])

/** Whether a term is the constant of a model: of that, neither sign nor stars mean something. */
export const isIntercept = (term: string): boolean => /^\((constant|intercept)\)$/i.test(term)
