/** On which days a stay makes its member a guest: by status, and by what ends it earlier. */
import { describe, expect, test } from 'vitest'
import { ACTORS, after, PLACES, stayAt } from './law/builders.ts'
import { guestDays } from './guest-days.ts'
import { STATUSES, type Status } from './law/states.ts'

const LATER = '2026-12-24'

/** The last day, asked on the day of the last event; of those that are not here there is no day. */
const LAST: Readonly<Partial<Record<Status, string>>> = {
  active: '2027-02-28',
  'extension-asked': '2027-02-28',
  expired: '2027-02-28',
  returning: '2026-09-01',
  completed: '2026-09-01',
  converted: LATER,
  ended: LATER,
}

describe('the days of a guest', () => {
  test.each(STATUSES.map((status) => [status, LAST[status]] as const))('%s: until %s', (status, until) => {
    const days = guestDays(stayAt(status), LATER)
    expect(days?.until).toBe(until)
    if (!days) return
    // Admitted on the first day of the stay: the day after is the first that began so.
    expect(days).toMatchObject({ since: '2026-09-02', writtenOn: '2026-09-01', organisationId: 'host-cell' })
  })

  test('an extension moves the last day, a refusal does not, and an heir of the cell has the guest', () => {
    const asked = stayAt('extension-asked')
    const granted = after(asked, ACTORS.hostSecretary, { type: 'grant-extension' })
    expect(guestDays(granted, LATER)?.until).toBe('2027-03-31')
    const refused = after(asked, ACTORS.hostSecretary, { type: 'refuse-extension', reason: 'x' })
    expect(guestDays(refused, LATER)?.until).toBe('2027-02-28')
    const merged = { ...granted, heirs: { [PLACES.hostCell.id]: { ...PLACES.hostCell, id: 'heir' } } }
    expect(guestDays(merged, LATER)?.organisationId).toBe('heir')
  })
})
