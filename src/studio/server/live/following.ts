import { Effect, type Scope } from "effect"
import { cacheOf } from "../../../workspace/cache-folder.ts"
import { StartedRuns } from "../runs/started-runs.ts"
import { Thread } from "../thread.ts"
import type { Beginning } from "../thread-protocol.ts"
import type { Announcements } from "./announcements.ts"
import { followStore } from "./follow-store.ts"
import { followStudies } from "./follow-studies.ts"
import { LiveRuns } from "./live-runs.ts"

export interface Following {
  /** The threads that answer: what may be asked at any time, and what takes long. */
  readonly threads: readonly [Thread, Thread]
  readonly live: LiveRuns
  readonly started: StartedRuns
}

/** The threads that answer, and whoever tells them and the pages what goes on and what is no longer so, until the scope ends. */
export const following = (beginning: Beginning, pages: Announcements): Effect.Effect<Following, never, Scope.Scope> =>
  Effect.gen(function* () {
    const { cli, flags } = beginning
    const cache = cacheOf(flags)
    const entry = new URL("studio-thread.mjs", cli)
    let decided: (paths: ReadonlyArray<string>) => void = () => {}
    const renewed = () =>
      pages.tell([
        { event: "changed", what: "studies" },
        { event: "changed", what: "store" }
      ])
    const first = new Thread({ entry, beginning, decided: (paths) => decided(paths), renewed })
    const second = new Thread({ entry, beginning, renewed })
    yield* Effect.addFinalizer(() => Effect.promise(() => Promise.all([first.close(), second.close()])))
    const started = yield* StartedRuns.make(new URL(cli), flags)

    const store = yield* followStore(
      cache,
      () => live.areUnderway,
      () => {
        for (const thread of [first, second]) thread.outdated("store")
        pages.tell([{ event: "changed", what: "store" }])
      }
    )
    const live: LiveRuns = yield* LiveRuns.follow({
      cache,
      tell: (events) => pages.tell(events),
      begins: (head) => started.begins(head),
      ends: () => store.tell()
    })
    const studies = yield* followStudies(first.look, () => {
      second.outdated("studies")
      pages.tell([{ event: "changed", what: "studies" }])
    })
    decided = studies.decided
    return { threads: [first, second], live, started }
  })
