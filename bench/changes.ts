import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'

/**
 * Changes what single owners hold, so many times a second, while load is sent: their names, of which their
 * authority tells, and so what is kept of them is read anew.
 */
export function changingAuthority(client: pg.Client, perSecond: number): () => () => Promise<void> {
  return () => {
    let going = true
    const changes = (async () => {
      for (let count = 0; going; count += 1) {
        await client.query(
          `UPDATE users SET name = 'Changed ' || clock_timestamp() WHERE id = md5('user ' || $1::int)::uuid`,
          [(count * 7919) % 500],
        )
        await sleep(1000 / perSecond)
      }
    })()
    return async () => {
      going = false
      await changes
    }
  }
}

/** Everything that is kept is forgotten at the next look. */
export async function forgetEverything(client: pg.Client): Promise<void> {
  await client.query(`INSERT INTO authority_changes (kind, keys) VALUES ('owner', '{}')`)
}
