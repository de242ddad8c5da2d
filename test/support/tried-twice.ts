import { expect, jest } from '@jest/globals'

// A browser that the machine has forgotten for some seconds fails a test that is right: there, who fails is asked once
// more, and what was wrong the first time is told.
if (/test\/(console|browser)\//.test(expect.getState().testPath ?? '')) {
  jest.retryTimes(1, { logErrorsBeforeRetry: true })
}
