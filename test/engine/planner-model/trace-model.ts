/**
 * What must run, by docs/store.md and docs/architecture.md: a trace is a list of questions and answers; a node is fresh when all answers of some trace of its
 * code and parameters are today's and its artifacts are there. No hashes, no index, no order of events: of what ran it only says whether it had to.
 */
import { type Answers, answerToday, type Evaluation, evaluate, keyOf } from "./from-scratch.ts"
import { contentOf } from "./plain-table.ts"
import { ancestorsOf, isLookedAt, type NodeSpec, neededIn, type StudySpec, wiresInto } from "./study-spec.ts"

/** As asking tells it: "lost" is stale, for want of an artifact only. */
export type PlanState = "fresh" | "stale" | "lost" | "unknown"
/** What the engine says became of a study; nodes by number. */
export interface Observed {
  readonly study: StudySpec
  readonly states: ReadonlyMap<number, string>
}
interface Trace {
  readonly answers: Answers
  /** Contents. */
  readonly artifacts: ReadonlyArray<string>
}
type Good = Extract<Evaluation, { state: "good" }>
/** A node in one of the studies that ran at the same time. */
interface Placed {
  readonly run: Observed
  readonly node: NodeSpec
  readonly evaluation: Evaluation
  readonly state: string
}

const artifactsOf = ({ outputs }: Good): ReadonlyArray<string> => Object.values(outputs).map(contentOf)

const contentsMade = (placed: ReadonlyArray<Placed>): ReadonlySet<string> => new Set(placed.flatMap(({ evaluation }) => artifactsOf(evaluation as Good)))

/** The artifacts that were read: as inputs of what ran or failed, and because somebody would look at them. */
const readIn = (all: ReadonlyArray<Placed>) =>
  all.flatMap(({ evaluation, node, run, state }) => {
    const looked =
      isLookedAt(run.study, node) && evaluation.state === "good" ? Object.keys(evaluation.outputs).map((output) => ({ node: node.id, output })) : []
    const inputs = state === "ran" || state === "failed" ? wiresInto(node).flatMap(([, , wire]) => ("node" in wire ? [wire] : [])) : []
    return [...looked, ...inputs].map((wire) => {
      const from = all.find((one) => one.run === run && one.node.id === wire.node)!.evaluation as Good
      return { run, ...wire, content: contentOf(from.outputs[wire.output]!) }
    })
  })

export class TraceModel {
  readonly #traces = new Map<string, Array<Trace>>()
  /** Whether the artifact of this content is whole. */
  readonly #objects = new Map<string, boolean>()

  lose(content: string): void {
    this.#objects.delete(content)
  }
  damage(content: string): void {
    this.#objects.set(content, false)
  }
  isDamaged(content: string): boolean {
    return this.#objects.get(content) === false
  }
  /** The contents of the artifacts that are there, whole or not. */
  artifacts(): ReadonlyArray<string> {
    return [...this.#objects.keys()]
  }

  /** What asking must answer: fresh; stale, when no trace can match; unknown, when that depends on inputs that are not fresh. */
  plan(study: StudySpec): ReadonlyMap<number, PlanState> {
    const evaluations = evaluate(study)
    const states = new Map<number, PlanState>()
    for (const node of neededIn(study)) {
      const today = this.#asker(study, node, evaluations, (id) => states.get(id) === "fresh")
      const possible = (this.#traces.get(keyOf(study, node)) ?? []).filter(({ answers }) =>
        [...answers].every(([question, told]) => (today(question) ?? told) === told)
      )
      const certain = possible.find(({ answers }) => [...answers.keys()].every((question) => today(question) !== undefined))
      const there = certain?.artifacts.every((content) => this.#objects.has(content))
      states.set(node.id, there ? "fresh" : certain !== undefined ? "lost" : possible.length === 0 ? "stale" : "unknown")
    }
    return states
  }

  /** Everything that the engine did and need not have done, or did not and had to, of runs that went on at the same time; and takes what they made. */
  judge(runs: ReadonlyArray<Observed>): ReadonlyArray<string> {
    const all = runs.flatMap((run): ReadonlyArray<Placed> => {
      const evaluations = evaluate(run.study)
      return neededIn(run.study).map((node) => ({ run, node, evaluation: evaluations.get(node.id)!, state: run.states.get(node.id) ?? "untold" }))
    })
    const wrong = all.flatMap((placed) => {
      const expected = this.#expected(placed, all)
      return expected.includes(placed.state) ? [] : [`${placed.node.name}: ${placed.state}, where it should have been ${expected.join(" or ")}`]
    })
    for (const { evaluation, node, run, state } of all) {
      if (state !== "ran" || evaluation.state !== "good") continue
      const key = keyOf(run.study, node)
      const artifacts = artifactsOf(evaluation)
      this.#traces.set(key, [...(this.#traces.get(key) ?? []), { answers: evaluation.answers, artifacts }])
      for (const content of artifacts) this.#objects.set(content, true)
    }
    return wrong
  }

  #asker(study: StudySpec, node: NodeSpec, evaluations: ReadonlyMap<number, Evaluation>, isKnown: (id: number) => boolean) {
    return (question: string) =>
      answerToday(study, node, question, (wire) => {
        const from = evaluations.get(wire.node)
        return isKnown(wire.node) && from?.state === "good" ? from.outputs[wire.output] : undefined
      })
  }

  #matches({ node, run }: Placed, evaluations: ReadonlyMap<number, Evaluation>, { answers }: Trace): boolean {
    const today = this.#asker(run.study, node, evaluations, () => true)
    return [...answers].every(([question, told]) => today(question) === told)
  }

  /** The states that a node may end in. It is one, but where two nodes are the same work or make the same artifact: then it may be either that does it. */
  #expected(placed: Placed, all: ReadonlyArray<Placed>): ReadonlyArray<string> {
    const { evaluation, node, run } = placed
    if (evaluation.state !== "good") return [evaluation.state]
    const evaluations = new Map(all.filter((one) => one.run === run).map((one) => [one.node.id, one.evaluation]))
    const key = keyOf(run.study, node)
    const artifacts = artifactsOf(evaluation)
    const others = all.filter((one) => one !== placed && one.state === "ran" && one.evaluation.state === "good")
    const traced = (this.#traces.get(key) ?? []).some((trace) => this.#matches(placed, evaluations, trace))
    if (!traced || !artifacts.every((content) => this.#objects.has(content))) {
      const same = (one: Placed) =>
        keyOf(one.run.study, one.node) === key && this.#matches(placed, evaluations, { answers: (one.evaluation as Good).answers, artifacts: [] })
      const doneBy = (doers: ReadonlyArray<Placed>): boolean => {
        const made = contentsMade(doers)
        return (traced || doers.some(same)) && artifacts.every((content) => this.#objects.has(content) || made.has(content))
      }
      // What it rests on was done before it was decided.
      const before = ancestorsOf(run.study, node)
      const isWhole = !artifacts.some((content) => this.isDamaged(content))
      if (isWhole && doneBy(others.filter((one) => one.run === run && before.has(one.node.id)))) return ["fresh"]
      return doneBy(others) ? ["ran", "fresh"] : ["ran"]
    }
    const made = contentsMade(others)
    // Damage is noticed where an artifact is read, and made good by whoever makes it.
    const damaged = Object.entries(evaluation.outputs).filter(([, table]) => this.isDamaged(contentOf(table)))
    const read = readIn(all)
    const isRead = (output: string) => read.some((one) => one.run === run && one.node === node.id && one.output === output)
    if (damaged.some(([output, table]) => isRead(output) && !made.has(contentOf(table)))) return ["ran"]
    // Another run that met it, or made the same, has put it aside: it may have been missing when this run looked.
    const putAside = new Set([...read.map(({ content }) => content), ...contentsMade(others.filter((one) => one.run !== run))])
    return damaged.some(([, table]) => putAside.has(contentOf(table))) ? ["ran", "fresh"] : ["fresh"]
  }
}
