import { transformSync } from "esbuild"
import { describe, expect, it } from "vitest"
import * as econometrics from "../../src/econometrics.ts"
import { entities, located, production, weights, years } from "../econometrics/us-states.ts"
import { type Block, blocksOf, titleOf } from "./blocks.ts"

type Names = Readonly<Record<string, unknown>>

/** What a block does with what is there before it: what is there after it. */
const done = ({ text }: Block, names: Names): Names => {
  const code = text.replace(/^import .*$/gm, "").replaceAll(", …]", "]")
  const declared = [
    ...[...code.matchAll(/^const (\w+)/gm)].map(([, name]) => name!),
    ...[...code.matchAll(/^const [{[]([^=]*)[}\]] =/gm)].flatMap(([, list]) => list!.match(/\w+/g) ?? [])
  ]
  const given = Object.keys(names).filter((name) => !declared.includes(name))
  const { code: script } = transformSync(`${code}\n;({ ${declared.join(", ")} })`, { loader: "ts", minifyWhitespace: false })
  const last = script.lastIndexOf("({")
  return { ...names, ...new Function(...given, `${script.slice(0, last)}return ${script.slice(last)}`)(...given.map((name) => names[name])) }
}

const [lpcap, lpc, lemp, unemp] = production.regressors as [Float64Array, Float64Array, Float64Array, Float64Array]
const variable = (name: string, values: Float64Array) => ({ name, values })
const perState = <A>(values: ReadonlyArray<A>): ReadonlyArray<A> => values.flatMap((value) => years.map(() => value))

/** A balanced panel, entity by entity, under the names that the pages use. */
const panel: Names = {
  ...econometrics,
  y: production.dependent,
  x: lpcap,
  w: lemp.map((value) => value + 1),
  firms: perState(entities),
  years: entities.flatMap(() => years),
  entity: perState(entities),
  year: Int32Array.from(entities.flatMap(() => years)),
  estimates: [1, 1.2, 0.9],
  variances: [0.1, 0.12, 0.09]
}

const x = variable("x", lpcap)
/** The same with the borders of the states as weights. */
const inSpace: Names = {
  ...panel,
  entities,
  // So near that each has a neighbour within 300 km.
  latitude: located.latitude.map((degrees) => degrees / 3),
  longitude: located.longitude.map((degrees) => degrees / 3),
  weights: weights.contiguity,
  text: "2\na 1\nb\nb 1\na\n",
  dependent: variable("y", production.dependent),
  regressors: [x],
  model: { weights: weights.contiguity, dependent: variable("y", production.dependent), regressors: [x] },
  p: variable("p", lpc),
  z: variable("z", unemp),
  outcome: variable("y", production.dependent),
  treatment: x,
  mediator: variable("u", lpc),
  moderator: variable("m", unemp)
}
/** What exploration takes: one year. */
const oneYear: Names = {
  ...inSpace,
  x: located.latitude,
  dependent: variable("y", located.longitude),
  regressors: [variable("x", located.latitude)]
}

const functions = (page: string) => blocksOf(page).filter(({ language, text }) => language === "ts" && !text.includes("dag.node"))

describe("blocks that call estimators", () => {
  let known = panel
  for (const block of functions("docs/estimators.md"))
    it(titleOf(block), () => {
      known = done(block, known)
    })
  for (const block of functions("docs/space.md"))
    it(titleOf(block), () => {
      expect(Object.keys(done(block, block.text.includes("moranPermutation") ? oneYear : inSpace)).length).toBeGreaterThan(0)
    })
})
