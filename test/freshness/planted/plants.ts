import type pg from 'pg'

type Connect = () => Promise<pg.Client>
type Looked = Promise<{ rows: { snapshot: string }[] }>
type Look = (query: { values: unknown[] }) => Looked

const onTheWayMs = 20

/**
 * Ways to look at the feed that are wrong, each as somebody might build it. They are planted in the
 * connection over which a server looks, so all else is what runs in production.
 */
export const plants: Record<string, (connect: Connect) => Connect> = {
  none: (connect) => connect,

  /** What was seen is believed for 100 ms. */
  'believed for 100 ms': (connect) =>
    looking(connect, (look) => {
      let last: Looked
      let lookedAt = Number.NEGATIVE_INFINITY
      return (query) => {
        if (performance.now() - lookedAt < 100) return last
        lookedAt = performance.now()
        last = look(query)
        return last
      }
    }),

  /** A look is sent as soon as the one before is back, and serves whoever comes later. */
  'sent before the request': (connect) =>
    looking(connect, (look) => {
      let ahead: Looked | null = null
      return async (query) => {
        const answer = await (ahead ?? look(query))
        ahead = look({ ...query, values: [answer.rows[0]?.snapshot] })
        return answer
      }
    }),

  /**
   * Changes come by themselves, and nobody asks for them (see `notifying`). Between machines they take a
   * while; within this one it may be too short for any request to fall into it.
   */
  'LISTEN and NOTIFY': (connect) => async () => {
    const client = await connect()
    const changes: unknown[] = []
    client.on('notification', ({ payload = '' }) =>
      setTimeout(() => changes.push(JSON.parse(payload)), onTheWayMs),
    )
    await client.query('LISTEN authority_changes')
    const row = { server_started_at: '', snapshot: '', is_replica: false, is_later: true }
    const look = async () => ({ rows: [{ ...row, now: new Date(), changes: changes.splice(0) }] })
    return Object.assign(client, { query: look })
  },
}

/** What LISTEN needs in the database: it tells of each row of the feed when that is committed. */
export const notifying = `
  CREATE FUNCTION notify_of_change() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    PERFORM pg_notify('authority_changes', json_build_object('kind', NEW.kind, 'keys', NEW.keys)::text);
    RETURN NULL;
  END $$;
  CREATE TRIGGER notifies AFTER INSERT ON authority_changes
    FOR EACH ROW EXECUTE FUNCTION notify_of_change()`

function looking(connect: Connect, plant: (look: Look) => Look): Connect {
  return async () => {
    const client = await connect()
    const look = client.query.bind(client) as unknown as Look
    return Object.assign(client, { query: plant(look) })
  }
}
