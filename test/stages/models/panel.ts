import { Panel } from "../../../stages/table-types.ts"
import { usStates } from "../../econometrics/produc.ts"
import { tableOf } from "../run-stage.ts"

/** The US states as a Panel artifact, with logs; `extra` adds variables. */
export const statesPanel = (extra: Readonly<Record<string, Float64Array>> = {}, drop: ReadonlyArray<number> = []) => {
  const { lemp, lgsp, lpc, lpcap, state, unemp, year } = usStates(drop)
  const variables = [lgsp, lpcap, lpc, lemp, unemp].map(({ name, values }) => [name, { values }] as const)
  return tableOf(Panel, { entity: state, year, rest: new Map([...variables, ...Object.entries(extra).map(([name, values]) => [name, { values }] as const)]) })
}
