import { Type } from 'typebox'

export const WhereToGo = Type.Object({
  authorization_url: Type.String({
    description: 'Where to send this browser, which has the cookie that belongs to it',
    examples: ['https://login.example.com/authorize?client_id=postern&…'],
  }),
})
