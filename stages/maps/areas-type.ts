import { category, integer, number, table } from "@sediment/sediment"

/** Where entities lie: the rings of their polygons, outer ones and holes alike, a row a vertex in order. Sorted by entity; rings are numbered through. */
export const Areas = table("Areas", {
  entity: category("", "as the dictionary calls it"),
  ring: integer("", "which ring the vertex belongs to"),
  longitude: number("degrees east"),
  latitude: number("degrees north"),
  credit: category("", "whose map it is, to be told under a figure; or empty")
})
