import { basename, extname } from "node:path"
import { type ParamEdit, writeParamEdit } from "../../../dag/param-edits.ts"
import type { Study } from "../../../engine/study.ts"
import type { KeptBranch } from "../../../workspace/kept-branches.ts"
import type { ReadDraft } from "./read-draft.ts"

/** Letters of a name that nobody has thought of. */
const LONGEST = 32

const sayable = (text: string): string => text.replace(/[^\p{L}\p{N}=.,_~-]+/gu, "-").replace(/^-|-$/g, "")
/** Of a structure its kind, if it has one; a list is only named. */
const valueInShort = (text: string): string => {
  if (text === "") return "=default"
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value !== "object" || value === null) return `=${String(value)}`
    return "kind" in value ? `=${String(value.kind)}` : ""
  } catch {
    return `=${text}`
  }
}
const inShort = ({ path, value }: ParamEdit): string => `${path.findLast((step) => typeof step === "string") ?? "parameters"}${valueInShort(value)}`

/** A short name for a branch, of what it sets; a name that another branch of the study has gets a number. */
export const proposedName = (base: Study, { edits, replaced, texts }: ReadDraft, kept: ReadonlyArray<KeptBranch>): string => {
  const own = edits.slice(base.set.length)
  const files = [...replaced].filter(([name, path]) => base.replaced.get(name) !== path)
  const parts = [...files.map(([name, path]) => (texts.has(path) ? `${name}-edited` : basename(path, extname(path)))), ...own.map(inShort)].map(sayable)
  const whole = parts.join(",")
  const first = (parts[0] ?? "").slice(0, LONGEST)
  const name = whole.length <= LONGEST ? whole : parts.length === 1 ? first : `${first},and-${parts.length - 1}-more`
  const set = edits.map(writeParamEdit).join(" ")
  const files_ = [...replaced].map(([data, path]) => `${data}=${path}`).join(" ")
  const taken = (one: string) =>
    kept.some((other) => other.study === base.graph.study && other.name === one && (other.set.join(" ") !== set || other.with.join(" ") !== files_))
  let i = 1
  while (taken(i === 1 ? name : `${name}-${i}`)) i++
  return i === 1 ? name : `${name}-${i}`
}
