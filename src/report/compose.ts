import { moment } from "../engine/wording.ts"
import type { Document, Section } from "./document.ts"
import type { StudyFacts } from "./facts.ts"
import { changes } from "./sections/changes.ts"
import { data } from "./sections/data.ts"
import { graph } from "./sections/graph.ts"
import { keyResults } from "./sections/key-results.ts"
import { opening } from "./sections/opening.ts"
import { printed } from "./sections/printed.ts"
import { provenance } from "./sections/provenance.ts"
import { published } from "./sections/published.ts"
import { warnings } from "./sections/warnings.ts"
import { weights } from "./sections/weights.ts"

/** Without the parts that have nothing to say. */
const filled = (sections: ReadonlyArray<Section>): ReadonlyArray<Section> =>
  sections.flatMap((section) => {
    const parts = filled(section.parts ?? [])
    return section.blocks.length + parts.length === 0 ? [] : [{ ...section, parts }]
  })

/** A study's report: its parts in the order in which a co-author asks for them. */
export const compose = (facts: StudyFacts): Document => ({
  title: facts.study,
  lead: facts.about === "" ? [] : [facts.about],
  opening: opening(facts),
  first: filled([keyResults(facts)]),
  sections: filled([data, graph, weights, printed, published, warnings, changes, provenance].map((part) => part(facts))),
  closing: `Written by Sediment ${facts.environment.sediment} on ${moment(facts.at)}. It loads nothing from the network.`
})
