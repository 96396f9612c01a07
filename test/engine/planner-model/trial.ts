import type { NodeReport, RunReport } from "../../../src/engine/events.ts"
import { type EngineRun, EngineUnderTest } from "./engine-under-test.ts"
import { type Evaluation, evaluate } from "./from-scratch.ts"
import { contentOf } from "./plain-table.ts"
import type { CacheEdit } from "./random-study.ts"
import { neededIn, type StudySpec } from "./study-spec.ts"
import { TraceModel } from "./trace-model.ts"

/** How often things happened, so that a test can say that what it claims was put to the test. */
export type Tally = Record<"runs" | "ran" | "fresh" | "failed" | "blocked" | "cut off" | "lost" | "damaged" | "made good" | "shared", number>
export const newTally = (): Tally => ({ runs: 0, ran: 0, fresh: 0, failed: 0, blocked: 0, "cut off": 0, lost: 0, damaged: 0, "made good": 0, shared: 0 })

const sorted = (names: Iterable<string>): string => [...names].sort().join(", ")

/** The engine and the model side by side on one cache. */
export class Trial {
  readonly #engine = new EngineUnderTest()
  readonly #model = new TraceModel()
  readonly #tally: Tally
  /** Both ways: a name for each content, and a content for each name. */
  readonly #contents = new Map<string, string>()
  readonly #names = new Map<string, string>()
  /** The artifacts of each node, by name, when it last came out well. */
  readonly #lastGood = new Map<string, string>()
  /** Whether each run began after the one before had ended: else it is open what a node was the last time. */
  #inTurn = true
  /** What each run told, in order. */
  readonly #told: Array<RunReport> = []
  #made: ReadonlyArray<string> = []
  constructor(tally: Tally) {
    this.#tally = tally
  }

  /** Loses or damages one of the artifacts that the last run told of. */
  harm({ artifact: choice, edit }: CacheEdit): void {
    const there = this.#made.filter((artifact) => this.#engine.isThere(artifact) && !this.#model.isDamaged(this.#contents.get(artifact)!))
    const artifact = there[choice % there.length]
    if (artifact === undefined) return
    this.#tally[edit === "lose" ? "lost" : "damaged"]++
    this.#engine[edit](artifact)
    this.#model[edit](this.#contents.get(artifact)!)
  }

  /** Asks, runs, and throws with all that the engine did wrong. */
  async run(study: StudySpec): Promise<void> {
    const planned = this.#model.plan(study)
    const run = await this.#engine.run(study)
    const wrong = neededIn(study).flatMap(({ id, name }) =>
      run.plans.get(name) === planned.get(id) ? [] : [`${name}: asking says ${run.plans.get(name)}, where it is ${planned.get(id)}`]
    )
    this.#count(run)
    this.#report([...wrong, ...this.#judge([[study, run]])])
  }

  /** Runs studies at the same time, and throws with all that the engine did wrong. */
  async runTogether(studies: ReadonlyArray<StudySpec>): Promise<void> {
    this.#inTurn = false
    const runs = await Promise.all(studies.map(async (study) => [study, await this.#engine.run(study)] as const))
    for (const [, run] of runs) this.#count(run)
    this.#report(this.#judge(runs))
  }

  /** Whether artifacts are damaged that no run has met. */
  get isDamaged(): boolean {
    return [...this.#contents.values()].some((content) => this.#model.isDamaged(content))
  }
  /** Throws unless the cache holds what the model says, each artifact whole but those that are damaged, and tells of every run what that told. */
  async end(): Promise<void> {
    const expected = this.#model.artifacts().map((content) => this.#names.get(content)!)
    const found = this.#engine.artifacts()
    const wrong = sorted(expected) === sorted(found) ? [] : [`the cache holds ${sorted(found)}, where it should hold ${sorted(expected)}`]
    for (const { nodes, run } of this.#told) {
      const kept = await this.#engine.history(run)
      for (const { artifacts, node, state } of nodes) {
        const was = kept.get(node)
        const isSame = (state === "ran" || state === "fresh" || state === was?.state) && JSON.stringify(was?.artifacts) === JSON.stringify(artifacts)
        if (!isSame) wrong.push(`the history says that ${node} was ${was?.state} in ${run}, where it was ${state}, or with other artifacts`)
      }
    }
    this.#report([...wrong, ...found.flatMap((artifact) => this.#misread(artifact))])
  }
  remove(): void {
    this.#engine.remove()
  }

  #report(wrong: ReadonlyArray<string>): void {
    if (wrong.length > 0) throw new Error(wrong.join("\n"))
  }

  #misread(artifact: string): ReadonlyArray<string> {
    const content = this.#contents.get(artifact)
    const expected = content !== undefined && this.#model.isDamaged(content) ? undefined : content
    return this.#engine.contentOf(artifact) === expected ? [] : [`${artifact} holds something else than what was computed from scratch`]
  }

  #judge(runs: ReadonlyArray<readonly [StudySpec, EngineRun]>): ReadonlyArray<string> {
    this.#made = runs.flatMap(([, { report }]) => report.nodes.flatMap(({ artifacts }) => Object.values(artifacts)))
    const observed = runs.map(([study, { report }]) => {
      const states = new Map(report.nodes.map(({ node, state }) => [node, state]))
      return { study, states: new Map(neededIn(study).map(({ id, name }) => [id, states.get(name) ?? "untold"])) }
    })
    this.#told.push(...runs.map(([, { report }]) => report))
    return [...this.#model.judge(observed), ...runs.flatMap(([study, run]) => this.#compare(study, run))]
  }

  /** All that a report tells, beside which nodes ran. */
  #compare(study: StudySpec, { executed, report }: EngineRun): ReadonlyArray<string> {
    const nodes = neededIn(study)
    const evaluations = evaluate(study)
    const names = new Map(study.nodes.map(({ id, name }) => [id, name]))
    const wrong = nodes.flatMap(({ id, name }, i) => {
      const told = report.nodes[i]!
      return told.node === name ? this.#compareNode(told, evaluations.get(id)!, names) : [`${told.node}: told where ${name} should have been`]
    })
    const worked = report.nodes.filter(({ node, state }, i) => {
      const evaluation = evaluations.get(nodes[i]!.id)!
      return node === nodes[i]!.name && (state === "ran" || (evaluation.state === "failed" && evaluation.executed))
    })
    const expected = sorted(worked.map(({ node }) => node))
    if (sorted(executed) !== expected) wrong.push(`executed were ${sorted(executed)}, where it should have been ${expected}`)
    if (report.ok !== [...evaluations.values()].every(({ state }) => state === "good")) wrong.push(`the run says ok: ${report.ok}`)
    return wrong
  }

  #compareNode(
    { artifacts, blockedBy, changed, node, state, warnings, why }: NodeReport,
    evaluation: Evaluation,
    names: ReadonlyMap<number, string>
  ): ReadonlyArray<string> {
    const wrong: Array<string> = []
    const equal = (what: string, found: unknown, expected: unknown) => {
      if (JSON.stringify(found) !== JSON.stringify(expected)) wrong.push(`${node}: ${what} ${JSON.stringify(found)}, where it is ${JSON.stringify(expected)}`)
    }
    equal("blocked by", blockedBy, evaluation.state === "blocked" ? evaluation.by.map((id) => names.get(id)) : [])
    equal("has a reason:", why.length > 0, state === "ran" || state === "failed")
    if (evaluation.state !== "good") return wrong
    equal("warns", warnings, evaluation.warnings)
    equal("has outputs", sorted(Object.keys(artifacts)), sorted(Object.keys(evaluation.outputs)))
    for (const [output, artifact] of Object.entries(artifacts)) {
      const content = contentOf(evaluation.outputs[output]!)
      const isNew = !this.#contents.has(artifact)
      if (isNew) this.#contents.set(artifact, content)
      if (!this.#names.has(content)) this.#names.set(content, artifact)
      equal(`${output} is kept as`, artifact, this.#names.get(content))
      equal(`${output} holds`, this.#contents.get(artifact), content)
      if (isNew) wrong.push(...this.#misread(artifact))
    }
    const good = JSON.stringify(Object.entries(artifacts).sort())
    // What was found to be lost is made as it was, whatever the node was the last time.
    if (this.#inTurn && !why.some(({ reason }) => reason === "lost")) equal("changed", changed, state === "ran" && good !== this.#lastGood.get(node))
    this.#lastGood.set(node, good)
    return wrong
  }

  #count({ plans, report }: EngineRun): void {
    this.#tally.runs++
    for (const { node, state } of report.nodes) {
      if (state === "cancelled" || state === "skipped") continue
      this.#tally[state]++
      const plan = plans.get(node)
      if (plan === "unknown" && state === "fresh") this.#tally["cut off"]++
      if ((plan === "stale" || plan === "lost") && state === "fresh") this.#tally.shared++
      if (plan === "fresh" && state === "ran") this.#tally["made good"]++
    }
  }
}
