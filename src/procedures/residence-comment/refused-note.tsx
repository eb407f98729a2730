/** What was refused, at the head of the page: each field to mend, then the rule and how to mend it. */
import { ErrorSummary } from '../../ui/error-summary.tsx'
import { RefusalPanel } from '../../ui/notice.tsx'
import type { RefusedForm } from './refused.ts'

export function RefusedNote({ refused }: { readonly refused: RefusedForm | undefined }) {
  if (!refused) return null
  const { words, citation, errors } = refused
  return (
    <>
      <ErrorSummary errors={errors} />
      {!refused.saidAtFields && (
        <RefusalPanel
          title={words.title}
          what={words.what}
          why={words.why}
          citation={citation}
          mend={<p>{words.mend}</p>}
        />
      )}
    </>
  )
}

/** What is wrong with one field. */
export const errorAt = (refused: RefusedForm | undefined, field: string): string | undefined =>
  refused?.errors.find((error) => error.field === field)?.text
