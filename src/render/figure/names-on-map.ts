interface NameOnMap {
  readonly x: number
  readonly y: number
  readonly width: number
  /** How wide the area is there; NaN where the name may reach beyond it. */
  readonly room: number
}

/** Which names are written on a map, in pixels: those that fit into their areas, and of those that need not, each that does not run into one before it. */
export const namesOnMap = (names: ReadonlyArray<NameOnMap>, height: number): ReadonlyArray<boolean> => {
  const written: Array<NameOnMap> = []
  return names.map((name) => {
    const fits = Number.isNaN(name.room)
      ? written.every((other) => Math.abs(other.y - name.y) >= height || Math.abs(other.x - name.x) >= (other.width + name.width) / 2)
      : name.width <= name.room
    if (fits) written.push(name)
    return fits
  })
}
