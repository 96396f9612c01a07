/** What a capsule's `run.mjs` runs, with nothing but Node and what stands in its folder. */
import { hash } from "node:crypto"
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { Effect } from "effect"
import { type AnyStage, type Fault, outputTypes } from "../../dag/stage.ts"
import { execute, type TaskInput } from "../execute.ts"
import { hashOfFile } from "../file-chunks.ts"
import { fileName } from "../file-name.ts"
import { readContent } from "../source-content.ts"
import { count } from "../wording.ts"
import { CAPSULE, type Capsule, type CapsuleInput } from "./capsule.ts"

const tell = (fault: Fault): string => `${fault.message}${fault.where === undefined ? "" : `\n    ${JSON.stringify(fault.where)}`}`

/** Executes the node in this thread and writes its outputs beside `capsule.json`; prints what came of it and gives the exit code. */
export const runCapsule = async (folder: string, stages: Readonly<Record<string, AnyStage>>): Promise<number> => {
  const capsule = JSON.parse(readFileSync(join(folder, CAPSULE.record), "utf8")) as Capsule
  const stage = stages[capsule.stage]!
  const read = (input: CapsuleInput): TaskInput => {
    const at = join(folder, input.file)
    if (input.kind === "file") return { kind: "file", path: input.path, note: input.note, content: readContent(at, hashOfFile).content }
    const content = readFileSync(at)
    // As the engine hands it over: a whole buffer, aligned, that can be shared.
    const bytes = new Uint8Array(new SharedArrayBuffer(content.length))
    bytes.set(content)
    return { kind: "table", from: input.node, bytes }
  }
  const inputs = Object.fromEntries(
    Object.entries(capsule.inputs).map(([name, input]) => [name, Array.isArray(input) ? input.map(read) : read(input as CapsuleInput)])
  )
  const fileOf = (output: string) => `${fileName(output)}.arrow`
  // What an earlier call left is not taken for what this one makes.
  for (const output of Object.keys(outputTypes(stage))) rmSync(join(folder, fileOf(output)), { force: true })
  const { node, params, seed } = capsule
  // Of a command, the folder stays: it can be started there by hand.
  const command = join(folder, CAPSULE.command)
  rmSync(command, { recursive: true, force: true })
  if (stage.command !== undefined) mkdirSync(command)
  const { faults, ms, outputs, warnings } = await Effect.runPromise(
    execute(stage, { node, stage: capsule.stage, params: JSON.stringify(params), inputs, seed }, { at: command })
  )
  for (const warning of warnings) process.stdout.write(`warning: ${tell(warning)}\n`)
  if (outputs === undefined) {
    process.stderr.write(`${node} failed, in ${Math.round(ms)} ms:\n${faults.map((fault) => `  ${tell(fault)}\n`).join("")}`)
    return 1
  }
  process.stdout.write(`${node} ran, in ${Math.round(ms)} ms\n`)
  for (const [output, { bytes, summary }] of Object.entries(outputs)) {
    writeFileSync(join(folder, fileOf(output)), bytes)
    const sha256 = hash("sha256", bytes)
    const before = capsule.artifacts[output]
    const compared = before === undefined ? "" : before === sha256 ? ", the same bytes as the study's artifact" : `, and the study's artifact is ${before}`
    process.stdout.write(
      `  ${fileOf(output)}: ${count(summary.rows, "row")} of ${summary.columns.map((column) => column.name).join(", ")}; sha256 ${sha256}${compared}\n`
    )
  }
  return 0
}
