import { Effect } from "effect"
import { ObjectStore } from "../../../store/objects.ts"
import { findNode } from "../../../workspace/node-reference.ts"
import { known } from "../../../workspace/workspace.ts"
import type { graphQuestions } from "../../messages/graph.ts"
import type { AnswersTo } from "../answer.ts"
import { nodeDetails } from "../graph/node-details.ts"
import { graphToday } from "../graph/today.ts"
import { Studies } from "../studies.ts"

const opened = (name: string) =>
  Effect.gen(function* () {
    const { study, workspace } = yield* Studies
    return { study: yield* study(name), remember: (yield* workspace).remember, store: yield* known, path: (yield* ObjectStore).path }
  })

export const graphAnswers: AnswersTo<typeof graphQuestions> = {
  graph: ({ all, study: name }) =>
    Effect.gen(function* () {
      const { path, remember, store, study } = yield* opened(name)
      const graph = graphToday(study, all, store, path)
      remember()
      return graph
    }),
  "graph-node": ({ node, study: name }) =>
    Effect.gen(function* () {
      const { path, store, study } = yield* opened(name)
      const found = yield* findNode([study], node)
      return nodeDetails(study, found.node, store, path)
    })
}
