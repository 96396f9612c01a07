import type { Stream } from "../../stats/random.ts"

/**
 * Predictive mean matching (Rubin 1986, Journal of Business & Economic Statistics 4; Little 1988, ibid. 6; van Buuren 2018, Flexible Imputation of Missing Data, 3.4, type 1): of the rows with a value, the `donors`
 * whose prediction is nearest to this one; one of them at random. Returns its position among `predicted`.
 */
export const drawDonor = (predicted: Float64Array, target: number, donors: number, random: Stream): number => {
  const nearest: Array<{ readonly at: number; readonly distance: number }> = []
  predicted.forEach((value, at) => {
    const distance = Math.abs(value - target)
    if (nearest.length === donors && distance >= nearest[donors - 1]!.distance) return
    let place = nearest.length
    while (place > 0 && nearest[place - 1]!.distance > distance) place--
    nearest.splice(place, 0, { at, distance })
    if (nearest.length > donors) nearest.pop()
  })
  return nearest[random.integer(nearest.length)]!.at
}
