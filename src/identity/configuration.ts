/** What an installation tells about its identity provider: VNeID's own parameters are not public, so all are settings. */

export interface ProviderConfiguration {
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string
  readonly clientAuthentication: 'client_secret_basic' | 'client_secret_post'
  /** where the provider sends the browser back: PUBLIC_URL + /sign-in/callback */
  readonly redirectUri: string
  readonly scopes: string
  /** the values of `acr` that mean level 2 (mức độ 2) or more; asked for, and one of them must come back */
  readonly levels: readonly string[]
  readonly claims: { readonly personalId: string; readonly name: string; readonly birthDate: string }
}

/** The settings read here, with what each is, for the table in the README. */
export const IDENTITY_SETTINGS = {
  VNEID_ISSUER: 'address of the OpenID Connect provider',
  VNEID_CLIENT_ID: 'the name under which this installation is known there',
  VNEID_CLIENT_SECRET: 'its secret',
  VNEID_CLIENT_AUTH: 'client_secret_basic (default) or client_secret_post',
  VNEID_SCOPES: 'scopes asked for (default: openid profile)',
  VNEID_ACR_LEVEL2: 'values of acr that mean level 2 or more, separated by blanks',
  VNEID_CLAIM_PERSONAL_ID: 'claim with the 12-digit personal ID (default: personal_id)',
  VNEID_CLAIM_NAME: 'claim with the full name (default: name)',
  VNEID_CLAIM_BIRTH_DATE: 'claim with the day of birth (default: birthdate)',
} as const

export const CALLBACK_PATH = '/sign-in/callback'

/** The address the provider sends the browser back to. */
export function redirectUriOf(publicUrl: string): string {
  return new URL(CALLBACK_PATH, publicUrl).href
}

/**
 * Reads the provider from the environment. Undefined without VNEID_ISSUER: nobody can sign in then, unless the caller
 * starts the development provider.
 *
 * @throws Error naming every setting that is missing or wrong
 */
export function providerFromEnvironment(
  env: Readonly<Record<string, string | undefined>>,
  publicUrl: string,
): ProviderConfiguration | undefined {
  const get = (name: keyof typeof IDENTITY_SETTINGS) => env[name]?.trim() || undefined
  const issuer = get('VNEID_ISSUER')
  if (issuer === undefined) return undefined
  const problems: string[] = []
  const need = (name: keyof typeof IDENTITY_SETTINGS) => {
    const value = get(name)
    if (value === undefined) problems.push(`${name} is missing (${IDENTITY_SETTINGS[name]})`)
    return value ?? ''
  }
  if (!URL.canParse(issuer) || !isSafeIssuer(new URL(issuer)))
    problems.push('VNEID_ISSUER must be an https address')
  const clientAuthentication = get('VNEID_CLIENT_AUTH') ?? 'client_secret_basic'
  if (clientAuthentication !== 'client_secret_basic' && clientAuthentication !== 'client_secret_post')
    problems.push(`VNEID_CLIENT_AUTH must be ${IDENTITY_SETTINGS.VNEID_CLIENT_AUTH}`)
  const configuration: ProviderConfiguration = {
    issuer,
    clientId: need('VNEID_CLIENT_ID'),
    clientSecret: need('VNEID_CLIENT_SECRET'),
    clientAuthentication: clientAuthentication as ProviderConfiguration['clientAuthentication'],
    redirectUri: redirectUriOf(publicUrl),
    scopes: get('VNEID_SCOPES') ?? 'openid profile',
    levels: need('VNEID_ACR_LEVEL2').split(/\s+/),
    claims: {
      personalId: get('VNEID_CLAIM_PERSONAL_ID') ?? 'personal_id',
      name: get('VNEID_CLAIM_NAME') ?? 'name',
      birthDate: get('VNEID_CLAIM_BIRTH_DATE') ?? 'birthdate',
    },
  }
  if (problems.length > 0) throw new Error(`Identity is not configured: ${problems.join('; ')}.`)
  return configuration
}

/** Over the network only encrypted; on this machine it may be plain. */
function isSafeIssuer(url: URL): boolean {
  return (
    url.protocol === 'https:' ||
    (url.protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname))
  )
}
