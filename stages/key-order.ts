/** Order of texts by UTF-16 code units: the same on every machine, whatever its locale. */
export const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** The order of a panel's rows: by entity, then year. */
export const byEntityAndYear = (a: { readonly entity: string; readonly year: number }, b: { readonly entity: string; readonly year: number }): number =>
  byText(a.entity, b.entity) || a.year - b.year
