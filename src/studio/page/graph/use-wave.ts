import { useEffect, useRef, useState } from "preact/hooks"
import type { StudyGraph } from "../../messages/graph.ts"

const NOTHING: ReadonlySet<string> = new Set()
/** Milliseconds that what an edit has just disturbed is pointed out. */
const LASTS = 6000

const disturbedIn = ({ files, nodes }: StudyGraph): ReadonlySet<string> =>
  new Set([...nodes.flatMap(({ name, state }) => (state === "fresh" ? [] : [name])), ...files.flatMap(({ path, state }) => (state === "source" ? [] : [path]))])

/** The nodes and files that were fresh when the study was last asked for and are not now, for some seconds. */
export const useWave = (graph: StudyGraph | undefined): ReadonlySet<string> => {
  const before = useRef<{ readonly study: string; readonly all: ReadonlySet<string>; readonly disturbed: ReadonlySet<string> } | undefined>(undefined)
  const [wave, setWave] = useState(NOTHING)
  useEffect(() => {
    if (graph === undefined) return
    const disturbed = disturbedIn(graph)
    const then = before.current
    before.current = { study: graph.study, all: new Set([...graph.nodes.map(({ name }) => name), ...graph.files.map(({ path }) => path)]), disturbed }
    if (then === undefined || then.study !== graph.study) return
    const newly = new Set([...disturbed].filter((name) => !then.disturbed.has(name)))
    if (newly.size === 0) return
    setWave(newly)
    const timer = setTimeout(() => setWave(NOTHING), LASTS)
    return () => clearTimeout(timer)
  }, [graph])
  return wave
}
