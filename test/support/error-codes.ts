/** The codes of the error envelope by their status, as the contract has them; written down once more on purpose. */
export const codes: Record<string, string[]> = {
  400: ['validation_error'],
  401: ['unauthorized'],
  403: ['forbidden', 'reauthentication_required', 'second_factor_required'],
  404: ['not_found'],
  405: ['method_not_allowed'],
  408: ['validation_error'],
  409: ['conflict', 'token_limit_reached'],
  413: ['payload_too_large'],
  415: ['unsupported_media_type'],
  422: ['unprocessable_entity'],
  429: ['rate_limited'],
  431: ['validation_error'],
  500: ['server_error'],
  503: ['service_unavailable'],
}
