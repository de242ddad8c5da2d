/** An account with a million of them is no line of a gigabyte. */
const privilegesMax = 500

/**
 * Joins rows of one account that follow each other, as they do in nearly every export, into one line for COPY: a
 * fourth of the rows is stored, sorted and grouped in a fourth of the time. Rows of it elsewhere are joined by gather().
 * Another address is another line, whose difference is found there, too; and so are more privileges than a line holds.
 */
export function joinRows(start: string) {
  let text = ''
  let [line, account, email] = [0, '', '']
  let privileges = new Set<string>()
  const end = () => {
    if (account === '') return
    text += `${start}${line}\t${escaped(account)}\t${email === '' ? '\\N' : email}\t${arrayOf([...privileges])}\n`
    account = ''
  }
  return {
    add(nextLine: number, nextAccount: string, nextEmail: string, privilege: string) {
      const isOther = nextEmail !== '' && email !== '' && nextEmail !== email
      if (nextAccount !== account || isOther || privileges.size >= privilegesMax) {
        end()
        ;[line, account, email] = [nextLine, nextAccount, nextEmail]
        privileges = new Set()
      } else if (email === '' && nextEmail !== '') [line, email] = [nextLine, nextEmail]
      if (privilege !== '') privileges.add(privilege)
    },
    end,
    take(): string {
      const taken = text
      text = ''
      return taken
    },
  }
}

const escaped = (cell: string): string =>
  cell.includes('\\') ? cell.replaceAll('\\', '\\\\') : cell

const surrogate = /[\ud800-\udfff]/

/** In the order of their bytes, as PostgreSQL sorts them: two arrays of the same must be equal. */
function arrayOf(privileges: string[]): string {
  if (privileges.length > 1) {
    privileges.sort()
    if (privileges.some((one) => surrogate.test(one))) {
      privileges.sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
    }
  }
  return escaped(`{${privileges.map(quoted).join(',')}}`)
}

const special = /[\\"]/
const quoted = (item: string): string =>
  `"${special.test(item) ? item.replaceAll(/[\\"]/g, '\\$&') : item}"`
