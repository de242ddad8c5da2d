/** Where a provider sends people back to. One for each provider, so that an answer can't be taken for another's. */
export const redirectUriOf = (publicUrl: string, id: string): string =>
  `${publicUrl}/api/v1/auth/sso/${id}/callback`
