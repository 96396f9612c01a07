import type { MapShapes } from "../../../messages/results.ts"
import { addressOf } from "../../route.ts"
import { nameOf } from "../pictures.ts"

/** What is to be told of a map: whose it is, how it is projected, and who is not on it. */
export const MapNote = ({ shapes, study }: { readonly shapes: MapShapes; readonly study: string }) => (
  <p class="map-note">
    {shapes.source === null ? null : (
      <>
        Areas: <a href={addressOf(study, "node", [shapes.source.node], { output: shapes.source.output })}>{nameOf(shapes.source)}</a>.{" "}
      </>
    )}
    {shapes.told}
    {shapes.without.length === 0 ? null : ` Not on the map: ${shapes.without.join(", ")}.`}
  </p>
)
