import type { EntityGroups, GroupedModel } from "../../../src/econometrics/groups/grouped-sample.ts"
import { panelIndex } from "../../../src/econometrics/sample/panel-index.ts"
import { oracleData } from "../panels.ts"
import { oracle } from "../produc.ts"

/** What test/oracle/group-difference.R wrote. */
export const reference = oracle("group-difference")

const divisions: Readonly<Record<string, ReadonlyArray<number>>> = reference.regions

/** The four census regions of the US states, or groups of divisions as given; states in none of them are in no group. */
export const groupedStates = (
  sample: "balanced" | "unbalanced",
  regressors: ReadonlyArray<string>,
  controls: ReadonlyArray<string>,
  groups: Readonly<Record<string, ReadonlyArray<number>>> = divisions
): GroupedModel => {
  const rows = Array.from({ length: 816 }, (_, row) => row).filter((row) => sample === "balanced" || (row * 7 + 7) % 13 !== 0)
  const data = oracleData("data/produc.csv", rows)
  const state = data.text("state")
  const division = new Map(data.text("region").map((text, i) => [state[i]!, Number(text)]))
  const index = panelIndex(state, data.text("year").map(Number))
  const names = Object.keys(groups)
  const of: EntityGroups["of"] = Int32Array.from(index.entities, (name) => names.findIndex((group) => groups[group]!.includes(division.get(name)!)))
  return {
    index,
    dependent: data.variable("log(gsp)"),
    regressors: regressors.map(data.variable),
    controls: controls.map(data.variable),
    groups: { names, of }
  }
}
