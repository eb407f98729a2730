/** The test authority's certificates (RFC 5280), as this system and as Node's own reader see them. */

import { X509Certificate } from 'node:crypto'
import { expect, test } from 'vitest'
import { issueTestCertificate, isUsable, makeTestAuthority, signingKey } from './authority.ts'
import { chainTo, isIssuedBy, KEY_USAGE, readCertificate, readPem } from './certificates.ts'
import { DerError } from './der.ts'
import { exampleKeys } from './examples.ts'

const VALIDITY = { from: new Date('2026-01-01T00:00:00Z'), to: new Date('2030-01-01T00:00:00Z') }
const NOW = new Date('2026-08-05T00:00:00Z')

test('RFC 5280: Node reads the same from the certificate as we do', async () => {
  const { root, person } = await exampleKeys()
  const ours = readCertificate(person.certificate)
  const theirs = new X509Certificate(person.certificate)
  const authority = new X509Certificate(root.certificatePem)
  expect(theirs.checkIssued(authority)).toBe(true)
  expect(theirs.verify(authority.publicKey)).toBe(true)
  expect(authority.ca).toBe(true)
  expect(theirs.ca).toBe(false)
  expect(theirs.subject).toContain(`CN=${ours.commonName}`)
  expect(theirs.serialNumber.toLowerCase()).toBe(Buffer.from(ours.serial).toString('hex'))
  expect(new Date(theirs.validTo)).toEqual(ours.validTo)
})

test('a certificate says who, which office, what for, and TEST; its serial has 128 bits', async () => {
  const { person, organisation } = await exampleKeys()
  const certificate = readCertificate(person.certificate)
  expect(certificate).toMatchObject({
    commonName: 'Trần Quốc Toản (TEST)',
    organisation: 'Đảng ủy phường Tân Tạo',
    title: 'Phó bí thư',
    isAuthority: false,
    usages: [KEY_USAGE.digitalSignature, KEY_USAGE.nonRepudiation],
    test: true,
  })
  expect(certificate.serial).toHaveLength(16)
  expect(readCertificate(organisation.certificate).serial).not.toEqual(certificate.serial)
})

test('RFC 5280, 6.1: a chain needs the right root, and every certificate in it valid that day', async () => {
  const { root, person } = await exampleKeys()
  const stranger = await makeTestAuthority('Người lạ', VALIDITY)
  const leaf = readCertificate(person.certificate)
  expect(chainTo(leaf, [], readPem(root.certificatePem), NOW)).toHaveLength(2)
  expect(chainTo(leaf, [], readPem(stranger.certificatePem), NOW)).toBeUndefined()
  expect(chainTo(leaf, [], readPem(root.certificatePem), new Date('2025-12-31'))).toBeUndefined()
  expect(chainTo(leaf, [], readPem(root.certificatePem), new Date('2033-01-01'))).toBeUndefined()
  expect(chainTo(leaf, [leaf], [leaf], NOW)).toBeUndefined()
})

test('a person’s certificate issues nothing', async () => {
  const { person, organisation } = await exampleKeys()
  expect(isIssuedBy(readCertificate(organisation.certificate), readCertificate(person.certificate))).toBe(
    false,
  )
})

test('a key beside a certificate that is not its own is noticed', async () => {
  const { root } = await exampleKeys()
  const one = await issueTestCertificate(root, { name: 'Một', kind: 'system' }, VALIDITY)
  const other = await issueTestCertificate(root, { name: 'Hai', kind: 'system' }, VALIDITY)
  expect(() => signingKey({ ...one, privateKeyPem: other.privateKeyPem })).toThrow()
  expect(isUsable(one, NOW)).toBe(true)
  expect(isUsable({ ...one, privateKeyPem: other.privateKeyPem }, NOW)).toBe(false)
  expect(isUsable(one, new Date('2031-01-01'))).toBe(false)
})

test('bytes that are no certificate are refused', async () => {
  const { person } = await exampleKeys()
  expect(() => readCertificate(Uint8Array.of(1, 2, 3))).toThrow(DerError)
  expect(() => readCertificate(person.certificate.subarray(0, 200))).toThrow(DerError)
})
