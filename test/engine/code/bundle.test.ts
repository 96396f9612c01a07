import { describe, expect, it } from "@effect/vitest"
import { Effect } from "effect"
import type { Files } from "../../temporary-folder.ts"
import { bundleOf, edit, fingerprints, text } from "./bundled-study.ts"
import { study } from "./code-study.ts"

const original = fingerprints(await Effect.runPromise(bundleOf(study)))
const lock = (change: (packages: Record<string, Record<string, unknown>>) => void): Files => {
  const lockfile = JSON.parse(text("package-lock.json"))
  change(lockfile.packages)
  return { "package-lock.json": JSON.stringify(lockfile) }
}
const all = ["first", "fourth", "second", "third"]

describe("an edit makes exactly these stages new", () => {
  const edits: ReadonlyArray<readonly [edit: string, files: Files, changed: ReadonlyArray<string>]> = [
    ["none", {}, []],
    ["reformat", edit("lib/one.ts", "return two(n) + 1", "return (\n\n   two( n )+1\n)"), []],
    ["add a comment", edit("lib/three.ts", "const x", "// three\n/* more */ const x"), []],
    ["rename a local", edit("lib/one.ts", /\bn\b/g, "count"), []],
    ["rename a module's const", edit("lib/three.ts", /\bx\b/g, "offset"), []],
    ["rename an exported helper", { ...edit("lib/two.ts", /\bthree\b(?!\.)/g, "addThree"), ...edit("lib/three.ts", "three =", "addThree =") }, []],
    [
      "rename a stage's const",
      { ...edit("stages/first.ts", "const first", "const reading"), ...edit("dag.ts", "{ first } from", "{ reading as first } from") },
      []
    ],
    ["rename so that names collide across files", edit("lib/shared.ts", /\bx\b/g, "three"), []],
    ["change a type", edit("lib/one.ts", "readonly text: string", "readonly text: number; readonly more: boolean"), []],
    ["add a type annotation", edit("lib/one.ts", "const n =", "const n: number ="), []],
    ["drop an unused export", edit("lib/three.ts", "export const unused = 5\n", ""), []],
    ["add an unused helper", edit("lib/three.ts", "const x = 3", "export const more = () => x\nconst x = 3"), []],
    [
      "say how a stage is run",
      {
        "stages/first.ts": text("stages/first.ts")
          .replace("import { Effect,", "import { Schedule, Effect,")
          .replace("{ inputs: {},", '{ retry: Schedule.recurs(2), inputs: {}, timeout: "5 minutes", "concurrency": 2,')
      },
      []
    ],
    [
      "say it by helpers, one of which changes a list of its own",
      {
        "lib/patience.ts":
          "const steps = (n) => { const all = []; all.push(n); return all }\nexport const patience = steps(3)\nexport const limit = () => new Date(0)",
        "stages/pair.ts": `import { patience, limit } from "../lib/patience.ts"\n${text("stages/pair.ts").replace('"third", {', '"third", { retry: patience, timeout: limit(),')}`
      },
      []
    ],
    ["give a stage another property", edit("stages/second.ts", "{ inputs: {},", '{ inputs: {}, ["timeout"]: 5, note: "x",'), ["second"]],
    [
      "change a helper that also says how a stage is run",
      { ...edit("lib/shared.ts", "x = 7", "x = 8"), ...edit("stages/second.ts", "{ inputs: {},", "{ inputs: {}, timeout: shared(1),") },
      ["fourth", "second"]
    ],
    ["reorder imports", edit("stages/first.ts", /^(import.*\n)(import.*\n)(import.*\n)(import.*\n)/, "$4$3$2$1"), []],
    ["reorder the study's imports", edit("dag.ts", /^(import.*\n)(import.*\n)(import.*\n)(import.*\n)/, "$4$3$2$1"), []],
    ["reorder declarations", edit("lib/three.ts", /^(.*)\n(.*)\n(.*)\n/, "$3\n$2\n$1\n"), []],
    ["const for let", edit("lib/three.ts", "const x", "let x"), []],
    [
      "move a helper to another file",
      { "lib/deep/arithmetic.ts": text("lib/three.ts"), "lib/three.ts": undefined, ...edit("lib/two.ts", "./three.ts", "./deep/arithmetic.ts") },
      []
    ],
    [
      "move a helper into the file that uses it",
      {
        "lib/two.ts": `const x = 3\nconst three = (n: number): number => n + x\nexport function two(n: number): number { return three(n) * 2 }`,
        "lib/three.ts": undefined
      },
      []
    ],
    [
      "move a stage to another file",
      { "stages/renamed.ts": text("stages/second.ts"), "stages/second.ts": undefined, ...edit("dag.ts", "second.ts", "renamed.ts") },
      []
    ],
    ["re-export a helper", { "lib/three.ts": 'export * from "./impl.ts"', "lib/impl.ts": text("lib/three.ts") }, []],
    ["edit the study's wiring", edit("dag.ts", "({ first,", "({ again: first, first,"), []],
    ["reformat JSON", { "lib/settings.json": '{"tolerance":1e-3,"steps":[1,\n2]}' }, []],
    ["change a helper three imports away", edit("lib/three.ts", "n + x", "n - x"), ["first"]],
    ["change a number three imports away", edit("lib/three.ts", "x = 3", "x = 4"), ["first"]],
    ["change a helper of two stages", edit("lib/shared.ts", "x = 7", "x = 8"), ["fourth", "second"]],
    ["change a helper of one of two stages in a file", edit("stages/pair.ts", "x + 3", "x + 4"), ["third"]],
    ["change the other stage in a file", edit("stages/pair.ts", "shared(4)", "shared(5)"), ["fourth"]],
    ["change a string", edit("stages/first.ts", 'read("a")', 'read("b")'), ["first"]],
    ["change a stage's name", edit("stages/first.ts", '"first"', '"reading"'), ["first", "reading"]],
    ["change JSON", { "lib/settings.json": '{ "tolerance": 0.002, "steps": [1, 2] }' }, ["second"]],
    ["another version of a package", lock((packages) => Object.assign(packages["node_modules/reader"]!, { version: "1.0.1" })), ["first"]],
    ["other content of a package", lock((packages) => Object.assign(packages["node_modules/reader"]!, { integrity: "sha512-else" })), ["first"]],
    ["another version of what a package needs", lock((packages) => Object.assign(packages["node_modules/decoder"]!, { version: "1.2.0" })), ["first"]],
    ["another version of a package that no stage imports", lock((packages) => Object.assign(packages["node_modules/other"]!, { version: "2.0.0" })), []],
    [
      "another package's function of the same name",
      edit("stages/first.ts", 'import { read } from "reader"', 'import { other as read } from "other"'),
      ["first"]
    ],
    ["a side effect at module level", edit("lib/three.ts", "const x", "Object.freeze(Array.prototype)\nconst x"), all],
    ["an assignment at module level", edit("lib/three.ts", "const x = 3", "let x = 3\nx = 4"), all],
    ["an initialiser that writes elsewhere", edit("lib/shared.ts", "const x = 7", "const list = [7]\nexport const n = list.push(8)\nconst x = 7"), all],
    [
      "a call that is there for its effect",
      edit("lib/shared.ts", "const x = 7", "const log: Array<number> = []\nconst note = () => log.push(1)\nconst unused = note()\nconst x = 7"),
      all
    ],
    [
      "a call that is there for what an inner function does",
      edit("lib/shared.ts", "const x = 7", "let n = 0\nconst note = () => (() => { n++ })()\nconst unused = note()\nconst x = 7"),
      all
    ],
    [
      "an unused constant made by a helper that changes nothing",
      edit("lib/shared.ts", "const x = 7", "const make = (n: number) => { let m = n; m += 1; return { m } }\nexport const unused = make(1)\nconst x = 7"),
      []
    ],
    ["a package imported for its effect", edit("lib/shared.ts", "const x = 7", 'import "other"\nconst x = 7'), all],
    [
      "an unused table type",
      edit("stages/pair.ts", "const only", "export const Unused = Schema.Struct({ a: Schema.String }).pipe(Schema.optional)\nconst only"),
      []
    ]
  ]
  it.effect.each(edits)("%s", ([, files, changed]) =>
    Effect.gen(function* () {
      const now = fingerprints(yield* bundleOf({ ...study, ...files }))
      const names = [...new Set([...Object.keys(original), ...Object.keys(now)])]
      expect(names.filter((name) => original[name] !== now[name]).sort()).toEqual(changed)
    })
  )
  it.effect("a changed module-level effect changes all, and changing it back changes all back", () =>
    Effect.gen(function* () {
      const withEffect = (n: number) =>
        bundleOf({ ...study, ...edit("lib/three.ts", "const x", `Object.freeze([${n}])\nconst x`) }).pipe(Effect.map(fingerprints))
      const [one, two, again] = [yield* withEffect(1), yield* withEffect(2), yield* withEffect(1)]
      expect(all.every((name) => one[name] !== two[name])).toBe(true)
      expect(again).toEqual(one)
    })
  )
  it.effect("another folder changes nothing", () => Effect.map(bundleOf(study), (bundle) => expect(fingerprints(bundle)).toEqual(original)))
})

describe("a package that is imported where it is needed", () => {
  const later = {
    "lib/three.ts": `const x = 3
const reading = () => import("reader").then(({ read }) => read("a"))
export const three = (n: number): number => n + x + reading.length
`,
    ...edit("stages/first.ts", 'import { read } from "reader"', "const read = (text: string) => [text]")
  }
  it.effect("counts for the stages that reach the import, however many files away", () =>
    Effect.gen(function* () {
      const newer = lock((packages) => Object.assign(packages["node_modules/decoder"]!, { version: "1.2.0" }))
      const before = yield* bundleOf({ ...study, ...later })
      const [one, two] = [fingerprints(before), fingerprints(yield* bundleOf({ ...study, ...later, ...newer }))]
      expect(all.filter((name) => one[name] !== two[name])).toEqual(["first"])
      expect(before.stages.get("first")!.packages.map(({ name }) => name)).toEqual(["decoder", "reader"])
      expect(before.imports.map(({ file, specifier }) => [specifier, file?.endsWith("node_modules/reader/index.js")])).toContainEqual(["reader", true])
    })
  )
})

describe("what esbuild rewrites", () => {
  /** Which stages differ where `first` uses one helper file or another. */
  const changedBetween = (use: string, before: Files, after: Files, useAfter = use) =>
    Effect.gen(function* () {
      const stage = (imports: string) => `${imports}\nimport { Effect, Schema } from "effect"\nimport { Stage } from "@sediment/sediment"
export const first = Stage.make("first", { inputs: {}, params: Schema.Struct({}), output: {} as never, run: () => Effect.promise(async () => use() as never) })`
      const old = fingerprints(yield* bundleOf({ ...study, ...before, "stages/first.ts": stage(use) }))
      const now = fingerprints(yield* bundleOf({ ...study, ...after, "stages/first.ts": stage(useAfter) }))
      return Object.keys(old).filter((name) => old[name] !== now[name])
    })
  const helper = 'import { h } from "../lib/h.ts"\nconst use = () => h()'
  const whole = 'import * as ns from "../lib/h.ts"\nconst use = () => Object.values(ns)'
  const lazy = 'const use = () => import("../lib/h.ts")'
  const common = 'import h from "../lib/h.cjs"\nconst use = () => h()'
  const cases: ReadonlyArray<readonly [claim: string, use: string, before: Files, after: Files, changed: ReadonlyArray<string>, useAfter?: string]> = [
    [
      "an enum's value counts",
      helper,
      { "lib/h.ts": "enum K { A = 1, B }\nexport const h = () => K.B" },
      { "lib/h.ts": "enum K { A = 2, B }\nexport const h = () => K.B" },
      ["first"]
    ],
    [
      "an enum's name does not",
      helper,
      { "lib/h.ts": "enum K { A = 1, B }\nexport const h = () => Object.keys(K)" },
      { "lib/h.ts": "enum L { A = 1, B }\nexport const h = () => Object.keys(L)" },
      []
    ],
    [
      "a class's name and order do not",
      helper,
      { "lib/h.ts": "class A { static a() { return new A() } }\nclass B {}\nexport const h = () => [A.a(), B]" },
      { "lib/h.ts": "class B {}\nclass C { static a() { return new C() } }\nexport const h = () => [C.a(), B]" },
      []
    ],
    [
      "a parameter property counts",
      helper,
      { "lib/h.ts": "class A { constructor(readonly a = 1) {} }\nexport const h = () => new A()" },
      { "lib/h.ts": "class A { constructor(a = 1) {} }\nexport const h = () => new A()" },
      ["first"]
    ],
    [
      "a namespace used as a value counts with all that it exports",
      whole,
      { "lib/h.ts": "export const a = 1, b = 2" },
      { "lib/h.ts": "export const a = 1, b = 3" },
      ["first"]
    ],
    ["but not the order of its exports", whole, { "lib/h.ts": "export const a = 1, b = 2" }, { "lib/h.ts": "export const b = 2, a = 1" }, []],
    ["a module that is imported lazily counts", lazy, { "lib/h.ts": "export const a = 1" }, { "lib/h.ts": "export const a = 2" }, ["first"]],
    [
      "but not where it stands",
      lazy,
      { "lib/h.ts": "export const a = 1" },
      { "lib/moved/h.ts": "export const a = 1" },
      [],
      lazy.replace("lib/h", "lib/moved/h")
    ],
    ["a CommonJS module counts", common, { "lib/h.cjs": "module.exports = () => 1" }, { "lib/h.cjs": "module.exports = () => 2" }, ["first"]],
    [
      "but not where that stands",
      common,
      { "lib/h.cjs": "module.exports = () => 1" },
      { "lib/moved/h.cjs": "module.exports = () => 1" },
      [],
      common.replace("lib/h", "lib/moved/h")
    ],
    [
      "a decorator counts",
      helper,
      { "lib/h.ts": "const d = (): any => 1\n@d class A {}\nexport const h = () => A" },
      { "lib/h.ts": "const d = (): any => 2\n@d class A {}\nexport const h = () => A" },
      all
    ]
  ]
  it.effect.each(cases)("%s", ([, use, before, after, changed, useAfter]) =>
    Effect.map(changedBetween(use, before, after, useAfter), (found) => expect(found.sort()).toEqual(changed))
  )
})
