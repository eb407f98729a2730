/** The list of referrals of a workplace, a commune or a cell; and the form by which a member is referred. */
import type { Language } from '../../../kernel/plain-date.ts'
import { Button, ButtonLink, ButtonRow, TextLink } from '../../../ui/button.tsx'
import { Card } from '../../../ui/card.tsx'
import { Radios } from '../../../ui/choice.tsx'
import { DataTable } from '../../../ui/data-table.tsx'
import { Form } from '../../../ui/form.tsx'
import { EmptyState, Expander, Inset, RuleBox } from '../../../ui/notice.tsx'
import { Paging, Tabs } from '../../../ui/navigation.tsx'
import { PageTitle } from '../../../ui/page-title.tsx'
import { SearchBox } from '../../../ui/search.tsx'
import { ReferFields, type Choosable } from '../act-forms.tsx'
import { REFERRAL_PAGES } from '../names.ts'
import { DOSSIER_TEXTS } from '../dossier-texts.ts'
import { errorAt, RefusedNote } from '../refused-note.tsx'
import type { RefusedForm } from '../refused.ts'
import { RESIDENCE_TEXTS } from '../texts.ts'
import { UNREFERRED_GROUNDS } from '../contract.ts'
import type { Found, ReferralLine, Unreferred } from './listing.ts'

export const REFERRAL_LISTS = ['here', 'missing'] as const
export type ReferralList = (typeof REFERRAL_LISTS)[number]

export interface ReferralsPageProps {
  readonly language: Language
  readonly list: ReferralList
  readonly query: string
  readonly page: number
  readonly pages: number
  readonly here: Found<ReferralLine>
  readonly missing: Found<Unreferred>
  /** it counts members of its own: it refers them */
  readonly refers: boolean
}

export function referralsPage(props: ReferralsPageProps) {
  const { language, list, query, here, missing } = props
  const words = RESIDENCE_TEXTS[language]
  const address = (of: ReferralList, more: Readonly<Record<string, string>> = {}) =>
    `${REFERRAL_PAGES}?${new URLSearchParams({ list: of, ...(query === '' ? {} : { q: query }), ...more }).toString()}`
  return (
    <>
      <PageTitle title={words.referral.title} lead={words.referral.lead} />
      {props.refers && (
        <Tabs
          label={words.referral.title}
          items={[
            { href: address('here'), text: words.referral.here, count: here.total, current: list === 'here' },
            {
              href: address('missing'),
              text: words.referral.missing,
              count: missing.total,
              current: list === 'missing',
            },
          ]}
        />
      )}
      {(query !== '' || props.pages > 1) && (
        <SearchBox
          action={REFERRAL_PAGES}
          hidden={{ list }}
          label={words.referral.searchMember}
          value={query}
        />
      )}
      {list === 'here' ? (
        <DataTable
          caption={words.referral.here}
          hideCaption
          columns={[
            {
              key: 'name',
              title: words.fields.member,
              cell: ({ id, name }) => <TextLink href={`${REFERRAL_PAGES}/${id}`}>{name}</TextLink>,
            },
            {
              key: 'status',
              title: words.fields.status,
              cell: ({ status }) => words.referralStatuses[status as keyof typeof words.referralStatuses],
            },
            { key: 'place', title: words.fields.commune, cell: ({ place }) => place ?? '–' },
          ]}
          rows={here.rows}
          keyOf={({ id }) => id}
          empty={<EmptyState title={query === '' ? words.referral.none : words.referral.noneFound} />}
        />
      ) : (
        <DataTable
          caption={words.referral.missing}
          hideCaption
          columns={[
            { key: 'name', title: words.fields.member, cell: ({ name }) => name },
            { key: 'cell', title: words.ask.cell, cell: ({ cellName }) => cellName },
            {
              key: 'act',
              title: words.referral.refer,
              acts: true,
              cell: ({ memberId, name }) => (
                <TextLink href={`${REFERRAL_PAGES}/new?member=${memberId}`}>
                  {words.referral.refer}
                  <span class="govuk-visually-hidden">: {name}</span>
                </TextLink>
              ),
            },
          ]}
          rows={missing.rows}
          keyOf={({ memberId }) => memberId}
          empty={
            <EmptyState title={query === '' ? words.referral.nobodyMissing : words.referral.noneFound} />
          }
        />
      )}
      <Paging
        page={props.page}
        pages={props.pages}
        hrefOf={(page) => address(list, { page: String(page) })}
      />
      <RuleBox citation={words.citation}>{words.referralRule}</RuleBox>
    </>
  )
}

export interface ReferPageProps {
  readonly language: Language
  readonly csrf: string
  readonly id: string
  readonly commandIds: readonly [string, string]
  readonly member: { readonly id: string; readonly name: string }
  readonly q: string
  readonly communes: readonly Choosable[]
  readonly entered: Readonly<Record<string, unknown>>
  /** which of the two forms was refused */
  readonly asked?: string | undefined
  readonly refused?: RefusedForm | undefined
  /** the sign-in is too old to sign a referral: where one confirms and comes back */
  readonly confirmHref: string | undefined
}

export function referPage(props: ReferPageProps) {
  const { language, csrf, id, commandIds, member, communes, refused } = props
  const words = RESIDENCE_TEXTS[language]
  const texts = DOSSIER_TEXTS[language]
  const hidden = { memberId: member.id }
  return (
    <>
      <RefusedNote refused={refused} />
      <PageTitle title={`${words.commands.refer}: ${member.name}`} lead={words.referral.lead} />
      <RuleBox citation={words.citation}>{words.referralRule}</RuleBox>
      <SearchBox
        action={`${REFERRAL_PAGES}/new`}
        hidden={{ member: member.id }}
        label={words.referral.search}
        value={props.q}
      />
      {communes.length === 0 && <Inset>{words.referral.nowhere}</Inset>}
      {communes.length > 0 && props.confirmHref && (
        <Card title={words.commands.refer}>
          <ButtonRow>
            <ButtonLink href={props.confirmHref}>{texts.confirmFirst(words.referral.small)}</ButtonLink>
          </ButtonRow>
          <RuleBox citation={texts.freshCitation}>{texts.freshWhy}</RuleBox>
        </Card>
      )}
      {communes.length > 0 && !props.confirmHref && (
        <Card title={words.commands.refer}>
          <Form
            action={`${REFERRAL_PAGES}/${id}/refer`}
            csrf={csrf}
            commandId={commandIds[0]}
            hidden={{ ...hidden, q: props.q }}
          >
            <ReferFields
              language={language}
              command="refer"
              communes={communes}
              entered={props.entered}
              refused={props.asked === 'refer' ? refused : undefined}
            />
            <ButtonRow>
              <Button>{words.commands.refer}</Button>
            </ButtonRow>
          </Form>
        </Card>
      )}
      <Expander summary={words.referral.or} open={props.asked === 'mark-unreferred'}>
        <Form
          action={`${REFERRAL_PAGES}/${id}/mark-unreferred`}
          csrf={csrf}
          commandId={commandIds[1]}
          hidden={hidden}
        >
          <Radios
            name="ground"
            id="mark-unreferred-ground"
            label={words.fields.unreferred}
            error={props.asked === 'mark-unreferred' ? errorAt(refused, 'ground') : undefined}
            choices={UNREFERRED_GROUNDS.map((ground) => ({ value: ground, text: words.unreferred[ground] }))}
          />
          <Button kind="secondary">{words.commands['mark-unreferred']}</Button>
        </Form>
      </Expander>
    </>
  )
}
