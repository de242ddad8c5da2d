import { answerTo, demandIn } from './demands.ts'
import { currentToken, readState, renew, signedInAgain } from './session.ts'

type SendAs<Answer> = (token: string | null) => Promise<Answer>

/**
 * Sends something as the person who is signed in. Where their session has ended meanwhile it waits until they
 * have signed in again, and then goes on as if nothing had been.
 */
export async function sendSignedIn<Answer extends { status: number }>(
  sendAs: SendAs<Answer>,
): Promise<Answer> {
  const answer = await sendAs(await currentToken())
  if (answer.status !== 401 || readState() === 'signed-out') return answer
  if (!(await renew())) await signedInAgain()
  return sendAs(await currentToken())
}

/**
 * As sendSignedIn; and where the server first wants to be shown who is there, or a second factor, it waits until
 * that is done, over the page (layouts/above-page.tsx), and sends the same again.
 */
export async function sendAnsweringDemands<Answer extends { status: number }>(
  sendAs: SendAs<Answer>,
  envelopeOf: (answer: Answer) => unknown,
): Promise<Answer> {
  for (;;) {
    const answer = await sendSignedIn(sendAs)
    const demand = answer.status === 403 ? demandIn(await envelopeOf(answer)) : null
    if (demand === null) return answer
    await answerTo(demand)
  }
}
