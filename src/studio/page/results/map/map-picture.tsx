import { Segments } from "../choices.tsx"
import type { PictureProps } from "../picture-props.ts"
import { chosenSource } from "../pictures.ts"
import { ClustersPicture } from "./clusters-picture.tsx"
import { ValuesPicture } from "./values-picture.tsx"

/** The study on a map: a variable of a panel, or clusters of local spatial autocorrelation. */
export const MapPicture = ({ query, sources, study }: PictureProps) => {
  const local = sources.filter(({ type }) => type === "LocalMoran" || type === "LocalG")
  const panels = sources.filter((one) => !local.includes(one))
  const shown = local.length > 0 && (query.get("show") === "clusters" || panels.length === 0) ? "clusters" : "value"
  const own = shown === "clusters" ? local : panels
  const source = chosenSource(own, query.get("table"))!
  const Picture = shown === "clusters" ? ClustersPicture : ValuesPicture
  const choice =
    local.length === 0 || panels.length === 0 ? null : (
      <Segments
        label="On the map"
        value={shown}
        options={[
          { value: "value", text: "values" },
          { value: "clusters", text: "clusters" }
        ]}
        onChoose={(show) => query.set({ show, table: undefined })}
      />
    )
  return (
    <section aria-label="map">
      <Picture key={shown} study={study} query={query} source={source} sources={own} local={local} choice={choice} />
    </section>
  )
}
