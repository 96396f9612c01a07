import { smallStudy } from "../../cli/study-folder.ts"

/** The small study with a map of forty nodes besides. */
export const mappedStudy: Readonly<Record<string, string>> = {
  ...smallStudy,
  "dag.ts": smallStudy["dag.ts"]!.replace(
    "return {",
    `const several = dag.map(Array.from({ length: 40 }, (_, i) => i), (i, one) => one.node("several", drawn, { table: outcomes }, { n: i + 1 }))
  return { several,`
  )
}
