import { Schema } from "effect"
import { describe, expect, it } from "vitest"
import { number } from "../../src/artifact/column.ts"
import { table } from "../../src/artifact/table-type.ts"
import { buildGraph } from "../../src/dag/build-graph.ts"
import { type Command, variableOf } from "../../src/dag/command.ts"
import { Dag, type GraphError } from "../../src/dag/dag.ts"
import { File, outputTypes, Stage } from "../../src/dag/stage.ts"

const Numbers = table("Numbers", { x: number() })
const params = Schema.Struct({})
const wired = (stage: ReturnType<typeof anyStage>, inputs: object) => {
  const study = Dag.make("study", (dag) => ({ node: dag.node("node", stage, inputs as never) }))
  return buildGraph(study, { directory: "/", replaced: new Map(), reading: () => {} }).graph
}
const anyStage = (more: { readonly command: Command["command"]; readonly environment?: ReadonlyArray<string>; readonly version?: Command["version"] }) =>
  Stage.command("any", { inputs: { script: File }, params, output: Numbers, ...more })

describe("a stage that is a command", () => {
  it("has its output, and its log beside it", () => {
    expect(Object.entries(outputTypes(anyStage({ command: ["sh", "{script}"] }))).map(([name, { name: type }]) => [name, type])).toEqual([
      ["output", "Numbers"],
      ["log", "CommandLog"]
    ])
    const several = Stage.command("several", { inputs: {}, params, output: { a: Numbers, b: Numbers }, command: ["sh"] })
    expect(Object.keys(outputTypes(several))).toEqual(["a", "b", "log"])
  })

  it("tells the graph what it asks of the machine, its version by --version unless it is told otherwise", () => {
    const script = { source: "a.sh", table: File }
    expect(wired(anyStage({ command: ["sh", "{script}"], environment: ["A", "B=1"] }), { script }).commands).toEqual({
      any: { program: "sh", version: ["sh", "--version"], environment: ["A", "B=1"], optional: false }
    })
    expect(wired(anyStage({ command: ["sh"], version: ["sh", "-c", "echo 1"] }), { script }).commands["any"]?.version).toEqual(["sh", "-c", "echo 1"])
  })

  it("is refused where it cannot be started, or where its files would have one name, with all that is wrong", () => {
    const faults = (stage: Parameters<typeof wired>[0], inputs: object) => {
      try {
        wired(stage, inputs)
        return []
      } catch (error) {
        return (error as GraphError).faults.map(({ message }) => message)
      }
    }
    const source = { source: "a.sh", table: File }
    expect(faults(anyStage({ command: ["{script}"], version: ["bin/v"], environment: ["1A"] }), { script: source })).toEqual([
      'stage any: its command begins with {script}; expected a program, to which an input is given: ["sh", "{script}"]',
      "stage any: its version begins with bin/v, a path from nowhere; expected a name that is found on the PATH, or an absolute path",
      'stage any: "1A" is no variable of the environment; expected a name such as OMP_NUM_THREADS, or NAME=value'
    ])
    const clashing = Stage.command("clashing", { inputs: { params: File, a: File }, params, output: { a: Numbers, log: Numbers }, command: ["sh"] })
    expect(faults(clashing as never, { params: source, a: source })).toEqual([
      'stage clashing: an input of a command cannot be called "params", as a file of its folder is: give it another name',
      'stage clashing: "a" is an input and an output, whose files would have one name: give one another name',
      'stage clashing: an output of a command cannot be called "log", which is what it wrote: give it another name'
    ])
  })

  it("declares variables with a value of their own, which may hold anything", () => {
    expect([variableOf("A"), variableOf("A="), variableOf("A=b=c")]).toEqual([
      { name: "A", value: undefined },
      { name: "A", value: "" },
      { name: "A", value: "b=c" }
    ])
  })
})
