/**
 * Where one is in a list that is taller than an element can be: browsers end at some 17 to 33 million pixels, and a million rows are as tall. The element that is scrolled has fewer
 * pixels than the list. Near both ends a pixel of it is a pixel of the list; between them it is a share of what remains. A small step (wheel, finger, arrows) moves the list by as much as
 * the element anyway; a large one (the bar is dragged) goes where the element's place says. What small steps make of the element's place is put right when they end.
 */
export class ScaledScroll {
  /** Pixels of the element that is scrolled, what is in view included. */
  readonly height: number
  readonly #view: number
  /** How far the list, and the element, can be scrolled. */
  readonly #listRoom: number
  readonly #room: number
  /** Pixels at each end that are those of the list. */
  readonly #alike: number
  #top = 0
  #native = 0

  /** In pixels: the height of the list, of what is in view, and the most that an element may have. */
  constructor(list: number, view: number, most = 15_000_000) {
    this.height = Math.min(Math.max(list, view), Math.max(most, view))
    this.#view = view
    this.#listRoom = Math.max(0, list - view)
    this.#room = this.height - view
    this.#alike = this.#listRoom <= this.#room ? this.#listRoom : Math.min(100_000, this.#room / 4)
  }
  /** The list's first pixel in view. */
  get top(): number {
    return this.#top
  }
  /** How far the element is scrolled for that. */
  get native(): number {
    return this.#native
  }
  /** Pixels of the list for each of the element, between the ends. */
  get #share(): number {
    return (this.#listRoom - 2 * this.#alike) / (this.#room - 2 * this.#alike)
  }
  #nativeOf(top: number): number {
    if (top <= this.#alike) return top
    if (top >= this.#listRoom - this.#alike) return this.#room - (this.#listRoom - top)
    return this.#alike + (top - this.#alike) / this.#share
  }
  #topOf(native: number): number {
    if (native <= this.#alike) return native
    if (native >= this.#room - this.#alike) return this.#listRoom - (this.#room - native)
    return this.#alike + (native - this.#alike) * this.#share
  }
  #goTo(top: number): void {
    this.#top = Math.min(Math.max(top, 0), this.#listRoom)
  }

  /** The element was scrolled to here. */
  scrolled(native: number): void {
    const step = native - this.#native
    // A browser rounds the place that it is given.
    if (Math.abs(step) < 1 && this.#alike !== this.#listRoom) return
    this.#native = native
    this.#goTo(Math.abs(step) <= 3 * this.#view && this.#alike !== this.#listRoom ? this.#top + step : this.#topOf(native))
  }
  /** No more steps come: where the element is to be for what is in view, where that is another place. */
  settled(): number | undefined {
    const due = this.#nativeOf(this.#top)
    if (Math.abs(due - this.#native) < 1) return undefined
    this.#native = due
    return due
  }
  /** Brings a pixel of the list to the top; gives where the element is to be. */
  to(top: number): number {
    this.#goTo(top)
    this.#native = this.#nativeOf(this.#top)
    return this.#native
  }
}
