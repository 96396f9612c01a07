/** The commands that messages tell the reader to type: as this call was typed, and about the same studies, data files and cache. */

import { resolve } from "node:path"

const CARRIED = ["--study", "--cache", "--with", "--indicators", "--set", "--as"] as const
type Carried = (typeof CARRIED)[number]

/** Commands that do not take all of these. */
const TAKES: ReadonlyMap<string, ReadonlyArray<Carried>> = new Map<string, ReadonlyArray<Carried>>([
  ["runs", ["--study", "--cache"]],
  ["diff", ["--study", "--cache"]],
  ["gc", ["--cache"]]
])

/** The arguments of this call. */
const thisCall = (): ReadonlyArray<string> => process.argv.slice(2)

/** The flags of a call that say what it is about, as they were given. */
const givenIn = (call: ReadonlyArray<string>): ReadonlyArray<readonly [flag: Carried, value: string]> => {
  const given: Array<readonly [Carried, string]> = []
  for (let i = 0; i < call.length && call[i] !== "--"; i++) {
    const [, name, inline] = /^(--[a-z]+)(?:=(.*))?$/s.exec(call[i]!) ?? []
    const flag = CARRIED.find((one) => one === name)
    const value = flag && (inline ?? call[++i])
    if (flag !== undefined && value !== undefined) given.push([flag, value])
  }
  return given
}

/** A word as a shell takes it. */
export const quoted = (text: string): string => (/^[\w@%+=:,./~-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`)

/** How Sediment was called: npm's `npx` and scripts say so in the environment; a clone has no `sediment` on the path. */
export const program = (): string => (process.env["npm_command"] === undefined ? "sediment" : "npx sediment")

const written = (command: string, flags: ReturnType<typeof givenIn>, args: ReadonlyArray<string>): string => {
  const takes = TAKES.get(command) ?? CARRIED
  return [program(), ...[command, ...flags.flatMap(([flag, value]) => (takes.includes(flag) ? [flag, value] : [])), ...args].map(quoted)].join(" ")
}

/** `npx sediment COMMAND ARGS`, with those flags of this call that say what it is about. */
export const toType = (command: string, ...args: ReadonlyArray<string>): string => written(command, givenIn(thisCall()), args)

/** `STUDY:NODE.path=VALUE`; a colon in a node's key, or in the value, is none of these. */
const OF_STUDY = /^([^=[]+?):([A-Za-z].*)$/s

/** The same about one of the studies of this call. */
export const toTypeAbout = (study: string, command: string, ...args: ReadonlyArray<string>): string => {
  const given = givenIn(thisCall())
  if (given.filter(([flag]) => flag === "--study").length <= 1) return toType(command, ...args)
  const flags = given.flatMap((one): ReturnType<typeof givenIn> => {
    const [flag, value] = one
    if (flag === "--study") return resolve(value) === resolve(study) ? [one] : []
    const [, other, rest] = (flag === "--with" ? /^(.+?):([\w-]+=.+)$/.exec(value) : flag === "--set" ? OF_STUDY.exec(value) : undefined) ?? []
    if (other === undefined) return [one]
    return resolve(other) === resolve(study) ? [[flag, rest!]] : []
  })
  return written(command, flags, args)
}

/** The command that makes a node again, about the studies and data files of a run that was recorded, in the cache of this call. */
export const toMakeAgain = (recorded: ReadonlyArray<string>, study: string, node: string): string => {
  const flags = givenIn(recorded).filter(([flag]) => flag !== "--cache")
  const several = flags.filter(([flag]) => flag === "--study").length > 1
  return written("run", [...flags, ...givenIn(thisCall()).filter(([flag]) => flag === "--cache")], [several ? `${study}:${node}` : node])
}
