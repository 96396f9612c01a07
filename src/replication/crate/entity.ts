/** An entity of an RO-Crate: flat JSON-LD, which refers to others by `@id`. */
export interface Entity {
  readonly "@id": string
  readonly "@type": string | ReadonlyArray<string>
  readonly [property: string]: unknown
}
export interface Reference {
  readonly "@id": string
}

export const ref = (id: string): Reference => ({ "@id": id })

/** One reference, or several as a list: an RO-Crate writes a single value bare. */
export const refs = (ids: ReadonlyArray<string>): Reference | ReadonlyArray<Reference> => (ids.length === 1 ? ref(ids[0]!) : ids.map(ref))

/** A path in the package as an `@id`: a relative URI, so what a URI may not hold is percent-encoded. */
export const pathId = (path: string): string => path.split("/").map(encodeURIComponent).join("/")

/** A name within the crate. */
export const localId = (kind: string, ...names: ReadonlyArray<string>): string => `#${kind}-${names.map(encodeURIComponent).join("/")}`

const MEDIA: Readonly<Record<string, string>> = {
  md: "text/markdown",
  csv: "text/csv",
  tsv: "text/tab-separated-values",
  ts: "text/typescript",
  mjs: "text/javascript",
  json: "application/json",
  geojson: "application/geo+json",
  yaml: "application/yaml",
  yml: "application/yaml",
  svg: "image/svg+xml",
  html: "text/html",
  txt: "text/plain",
  arrow: "application/vnd.apache.arrow.file",
  tgz: "application/gzip"
}

/** The media type of a file by its name; of other names that of bytes. */
export const mediaType = (path: string): string => MEDIA[/\.([a-z0-9]+)$/i.exec(path)?.[1]?.toLowerCase() ?? ""] ?? "application/octet-stream"
