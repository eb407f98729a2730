/** Between two pieces of a long action the page sends what is left by itself, each piece once; without scripts its button does. */
import { readFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { h } from 'preact'
import { renderToString } from 'preact-render-to-string'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { PUBLIC_FOLDER, readAssets } from '../../src/app/assets.ts'
import { GoOn } from '../../src/ui/go-on.tsx'
import { launchChromium } from './chromium.ts'

const ALL = ['a', 'b', 'c', 'd', 'e']
let server: Server
let base: string
let browser: Awaited<ReturnType<typeof launchChromium>>
let posted: string[][]

const pageOf = (script: string, rest: readonly string[]): string => {
  const props = {
    action: '/piece',
    csrf: 'x',
    commandId: 'y',
    done: ALL.length - rest.length,
    total: ALL.length,
  }
  const body =
    rest.length === 0 ? '<h1>Xong</h1>' : renderToString(h(GoOn, { ...props, rest, hidden: { told: 'z' } }))
  return `<!doctype html><html lang="vi"><body><main>${body}</main><script type="module" src="${script}"></script></body></html>`
}

beforeAll(async () => {
  const { js } = await readAssets()
  const code = await readFile(join(PUBLIC_FOLDER, js.replace('/assets/', '')))
  server = createServer((request, response) => {
    if (request.url?.endsWith('.js'))
      return void response.setHeader('content-type', 'text/javascript').end(code)
    let body = ''
    request.on('data', (some: Buffer) => (body += some.toString()))
    request.on('end', () => {
      response.setHeader('content-type', 'text/html; charset=utf-8')
      if (request.method !== 'POST') return response.end(pageOf(js, ALL))
      const chosen = new URLSearchParams(body).getAll('chosen')
      posted.push(chosen)
      response.end(pageOf(js, chosen.slice(2)))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  browser = await launchChromium()
})
afterAll(async () => {
  await browser?.close()
  server?.close()
})
beforeEach(() => {
  posted = []
})

test('with scripts the rest goes on by itself to the end', async () => {
  const page = await browser.newPage()
  await page.goto(base)
  await page.getByText('Xong').waitFor()
  expect(posted).toEqual([ALL, ['c', 'd', 'e'], ['e']])
  await page.close()
})

test('without scripts a button goes on, and the page says how far it is', async () => {
  const context = await browser.newContext({ javaScriptEnabled: false })
  const page = await context.newPage()
  await page.goto(base)
  expect(await page.getByText('Đã làm 0 trên 5').count()).toBe(1)
  await page.getByRole('button', { name: 'Làm tiếp' }).click()
  await page.getByText('Đã làm 2 trên 5').waitFor()
  expect(posted).toEqual([ALL])
  await context.close()
})
