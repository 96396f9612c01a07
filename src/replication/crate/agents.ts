/** Who made a study, and under which licences its parts are. */
import type { Facts } from "../facts.ts"
import { type Entity, localId, ref } from "./entity.ts"

/** The address of a licence that SPDX lists under this name; undefined for a sentence. */
export const licenceAddress = (licence: string | undefined): string | undefined =>
  licence !== undefined && /^[A-Za-z0-9][\w.+-]*$/.test(licence) ? `https://spdx.org/licenses/${licence}` : undefined

export const agentId = ({ name, orcid }: Facts["declared"]["authors"][number]): string =>
  orcid === undefined ? localId("author", name) : `https://orcid.org/${orcid}`

export const people = ({ declared: { authors } }: Facts): ReadonlyArray<Entity> =>
  authors.map((author) => ({
    "@id": agentId(author),
    "@type": "Person",
    name: author.name,
    ...(author.email === undefined ? {} : { email: author.email }),
    ...(author.affiliation === undefined ? {} : { affiliation: ref(localId("organization", author.affiliation)) })
  }))
export const organizations = ({ declared: { authors } }: Facts): ReadonlyArray<Entity> =>
  [...new Set(authors.flatMap(({ affiliation }) => affiliation ?? []))].map((name) => ({ "@id": localId("organization", name), "@type": "Organization", name }))

export const licences = ({ declared: { licence = {}, sources } }: Facts): ReadonlyArray<Entity> =>
  [...new Set([licence.code, licence.data, ...sources.map((one) => one.licence)])].flatMap((name) => {
    const address = licenceAddress(name)
    return address === undefined ? [] : [{ "@id": address, "@type": "CreativeWork", name: name!, url: address }]
  })
