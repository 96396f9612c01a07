import type { ComponentType } from "preact"
import type { Source } from "../../messages/results.ts"
import { addressOf, type Route } from "../route.ts"
import { FailureNote } from "../shell/failure.tsx"
import { NotMade } from "../shell/not-made.tsx"
import { useAnswer } from "../use-answer.ts"
import type { ViewProps } from "../view-props.ts"
import { BootstrapPicture } from "./bootstrap/bootstrap-picture.tsx"
import { MapPicture } from "./map/map-picture.tsx"
import { MoranPicture } from "./moran/moran-picture.tsx"
import type { PictureProps } from "./picture-props.ts"
import { type Picture, pictures, sourcesFor } from "./pictures.ts"
import { queryOf } from "./query.ts"
import { RanksPicture } from "./ranks/ranks-picture.tsx"
import { Reading } from "./reading.tsx"
import { SeriesPicture } from "./series/series-picture.tsx"
import { WeightsPicture } from "./weights/weights-picture.tsx"

const components: Readonly<Record<Picture, ComponentType<PictureProps>>> = {
  series: SeriesPicture,
  ranks: RanksPicture,
  map: MapPicture,
  moran: MoranPicture,
  weights: WeightsPicture,
  bootstrap: BootstrapPicture
}

/** Pictures of a panel. */
const OF_PANELS: ReadonlySet<Picture> = new Set(["series", "ranks", "map"])

/** What one goes on with from one picture to another: the entity and the year, and of pictures of a panel which and what of it. */
const kept = (from: Picture, to: Picture, query: Route["query"]): Record<string, string> => {
  const names = ["entity", "year", ...(OF_PANELS.has(from) && OF_PANELS.has(to) && query["show"] === undefined ? ["table", "variable"] : [])]
  return Object.fromEntries(names.flatMap((name) => (query[name] === undefined ? [] : [[name, query[name]] as const])))
}

interface TabsProps {
  readonly study: string
  readonly chosen: Picture
  readonly sources: ReadonlyArray<Source>
  readonly query: Route["query"]
}

const Tabs = ({ chosen, query, sources, study }: TabsProps) => (
  <nav class="results-tabs" aria-label="pictures">
    <ul>
      {pictures.map(({ lacks, picture, title }) => (
        <li key={picture}>
          {sourcesFor(picture, sources).length > 0 ? (
            <a
              ref={(link) => {
                if (picture === chosen) link?.scrollIntoView({ block: "nearest", inline: "nearest" })
              }}
              href={addressOf(study, "results", [picture], kept(chosen, picture, query))}
              aria-current={picture === chosen ? "page" : undefined}
            >
              {title}
            </a>
          ) : (
            <span class="results-none" title={`the study has no ${lacks}`}>
              {title}
            </span>
          )}
        </li>
      ))}
    </ul>
  </nav>
)

/** The results of a study as pictures: what there is to show is found by the types of its tables. */
export const ResultsView = ({ route, study }: ViewProps) => {
  const { answer, failure } = useAnswer("resultsOf", { study })
  const sources = answer?.sources ?? []
  const first = pictures.find(({ picture }) => sourcesFor(picture, sources).length > 0)
  const chosen = pictures.find(({ picture }) => picture === route.rest[0]) ?? first ?? pictures[0]!
  const own = sourcesFor(chosen.picture, sources)
  const Picture = components[chosen.picture]
  return (
    <div class="results">
      <h1 class="unseen">Results of {study}</h1>
      {failure === undefined ? null : <FailureNote failure={failure} />}
      {answer === undefined ? null : <Tabs study={study} chosen={chosen.picture} sources={sources} query={route.query} />}
      {answer === undefined && failure === undefined ? <Reading /> : null}
      {answer === undefined ? null : own.length > 0 ? (
        <Picture key={chosen.picture} study={study} query={queryOf(study, route)} sources={own} all={sources} />
      ) : chosen.types.some((type) => answer.unmade.includes(type)) ? (
        <NotMade study={study} nodes={[]}>
          Nothing of this has been made yet.
        </NotMade>
      ) : (
        <p class="card">The study has no {chosen.lacks}.</p>
      )}
    </div>
  )
}
