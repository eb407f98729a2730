/** The gallery holds every component: what is true of its HTML is true of the design system. */
import { expect, test } from 'vitest'
import { GalleryPage } from './gallery.tsx'
import { SampleDossier, SampleHome } from './gallery/samples.tsx'
import { renderPage } from './render.ts'

const ASSETS = { css: '/assets/app.css', js: '/assets/app.js', brandCss: '/brand.css' }
const PAGES = {
  gallery: renderPage(<GalleryPage assets={ASSETS} />),
  home: renderPage(<SampleHome assets={ASSETS} />),
  dossier: renderPage(<SampleDossier assets={ASSETS} />),
}

/** Values of an attribute, in the order of the page. */
function values(html: string, attribute: string): string[] {
  return [...html.matchAll(new RegExp(`[\\s]${attribute}="([^"]*)"`, 'g'))].map((match) => match[1] ?? '')
}

/** Opening tags of these elements. */
function tags(html: string, ...names: string[]): string[] {
  return [...html.matchAll(new RegExp(`<(?:${names.join('|')})\\b[^>]*>`, 'g'))].map((match) => match[0])
}

test.each(Object.entries(PAGES))(
  '%s: ids are unique and everything that points to an id finds it',
  (_, html) => {
    const ids = values(html, 'id')
    expect(ids).toStrictEqual([...new Set(ids)])
    const pointers = [
      'for',
      'aria-describedby',
      'aria-labelledby',
      'data-reveals',
      'data-lookup-id',
      'data-live-filter',
    ]
    const pointed = pointers.flatMap((pointer) => values(html, pointer).flatMap((value) => value.split(' ')))
    const local = values(html, 'href').filter((href) => href.startsWith('#'))
    expect(
      [...pointed, ...local.map((href) => href.slice(1))].filter((id) => !ids.includes(id)),
    ).toStrictEqual([])
  },
)

test.each(Object.entries(PAGES))(
  '%s: every control has a label, every error is tied to its field',
  (_, html) => {
    const labelled = values(html, 'for')
    const controls = tags(html, 'input', 'select', 'textarea').filter((tag) => !tag.includes('type="hidden"'))
    const unlabelled = controls.filter((tag) => !labelled.includes(/ id="([^"]*)"/.exec(tag)?.[1] ?? ''))
    expect(unlabelled).toStrictEqual([])
    const errors = [...html.matchAll(/<p class="govuk-error-message" id="([^"]*)"/g)].map((match) => match[1])
    const described = values(html, 'aria-describedby').flatMap((value) => value.split(' '))
    expect(errors.filter((id) => !described.includes(id ?? ''))).toStrictEqual([])
  },
)

test('the error summary leads to controls that can take the focus', () => {
  const list = /govuk-error-summary__list">(.*?)<\/ul>/s.exec(PAGES.gallery)?.[1] ?? ''
  const targets = values(list, 'href').map((href) => href.slice(1))
  const controls = tags(PAGES.gallery, 'input', 'select', 'textarea').map(
    (tag) => / id="([^"]*)"/.exec(tag)?.[1],
  )
  expect(targets).toHaveLength(4)
  expect(targets.filter((target) => !controls.includes(target))).toStrictEqual([])
})

test.each(Object.entries(PAGES))(
  '%s: one h1, no heading level skipped, nothing inline for a strict CSP',
  (_, html) => {
    expect(tags(html, 'h1')).toHaveLength(1)
    const levels = tags(html, 'h1', 'h2', 'h3', 'h4').map((tag) => Number(tag[2]))
    const skipped = levels.filter((level, index) => index > 0 && level > (levels[index - 1] ?? 1) + 1)
    expect(skipped).toStrictEqual([])
    expect(html).not.toMatch(/\sstyle=|<style|\son[a-z]+=/)
    expect(tags(html, 'script')).toStrictEqual(['<script type="module" src="/assets/app.js">'])
  },
)

test('a form carries its csrf token, command id and expected number, and is sent once', () => {
  const form = /<form[^>]*action="\/sample"[^>]*>.*?<\/form>/s.exec(PAGES.gallery)?.[0] ?? ''
  expect(tags(form, 'form')[0]).toMatch(/method="post".*enctype="multipart\/form-data"/)
  expect(tags(form, 'form')[0]).toMatch(/ data-autosave="\/sample\/draft"/)
  const hidden = tags(form, 'input').filter((tag) => tag.includes('type="hidden"'))
  expect(hidden.map((tag) => / name="([^"]*)"/.exec(tag)?.[1])).toEqual(
    expect.arrayContaining(['csrf', 'commandId', 'expectedNumber']),
  )
})

test('English words come with the English page, and nothing Vietnamese of our own is left', () => {
  const html = renderPage(<GalleryPage assets={ASSETS} lang="en" />)
  expect(html).toContain('<html lang="en"')
  expect(html).toContain('Skip to main content')
  expect(html).not.toContain('Đến nội dung chính')
  expect(html).toContain('1,240 of 4,212 done')
})

test('nothing of a foreign brand: no crown, no foreign face, no foreign name in what is read', () => {
  const read = PAGES.gallery.replace(/<[^>]*>/g, ' ')
  expect(read).not.toMatch(/gov\.?uk|crown|GDS/i)
})
