import { describe, expect, it } from "@effect/vitest"
import { Effect } from "effect"
import { bundleStudy } from "../../../src/engine/code/bundle.ts"
import { TemporaryFolder } from "../../temporary-folder.ts"
import { study } from "./code-study.ts"

const stage = (name: string, use: string) => `import * as h from "../lib/h.ts"
import { Effect, Schema } from "effect"
import { Stage } from "@sediment/sediment"
export const ${name} = Stage.make("${name}", { inputs: {}, params: Schema.Struct({}), output: {} as never, run: () => Effect.succeed({ x: ${use} } as never) })
`
/** The fingerprints of the stages where `first` uses one thing of a helper's file, and `second` another. */
const fingerprints = (helper: string, first: string, second: string) => {
  const folder = new TemporaryFolder({ ...study, "lib/h.ts": helper, "stages/first.ts": stage("first", first), "stages/second.ts": stage("second", second) })
  return bundleStudy(folder.at("dag.ts"), () => {}).pipe(
    Effect.map(({ stages }) => new Map([...stages].map(([name, { fingerprint }]) => [name, fingerprint]))),
    Effect.ensuring(Effect.sync(() => folder.remove()))
  )
}
const changedBetween = (before: string, after: string, first: string, second: string) =>
  Effect.gen(function* () {
    const old = yield* fingerprints(before, first, second)
    const now = yield* fingerprints(after, first, second)
    return [...old.keys()].filter((name) => old.get(name) !== now.get(name))
  })

describe("what one stage's helper does to a list when it is loaded counts for the stage that reads the list, be it done", () => {
  const list = "export const t = [1]\n"
  const ways: ReadonlyArray<readonly [way: string, helper: string]> = [
    ["by a function on the spot", `${list}export const n = (() => { t.push(2); return 3 })()`],
    ["by a function of the file", `${list}function fill() { t.push(2); return 3 }\nexport const n = fill()`],
    ["by a function that calls another", `${list}const add = () => t.push(2)\nconst fill = () => add()\nexport const n = [fill()]`],
    ["by a method called by a string", `${list}export const n = t["push"](2)`],
    ["by a prototype's method", `${list}export const n = Array.prototype.push.call(t, 2)`],
    ["by a callback that a standard method calls", `${list}export const n = [2].map((x) => t.push(x))`],
    ["by a callback that a standard function calls", `${list}export const n = Array.from([2], (x) => t.push(x))`],
    ["by a static block", `${list}export class n { static { t.push(2) } }`],
    ["by a static method", `${list}class K { static go() { t.push(2); return 3 } }\nexport const n = K.go()`],
    ["by a constructor", `${list}class K { n = 3; constructor() { t.push(2) } }\nexport const n = new K()`],
    ["by a getter", `${list}const o = { get g() { t.push(2); return 3 } }\nexport const n = o.g`],
    ["by a getter whose value nobody uses", `${list}const o = { get g() { t.push(2); return 3 } }\nconst unused = o.g\nexport const n = 1`],
    ["by a template's tag", `${list}const tag = (_: TemplateStringsArray) => { t.push(2); return 3 }\nexport const n = tag\`x\``],
    ["by a setter of a view", "export const t = new DataView(new ArrayBuffer(8))\nexport const n = [t.setInt8(0, 2)]"],
    ["by an iterator's next", "export const t = [1, 2, 3].values()\nexport const n = [t.next(), 2].slice(2)"]
  ]
  it.effect.each(ways)("%s", ([, helper]) =>
    Effect.gen(function* () {
      const edited = helper.replace(/2(?=\D*$)|push\(2\)|\[2\]|, 2\)/, (it) => it.replace("2", "5"))
      expect(edited).not.toBe(helper)
      expect(yield* changedBetween(helper, edited, "h.n", "h.t")).toEqual(expect.arrayContaining(["first", "second"]))
    })
  )
})

describe("where something is changed as it is loaded", () => {
  const changes: ReadonlyArray<readonly [what: string, state: string, change: string]> = [
    ["a statement", "const t = [1]\n", "t.push(2)\n"],
    ["an assignment", "let t = [1]\n", "t = [3, 4]\n"],
    ["another initialiser", "const t = [1]\n", "export const m = t.push(2)\n"],
    ["a function that is called", "const t = [1]\nconst fill = () => t.push(2)\n", "export const m = fill()\n"]
  ]
  it.effect.each(changes)("its place before or after who reads it then counts: %s", ([, state, change]) =>
    Effect.gen(function* () {
      const reader = "export const n = t.length\n"
      expect(yield* changedBetween(state + change + reader, state + reader + change, "h.n", "1")).toContain("first")
    })
  )

  it.effect("its place among what has nothing to do with it does not", () =>
    Effect.gen(function* () {
      const state = "const t = [1]\nt.push(2)\nexport const n = () => t.length\n"
      const other = "const square = (x: number) => x * x\nexport const m = square(2)\n"
      expect(yield* changedBetween(state + other, other + state, "h.n()", "h.m")).toEqual([])
    })
  )
})

it.effect("a stage that keeps what it has computed, and initialisers that change only what is theirs, count for nobody else", () =>
  Effect.gen(function* () {
    const helper = (x: number, y: number) => `const known = new Map<number, number>()
export const n = (at: number) => { known.set(at, ${x}); return known.get(at) }
const indexed = (all: ReadonlyArray<string>) => all.reduce<Record<string, number>>((so, one, i) => { so[one] = i + ${y}; return so }, {})
export const m = indexed(["a", "b"])
`
    expect(yield* changedBetween(helper(1, 1), helper(2, 1), "h.n(1)", "h.m")).toEqual(["first"])
    expect(yield* changedBetween(helper(1, 1), helper(1, 2), "h.n(1)", "h.m")).toEqual(["second"])
  })
)
