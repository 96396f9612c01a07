/**
 * The names by which a file may call a state: postal abbreviation (USPS Publication 28), FIPS code (FIPS 5-2, with and without its leading zero, which spreadsheets drop),
 * ISO 3166-2:US, the abbreviation of the Associated Press Stylebook (in which six of these states have none), the older ones of the Government Publishing Office where they differ,
 * and the spelling of produc.csv. Facts, which no licence binds.
 */
import { NAME_SEPARATOR, nameKey } from "@sediment/sediment/stages/ingest/name-key.ts"

type Row = Readonly<Record<string, string>>

const PRESS: Readonly<Record<string, string>> = {
  AL: "Ala.",
  AZ: "Ariz.",
  AR: "Ark.",
  CA: "Calif.",
  CO: "Colo.",
  CT: "Conn.",
  DE: "Del.",
  FL: "Fla.",
  GA: "Ga.",
  IL: "Ill.",
  IN: "Ind.",
  KS: "Kan.",
  KY: "Ky.",
  LA: "La.",
  MD: "Md.",
  MA: "Mass.",
  MI: "Mich.",
  MN: "Minn.",
  MS: "Miss.",
  MO: "Mo.",
  MT: "Mont.",
  NE: "Neb.",
  NV: "Nev.",
  NH: "N.H.",
  NJ: "N.J.",
  NM: "N.M.",
  NY: "N.Y.",
  NC: "N.C.",
  ND: "N.D.",
  OK: "Okla.",
  OR: "Ore.",
  PA: "Pa.",
  RI: "R.I.",
  SC: "S.C.",
  SD: "S.D.",
  TN: "Tenn.",
  VT: "Vt.",
  VA: "Va.",
  WA: "Wash.",
  WV: "W.Va.",
  WI: "Wis.",
  WY: "Wyo."
}
const OLDER: Readonly<Record<string, ReadonlyArray<string>>> = {
  CA: ["Cal."],
  KS: ["Kans."],
  NE: ["Nebr."],
  OR: ["Oreg."],
  PA: ["Penn."],
  TX: ["Tex."],
  WI: ["Wisc."],
  NM: ["N. Mex."],
  ND: ["N. Dak."],
  SD: ["S. Dak."]
}

const variantsOf = ({ fips, name, postal, produc_name }: Row): ReadonlyArray<string> => {
  const all = [postal!, `US-${postal}`, fips!, String(Number(fips)), PRESS[postal!] ?? "", ...(OLDER[postal!] ?? []), `State of ${name}`, produc_name!]
  const seen = new Set(["", nameKey(name!)])
  return all.filter((one) => {
    const key = nameKey(one)
    if (seen.has(key)) return false
    seen.add(key)
    return true
  })
}

/** states.csv with its last column made anew. No cell of it needs quotes. */
export const withVariants = (rows: ReadonlyArray<Row>): string => {
  const kept = Object.keys(rows[0]!).filter((header) => header !== "variants")
  const lines = rows.map((row) => [...kept.map((header) => row[header]!), variantsOf(row).join(NAME_SEPARATOR)].join(","))
  return `${[[...kept, "variants"].join(","), ...lines].join("\n")}\n`
}
