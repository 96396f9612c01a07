/** From weak to strong. */
const levels = [0.1, 0.05, 0.01] as const

/** How many stars a p value has: one below 10%, two below 5%, three below 1%. A missing p (NaN) has none. */
export const starCount = (p: number): number => levels.filter((level) => p < level).length
