import type pg from 'pg'
import type { HeldGrant, Owner } from '../access/authority.ts'
import type { ScopeEntry, TenantFacts } from '../access/scope.ts'

/** What is presented: the hash of a token, or the id of a session whose signature was checked. */
export type Presented =
  | { kind: 'token_hash'; token_hash: Buffer }
  | { kind: 'session'; session_id: string; user_id: string }
