/** How a published table is called in a table of comparisons: "Table 4", "Running text", "All"; a name that is no number as it is. */
export const titleOfPublished = (table: string): string =>
  table === "text" ? "Running text" : table === "all" ? "All" : /^[A-Z]?\d/.test(table) ? `Table ${table}` : table

const kindLabels: Readonly<Record<string, string>> = {
  estimate: "",
  std_error: "standard error",
  p_value: "p",
  critical: "critical value",
  conf_low: "lower limit",
  conf_high: "upper limit",
  nobs: "N",
  r2: "R²",
  sd: "standard deviation",
  individual_weight: "individual weight"
}

/** Where a published number stands, in a line: "Table 4 (2) coagglo, standard error"; where the kind is all that the term says (N, R²), once. */
export const whereOfPublished = (of: { readonly table: string; readonly column: string; readonly term: string; readonly kind: string }): string => {
  const kind = of.table === "text" && of.kind === "statistic" ? "" : (kindLabels[of.kind] ?? of.kind)
  const place = of.table === "text" ? `Section ${of.column}` : `${titleOfPublished(of.table)}${of.column === "0" ? "" : ` (${of.column})`}`
  const said = of.term === of.kind ? kind : kind === "" ? of.term : `${of.term}, ${kind}`
  return `${place} ${said}`
}
