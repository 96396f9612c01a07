import { describe, expect, it } from "@effect/vitest"
import { Effect } from "effect"
import type { Files } from "../../temporary-folder.ts"
import { bundleOf, edit, faultsOf } from "./bundled-study.ts"
import { study } from "./code-study.ts"

describe("a study is refused", () => {
  it.effect("with the compiler's faults, each with its place", () =>
    Effect.gen(function* () {
      const faults = yield* faultsOf({
        "lib/two.ts": 'import { three } from "./missing.ts"\nexport const two = three',
        "lib/shared.ts": "export const shared = (n: number => n"
      })
      expect(faults.map(({ where }) => `${where?.file}:${where?.line}`).sort()).toEqual(["lib/shared.ts:1", "lib/two.ts:1"])
      expect(faults.find(({ where }) => where?.file === "lib/two.ts")).toMatchObject({
        code: "compile",
        where: { line: 1, column: 23, text: 'import { three } from "./missing.ts"' }
      })
    })
  )
  it.effect("if it imports Effect's or the framework's inner modules, or a package that is not installed", () =>
    Effect.gen(function* () {
      const faults = yield* faultsOf({
        "lib/two.ts":
          'import * as S from "effect/Schema"\nimport { x } from "@sediment/sediment/src/dag/stage.ts"\nimport { y } from "nowhere"\nimport { z } from "@sediment/sediment/stages/none.ts"\nexport const two = [S, x, y, z]'
      })
      expect(faults.map(({ where }) => where?.line).sort()).toEqual([1, 2, 3, 4])
      expect(faults.find(({ where }) => where?.line === 1)?.message).toContain('imports Effect from "effect" alone')
    })
  )
  const make = (rest: string) => edit("stages/pair.ts", "const only", `${rest}\nconst only`)
  const wrong: ReadonlyArray<readonly [claim: string, files: Files, code: string]> = [
    [
      "if a stage is made in a function",
      { ...make('export const f = () => Stage.make("x", {} as never)'), ...edit("dag.ts", "{ third,", "{ f as third,") },
      "stage-not-top-level"
    ],
    ["if a stage is wrapped", make('const w = <A>(a: A) => a\nexport const f = w(Stage.make("x", {} as never))'), "stage-not-top-level"],
    ["if Stage.make is given another name", make('const { make } = Stage\nexport const f = make("x", {} as never)'), "stage-not-top-level"],
    ["if Stage.make is handed on", make('const make = Stage.make\nexport const f = make("x", {} as never)'), "stage-not-top-level"],
    [
      "if the framework is handed on as a whole",
      make('import * as sediment from "@sediment/sediment"\nexport const { Dag } = sediment; export const f = Dag.make("x", () => ({}))'),
      "stage-not-top-level"
    ],
    ["if a stage's name is computed", make('export const f = Stage.make(["x"][0]!, {} as never)'), "stage-name"],
    ["if two stages have one name", make('export const f = Stage.make("first", {} as never)'), "stage-duplicate"]
  ]
  it.effect.each(wrong)("%s", ([, files, code]) =>
    Effect.gen(function* () {
      const faults = yield* faultsOf(files)
      expect(faults.map((fault) => fault.code)).toEqual([code])
      expect(faults[0]!.where!.file).toMatch(/^stages\/(pair|first)\.ts$/)
      expect(faults[0]!.where!.line).toBeGreaterThan(0)
    })
  )
  it.effect("not for a stage reached through the framework's namespace", () =>
    Effect.gen(function* () {
      const { stages } = yield* bundleOf({
        ...study,
        ...make('import * as sediment from "@sediment/sediment"\nexport const f = sediment.Stage.make("x", {} as never)')
      })
      expect([...stages.keys()]).toContain("x")
    })
  )
  it.effect("with all faults together, and the way from a stage to what is forbidden", () =>
    Effect.gen(function* () {
      const faults = yield* faultsOf({ ...edit("lib/three.ts", "n + x", "n + x + Date.now()"), ...edit("lib/shared.ts", "n * x", "n * x * Math.random()") })
      expect(faults).toMatchObject([
        {
          code: "forbidden",
          where: { file: "lib/three.ts", line: 3, column: 53 },
          message: expect.stringContaining('the stage "first" reaches Date, by first -> one -> two -> three; it would bring in the clock')
        },
        { code: "forbidden", where: { file: "lib/shared.ts", line: 2 }, message: expect.stringContaining('by second -> shared (so does the stage "fourth")') }
      ])
    })
  )
  it.effect("for what runs at module level, once", () =>
    Effect.gen(function* () {
      const faults = yield* faultsOf(edit("lib/three.ts", "const x", "const now = () => Date.now()\nObject.freeze([now()])\nconst x"))
      expect(faults.map(({ message }) => message)).toEqual([expect.stringContaining("at module level, which counts for every stage: (module) -> now")])
    })
  )
  it.effect("for what the graph is made from, which is remembered", () =>
    Effect.gen(function* () {
      const faults = yield* faultsOf(edit("dag.ts", "dag }", "dag, now: Date.now() }"))
      expect(faults).toMatchObject([{ code: "forbidden", where: { file: "dag.ts", line: 5 }, message: expect.stringContaining("the study reaches Date, by ") }])
    })
  )
  it.effect("a name that nothing declares, with what may have been meant: a local one, or one of the file", () =>
    Effect.gen(function* () {
      const faults = yield* faultsOf({ ...edit("lib/three.ts", "n + x", "nn + ffloat(x)"), ...edit("dag.ts", "dag }", "dag, now: dagg }") })
      expect(faults.map(({ code, message }) => [code, message])).toEqual([
        ["undeclared", 'lib/three.ts:3:45: nothing is declared by the name nn: did you mean "n"? correct it, or import it'],
        ["undeclared", "lib/three.ts:3:50: nothing is declared by the name ffloat: correct it, or import it"],
        ["undeclared", 'dag.ts:5:86: nothing is declared by the name dagg: did you mean "Dag" or "dag"? correct it, or import it']
      ])
    })
  )
  it.effect("not for what neither a stage nor the graph reaches", () =>
    bundleOf({ ...study, ...edit("lib/three.ts", "unused = 5", "unused = () => process.env") })
  )
})
