/** One process of the benchmark: fits the panel in a file as often as asked and prints times, memory and results as JSON. */

import { fixedEffects } from "../../src/econometrics/regression/fixed-effects.ts"
import { factor } from "../../src/econometrics/sample/factor.ts"
import { readPanel } from "./panel.ts"

const [file = "", rounds = "5"] = process.argv.slice(2)
const panel = readPanel(file)
const regress = () =>
  fixedEffects({
    dependent: { name: "y", values: panel.y },
    regressors: panel.x.map((values, j) => ({ name: `x${j + 1}`, values })),
    effects: [factor("entity", panel.entity), factor("year", panel.year)]
  })
const times: Array<{ readonly wall: number; readonly cpu: number }> = []
let result: ReturnType<typeof regress> | undefined
for (let round = 0; round < Number(rounds); round++) {
  const cpu = process.cpuUsage()
  const wall = performance.now()
  result = regress()
  const used = process.cpuUsage(cpu)
  times.push({ wall: (performance.now() - wall) / 1e3, cpu: (used.user + used.system) / 1e6 })
}
const { coefficients, inference } = result!
process.stdout.write(
  JSON.stringify({
    times,
    /** The most that the process held, the file it read included. */
    peakMiB: process.resourceUsage().maxRSS / 1024,
    dataMiB: (panel.rows * (panel.x.length + 3) * 8) / 2 ** 20,
    coefficients: [...coefficients],
    errors: [...inference.stdError]
  })
)
