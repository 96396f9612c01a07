/** What every node of a study comes to, computed plainly and from nothing: what the engine's answers are compared with. */
import { createHash } from "node:crypto"
import { Cause, Effect, Exit } from "effect"
import { type AnyStage, CurrentStage, type Fault, isTable } from "../../../src/dag/stage.ts"
import { answer, layOut, type PlainTable, view } from "./plain-table.ts"
import { codeOf, type NodeSpec, neededIn, type StudySpec, stagesIn, upstreamOf, type WireSpec, wiresInto } from "./study-spec.ts"

/** What a node asked, and what it was told. A question names an input (with the place, in a list) and what was asked of it. */
export type Answers = ReadonlyMap<string, string>
export type Evaluation =
  | { readonly state: "good"; readonly answers: Answers; readonly outputs: Readonly<Record<string, PlainTable>>; readonly warnings: ReadonlyArray<Fault> }
  | { readonly state: "failed"; readonly executed: boolean }
  | { readonly state: "blocked"; readonly by: ReadonlyArray<number> }

export const keyOf = (study: StudySpec, { params, stage }: NodeSpec): string => JSON.stringify([codeOf(study, stage), Object.entries(params).sort()])
export const textOf = (study: StudySpec, path: string): string | undefined => {
  const { content, there } = study.sources.find((source) => source.path === path)!
  return there ? JSON.stringify(content) : undefined
}
const seedOf = (study: StudySpec, { params, stage }: NodeSpec): number =>
  createHash("sha256")
    .update(JSON.stringify([study.seed, stage, params["stream"] ?? null]))
    .digest()
    .readUInt32LE(0)

/** What a question comes to today: undefined where `tableOf` does not know the input yet. */
export const answerToday = (
  study: StudySpec,
  node: NodeSpec,
  question: string,
  tableOf: (wire: Extract<WireSpec, { node: number }>) => PlainTable | undefined
): string | undefined => {
  const [input, at, asked] = JSON.parse(question) as [string, number, string]
  if (asked === "seed") return String(seedOf(study, node))
  const to = node.inputs[input]
  if (asked === "count") return String(Array.isArray(to) ? to.length : 1)
  const wire = [to ?? []].flat()[at]
  if (wire === undefined) return "no such input"
  if ("source" in wire)
    return asked === "bytes" ? (textOf(study, wire.source) ?? "no file") : (study.sources.find(({ path }) => path === wire.source)!.note ?? "")
  const table = tableOf(wire)
  return table && answer(table, asked)
}

const evaluateNode = (study: StudySpec, stage: AnyStage, node: NodeSpec, tableOf: (wire: WireSpec) => PlainTable): Evaluation => {
  const answers = new Map<string, string>()
  const warnings: Array<Fault> = []
  const notes = new Set<string>()
  const ask = (input: string, at: number, asked: string) => {
    const question = JSON.stringify([input, at, asked])
    answers.set(question, answerToday(study, node, question, tableOf)!)
  }
  const opened = (input: string, at: number, wire: WireSpec): unknown => {
    // Nobody asks for notes: they are carried on whatever the stage does.
    ask(input, at, "notes")
    if ("node" in wire) {
      const table = tableOf(wire)
      for (const note of table.notes) notes.add(note)
      return view(table, (asked) => ask(input, at, asked))
    }
    ask(input, at, "bytes")
    const { note } = study.sources.find(({ path }) => path === wire.source)!
    if (note !== undefined) notes.add(note)
    return { path: wire.source, bytes: new TextEncoder().encode(textOf(study, wire.source)) }
  }
  const inputs = Object.fromEntries(
    Object.entries(node.inputs).map(([input, to]) => {
      if (!Array.isArray(to)) return [input, opened(input, 0, to as WireSpec)]
      ask(input, 0, "count")
      return [input, to.map((wire, at) => opened(input, at, wire))]
    })
  )
  const seed = () => {
    ask("", 0, "seed")
    return seedOf(study, node)
  }
  const exit = Effect.runSyncExit(
    Effect.suspend(() => stage.run(inputs as never, node.params)).pipe(Effect.provideService(CurrentStage, { seed, warn: (warning) => warnings.push(warning) }))
  )
  if (Exit.isFailure(exit)) {
    if (Cause.hasInterrupts(exit.cause)) throw new Error("a stage was interrupted")
    return { state: "failed", executed: true }
  }
  const outputs = (isTable(stage.output) ? { output: exit.value } : exit.value) as Readonly<Record<string, Readonly<Record<string, unknown>>>>
  return { state: "good", answers, warnings, outputs: Object.fromEntries(Object.entries(outputs).map(([output, out]) => [output, layOut(out, notes)])) }
}

/** The nodes that are needed, by number. */
export const evaluate = (study: StudySpec): ReadonlyMap<number, Evaluation> => {
  const stages = stagesIn(study)
  const done = new Map<number, Evaluation>()
  for (const node of neededIn(study)) {
    const by = upstreamOf(node).filter((id) => done.get(id)!.state !== "good")
    const missing = wiresInto(node).some(([, , wire]) => "source" in wire && textOf(study, wire.source) === undefined)
    const tableOf = (wire: WireSpec): PlainTable => {
      const from = "node" in wire ? done.get(wire.node) : undefined
      if (from?.state !== "good" || !("node" in wire)) throw new Error("it has no table")
      return from.outputs[wire.output]!
    }
    done.set(
      node.id,
      by.length > 0 ? { state: "blocked", by } : missing ? { state: "failed", executed: false } : evaluateNode(study, stages[node.stage]!, node, tableOf)
    )
  }
  return done
}
