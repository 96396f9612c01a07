import { useRef } from "preact/hooks"
import type { StudyGraph } from "../../messages/graph.ts"

/**
 * The nodes and files that are seen where only those are that an edit disturbs; undefined where all are. What was among them stays while it is made fresh, so that
 * nothing moves under one's eyes.
 */
export const useShown = (graph: StudyGraph, disturbed: boolean): ReadonlySet<number> | undefined => {
  const kept = useRef<{ readonly study: string; readonly names: ReadonlySet<string>; readonly items: ReadonlySet<number> } | undefined>(undefined)
  if (!disturbed) {
    kept.current = undefined
    return undefined
  }
  const names = [...graph.nodes.map(({ name }) => name), ...graph.files.map(({ path }) => path)]
  const now = new Set([
    ...graph.nodes.flatMap(({ name, state }) => (state === "fresh" ? [] : [name])),
    ...graph.files.flatMap(({ path, state }) => (state === "source" ? [] : [path]))
  ])
  const before = kept.current?.study === graph.study ? kept.current : undefined
  const isOver = now.size === 0
  if (before === undefined || (!isOver && [...now].some((name) => !before.names.has(name))))
    kept.current = { study: graph.study, names: now, items: new Set(names.flatMap((name, i) => (now.has(name) ? [i] : []))) }
  return kept.current!.items
}
