import type { AskFailure } from "../ask.ts"

/** What is wrong, all of it, in the server's words. */
export const FailureNote = ({ failure }: { readonly failure: AskFailure }) => (
  <div class="failure" role="alert">
    {failure.errors.length === 1 ? (
      <p>{failure.errors[0]!.message}</p>
    ) : (
      <ul>
        {failure.errors.map(({ message }) => (
          <li key={message}>{message}</li>
        ))}
      </ul>
    )}
  </div>
)
