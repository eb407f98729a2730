/** The list of referrals of a workplace, a commune or a cell; and the form by which a member is referred. */
import type { Language } from '../../../kernel/plain-date.ts'
import { Button, ButtonLink, TextLink } from '../../../ui/button.tsx'
import { Card } from '../../../ui/card.tsx'
import { Radios } from '../../../ui/choice.tsx'
import { DataTable } from '../../../ui/data-table.tsx'
import { Form } from '../../../ui/form.tsx'
import { EmptyState, Expander, RefusalPanel, RuleBox } from '../../../ui/notice.tsx'
import { PageTitle, Section } from '../../../ui/page-title.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import type { RefusalWords } from '../../../web/web.ts'
import { ReferFields, type Choosable } from '../act-forms.tsx'
import { REFERRAL_PAGES } from '../names.ts'
import { RESIDENCE_TEXTS } from '../texts.ts'
import { UNREFERRED_GROUNDS } from '../contract.ts'
import type { ReferralLine, Unreferred } from './listing.ts'

export function referralsPage(props: {
  language: Language
  here: readonly ReferralLine[]
  missing: readonly Unreferred[]
}) {
  const words = RESIDENCE_TEXTS[props.language]
  return (
    <>
      <PageTitle title={words.referral.title} lead={words.referral.lead} />
      <RuleBox citation={words.citation}>{words.referralRule}</RuleBox>
      <Section title={words.referral.here}>
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
          rows={props.here}
          keyOf={({ id }) => id}
          empty={<EmptyState title={words.referral.none} />}
        />
      </Section>
      {props.missing.length > 0 && (
        <Section title={words.referral.missing}>
          <DataTable
            caption={words.referral.missing}
            hideCaption
            columns={[
              { key: 'name', title: words.fields.member, cell: ({ name }) => name },
              { key: 'cell', title: words.fields.workplace, cell: ({ cellName }) => cellName },
              {
                key: 'act',
                title: words.referral.refer,
                acts: true,
                cell: ({ memberId }) => (
                  <TextLink href={`${REFERRAL_PAGES}/new?member=${memberId}`}>
                    {words.referral.refer}
                  </TextLink>
                ),
              },
            ]}
            rows={props.missing}
            keyOf={({ memberId }) => memberId}
          />
        </Section>
      )}
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
  readonly refused?:
    | {
        readonly words: RefusalWords
        readonly citation?: string | undefined
        /** where one signs in again and comes back, when that is what was wanting */
        readonly confirmHref: string | undefined
      }
    | undefined
}

export function referPage(props: ReferPageProps) {
  const { language, csrf, id, commandIds, member, communes, refused } = props
  const words = RESIDENCE_TEXTS[language]
  const hidden = { memberId: member.id }
  return (
    <>
      {refused && (
        <RefusalPanel
          title={refused.words.title}
          what={refused.words.what}
          why={refused.words.why}
          citation={refused.citation}
          mend={refused.words.mend}
        />
      )}
      {refused?.confirmHref && <ButtonLink href={refused.confirmHref}>{words.confirmAgain}</ButtonLink>}
      <PageTitle title={`${words.commands.refer}: ${member.name}`} lead={words.referral.lead} />
      <RuleBox citation={words.citation}>{words.referralRule}</RuleBox>
      <form method="get" action={`${REFERRAL_PAGES}/new`}>
        <input type="hidden" name="member" value={member.id} />
        <TextField name="q" label={words.referral.search} type="search" value={props.q} />
        <Button kind="secondary">{words.referral.find}</Button>
      </form>
      {communes.length > 0 && (
        <Card>
          <Form
            action={`${REFERRAL_PAGES}/${id}/refer`}
            csrf={csrf}
            commandId={commandIds[0]}
            hidden={hidden}
          >
            <ReferFields language={language} command="refer" communes={communes} entered={props.entered} />
            <Button>{words.commands.refer}</Button>
          </Form>
        </Card>
      )}
      <Expander summary={words.referral.or}>
        <Form
          action={`${REFERRAL_PAGES}/${id}/mark-unreferred`}
          csrf={csrf}
          commandId={commandIds[1]}
          hidden={hidden}
        >
          <Radios
            name="ground"
            label={words.fields.unreferred}
            choices={UNREFERRED_GROUNDS.map((ground) => ({ value: ground, text: words.unreferred[ground] }))}
          />
          <Button kind="secondary">{words.commands['mark-unreferred']}</Button>
        </Form>
      </Expander>
    </>
  )
}
