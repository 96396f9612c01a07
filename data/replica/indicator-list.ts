/** The indicators of Table 2 as the replica makes them: their ranges, and what they go with. */

export type Dimension = "amt" | "amm" | "amw" | "gam" | "ame"
export interface Indicator {
  readonly name: string
  readonly dimension: Dimension
  readonly negative: boolean
  /** Its logarithm enters the index. */
  readonly ln: boolean
  readonly lowest: number
  readonly highest: number
  readonly decimals: number
  /** How much of its own part goes with the year, and with the province's employment and wealth. */
  readonly trend: number
  readonly size: number
  readonly wealth: number
  /** How far it follows the composite's path beside the others. */
  readonly response: number
}
// Table 5 has coagglo in every sub-index: those whose indicators have most room would else take it all.
const RESPONSE: Readonly<Record<Dimension, number>> = { amt: 1.6, amm: 0.5, amw: 1.5, gam: 0.5, ame: 1.4 }
// Employment and wages go their own way, almost.
export const SLOW = 0.1
const indicator = (
  name: string,
  dimension: Dimension,
  [lowest, highest]: readonly [number, number],
  { decimals = 2, ln = false, negative = false, response = RESPONSE[dimension], size = 0, trend = 0, wealth = 0 }: Partial<Indicator> = {}
): Indicator => ({ name, dimension, negative, ln, lowest, highest, decimals, trend, size, wealth, response })

// Ranges that a yearbook could print.
export const INDICATORS: ReadonlyArray<Indicator> = [
  indicator("new_product_share", "amt", [0.3, 42], { trend: 0.4 }),
  indicator("research_enterprise_share", "amt", [0.8, 54], { trend: 0.6 }),
  indicator("rd_revenue_share", "amt", [0.05, 3.1], { decimals: 3, trend: 0.6 }),
  indicator("self_funded_rd_share", "amt", [58, 99]),
  indicator("inventory_turnover", "amm", [1.9, 16], { trend: 0.4 }),
  indicator("cost_profit_ratio", "amm", [-1.5, 29], { trend: -0.2 }),
  indicator("equity_ratio", "amm", [22, 68]),
  indicator("debt_asset_ratio", "amm", [38, 79], { negative: true, trend: 0.2 }),
  indicator("total_assets_contribution", "amm", [1.4, 33]),
  indicator("manufacturing_employment", "amw", [7200, 13600000], { decimals: 0, ln: true, size: 1.6, trend: 0.1, response: SLOW }),
  indicator("average_wage", "amw", [9800, 158000], { decimals: 0, ln: true, trend: 1, size: -0.8, wealth: 0.5, response: SLOW }),
  indicator("high_educated_rd_share", "amw", [14, 81], { trend: 0.6 }),
  indicator("rd_personnel_share", "amw", [0.08, 4.6], { decimals: 3, trend: 0.5 }),
  indicator("wastewater_compliance", "gam", [31, 100], { trend: 0.9 }),
  indicator("so2_compliance", "gam", [24, 100], { trend: 0.9 }),
  indicator("pm_compliance", "gam", [42, 100], { trend: 0.8 }),
  indicator("solid_waste_utilization", "gam", [18, 100], { trend: 0.3 }),
  indicator("capital_preservation", "ame", [84, 172]),
  indicator("value_added_rate", "ame", [17, 64], { trend: -0.2 }),
  indicator("operating_profit_share", "ame", [-2.2, 27]),
  indicator("main_business_profit", "ame", [21000000, 1260000000000], { decimals: 0, ln: true, size: 0.8, trend: 0.6 })
]
export const DIMENSIONS: ReadonlyArray<Dimension> = ["amt", "amm", "amw", "gam", "ame"]
/** Which indicators are in the dimension, by their place in INDICATORS. */
export const membersOf = (dimension: Dimension): ReadonlyArray<number> => INDICATORS.flatMap((one, m) => (one.dimension === dimension ? [m] : []))
