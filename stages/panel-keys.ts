/** The key columns of panels. */
import { category, integer } from "@sediment/sediment"

export const entity = category("", "the unit of observation: a province, a state")
export const year = integer("year", "the year that the data are of")
