import { Effect } from "effect"
import { readArrow } from "../../../artifact/read.ts"
import { renderArtifact } from "../../../render/render.ts"
import { darkened, lightened } from "../../../render/svg.ts"
import { usage } from "../../../workspace/failure.ts"
import type { artifactQuestions } from "../../messages/artifact.ts"
import { tableOf } from "./table-of.ts"

type Asked = (typeof artifactQuestions)["artifact-picture"]["asks"]["Type"]

/** A figure or a printed table as SVG, in the colours of a light or a dark page. */
export const artifactPicture = ({ artifact, as, theme }: Asked) =>
  Effect.gen(function* () {
    const { bytes } = yield* tableOf(artifact)
    const svg = yield* Effect.tryPromise({
      try: () => renderArtifact(as, readArrow(bytes), "svg", "picture"),
      // Another table has no columns to be drawn from.
      catch: () => usage("not-drawn", `this artifact is not a ${as}: it cannot be drawn as one`)
    })
    return { svg: theme === "dark" ? darkened(svg) : lightened(svg) }
  })
