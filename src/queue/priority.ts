const LOWEST_PRIORITY = 2_000_000

/** The queue's priority of a task, 1 the first: the longer the way to the study's end, milliseconds, the earlier. On a scale of ratios, so that it tells hours from days, and milliseconds from seconds. */
export const priorityOf = (pathMs: number): number => Math.max(1, LOWEST_PRIORITY - Math.round(100_000 * Math.log10(1 + Math.max(0, pathMs))))
