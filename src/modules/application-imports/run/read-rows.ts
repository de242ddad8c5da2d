import { BadFile, problemAt, problemsMax } from './bad-file.ts'
import { type Column, columns, faultOfAccount, faultOfEmail, faultOfText } from './cell-rules.ts'
import { type Records, readRecords } from './read-records.ts'
import { unpacked } from './unpack.ts'

export type RowFile = {
  /** For problems; left out where there is one file. */
  name: string | undefined
  /**
   * Whoever reads of a problem may read what stands there. Not of a source: it may be a server of a network where they
   * can't look.
   */
  isQuotable: boolean
  open: () => Promise<AsyncIterable<Buffer>> | AsyncIterable<Buffer>
}

/** Takes a row; where a cell is empty there is none. */
type OnRow = (line: number, account: string, email: string, privilege: string) => void

/**
 * Reads the rows of a file, block by block: each step of the iteration has told `onRow` of some. At the first
 * problem nothing is told any more; it is read on for more problems, and then thrown.
 */
export async function* readRows(
  { name: file, isQuotable, open }: RowFile,
  maxBytes: number,
  onRow: OnRow,
): AsyncGenerator<void> {
  const problems: string[] = []
  let order: Order | null = null
  const source = unpacked(await open(), maxBytes)
  try {
    for await (const records of readRecords(source, file)) {
      const from: number = order === null ? 1 : 0
      order ??= readHeader(records, file, isQuotable)
      if (order) checkRows(records, from, order, { file, problems, onRow })
      if (problems.length >= problemsMax) break
      yield
    }
  } catch (error) {
    if (!(error instanceof BadFile)) throw error
    const { message } = error
    const isPlaced = /\bline \d+/.test(message)
    problems.push(isPlaced ? message : problemAt({ file }, message))
  }
  if (problems.length > 0) throw new BadFile(problems)
  if (order === null) throw new BadFile([problemAt({ file }, 'the file is empty')])
}

type Order = Record<Column, number>

/** Where each column is. They may come in any order; none may be missing, and there are no others. */
function readHeader(
  { cells, lines }: Records,
  file: string | undefined,
  isQuotable: boolean,
): Order | null {
  const [header] = cells
  if (!header) return null
  const isKnown = (name: string): name is Column => (columns as readonly string[]).includes(name)
  const shown = (name: string, at: number) =>
    isQuotable ? JSON.stringify(name.slice(0, 50)) : `cell ${at + 1}`
  const problems = [
    ...header
      .flatMap((name, at) => (isKnown(name) ? [] : [shown(name, at)]))
      .map((name) => `${name} is no column; there are account, email and privilege`),
    ...columns
      .filter((name) => !header.includes(name))
      .map((name) => `the column ${name} is missing`),
    ...columns
      .filter((name) => header.indexOf(name) !== header.lastIndexOf(name))
      .map((name) => `the column ${name} is there twice`),
  ]
  if (problems.length > 0) {
    const told = problems.slice(0, problemsMax)
    throw new BadFile(told.map((text) => problemAt({ file, line: lines[0] ?? 1 }, text)))
  }
  return {
    account: header.indexOf('account'),
    email: header.indexOf('email'),
    privilege: header.indexOf('privilege'),
  }
}

type Checking = { file: string | undefined; problems: string[]; onRow: OnRow }

function checkRows(
  { cells, lines }: Records,
  from: number,
  order: Order,
  { file, problems, onRow }: Checking,
): void {
  for (let at = from; at < cells.length && problems.length < problemsMax; at += 1) {
    const row = cells[at] as string[]
    const line = lines[at] as number
    const faults = faultsOf(row, order)
    if (faults === null) {
      if (problems.length === 0) {
        onRow(line, row[order.account] ?? '', row[order.email] ?? '', row[order.privilege] ?? '')
      }
      continue
    }
    for (const [column, fault] of faults) {
      problems.push(problemAt({ file, line, ...(column && { column }) }, fault))
    }
  }
}

function faultsOf(row: string[], order: Order): [Column | null, string][] | null {
  if (row.length !== columns.length) {
    const count = `${row.length} ${row.length === 1 ? 'cell' : 'cells'}`
    return [[null, `has ${count} instead of ${columns.length}`]]
  }
  const {
    account = '',
    email = '',
    privilege = '',
  } = {
    account: row[order.account],
    email: row[order.email],
    privilege: row[order.privilege],
  }
  const ofAccount = faultOfAccount(account)
  const ofEmail = faultOfEmail(email)
  const ofPrivilege = privilege === '' ? null : faultOfText(privilege)
  if (ofAccount === null && ofEmail === null && ofPrivilege === null) return null
  const faults: [Column, string | null][] = [
    ['account', ofAccount],
    ['email', ofEmail],
    ['privilege', ofPrivilege],
  ]
  return faults.filter((fault): fault is [Column, string] => fault[1] !== null)
}
