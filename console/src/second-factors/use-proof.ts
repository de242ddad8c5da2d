import { useState } from 'react'
import { answerByPasskey } from '../api/passkeys.ts'
import type { Proof } from '../api/sign-in.ts'

export type Way = 'passkey' | 'totp' | 'recovery_code' | 'password'

/** What the field of a request is called that carries it. */
export const fieldOf = {
  passkey: 'passkey',
  totp: 'code',
  recovery_code: 'recovery_code',
  password: 'password',
} as const

export type Asked = {
  ways: readonly Way[]
  /** Throws where it is wrong. */
  show: (proof: Proof) => Promise<void>
  /** What a passkey is to answer. */
  passkeyOptions: () => Promise<unknown>
}

/** Which way somebody chose to show that it is them, what they typed, and what became of it. */
export function useProof({ ways, show, passkeyOptions }: Asked) {
  const [way, setWay] = useState<Way | undefined>(ways[0])
  const [typed, setTyped] = useState('')
  const [error, setError] = useState<unknown>(null)
  const [isBusy, setBusy] = useState(false)
  async function proof(): Promise<Proof> {
    if (way === 'passkey') return { passkey: await answerByPasskey(await passkeyOptions()) }
    return way === undefined ? {} : { [fieldOf[way]]: typed }
  }
  async function submit() {
    setBusy(true)
    setError(null)
    try {
      await show(await proof())
    } catch (failure) {
      setError(failure)
      setTyped('')
      setBusy(false)
    }
  }
  function choose(next: Way) {
    setWay(next)
    setTyped('')
    setError(null)
  }
  return {
    way,
    others: ways.filter((one) => one !== way),
    choose,
    typed,
    setTyped,
    submit,
    error,
    isBusy,
  }
}
