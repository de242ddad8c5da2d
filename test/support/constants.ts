export const template = 'postern_template'

/** The person whom the first start created. */
export const administrator = {
  email: 'admin@postern.local',
  password: 'correct horse battery staple',
}
