/** Passkeys on the pages of identity: the list with adding and removing, and the way in while the provider is away. */
import { formatInstant, type Language } from '../kernel/plain-date.ts'
import { Button, ButtonLink, ButtonRow, PostButton } from '../ui/button.tsx'
import { Card } from '../ui/card.tsx'
import { DataTable } from '../ui/data-table.tsx'
import { Inset, RuleBox } from '../ui/notice.tsx'
import { TextField } from '../ui/text-field.tsx'
import type { SessionsView } from './view.ts'
import { identityWords } from './words.ts'

/** What the script says when the device or the network does not play along; put on the form that it starts. */
function scriptWords(language: Language) {
  const words = identityWords(language)
  return {
    'data-working': words.passkeyWorking,
    'data-cancelled': words.passkeyCancelled,
    'data-unable': words.passkeyUnable,
    'data-no-network': words.passkeyNoNetwork,
  }
}

/** The owner's passkeys: what they are for, each with when it was made and used, and adding one. */
export function PasskeysCard({
  view,
  language,
}: {
  readonly view: SessionsView
  readonly language: Language
}) {
  const words = identityWords(language)
  const { csrf } = view.session
  const remove = (passkey: string, text: string) => (
    <PostButton action="/passkeys/remove" csrf={csrf} kind="secondary" hidden={{ passkey }}>
      {text}
    </PostButton>
  )
  return (
    <Card title={words.passkeys} id="passkeys">
      <p>{words.passkeysLead}</p>
      {view.passkeys.length === 0 ? (
        <p class="quiet">{words.passkeysNone}</p>
      ) : (
        <DataTable
          caption={words.passkeys}
          hideCaption
          rows={view.passkeys}
          keyOf={(passkey) => passkey.id}
          columns={[
            { key: 'name', title: words.passkeyName, cell: (passkey) => passkey.name },
            {
              key: 'created',
              title: words.passkeyCreated,
              cell: (passkey) => formatInstant(passkey.createdAt, language),
            },
            {
              key: 'used',
              title: words.passkeyUsed,
              cell: (passkey) =>
                passkey.lastUsedAt ? formatInstant(passkey.lastUsedAt, language) : words.passkeyNever,
            },
            {
              key: 'remove',
              title: words.passkeyRemove,
              acts: true,
              cell: (passkey) => remove(passkey.id, words.passkeyRemove),
            },
          ]}
        />
      )}
      {view.passkeys.length > 1 && <ButtonRow>{remove('all', words.passkeyRemoveAll)}</ButtonRow>}
      {view.mayAddPasskey ? (
        <AddPasskey csrf={csrf} language={language} />
      ) : (
        <>
          <p>{words.passkeyConfirmFirst}</p>
          <ButtonRow>
            <ButtonLink href="/sign-in/start?return=%2Fsessions%23passkeys" kind="secondary">
              {words.confirm}
            </ButtonLink>
          </ButtonRow>
        </>
      )}
      <RuleBox setting={words.passkeyRule}>{words.passkeyRuleText}</RuleBox>
    </Card>
  )
}

/** Making a key is the device's work: without its script this cannot be done, and says so. */
function AddPasskey({ csrf, language }: { readonly csrf: string; readonly language: Language }) {
  const words = identityWords(language)
  return (
    <>
      <noscript>
        <Inset>{words.passkeyNoScript}</Inset>
      </noscript>
      <form class="form" data-passkey="add" data-csrf={csrf} hidden {...scriptWords(language)}>
        <TextField
          name="passkeyName"
          label={words.passkeyNameLabel}
          hint={words.passkeyNameHint}
          width={20}
        />
        <ButtonRow>
          <Button kind="secondary">{words.passkeyAdd}</Button>
        </ButtonRow>
        <p role="status" data-passkey-status />
      </form>
    </>
  )
}

/** The way in by a passkey. */
export function PasskeyWayIn(props: {
  readonly returnTo: string
  readonly main: boolean
  readonly language: Language
}) {
  const words = identityWords(props.language)
  return (
    <>
      <noscript>
        <Inset>{words.passkeyNoScript}</Inset>
      </noscript>
      <form
        class="form"
        data-passkey="sign-in"
        data-return={props.returnTo}
        hidden
        {...scriptWords(props.language)}
      >
        <ButtonRow>
          <Button kind={props.main ? 'primary' : 'secondary'}>{words.passkeySignIn}</Button>
        </ButtonRow>
        <p role="status" data-passkey-status />
      </form>
    </>
  )
}
