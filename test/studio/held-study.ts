import { existsSync } from "node:fs"
import { join } from "node:path"
import { StudyFolder } from "../cli/study-folder.ts"

/** A command that tells when it begins, and goes on for as long as it is held. */
const script = (folder: string, node: string): string => `touch '${folder}/${node}.began'
sleep 0.08
while [ -e '${folder}/${node}.hold' ]; do sleep 0.01; done
if [ -e '${folder}/${node}.fail' ]; then echo 'this was to fail' >&2; exit 1; fi
echo 'value' > output.csv
echo '1' >> output.csv
`

/** A study of which each node but the last is a command that can be held; the last reads all of them. */
export class HeldStudy extends StudyFolder {
  #edits = 0
  constructor(nodes: ReadonlyArray<string> = ["one", "two"]) {
    super({
      "dag.ts": `import { Dag } from "@sediment/sediment"
import { hold, last } from "./stages.ts"
export default Dag.make("held", (dag) => {
  const held = ${JSON.stringify(nodes)}.map((name) => dag.node(name, hold, { script: dag.source(name + ".sh") }))
  return { last: dag.node("last", last, { held }) }
})
`,
      "stages.ts": `import { File, many, number, Stage, table } from "@sediment/sediment"
import { Effect, Schema } from "effect"
const Value = table("Value", { value: number() })
export const hold = Stage.command("hold", {
  inputs: { script: File },
  params: Schema.Struct({}),
  command: ["sh", "{script}"],
  version: ["echo", "1"],
  output: Value
})
export const last = Stage.make("last", {
  inputs: { held: many(Value) },
  params: Schema.Struct({}),
  output: Value,
  run: ({ held }) => Effect.sync(() => ({ value: Float64Array.of(held.length) }))
})
`
    })
    for (const node of nodes) this.write(`${node}.sh`, script(this.path, node))
  }

  /** Has the next run execute it, and not come to an end with it. */
  hold(node: string): void {
    this.writeAll({ [`${node}.hold`]: "", [`${node}.began`]: undefined, [`${node}.sh`]: `# ${++this.#edits}\n${script(this.path, node)}` })
  }
  letGo(...nodes: ReadonlyArray<string>): void {
    for (const node of nodes) this.writeAll({ [`${node}.hold`]: undefined })
  }
  fail(node: string): void {
    this.write(`${node}.fail`, "")
  }
  async begun(node: string): Promise<void> {
    for (let i = 0; !existsSync(join(this.path, `${node}.began`)); i++) {
      if (i > 1000) throw new Error(`${node} did not begin`)
      await new Promise((done) => setTimeout(done, 10))
    }
  }
}
