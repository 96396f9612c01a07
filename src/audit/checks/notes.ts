import type { Find } from "../find.ts"
import type { Paper } from "../paper.ts"

/** What whoever wrote the audit file saw in equations and sentences: told as it stands, and apart from what is computed. */
export const notesCheck = ({ declared }: Paper): ReadonlyArray<Find> =>
  declared.notes.map(({ because, says, where }) => ({
    check: "note",
    verdict: "note",
    where: [where],
    says: `${where}: ${says}`,
    arithmetic: because === undefined ? [] : [because]
  }))
