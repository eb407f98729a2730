/** Long work: asks how far it is, moves the bar, loads the page again when it is finished. */
import { figure, fill, fresh } from './page.browser.ts'

const ASK_EVERY_MILLISECONDS = 1500

interface Standing {
  readonly done: number
  readonly total?: number
  readonly finished: boolean
}

/** A page between two pieces of a long action sends what is left. */
export function goOn(): void {
  for (const part of fresh<HTMLElement>('[data-go-on]', 'go-on')) part.querySelector('form')?.requestSubmit()
}

/** Parts with `data-poll` (and, where it may take minutes, `data-poll-every` in milliseconds); the page's own reloading is taken away, since the script does better. */
export function poll(): void {
  for (const part of fresh<HTMLElement>('[data-poll]', 'poll')) {
    document.querySelector('meta[data-reload]')?.remove()
    const every = Number(part.dataset['pollEvery'] ?? ASK_EVERY_MILLISECONDS)
    const ask = async () => {
      if (!part.isConnected) return
      const standing = await fetchStanding(part.dataset['poll'] ?? '')
      if (standing?.finished) return location.reload()
      if (standing) show(part, standing)
      setTimeout(ask, standing ? every : 4 * every)
    }
    setTimeout(ask, every)
  }
}

async function fetchStanding(address: string): Promise<Standing | undefined> {
  try {
    const answer = await fetch(address, { headers: { accept: 'application/json' } })
    return answer.ok ? ((await answer.json()) as Standing) : undefined
  } catch {
    return undefined
  }
}

function show(part: HTMLElement, { done, total }: Standing): void {
  const bar = part.querySelector('progress')
  const status = part.querySelector('[data-poll-status]')
  if (total === undefined || !bar) return
  bar.max = total
  bar.value = done
  if (status)
    status.textContent = fill(part.dataset['of'] ?? '', { done: figure(done), total: figure(total) })
}
