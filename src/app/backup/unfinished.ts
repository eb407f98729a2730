/** The mark of a database that a restore has not finished with: no server and no other command works on it. */
import pg from 'pg'

/** A schema, so that it can be there before the first table is. */
const MARK = 'dangvu_restore'

export const markUnfinished = (client: pg.Client) => client.query(`create schema ${MARK}`)

export const removeMark = (client: pg.Client) => client.query(`drop schema ${MARK}`)

export async function isMarked(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ marked: boolean }>(
    `select to_regnamespace('${MARK}') is not null as marked`,
  )
  return rows[0]?.marked ?? false
}

/** True on a database that was restored in part, or whose copy has findings nobody accepted. */
export async function isUnfinished(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, application_name: 'dangvu-start' })
  await client.connect()
  try {
    return await isMarked(client)
  } finally {
    await client.end()
  }
}
