import type { Module } from '../../operation.ts'
import { approveTokenLimitRequest } from './approve-token-limit-request.ts'
import { denyTokenLimitRequest } from './deny-token-limit-request.ts'
import { listOwnTokenLimitRequests } from './list-own-token-limit-requests.ts'
import { listTokenLimitRequests } from './list-token-limit-requests.ts'
import { requestTokenLimit } from './request-token-limit.ts'
import { TokenLimitRequest } from './resource.ts'

export const tokenLimits: Module = {
  schemas: [TokenLimitRequest],
  operations: [
    requestTokenLimit,
    listOwnTokenLimitRequests,
    listTokenLimitRequests,
    approveTokenLimitRequest,
    denyTokenLimitRequest,
  ],
}
