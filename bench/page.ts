/** `page`: the weight of the member's first page over the wire: document, style, scripts, pictures; the faces apart. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { startEmbeddedDatabase } from '../src/app/database/embedded.ts'
import { visitor } from '../src/app/story/visitor.ts'
import { openDatabase } from '../src/kernel/db.ts'
import { todayIn } from '../src/kernel/plain-date.ts'
import { demoPeople } from '../src/registry/demo.ts'
import { machine } from './parts/machine.ts'
import { startServer } from './parts/running.ts'

const on = machine()
const folder = await mkdtemp(join(tmpdir(), 'dangvu-bench-'))
const server = await startServer(folder)
try {
  const ground = await startEmbeddedDatabase({ folder: join(folder, 'database') })
  const database = openDatabase(ground.url, { connections: 2 })
  const people = await demoPeople(database.read, todayIn(new Date()))
  await database.close()
  await ground.stop()
  const person = people.find((each) => each.role === 'member')!
  const member = await visitor(server.base, 'member', { personalId: person.personalId })
  const wire = (text: Uint8Array | string): number => gzipSync(text, { level: 6 }).length
  const html = await (await member.get('/')).text()
  const linked = [...html.matchAll(/(?:href|src)="(\/[^"#]+)"/g)].map((found) => found[1]!)
  const parts: Record<string, number> = { document: wire(html) }
  const fonts: Record<string, number> = {}
  let swap = true
  for (const path of new Set(
    linked.filter((each) => /\.(css|js|woff2|svg|png)$/.test(each.split('?')[0]!)),
  )) {
    const bytes = new Uint8Array(await (await member.get(path)).arrayBuffer())
    if (path.endsWith('.woff2')) continue
    parts[path] = wire(bytes)
    if (!path.includes('/assets/') || !path.includes('.css')) continue
    const style = new TextDecoder().decode(bytes)
    const faces = [...style.matchAll(/@font-face\{[^}]*\}/g)]
      .map((found) => found[0])
      .filter((face) => face.includes('.woff2'))
    swap &&= faces.length > 0 && faces.every((face) => face.includes('font-display:swap'))
    for (const face of new Set(
      [...style.matchAll(/url\(["']?([^"')]+\.woff2)/g)].map((found) => found[1]!),
    )) {
      fonts[face] = (
        await (await member.get(new URL(face, `${server.base}${path}`).pathname)).arrayBuffer()
      ).byteLength
    }
  }
  const sum = (sizes: Record<string, number>): number =>
    Object.values(sizes).reduce((total, size) => total + size, 0)
  const kB = (bytes: number): number => Number((bytes / 1024).toFixed(1))
  process.stdout.write(
    `${JSON.stringify({ bench: 'page', pageKB: kB(sum(parts)), fontsKB: kB(sum(fonts)), facesSwap: swap, parts, fonts, aim: { pageKB: 60, fontsKB: 35 }, on })}\n`,
  )
} finally {
  await server.stop()
  await rm(folder, { recursive: true, force: true })
}
