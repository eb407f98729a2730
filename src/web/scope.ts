/** What a route's parameters name, and the rule by which somebody may know of it: declared beside `access`, checked at start. */

/**
 * The rules, each with what it says. The matrix of access (tests/access-matrix.test.ts) tries every one of them on every
 * route that names it; a rule that is not here does not compile.
 */
export const SCOPES = {
  dossier: 'a dossier: the member, the organisations on its way, and the committees above its two ends',
  'own-dossier': 'a dossier as its member writes it: the member, or who acts for the member',
  'registry-organisation': 'an organisation: offices of it and of those above it',
  'members-of': 'the members of an organisation: its readers, but for who only keeps the system running',
  'registry-member':
    'a member’s record: offices of the organisation that counts the member, and of those above',
  'cell-member':
    'a member for whom a request is written: the secretaries of the cell that counts the member, and who looks after members in the grassroots committee above',
  'inspected-member': 'a member under inspection: the inspection chair above, never of the own record',
  'bare-dossier':
    'a dossier by its number, without its content: the administrator of an organisation it concerns, or of one above',
  reorganisation: 'a plan of reorganisation: those who plan in the committee whose plan it is',
  'hand-over':
    'a paper of a collective hand-over: both sides, who issued it, the committee that decided; minutes are not the administrator’s',
  question: 'a member’s question about a look: the offices it was asked of',
  correction: 'a reported mistake: the offices that answer it, in the member’s organisation and above',
  import: 'a list handed in: the offices that import, in the organisation whose list it is and above',
  office: 'an office held: the administrator of its organisation, or of one above',
  'fee-line':
    'lines of Party fees that are due: the member whose they are, or those in charge of their cell’s fees',
  'fee-order': 'an order to pay Party fees: its payer, or those in charge of its cell’s fees',
  'fee-payment':
    'a payment of Party fees: its payer, a member whose months it paid, or those in charge of its cell’s fees',
  'fee-member':
    'a member’s fees: who handles them in the cell that counts the member or collects lines still',
  'fee-declaration': 'a declaration for the fee: who handles fees in the cell it was made to',
  'fee-organisation':
    'totals of Party fees of an organisation: who handles fees in it, or in one above it; names of members are not in them',
  'bank-line':
    'an account for Party fees, a line or a file of a statement of it: who handles fees in the organisation whose account it is',
  'fee-relief':
    'a request about the fee: who handles fees in the cell it was made to, or in the body that decides, once it was handed up',
  'fee-account': 'an account for fees: who handles fees in the organisation whose it is, or in one above',
  'fee-refund':
    'a refund of Party fees: its payer, who handles fees in the cell or in one above, or in the body that pays it out once it is approved',
  'fee-remittance':
    'a remittance of fees: who handles fees in the organisation that made it, or in the one above',
  'fee-below': 'an organisation whose fees come up to here: who handles fees in an organisation above it',
  'fee-drawing': 'fees paid down to an organisation: who handles its fees',
  'residence-comment':
    'a comment of the residence: the member, workplace, commune and cell, and the committees above its two ends',
  'residence-referral':
    'a referral to the residence: the member, workplace, commune and cell, and the committees above its two ends',
  'workplace-member':
    'a member to be referred or asked about: who prepares in the grassroots organisation that counts the member',
  own: 'what is the asker’s own: a session, a hat, a delegation, a notice, a look',
  part: 'a part of what stands before it in the address, and of nothing else',
  open: 'what is anybody’s who may come here: names of organisations, public files, a paper by its token',
  new: 'an id the asker makes up',
  word: 'a word or a figure that names nobody’s thing: a year, a format, the name of a form',
} as const

export type Scope = keyof typeof SCOPES

/** By the name of the parameter, or of the field in the query or the body. */
export type Scopes = Readonly<Record<string, Scope>>

/**
 * Refuses at start a route that names something in its address and does not say by which rule it may be known.
 *
 * @throws Error that tells what to write
 */
export function requireScope(route: {
  readonly method: string | readonly string[]
  readonly url: string
  readonly config?: { readonly scope?: Scopes } | undefined
}): void {
  const declared = route.config?.scope ?? {}
  const missing = parametersOf(route.url).filter((name) => !(name in declared))
  if (missing.length === 0) return
  const rules = Object.entries(SCOPES).map(([scope, words]) => `  '${scope}': ${words}`)
  throw new Error(
    [
      `${String(route.method)} ${route.url} declares no scope rule for ${missing.map((name) => `"${name}"`).join(', ')}.`,
      `Write beside access: scope: { ${missing.map((name) => `'${name}': '…'`).join(', ')} } with one of`,
      ...rules,
      'Fields of the query or the body that name something are declared there too.',
      'A thing of a new kind gets a rule in src/web/scope.ts and a thing in tests/access-world.ts.',
    ].join('\n'),
  )
}

/** ':id' and '*' of an address, without the colon. */
export function parametersOf(url: string): string[] {
  return [...url.matchAll(/:(\w+)|(\*)/g)].map(([, name, star]) => name ?? star ?? '')
}
