import { type RandomEffectsFit, type RandomEffectsModel, randomEffects } from "../../../src/econometrics/random-effects/random-effects.ts"
import { type FixedEffectsFit, fixedEffects } from "../../../src/econometrics/regression/fixed-effects.ts"
import { oracleData } from "../panels.ts"
import { oracle } from "../produc.ts"

export const reference = oracle("random-effects")

const ENTITY: Readonly<Record<string, string>> = { produc: "state", grunfeld: "firm", empluk: "firm", cigar: "state", fatalities: "state" }

/** One model of the oracle: a panel, whole or with holes, its effects, how the components were estimated, and R's numbers. */
export interface OracleCase {
  readonly title: string
  readonly panel: "panels" | "unbalanced"
  readonly name: string
  readonly kind: "one_way" | "one_way_no_dummies" | "two_way"
  readonly how: "stata" | "baltagi_chang"
  readonly numbers: ReturnType<typeof oracle>
}

const cases: ReadonlyArray<OracleCase> = (["panels", "unbalanced"] as const).flatMap((panel) =>
  Object.keys(reference[panel])
    .filter((name) => name !== "left_out")
    .flatMap((name) =>
      (["one_way", "one_way_no_dummies", "two_way"] as const).flatMap((kind) =>
        Object.entries(reference[panel][name][kind]).map(([how, numbers]) => ({
          title: `${name}${panel === "unbalanced" ? " with holes" : ""}, ${kind.replaceAll("_", " ")}, ${how}`,
          panel,
          name,
          kind,
          how: how as OracleCase["how"],
          numbers
        }))
      )
    )
)

/** The models that R could estimate, and those that it could not. */
export const estimable = cases.filter(({ numbers }) => "coefficients" in numbers)
export const refused = cases.filter(({ numbers }) => !("coefficients" in numbers))

export const modelOf = ({ kind, name, panel }: OracleCase): RandomEffectsModel => {
  const { dependent, file, regressors } = reference[panel][name]
  const all = oracleData(file)
  const rows = Array.from({ length: all.rows }, (_, row) => row).filter((row) => (7 * row + 7) % 13 !== 0)
  const data = panel === "panels" ? all : oracleData(file, rows)
  return {
    dependent: data.variable(dependent),
    regressors: regressors.map(data.variable),
    entity: data.factor(ENTITY[name]!),
    year: data.factor("year"),
    effects: kind === "two_way" ? "two-way" : "one-way",
    yearDummies: kind === "one_way"
  }
}

export const randomOf = (one: OracleCase): RandomEffectsFit => randomEffects(modelOf(one), { components: one.how === "stata" ? "xtreg" : "baltagi-chang" })

/** The same model with the effects fixed. */
export const fixedOf = ({ dependent, effects, entity, regressors, year, yearDummies }: RandomEffectsModel): FixedEffectsFit =>
  fixedEffects({ dependent, regressors, effects: effects === "two-way" || yearDummies === true ? [entity, year] : [entity] })
