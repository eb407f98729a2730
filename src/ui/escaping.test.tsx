/** Text of a stranger stays text: in every place a component puts it, and in the words handed to the scripts. */
import type { VNode } from 'preact'
import { expect, test } from 'vitest'
import { BulkTable, ResultList } from './bulk.tsx'
import { ButtonLink, PostButton } from './button.tsx'
import { NowCard, TaskCard } from './card.tsx'
import { Radios } from './choice.tsx'
import { DateField } from './date-field.tsx'
import { ErrorSummary } from './error-summary.tsx'
import { FileField } from './file-field.tsx'
import { FileList } from './file-list.tsx'
import { Form } from './form.tsx'
import { Layout } from './layout.tsx'
import { Banner, RefusalPanel } from './notice.tsx'
import { LookupField, SearchBox } from './search.tsx'
import { renderPage } from './render.ts'
import { SummaryList } from './summary-list.tsx'
import { SelectField, TextArea, TextField } from './text-field.tsx'
import { Timeline } from './timeline.tsx'

const HOSTILE = `"><script>alert(1)</script><img src=x onerror='alert(2)'>`

const PLACES: Record<string, VNode> = {
  text: (
    <TextField name="a" label={HOSTILE} hint={HOSTILE} error={HOSTILE} value={HOSTILE} suffix={HOSTILE} />
  ),
  area: <TextArea name="a" label={HOSTILE} value={HOSTILE} />,
  select: <SelectField name="a" label="a" empty={HOSTILE} options={[{ value: HOSTILE, text: HOSTILE }]} />,
  radios: <Radios name="a" label={HOSTILE} choices={[{ value: HOSTILE, text: HOSTILE, refused: HOSTILE }]} />,
  date: <DateField name="a" label={HOSTILE} value={{ day: HOSTILE }} />,
  file: (
    <FileField
      name="a"
      label="a"
      kinds={HOSTILE}
      accept={HOSTILE}
      maxSize={HOSTILE}
      uploaded={[{ id: HOSTILE, name: HOSTILE, about: HOSTILE, proof: HOSTILE, removeAction: HOSTILE }]}
    />
  ),
  lookup: <LookupField name="a" label="a" suggestUrl={HOSTILE} value={HOSTILE} valueId={HOSTILE} />,
  search: <SearchBox action={HOSTILE} label={HOSTILE} value={HOSTILE} hidden={{ [`x`]: HOSTILE }} />,
  errors: <ErrorSummary errors={[{ field: HOSTILE, text: HOSTILE }]} />,
  form: (
    <Form action={HOSTILE} csrf={HOSTILE} commandId={HOSTILE} draftUrl={HOSTILE} hidden={{ x: HOSTILE }}>
      {HOSTILE}
    </Form>
  ),
  post: (
    <PostButton action={HOSTILE} csrf={HOSTILE}>
      {HOSTILE}
    </PostButton>
  ),
  link: <ButtonLink href={HOSTILE}>{HOSTILE}</ButtonLink>,
  now: <NowCard title={HOSTILE}>{HOSTILE}</NowCard>,
  task: <TaskCard title={HOSTILE} status={HOSTILE} deadline={{ tone: 'ok', text: HOSTILE }} />,
  banner: <Banner kind="problem" title={HOSTILE} />,
  refusal: <RefusalPanel title={HOSTILE} what={HOSTILE} why={HOSTILE} citation={HOSTILE} mend={HOSTILE} />,
  summary: <SummaryList rows={[{ term: HOSTILE, value: HOSTILE, masked: true }]} />,
  timeline: <Timeline steps={[{ standing: 'now', title: HOSTILE, who: HOSTILE, rule: HOSTILE }]} />,
  files: <FileList files={[{ title: HOSTILE, about: HOSTILE, standing: 'valid', href: HOSTILE }]} />,
  results: <ResultList results={[{ id: HOSTILE, title: HOSTILE, ok: false, about: HOSTILE }]} />,
  bulk: (
    <BulkTable
      caption={HOSTILE}
      columns={[{ key: 'a', title: HOSTILE, cell: () => HOSTILE }]}
      rows={[HOSTILE]}
      keyOf={(row) => row}
      nameOf={(row) => row}
      refusedFor={(row) => row}
      action="/"
      csrf="t"
      actions={[{ name: HOSTILE, value: HOSTILE, text: HOSTILE }]}
    />
  ),
  layout: (
    <Layout
      title={HOSTILE}
      assets={{ css: '/a.css', js: '/a.js' }}
      site={{ name: HOSTILE, tagline: HOSTILE }}
      session={{
        person: HOSTILE,
        hat: { id: HOSTILE, office: HOSTILE, organisation: HOSTILE },
        otherHats: [{ id: HOSTILE, office: HOSTILE, organisation: HOSTILE, onBehalfOf: HOSTILE }],
        switchAction: '/hat',
        signOutAction: '/out',
        csrf: HOSTILE,
      }}
      strips={[{ text: HOSTILE, href: HOSTILE }]}
      footer={{ help: { who: HOSTILE, phone: HOSTILE }, preferences: { action: '/p', returnTo: HOSTILE } }}
      reader={HOSTILE}
      address={HOSTILE}
    >
      {HOSTILE}
    </Layout>
  ),
}

test.each(Object.entries(PLACES))('%s puts hostile text in as text', (_, page) => {
  const html = renderPage(page)
  expect(html).toContain('&lt;script>')
  // The page's own script is `<script type="module" …>`; theirs has no attribute.
  expect(html).not.toContain('<script>')
  expect(html).not.toContain('<img src=x')
  expect(outsideQuotes(html)).not.toMatch(/onerror/)
})

/** The markup with all text and attribute values cut out: only tags and attribute names remain. */
function outsideQuotes(html: string): string {
  return html.replace(/"[^"]*"/g, '').replace(/>[^<]*/g, '>')
}
