import { existsSync } from "node:fs"
import { join, resolve } from "node:path"
import { isDeepStrictEqual } from "node:util"
import type { RunDocument, StudyFolder } from "../cli/study-folder.ts"
import { call, crashes, type Ended } from "./call.ts"
import type { CleanRun } from "./clean-run.ts"
import { absentFrom, artifactsIn, differences, outcomeOf, resultsIn, sha256 } from "./outcome.ts"

/** A study's folder, the cache that it is run with, and what must come of it. */
export interface Place {
  readonly study: StudyFolder
  readonly cache: string
  readonly clean: CleanRun
}
interface StatusDocument {
  readonly nodes?: ReadonlyArray<{ readonly node: string; readonly state: string }>
}
interface ErrorDocument {
  readonly errors: ReadonlyArray<{ readonly code: string; readonly message: string }>
}

const parsed = <T>(text: string): T | undefined => {
  try {
    return JSON.parse(text) as T
  } catch {
    return undefined
  }
}

/** What may be told besides: that an artifact is damaged or missing, and that the operating system refuses to write into the cache. */
export type Allowed = "lost" | "refused"

const codesOf = ({ out }: { readonly out: string }): ReadonlyArray<string> => parsed<Partial<ErrorDocument>>(out)?.errors?.map(({ code }) => code) ?? []
const only = (codes: ReadonlyArray<string>, ...expected: ReadonlyArray<string>): boolean => codes.length > 0 && codes.every((code) => expected.includes(code))
/** Whether a call ended because the cache could not be written to, and says so. */
export const isRefused = (ended: Ended): boolean =>
  ended.code === 2 && only(codesOf(ended), "store", "cache") && /(EROFS|EACCES|EPERM|ENOSPC|read-only|no space|permission)/i.test(ended.out)

/** Asks for some outputs with `status`, `show` and `path`: each must be what a clean run gives, or be told to be out of date or never made, or what else is allowed. */
export const checkReaders = async (
  { cache, clean, study }: Place,
  outputs: ReadonlyArray<string>,
  ...allowed: ReadonlyArray<Allowed>
): Promise<ReadonlyArray<string>> => {
  const at = ["--cache", cache]
  const problems: Array<string> = []
  const status = await call(study, "status", "--json", ...at)
  problems.push(...crashes("status", status))
  if (status.code !== 0 && !(allowed.includes("refused") && isRefused(status))) problems.push(`status: exit code ${status.code}: ${status.out}${status.err}`)
  const { nodes = [] } = parsed<StatusDocument>(status.out) ?? {}
  const states = new Map(nodes.map(({ node, state }) => [node, state]))

  const told = (what: string, output: string, ended: Ended): ReadonlyArray<string> => {
    const codes = codesOf(ended)
    const lost = allowed.includes("lost") && ended.code === 1 && only(codes, "ObjectDamaged", "ObjectMissing")
    const refused = allowed.includes("refused") && isRefused(ended)
    const never = ended.code === 2 && only(codes, "never-ran") && states.get(output.replace(/\.(low|high)$/, "")) !== "fresh"
    return lost || refused || never ? [] : [`${what} ${output}: exit code ${ended.code}: ${ended.out}${ended.err}`]
  }
  const show = async (output: string) => {
    const ended = await call(study, "show", output, "--json", ...at)
    problems.push(...crashes(`show ${output}`, ended))
    const shown = ended.code === 0 ? parsed<{ artifact: string; stale: boolean; data: unknown }>(ended.out) : undefined
    if (shown === undefined) problems.push(...told("show", output, ended))
    else if (!shown.stale) {
      const expected = clean.outputs.get(output)!
      if (shown.artifact !== expected.artifact || !isDeepStrictEqual(shown.data, expected.data()))
        problems.push(
          `show ${output}: ${shown.artifact} ${JSON.stringify(shown.data)}, and a clean run gives ${expected.artifact} ${JSON.stringify(expected.data())}`
        )
    }
  }
  const path = async (output: string) => {
    const ended = await call(study, "path", output, "--json", ...at)
    problems.push(...crashes(`path ${output}`, ended))
    const found = ended.code === 0 ? parsed<{ artifact: string; path: string }>(ended.out) : undefined
    if (found === undefined) problems.push(...told("path", output, ended))
    else if (sha256(join(study.path, found.path)) !== found.artifact)
      problems.push(`path ${output}: the bytes of ${found.path} are not those of ${found.artifact}`)
  }
  // What `path` does is what `show` does, but for the table: so it is asked for one of them.
  for (const [i, output] of outputs.entries()) await Promise.all(i === 0 ? [path(output), show(output)] : [show(output)])
  return problems
}

/** Runs as a user does, with no node named and no document: what is rendered must be what a clean run renders, and nothing be left to run but what fails. */
export const checkPlainRun = async ({ cache, clean, study }: Place): Promise<ReadonlyArray<string>> => {
  const ended = await call(study, "run", "--cache", cache)
  const what = "a plain run"
  const status = await call(study, "status", "--json", "--cache", cache)
  const left = clean.ok ? (parsed<StatusDocument>(status.out)?.nodes ?? []).filter(({ state }) => state !== "fresh") : []
  return [
    ...crashes(what, ended),
    ...(ended.code === (clean.ok ? 0 : 1) ? [] : [`${what}: exit code ${ended.code}: ${ended.err}`]),
    ...differences(what, clean.outcome, { nodes: clean.outcome.nodes, results: resultsIn(study.path) }),
    ...left.map((node) => `after ${what}: ${JSON.stringify(node)}`)
  ]
}

/**
 * Runs with every node asked for by name, which reads every artifact: it must come to what a clean run comes to, with every artifact's bytes in the cache;
 * and when it has, a further run must find nothing to do but what fails.
 */
export const checkRun = async ({ cache, clean, study }: Place): Promise<ReadonlyArray<string>> => {
  const at = ["--cache", cache]
  const once = async (what: string, again: boolean): Promise<ReadonlyArray<string>> => {
    const names = [...clean.outcome.nodes.keys()]
    const ended = await call(study, "run", "--json", ...(again ? [] : names), ...at)
    const document = parsed<RunDocument>(ended.out)
    const crashed = crashes(what, ended)
    if (crashed.length > 0 || document?.nodes === undefined) return [...crashed, ...(document?.nodes ? [] : [`${what}: ${ended.out}${ended.err}`])]
    const ran = again ? document.nodes.filter(({ state }) => state === "ran").map(({ node, why }) => `${what}: ${node} ran: ${JSON.stringify(why)}`) : []
    const absent = absentFrom(cache, artifactsIn(document)).map((artifact) => `${what}: no file has the bytes of ${artifact}`)
    return [...differences(what, clean.outcome, outcomeOf(study.path, document)), ...absent, ...ran]
  }
  const first = await once("the next run", false)
  return first.length > 0 ? first : once("the run after it", true)
}

/** Reads the whole cache with `verify`, which must find damage, or must find none; where neither is said, whatever it finds is right. */
export const checkVerify = async ({ cache, study }: Pick<Place, "cache" | "study">, damaged?: boolean): Promise<ReadonlyArray<string>> => {
  const ended = await call(study, "verify", "--json", "--cache", cache)
  // A run may have been killed before it made any of it.
  const isThere = ["objects", "traces", "runs"].some((folder) => existsSync(resolve(study.path, cache, folder)))
  const expected = !isThere ? [2] : damaged === undefined ? [0, 1] : [damaged ? 1 : 0]
  return [...crashes("verify", ended), ...(expected.includes(ended.code ?? -1) ? [] : [`verify: exit code ${ended.code}: ${ended.out}${ended.err}`])]
}
