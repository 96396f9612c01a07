/** Stands where a picture will be, seen only when that takes long. */
export const Reading = () => (
  <p class="results-reading-note" role="status">
    reading …
  </p>
)
