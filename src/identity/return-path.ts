/** Where a person is led after signing in or switching: a path of our own, never another site. */

const LONGEST = 2000
/** An origin nobody has: a path that leaves it was not a path. */
const NOWHERE = 'http://return.invalid'

/** `value` when it is a path of this application, else '/'. */
export function safeReturn(value: unknown): string {
  if (typeof value !== 'string' || value.length > LONGEST || !value.startsWith('/')) return '/'
  if (/[\\\u0000-\u0020\u007f]/.test(value) || value.startsWith('//')) return '/'
  if (!URL.canParse(value, NOWHERE)) return '/'
  const url = new URL(value, NOWHERE)
  if (
    url.origin !== NOWHERE ||
    url.pathname.startsWith('//') ||
    /^\/sign-(?:in|out)(?:\/|$)/.test(url.pathname)
  )
    return '/'
  return `${url.pathname}${url.search}${url.hash}`
}
