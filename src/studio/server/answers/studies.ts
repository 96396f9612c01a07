import { readFileSync } from "node:fs"
import { Effect } from "effect"
import packageFile from "../../../../package.json" with { type: "json" }
import { leadingComment } from "../../../report/study-text.ts"
import type { studiesQuestions } from "../../messages/studies.ts"
import type { AnswersTo } from "../answer.ts"
import { Studies } from "../studies.ts"

const aboutOf = (file: string): string => {
  try {
    return leadingComment(readFileSync(file, "utf8"))
  } catch {
    return ""
  }
}

export const studiesAnswers: AnswersTo<typeof studiesQuestions> = {
  studies: () =>
    Effect.gen(function* () {
      const { readOnly, unreadable, workspace } = yield* Studies
      const { studies } = yield* workspace
      return {
        studies: studies.map(({ file, graph }) => ({ study: graph.study, file, about: aboutOf(file), nodes: graph.nodes.length })),
        readOnly,
        sediment: packageFile.version,
        unreadable: yield* unreadable
      }
    })
}
