import { readFileSync } from "node:fs"
import type { ParamEdit } from "../../../dag/param-edits.ts"
import type { Json } from "../../../dag/stage.ts"
import type { Study } from "../../../engine/study.ts"
import { isDraft } from "../../../workspace/draft-files.ts"
import type { Draft } from "../../messages/what-if.ts"
import { shownPath } from "./opened-study.ts"

/** The node that a form shows for an edit, and whether the edit is of all of its map. */
const shownNode = (branch: Study, { node }: ParamEdit) => {
  const { nodes } = branch.graph
  const own = nodes.find(({ name }) => name === node)
  return { shown: own ?? nodes.find(({ name }) => name.startsWith(`${node}[`)), all: own === undefined }
}

/** The draft that makes a branch of a study. */
export const draftOfBranch = (base: Study, branch: Study, cache: string): Draft => {
  const params = new Map<string, Draft["params"][number]>()
  for (const edit of branch.set.slice(base.set.length)) {
    const { all, shown } = shownNode(branch, edit)
    if (shown !== undefined) params.set(shown.name, { node: shown.name, all, params: JSON.parse(shown.params) as Json })
  }
  const data = [...branch.replaced].flatMap(([name, path]): Draft["data"] => {
    if (base.replaced.get(name) === path) return []
    return [isDraft(cache, path) ? { name, file: null, text: readFileSync(path, "utf8") } : { name, file: shownPath(base, path) }]
  })
  return { params: [...params.values()], data }
}
