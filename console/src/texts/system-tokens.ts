/** Tokens of the system itself. */
export const systemTexts = {
  about:
    'A system token may do everything, in every tenant, whatever becomes of whoever made it. For a job with fewer rights, use a service account.',
  create: 'New system token',
  creator: 'Created',
  empty: 'No system tokens',
  emptyAbout:
    'They are for what administers Postern itself: a set-up script, Terraform, an HR import. Everything else goes better with a service account.',
  search: 'Search by name',
  nothingMatches: 'No system token matches the search.',
  title: 'New system token',
  warning: 'It may do everything, in every tenant',
  warningAbout:
    'Create and delete people, give and take every right, make further tokens for service accounts. Give it to nobody who couldn’t be an administrator.',
  name: 'Name',
  nameHint: 'What will use it, so that whoever finds it in a log knows.',
  purpose: 'Purpose (optional)',
  submit: 'Create system token',
}
