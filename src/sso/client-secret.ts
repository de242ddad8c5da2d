/** What a sealed client secret is bound to. */
export const placeOfClientSecret = (id: string): string => `identity_providers.client_secret ${id}`
