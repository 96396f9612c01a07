import { type PathModel, pathVariables } from "../bootstrap/path-model.ts"
import { requireColumns } from "../linear/given-columns.ts"
import { interaction, interactionScale } from "../sample/interaction.ts"
import { effectName } from "./effect.ts"
import { ALL_PATHS, moderatedPaths, pathFaults } from "./moderated-path.ts"
import type { ModerationModel, ModerationOptions } from "./moderation.ts"
import { conditionalTerm, contrasts, moderatorValues, PERCENTILES, valueFaults } from "./moderator-values.ts"

/** Where base and slope of a path are among the parameters; no slope where it is not moderated. */
interface Place {
  readonly base: number
  readonly slope: number | undefined
}

/**
 * The conditional effects of a moderated mediation, their differences and the index, named as `moderation` names them, as functions of its equations' slopes. The
 * moderator's values are those of the sample and do not change with the resample.
 */
export const moderationPaths = (
  { controls, index, mediator, moderator, outcome, treatment }: ModerationModel,
  options: Pick<ModerationOptions, "moderated" | "values" | "tolerance"> = {}
): PathModel => {
  requireColumns({ variables: [outcome, treatment, mediator, moderator, ...controls], rows: index.rows }, [
    ...pathFaults(options.moderated),
    ...valueFaults(options.values)
  ])
  const moderated = moderatedPaths(options.moderated ?? ALL_PATHS)
  const choice = options.values ?? { percentiles: PERCENTILES }
  // Products of centred variables keep the cross-products well conditioned; conditional effects do not depend on the centres.
  const xm = interaction(treatment, moderator, "centred")
  const um = interaction(mediator, moderator, "centred")
  const { centre } = interactionScale("centred", moderator.values)
  const withXm = moderated.first || moderated.direct
  const essential = [moderator, treatment, ...(withXm ? [xm] : []), mediator, ...(moderated.second ? [um] : [])]
  const { controls: z, ...columns } = pathVariables(index, controls, essential, outcome, options)
  const at = (variable: { readonly name: string }): number => z + essential.findIndex(({ name }) => name === variable.name)
  const before = Array.from({ length: z + 2 }, (_, i) => i)
  const first = [at(treatment), ...(moderated.first ? [at(xm)] : [])]
  const direct = [at(treatment), ...(moderated.direct ? [at(xm)] : [])]
  const second = [at(mediator), ...(moderated.second ? [at(um)] : [])]
  const a: Place = { base: 0, slope: moderated.first ? 1 : undefined }
  const c: Place = { base: first.length, slope: moderated.direct ? first.length + 1 : undefined }
  const b: Place = { base: first.length + direct.length, slope: moderated.second ? first.length + direct.length + 1 : undefined }
  const P = first.length + direct.length + second.length

  const values = moderatorValues(moderator, choice)
  const pairs = contrasts(values, choice)
  const [x, m] = [treatment.name, moderator.name]
  const slopeOf = ({ base, slope }: Place, p: Float64Array, value: number): number => p[base]! + (slope === undefined ? 0 : p[slope]! * (value - centre))
  /** Adds `by` times a path's derivatives at a value to row j. */
  const derive = (into: Float64Array, j: number, { base, slope }: Place, value: number, by: number): void => {
    into[j * P + base] = into[j * P + base]! + by
    if (slope !== undefined) into[j * P + slope] = into[j * P + slope]! + by * (value - centre)
  }
  interface Part {
    readonly value: number
    readonly sign: number
  }
  const parts = [
    ...values.map((v) => ({ term: conditionalTerm(x, m, v), of: [{ value: v.value, sign: 1 }] })),
    ...pairs.map(([later, earlier]) => ({
      term: conditionalTerm(x, m, later, earlier),
      of: [
        { value: later.value, sign: 1 },
        { value: earlier.value, sign: -1 }
      ]
    }))
  ]
  const ofDirect: typeof parts = moderated.direct ? parts : [{ term: x, of: [{ value: centre, sign: 1 }] }]
  const linear = moderated.first !== moderated.second
  // The index is the difference of the indirect effect, linear in the moderator, over one unit of it.
  const ofIndex: ReadonlyArray<Part> = [
    { value: centre + 1, sign: 1 },
    { value: centre, sign: -1 }
  ]
  const indirect = [...parts.map(({ of }) => of), ...(linear ? [ofIndex] : [])]
  return {
    ...columns,
    designs: [
      { regressors: [...before, ...first.slice(1)], responses: [at(mediator)], wanted: first },
      { regressors: [...before, ...direct.slice(1), ...second], responses: [z + essential.length], wanted: [...direct, ...second] }
    ],
    names: [
      ...parts.map(({ term }) => effectName({ term, effect: "indirect" })),
      ...(linear ? [effectName({ term: `${x} | ${m}`, effect: "index" })] : []),
      ...ofDirect.map(({ term }) => effectName({ term, effect: "direct" }))
    ],
    values: (p, into) => {
      let j = 0
      for (const of of indirect) {
        let sum = 0
        for (const { sign, value } of of) sum += sign * slopeOf(a, p, value) * slopeOf(b, p, value)
        into[j++] = sum
      }
      for (const { of } of ofDirect) {
        let sum = 0
        for (const { sign, value } of of) sum += sign * slopeOf(c, p, value)
        into[j++] = sum
      }
    },
    jacobian: (p, into) => {
      let j = 0
      for (const of of indirect) {
        for (const { sign, value } of of) {
          derive(into, j, a, value, sign * slopeOf(b, p, value))
          derive(into, j, b, value, sign * slopeOf(a, p, value))
        }
        j++
      }
      for (const { of } of ofDirect) {
        for (const { sign, value } of of) derive(into, j, c, value, sign)
        j++
      }
    }
  }
}
