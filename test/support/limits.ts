/** A test calls from one address, and more often than anybody should: limits are counted and never reached. */
export const highLimits = {
  RATE_LIMIT_PER_MINUTE: '1000000',
  SIGN_IN_LIMIT_PER_MINUTE: '1000000',
  WRONG_PASSWORDS_BEFORE_WAIT: '0',
  FAILED_AUTHENTICATION_LIMIT_PER_MINUTE: '1000000',
}
