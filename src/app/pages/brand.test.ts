/** The installation's colour: read well on every ground of ours, darker where it must be, and never anything but a colour. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { brandCss, contrast, faviconSvg, readable, webManifest } from './brand.ts'

const colour = fc.integer({ min: 0, max: 0xffffff }).map((value) => `#${value.toString(16).padStart(6, '0')}`)

test('contrast is that of WCAG: 21 between black and white, 1 with itself', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5)
  expect(contrast('#8a1f1f', '#8a1f1f')).toBe(1)
  // the example of WebAIM's contrast checker
  expect(contrast('#767676', '#ffffff')).toBeCloseTo(4.54, 2)
})

test('the usual colour stays as it is', () => {
  expect(readable('#8a1f1f')).toBe('#8a1f1f')
  expect(brandCss('#8a1f1f')).toBe(':root{--brand:#8a1f1f;--brand-dark:#6c1818}\n')
})

test('a colour that is enough on white but not on sand becomes a little darker', () => {
  expect(contrast('#767676', '#f1ede4')).toBeLessThan(4.5)
  expect(contrast(readable('#767676'), '#f1ede4')).toBeGreaterThanOrEqual(4.5)
})

test('whatever the colour, text in it and on it is read well, and the darker one better still', () => {
  fc.assert(
    fc.property(colour, (chosen) => {
      const [, brand = '', dark = ''] =
        /--brand:(#[0-9a-f]{6});--brand-dark:(#[0-9a-f]{6})/.exec(brandCss(chosen)) ?? []
      for (const ground of ['#ffffff', '#faf8f4', '#f1ede4']) {
        expect(contrast(brand, ground)).toBeGreaterThanOrEqual(4.5)
        expect(contrast(dark, ground)).toBeGreaterThanOrEqual(contrast(brand, ground))
      }
      expect(faviconSvg(chosen)).toContain(`fill="${brand}"`)
    }),
  )
})

test('a phone is told a name that fits below an icon', () => {
  expect(webManifest({ name: 'Đảng vụ số', colour: '#8a1f1f' })).toMatchObject({ short_name: 'Đảng vụ số' })
  const long = webManifest({ name: 'Thủ tục hành chính của Đảng – Thành ủy', colour: '#8a1f1f' })
  expect(long.name).toBe('Thủ tục hành chính của Đảng – Thành ủy')
  expect(long.short_name.length).toBeLessThanOrEqual(14)
})
