/** The stage of the browser tests: a running demonstration and one Chromium for a file; its people come in by signing in. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, type TestContext } from 'vitest'
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { readConfig } from '../../src/app/config.ts'
import { startInstance, type Instance } from '../../src/app/instance.ts'
import { sql } from '../../src/kernel/db.ts'
import { todayIn } from '../../src/kernel/plain-date.ts'
import { demoPeople, type DemoPerson, type DemoRole } from '../../src/registry/demo.ts'
import { createTestDatabase } from '../database.ts'
import type { Cable } from './cable.ts'
import { launchChromium } from './chromium.ts'

/** A phone of today, and a desk: the two widths every page is looked at. */
export const PHONE = { width: 390, height: 844 } as const
export const DESK = { width: 1280, height: 900 } as const

/** What is not there after this long does not come. */
const PATIENCE_MS = 20_000

export interface Stage {
  readonly address: string
  readonly instance: Instance
  readonly people: readonly DemoPerson[]
  person(role: DemoRole): DemoPerson
  /** A browser of somebody's own (cookies and all), nobody signed in. */
  visit(options?: BrowserContextOptions): Promise<Page>
  /** Signs in as the person of this part by clicking, and puts on the part's office. */
  personIn(role: DemoRole, options?: BrowserContextOptions): Promise<Page>
  /** Six minutes pass since this person signed in, which is too long before signing. */
  ageSignIn(role: DemoRole): Promise<void>
  /** A refusal that a test provokes is told in the console too: problems that say this are taken off the list. */
  allow(expected: RegExp): void
  /** Ends a test: nothing may have gone wrong unasked (errors of scripts, the security policy, requests that failed). */
  review(context: TestContext): Promise<void>
  close(): Promise<void>
}

/** Starts the demonstration on a database of its own, and the browser; they meet by a cable when there is one. */
export async function openStage(options: { cable?: Cable } = {}): Promise<Stage> {
  const ends: (() => Promise<unknown>)[] = []
  const close = async () => {
    for (const end of ends.splice(0).reverse()) await end()
  }
  try {
    return await open(ends, close, options.cable)
  } catch (error) {
    await close()
    throw error
  }
}

async function open(
  ends: (() => Promise<unknown>)[],
  close: () => Promise<void>,
  cable: Cable | undefined,
): Promise<Stage> {
  const [instance, browser] = await Promise.all([startDemo(ends, cable), startBrowser(ends)])
  const { config, database, clock } = instance.parts
  const people = await demoPeople(database.read, todayIn(clock.now()))
  const problems: string[] = []
  const person = (role: DemoRole): DemoPerson => {
    const found = people.find((each) => each.role === role)
    if (!found) throw new Error(`nobody plays ${role}`)
    return found
  }
  const visit = async (options?: BrowserContextOptions): Promise<Page> => {
    const context = await browser.newContext({
      baseURL: config.publicUrl,
      locale: 'vi-VN',
      timezoneId: 'Asia/Ho_Chi_Minh',
      viewport: DESK,
      ...options,
    })
    context.setDefaultTimeout(PATIENCE_MS)
    watch(context, problems)
    return context.newPage()
  }
  return {
    address: config.publicUrl,
    instance,
    people,
    person,
    visit,
    async personIn(role, options) {
      const page = await visit(options)
      await signIn(page, person(role))
      return page
    },
    ageSignIn: (role) =>
      database.transaction(async (write) => {
        await write.run(sql`
          update session set signed_in_at = signed_in_at - interval '6 minutes'
           where member_id = ${person(role).memberId} and ended_at is null`)
      }),
    allow(expected) {
      const others = problems.filter((problem) => !expected.test(problem))
      problems.splice(0, problems.length, ...others)
    },
    async review({ task }) {
      const found = problems.splice(0)
      if (task.result?.state === 'fail') await picture(browser, task.name)
      expect(found, 'what went wrong unasked').toEqual([])
    },
    close,
  }
}

async function startDemo(ends: (() => Promise<unknown>)[], cable: Cable | undefined): Promise<Instance> {
  const test = await createTestDatabase()
  ends.push(test.drop)
  const folder = await mkdtemp(join(tmpdir(), 'dangvu-browser-'))
  ends.push(() => rm(folder, { recursive: true, force: true }))
  const config = readConfig({
    DATABASE_URL: test.url,
    DANGVU_DEMO: '1',
    DANGVU_DATA: folder,
    PORT: '0',
    HOST: '127.0.0.1',
    LOG_LEVEL: 'error',
    DANGVU_REQUESTS_PER_MINUTE: '1000000',
    ...(cable ? { PUBLIC_URL: `http://localhost:${cable.port}` } : {}),
  })
  const instance = await startInstance(config, { serve: true })
  cable?.leadTo(instance.parts.config.port)
  ends.push(instance.stop)
  return instance
}

async function startBrowser(ends: (() => Promise<unknown>)[]): Promise<Browser> {
  const browser = await launchChromium()
  ends.push(() => browser.close())
  return browser
}

/** Nobody asked for these; whoever provokes one on purpose takes it off the list. */
function watch(context: BrowserContext, problems: string[]): void {
  context.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning')
      problems.push(`${message.page()?.url() ?? ''}: ${message.text()}`)
  })
  context.on('weberror', (error) => problems.push(`${error.page()?.url() ?? ''}: ${String(error.error())}`))
  context.on('requestfailed', (request) => {
    const why = request.failure()?.errorText ?? ''
    // a page left while it was still loading, and a download, which is no page
    if (why !== 'net::ERR_ABORTED') problems.push(`${request.method()} ${request.url()}: ${why}`)
  })
}

const PICTURES = join(import.meta.dirname, '..', '..', 'build', 'tests', 'browser')

/** What was open when a test failed. */
async function picture(browser: Browser, name: string): Promise<void> {
  const pages = browser.contexts().flatMap((context) => context.pages())
  for (const [index, page] of pages.entries())
    await page
      .screenshot({ path: join(PICTURES, `${name} ${index + 1}.png`), fullPage: true })
      .catch(() => undefined)
}

/** From the sign-in page through the development provider, as people do it; then the hat of the part. */
export async function signIn(page: Page, person: DemoPerson): Promise<void> {
  await page.goto('/sign-in')
  await page.getByRole('link', { name: 'Đăng nhập bằng VNeID' }).click()
  await identify(page, person)
  if (person.positionName !== null) await wear(page, person)
}

/** On the provider's page: choosing the person ends with coming back. */
export async function identify(page: Page, person: DemoPerson): Promise<void> {
  const name = new RegExp(`${person.fullName}.*…${person.personalId.slice(-4)}`)
  await page.getByRole('button', { name }).first().click()
  await page.getByRole('banner').getByText('Đang làm việc với tư cách').first().waitFor({ state: 'attached' })
}

/** Puts on the person's office in the menu at the head of the page, unless it is worn already. */
async function wear(page: Page, person: DemoPerson): Promise<void> {
  const chip = page.getByRole('banner').locator('summary')
  if ((await chip.innerText()).includes(person.positionName ?? '')) return
  await chip.click()
  await page
    .getByRole('banner')
    .getByRole('button', { name: new RegExp(`${person.positionName ?? ''}.*${person.organisationName}`) })
    .click()
  await chip.getByText(person.positionName ?? '').waitFor()
}
