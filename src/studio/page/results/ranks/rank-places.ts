import type { PanelSeries } from "../../../messages/results.ts"
import { yearOf } from "../panel.ts"

/** The entities of each year from the largest value to the smallest; equal ones by name. Who has no value in a year is not among them. */
export const orderByYear = (panel: PanelSeries): ReadonlyArray<ReadonlyArray<number>> =>
  panel.years.map((year) => {
    const values = yearOf(panel, year)
    return [...values.keys()]
      .filter((entity) => values[entity] !== null)
      .sort((a, b) => values[b]! - values[a]! || panel.entities[a]!.localeCompare(panel.entities[b]!))
  })

/** Where each entity stands in each year, from 0; null where it has no value, or stands below the last place that is shown. */
export const placesOf = (panel: PanelSeries, orders: ReadonlyArray<ReadonlyArray<number>>, shown: number): ReadonlyArray<ReadonlyArray<number | null>> => {
  const places = panel.entities.map(() => new Array<number | null>(panel.years.length).fill(null))
  for (const [year, order] of orders.entries()) for (const [place, entity] of order.slice(0, shown).entries()) places[entity]![year] = place
  return places
}
