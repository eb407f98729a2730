/** The settings of the provider: complete or refused by name, nothing guessed, nothing unencrypted over the network. */
import { expect, test } from 'vitest'
import { providerFromEnvironment } from './configuration.ts'

const complete = {
  VNEID_ISSUER: 'https://vneid.example',
  VNEID_CLIENT_ID: 'dangvu',
  VNEID_CLIENT_SECRET: 'secret',
  VNEID_ACR_LEVEL2: 'loa2 loa3',
}

test('nothing is configured without an issuer', () => {
  expect(providerFromEnvironment({}, 'https://own.example')).toBeUndefined()
})

test('the defaults, and the address to come back to', () => {
  expect(providerFromEnvironment(complete, 'https://own.example')).toEqual({
    issuer: 'https://vneid.example',
    clientId: 'dangvu',
    clientSecret: 'secret',
    clientAuthentication: 'client_secret_basic',
    redirectUri: 'https://own.example/sign-in/callback',
    scopes: 'openid profile',
    levels: ['loa2', 'loa3'],
    claims: { personalId: 'personal_id', name: 'name', birthDate: 'birthdate' },
  })
})

test('everything that is missing is named at once', () => {
  const read = () => providerFromEnvironment({ VNEID_ISSUER: 'https://vneid.example' }, 'https://own.example')
  expect(read).toThrow(/VNEID_CLIENT_ID.*VNEID_CLIENT_SECRET.*VNEID_ACR_LEVEL2/)
})

test.each([
  ['VNEID_ISSUER', 'http://vneid.example'],
  ['VNEID_ISSUER', 'vneid'],
  ['VNEID_CLIENT_AUTH', 'none'],
])('%s = %s is refused', (name, value) => {
  expect(() => providerFromEnvironment({ ...complete, [name]: value }, 'https://own.example')).toThrow(name)
})
