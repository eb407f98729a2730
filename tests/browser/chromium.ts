/** The Chromium of the browser tests: the one named by CHROMIUM_PATH, else the one that npm ships. */
import { existsSync } from 'node:fs'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { chromium, type Browser } from 'playwright-core'

/** Unpacked once for each version and kept with what else is built. */
const UNPACKED = join(import.meta.dirname, '..', '..', 'build', 'chromium')

/**
 * Ours, in place of the package's own: those switch off web security, and with it what CSP and form tokens are tested for.
 * Without the sandbox, since it does not start as root and the only pages opened are our own.
 */
const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-default-apps',
  '--disable-sync',
  '--font-render-hinting=none',
]

/** Starts it without a window. */
export async function launchChromium(): Promise<Browser> {
  const named = process.env.CHROMIUM_PATH
  const executablePath = named ?? (await unpackedChromium())
  const env = named ? process.env : { ...process.env, FONTCONFIG_FILE: await ownFonts() }
  return chromium.launch({ executablePath, args: ARGUMENTS, headless: true, env })
}

/**
 * The package's own list of fonts names folders of the place it was made for. Without a single font, text has no height, what is
 * to be seen counts as hidden, and Chromium ends at the first letter that our face lacks. Ours names the font beside it, and
 * nothing of the machine, so that pages are as wide everywhere. @returns the path of the list
 */
async function ownFonts(): Promise<string> {
  const list = join(UNPACKED, 'fonts.conf')
  const here = UNPACKED.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
  await writeFile(
    list,
    `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${here}/fonts</dir>
  <cachedir>${here}/fonts-cache</cachedir>
</fontconfig>
`,
  )
  return list
}

/**
 * The package unpacks into the folder for temporary files, where a half-written one or another user's would be taken for ours:
 * we give it a folder of our own, and count it only when it is complete.
 */
async function unpackedChromium(): Promise<string> {
  const complete = join(UNPACKED, 'complete')
  if (!existsSync(complete)) await rm(UNPACKED, { recursive: true, force: true })
  await mkdir(UNPACKED, { recursive: true })
  const before = process.env.TMPDIR
  process.env.AWS_EXECUTION_ENV = 'AWS_Lambda_nodejs20.x' // makes it bring its own libraries, which a bare Debian lacks
  process.env.TMPDIR = UNPACKED
  try {
    const { default: shipped } = await import('@sparticuz/chromium')
    const path = await shipped.executablePath()
    await writeFile(complete, '')
    return path
  } finally {
    if (before === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = before
  }
}
