import { mkdtempSync } from 'node:fs'
import { authorizePath, mePath, writeRequests } from '/work/wt-bench/bench/load/requests.ts'
import { startDatabase } from '/work/wt-bench/bench/seed/database.ts'

const db = await startDatabase(100000)
const d = mkdtempSync('/tmp/bench-req-')
writeRequests(d + '/authorize', db.asked, 'uniform', authorizePath)
writeRequests(d + '/me', db.asked, 'uniform', mePath)
console.log('seeded', db.url, d, db.pid)
setInterval(() => {}, 1e6)
