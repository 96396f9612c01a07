import { count, moment } from "../../engine/wording.ts"
import { folded, grid, type Section, type Text } from "../document.ts"
import type { StudyFacts } from "../facts.ts"

const filesOf = (files: ReadonlyArray<string>): string => {
  const [first = "", ...others] = files
  return others.length <= 1 ? files.join(", ") : `${first} and ${others.length} more`
}

/** What the results were made with: versions, commands, code, seeds. */
export const provenance = (facts: StudyFacts): Section => {
  const { environment, nodes, past, run, seed, stages } = facts
  const { git, lockfile, node, platform, sediment } = environment
  const drew = nodes.filter((one) => one.seed !== undefined)
  const runs = [
    ...Map.groupBy(
      nodes.filter(({ made }) => made !== undefined),
      ({ made }) => made!.run
    )
  ]
  const list: ReadonlyArray<readonly [string, Text]> = [
    ["Sediment", sediment],
    ["Node.js", `${node}, ${platform}`],
    ["Command", run === undefined ? "none yet" : [{ code: run.command.join(" ") }]],
    ["Lockfile", lockfile === undefined ? "none" : [{ code: lockfile.path }, ", SHA-256 ", { code: lockfile.sha256 }]],
    [
      "Git",
      git === undefined
        ? "not in a repository, or without a commit"
        : [{ code: git.commit }, git.edited === 0 ? "" : `, ${count(git.edited, "file")} edited since`]
    ],
    ["Seed of the study", String(seed)]
  ]
  const drawn = grid(
    "Nodes that draw random numbers, and their seeds",
    ["Node", ">Seed"],
    drew.map((one) => [[{ code: one.name }], one.seed ?? ""])
  )
  const code = grid(
    "Code of the stages: a fingerprint of the declarations that each reaches",
    ["Stage", ">Nodes", "Fingerprint", "Files"],
    stages.map((one) => [[{ code: one.stage }], String(one.nodes), [{ code: one.code.slice(0, 16) }], filesOf(one.files)])
  )
  const made = grid(
    "Runs that made the results",
    ["Run", ">Nodes", "First of them"],
    runs.map(([name, own]) => [name, String(own.length), moment(Math.min(...own.map((one) => one.made!.at)))])
  )
  return {
    id: "provenance",
    title: "Provenance",
    blocks: [
      ...(past
        ? [{ block: "paragraph" as const, text: "Versions, lockfile and git are those of today, when this report was written; runs do not record them." }]
        : []),
      { block: "facts", facts: list },
      ...(made.length === 0 ? [] : [folded("Runs that made the results", ...made)]),
      ...(drawn.length === 0 ? [] : [folded(`Seeds of ${count(drew.length, "node")} that draw random numbers`, ...drawn)]),
      ...(code.length === 0 ? [] : [folded(`Code of ${count(stages.length, "stage")}`, ...code)])
    ]
  }
}
