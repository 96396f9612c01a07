/**
 * make, ninja and snakemake on the same DAG. A node is one call of a shell that adds with its built-ins, starts no other program, and leaves a file alone
 * that would come out the same: then make and ninja (with restat) stop there too.
 */
import { spawnSync } from "node:child_process"
import { mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { availableParallelism } from "node:os"
import { join } from "node:path"
import { type GeneratedDag, sourcesOf } from "./generate-dag.ts"
import { PRIME } from "./shape.ts"
import type { Tool } from "./tool.ts"

interface Rule {
  readonly output: string
  readonly inputs: ReadonlyArray<string>
  readonly script: string
}
const rulesOf = ({ layout }: GeneratedDag, folder: string): ReadonlyArray<Rule> =>
  Array.from({ length: layout.nodes }, (_, node) => {
    const output = `${folder}/${node}`
    const inputs = [...sourcesOf(layout, node), ...layout.inputsOf(node).map((input) => `${folder}/${input}`)]
    const add = `t=${node}; for f in ${inputs.join(" ")}; do read v < $f; t=$((t + v)); done; t=$((t % ${PRIME}))`
    return { output, inputs, script: `${add}; o=; [ -f ${output} ] && read o < ${output}; [ "$o" = $t ] || echo $t > ${output}` }
  })
const quoted = (paths: ReadonlyArray<string>): string => paths.map((path) => `"${path}"`).join(", ")
const dollars = (script: string): string => script.replaceAll("$", "$$$$")

interface Description {
  readonly name: string
  readonly file: string
  readonly write: (rules: ReadonlyArray<Rule>, goals: ReadonlyArray<string>) => string
  readonly unfit?: Tool["unfit"]
  readonly run: ReadonlyArray<string>
  readonly status: ReadonlyArray<string>
  readonly ran: Tool["ran"]
}
const jobs = `-j${availableParallelism()}`

const descriptions: ReadonlyArray<Description> = [
  {
    name: "make",
    file: "Makefile",
    // A line printed by make itself tells that a rule ran.
    write: (rules, goals) =>
      `all: ${goals.join(" ")}\n${rules.map(({ inputs, output, script }) => `${output}: ${inputs.join(" ")}\n\t@$(info ran)${dollars(script)}\n`).join("")}`,
    run: ["-s", jobs],
    status: ["-s", "-n"],
    ran: ({ printed }) => printed.match(/^ran$/gm)?.length ?? 0
  },
  {
    name: "ninja",
    file: "build.ninja",
    write: (rules, goals) =>
      `rule node\n  command = $script\n  description = ran\n  restat = 1\n${rules
        .map(({ inputs, output, script }) => `build ${output}: node ${inputs.join(" ")}\n  script = ${dollars(script)}\n`)
        .join("")}default ${goals.join(" ")}\n`,
    run: [jobs],
    status: ["-n"],
    // Each step prints its number of so many; ninja lessens the latter as it finds that steps need not run.
    ran: ({ printed }) => Number(/.*^\[(\d+)\/\d+\]/ms.exec(printed)?.[1] ?? 0)
  },
  {
    name: "snakemake",
    file: "Snakefile",
    write: (rules, goals) =>
      `rule all:\n    input: ${quoted(goals)}\n${rules
        .map(
          ({ inputs, output, script }, node) =>
            `rule node_${node}:\n    input: ${quoted(inputs)}\n    output: "${output}"\n    shell: ${JSON.stringify(script)}\n`
        )
        .join("")}`,
    unfit: ({ layout }) =>
      layout.shape === "chain"
        ? "it breaks on a chain: its recursion ends at Python's limit"
        : layout.nodes > 1000
          ? "beyond 1,000 nodes it takes too long"
          : undefined,
    run: [jobs, "--nolock"],
    status: ["-n", "--quiet", "--nolock"],
    ran: ({ printed }) => printed.match(/^Finished job (?!0\.)/gm)?.length ?? 0
  }
]

/** The peers' names. */
export const peerNames: ReadonlyArray<string> = descriptions.map(({ name }) => name)

/** A peer, or undefined where it is not installed. */
export const findPeer = (wanted: string): Tool | undefined => {
  const { file, name, ran, run, status, unfit, write } = descriptions.find((one) => one.name === wanted)!
  const asked = spawnSync(name, ["--version"], { encoding: "utf8" })
  if (asked.status !== 0) return undefined
  const outputs = `out-${name}`
  return {
    name,
    version: asked.stdout.split("\n")[0]!.trim(),
    unfit: unfit ?? (() => undefined),
    prepare: (dag) => {
      mkdirSync(join(dag.folder, outputs))
      const rules = rulesOf(dag, outputs)
      const read = new Set(rules.flatMap(({ inputs }) => inputs))
      const goals = rules.map(({ output }) => output).filter((output) => !read.has(output))
      writeFileSync(join(dag.folder, file), write(rules, goals))
    },
    run: { program: name, args: run },
    status: { program: name, args: status },
    ran,
    answer: ({ folder, layout }) => Number(readFileSync(join(folder, outputs, String(layout.nodes - 1)), "utf8"))
  }
}
