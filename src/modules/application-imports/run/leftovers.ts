import type pg from 'pg'

/** Removes what an import was made from, once it has ended: its rows, and the pieces of its files. */
export async function removeLeftovers(pool: pg.Pool, import_id: string): Promise<void> {
  const { rows } = await pool.query<{ has_ended: boolean }>(
    'SELECT build_end IS NOT NULL AS has_ended FROM application_imports WHERE id = $1',
    [import_id],
  )
  if (!rows[0]?.has_ended) return
  await pool.query('DELETE FROM import_rows WHERE import_id = $1', [import_id])
  await pool.query(
    `DELETE FROM import_file_chunks
     WHERE file_id IN (SELECT id FROM import_files WHERE import_id = $1)`,
    [import_id],
  )
}
