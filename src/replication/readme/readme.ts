import { count, duration } from "../../engine/wording.ts"
import { dataSources, type Facts } from "../facts.ts"
import type { Measured } from "../measured.ts"
import { computingSections, type Software } from "./computing.ts"
import { instructionSections, programSections, tableSections } from "./programs.ts"
import { dataSections, NOT_STATED } from "./statements.ts"

const TEMPLATE =
  "Lars Vilhuber, Miklós Koren, Joan Llull, Marie Connolly, and Peter Morrow. 2022. *A template README for social science replication packages*, version 1.1. https://doi.org/10.5281/zenodo.7293838"

const heading = ({ declared: { authors, citation, contact, doi, title }, study }: Facts): ReadonlyArray<string> => {
  const people = authors.map(({ affiliation, email, name, orcid }) =>
    [
      `- ${name}`,
      ...(affiliation === undefined ? [] : [affiliation]),
      ...(email === undefined ? [] : [email]),
      ...(orcid === undefined ? [] : [`https://orcid.org/${orcid}`])
    ].join(", ")
  )
  return [
    `# Replication package: ${title ?? study.graph.study}`,
    people.length === 0 ? `Authors: ${NOT_STATED}` : people.join("\n"),
    ...(citation === undefined ? [] : [`For: ${citation}`]),
    ...(doi === undefined ? [] : [`DOI of the paper: https://doi.org/${doi}`]),
    ...(contact === undefined ? [] : [`Contact: ${contact}`])
  ]
}

const overview = ({ declared, files, nodes, printed, sources: all }: Facts, { whole, work }: Measured): ReadonlyArray<string> => {
  const of = (kind: "table" | "figure") => count(printed.filter((one) => one.kind === kind).length, kind)
  const sources = dataSources({ sources: all })
  const from = sources.length === 0 ? "" : ` from ${count(sources.length, "data file")}`
  return [
    "## Overview",
    ...(declared.overview === undefined ? [] : [declared.overview]),
    `The code in this replication package makes ${of("table")} and ${of("figure")}${from}, in ${count(nodes.length, "step")} that \`${files.entry}\` describes. One command, \`npm start\`, installs what is needed, runs everything, and compares what comes out with what is expected. The replicator should expect the code to run for about ${duration(whole?.ms ?? work)}.`
  ]
}

const references = ({ declared, sources }: Facts): ReadonlyArray<string> => {
  const cited = [...new Set([...declared.references, ...sources.flatMap(({ statement }) => statement?.citation ?? [])])]
  return ["## References", ...[...(cited.length === 0 ? [NOT_STATED] : cited), TEMPLATE]]
}

/** The README of a replication package, after the Social Science Data Editors' template, version 1.1: Markdown. `data` is the package's size without Sediment's archive. */
export const readme = (facts: Facts, measured: Measured, software: Software, data: number): string =>
  `${[
    ...heading(facts),
    ...overview(facts, measured),
    ...dataSections(facts),
    ...computingSections(facts, measured, software, data),
    ...programSections(facts, software.hasReport),
    ...instructionSections(facts),
    ...tableSections(facts),
    ...references(facts),
    "## Acknowledgements",
    facts.declared.acknowledgements ?? "None stated.",
    `This README follows the template of the Social Science Data Editors, and was written by Sediment ${software.sediment} from the study itself and from its \`replication.yaml\`.`
  ].join("\n\n")}\n`
