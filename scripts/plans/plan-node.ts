/** What is read of a plan in JSON, as EXPLAIN writes it. */
export type PlanNode = {
  'Node Type': string
  'Relation Name'?: string
  'Index Name'?: string
  'Actual Rows'?: number
  'Actual Loops'?: number
  'Rows Removed by Filter'?: number
  'Rows Removed by Index Recheck'?: number
  'Shared Hit Blocks'?: number
  'Shared Read Blocks'?: number
  Disabled?: boolean
  Plans?: PlanNode[]
}

export function nodesOf(plan: PlanNode): PlanNode[] {
  return [plan, ...(plan.Plans ?? []).flatMap(nodesOf)]
}

/** Rows that a scan has looked at, those that it threw away included. 0 for what is no scan of a table. */
export function rowsRead(node: PlanNode): number {
  if (node['Relation Name'] === undefined || node['Node Type'] === 'ModifyTable') return 0
  const perLoop =
    (node['Actual Rows'] ?? 0) +
    (node['Rows Removed by Filter'] ?? 0) +
    (node['Rows Removed by Index Recheck'] ?? 0)
  return Math.round(perLoop * (node['Actual Loops'] ?? 1))
}

export function buffersOf(plan: PlanNode): number {
  return (plan['Shared Hit Blocks'] ?? 0) + (plan['Shared Read Blocks'] ?? 0)
}

/** The scan that looked at most rows, in words. */
export function worstOf(plan: PlanNode): string {
  const [worst] = nodesOf(plan).sort((a, b) => rowsRead(b) - rowsRead(a))
  if (!worst || rowsRead(worst) === 0) return plan['Node Type']
  const { 'Node Type': type, 'Relation Name': table, 'Index Name': index } = worst
  return `${type} ${index ?? table}: ${rowsRead(worst)} rows`
}
