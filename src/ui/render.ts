/** Turns a page (a preact vnode) into the HTML document that is sent. */
import type { VNode } from 'preact'
import { renderToString } from 'preact-render-to-string'

/** The whole document with its doctype; text in props is escaped by preact. */
export function renderPage(page: VNode): string {
  return '<!doctype html>' + renderToString(page)
}
