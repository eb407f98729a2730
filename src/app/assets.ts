/** The built files of the browser: their names carry their contents' digest, the list is made by the build. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Assets } from '../ui/layout.tsx'
import { StartError } from './installation.ts'

const BUILD = join(import.meta.dirname, '..', '..', 'build')

export const PUBLIC_FOLDER = join(BUILD, 'public')

/** a worker of the press (`main.press.ts`) */
export const PRESS_PROGRAM = pathToFileURL(join(BUILD, 'press.mjs'))

/** what reads files of strangers (`main.reader.ts`) */
export const READER_PROGRAM = pathToFileURL(join(BUILD, 'reader.mjs'))

interface Built {
  readonly css: string
  readonly js: string
  readonly fonts: readonly string[]
  readonly serviceWorker?: string
}

/** @throws StartError when nothing was built yet */
export async function readAssets(): Promise<Assets> {
  const text = await readFile(join(BUILD, 'assets.json'), 'utf8').catch(() => undefined)
  if (text === undefined) throw new StartError('Chưa dựng chương trình: npm run build (not built yet).')
  const built = JSON.parse(text) as Built
  return {
    css: `/assets/${built.css}`,
    js: `/assets/${built.js}`,
    fonts: built.fonts.map((font) => `/assets/${font}`),
    brandCss: '/brand.css',
    manifest: '/manifest.webmanifest',
    icon: '/favicon.svg',
    ...(built.serviceWorker ? { serviceWorker: `/${built.serviceWorker}` } : {}),
  }
}
