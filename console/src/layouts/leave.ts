import { notifications } from '@mantine/notifications'
import { failureOf } from '../api/errors.ts'
import { signOut } from '../api/session.ts'
import { texts } from '../texts/common.ts'

/** Signs out; where the server has not ended the session, that is said and stays. */
export async function leave(): Promise<void> {
  await signOut().catch((error) => {
    const { message } = failureOf(error)
    notifications.show({ title: texts.notSignedOut, message, color: 'red', autoClose: false })
  })
}
