import type { Edit } from "../chain.ts"
import { namesTogether } from "../names-together.ts"
import { fileSentence, sentence } from "../sentences.ts"

/** An edit in words. */
export const editSentence = (edit: Edit): string => {
  const at = namesTogether(edit.nodes, false)
  switch (edit.edit) {
    case "file":
      return fileSentence(edit)
    case "code":
      if ("was" in edit) return `${at}: another stage: ${edit.stage} in the place of ${edit.was}`
      return "declaration" in edit ? `the code of ${edit.declaration} (${edit.file}) changed` : `the code of stage ${edit.stage} changed`
    case "parameter":
      return `${at}: ${sentence({ reason: "parameter", parameters: edit.parameters }, 3)}`
    case "seed":
      return "the seed changed"
    case "program":
      return `${at}: ${sentence({ reason: "program", before: edit.before, after: edit.after })}`
    case "environment":
      return sentence({ reason: "environment", variable: edit.variable, before: edit.before, after: edit.after })
    case "wiring":
      return edit.from === "" ? `the list ${edit.input} of ${edit.node} is wired otherwise` : `the input ${edit.input} of ${edit.node} is wired to ${edit.from}`
    case "new":
      return `${edit.name} is new`
    case "lost":
      return `an artifact of ${at} was lost and made again`
  }
}
