/** The list on paper for the meeting with the front board: a row a member, the steps of each criterion to tick by hand. */
import type { Language } from '../../../kernel/plain-date.ts'
import { PageTitle } from '../../../ui/page-title.tsx'
import { PrintedSheet } from '../../../ui/print.tsx'
import type { ShownGroup } from './page.tsx'
import { shortOf, type SittingTexts } from './texts.ts'

export function SittingPrint(props: {
  readonly texts: SittingTexts
  readonly language: Language
  readonly cell: string
  readonly year: number
  readonly groups: readonly ShownGroup[]
}) {
  const { texts, language, groups } = props
  return (
    <>
      <div class="no-print">
        <PageTitle title={texts.print} lead={texts.printNow} />
      </div>
      <PrintedSheet
        issuer={props.cell}
        title={texts.printTitle(props.year)}
        signers={[{ office: texts.frontBoard }, { office: texts.committee }]}
      >
        <p>{texts.printDay}</p>
        <p class="quiet">{texts.printLead}</p>
        {groups.map(({ exempt, criteria, rows }) => (
          <table key={String(exempt)} class="table table--print">
            <caption class="table-caption">{exempt ? texts.tableExempt : texts.table}</caption>
            <thead>
              <tr>
                <th scope="col">{texts.number}</th>
                <th scope="col">{texts.member}</th>
                {criteria.map((criterion) => (
                  <th key={criterion.code} scope="col">
                    {shortOf(criterion, language)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((row, index) => (
                <tr key={row.id}>
                  <td data-title={texts.number}>{index + 1}</td>
                  <th scope="row">{row.name}</th>
                  {criteria.map((criterion) => (
                    <td key={criterion.code} data-title={shortOf(criterion, language)}>
                      {criterion.scale.map((step) => (
                        <span key={step.code} class="row-note">
                          {row.ticks[criterion.code] === step.code ? '[x]' : '[  ]'} {step.text[language]}
                        </span>
                      ))}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        ))}
      </PrintedSheet>
    </>
  )
}
