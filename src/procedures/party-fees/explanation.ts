/** A fee's reasoning in words: amounts with thousands dots, months and days as the language writes them. */
import { formatDate, formatMonth, isPlainDate, isPlainMonth, type Language } from '../../kernel/plain-date.ts'
import { numberVi } from '../../kernel/vietnamese-numbers.ts'
import { EXPLANATION_TEXTS } from './explanation-texts.ts'
import type { FeeClass, Step } from './law/facts.ts'
import { TARIFF_SETTINGS } from './law/settings.ts'

export interface Explained {
  readonly rule: string
  readonly citation: string
  readonly input: string
  readonly result: string
}

export function explain(why: readonly Step[], language: Language): Explained[] {
  return why.map(({ rule, citation, facts }) => {
    const words = EXPLANATION_TEXTS[language].steps[rule]
    const fill = (text: string): string =>
      text.replace(/\{(\w+)\}/g, (_all, name: string) => factInWords(name, facts[name], language))
    return {
      rule: fill(words.rule),
      citation: citationInWords(citation),
      input: fill(words.input),
      result: fill(words.result),
    }
  })
}

/** A setting is cited by its key in the law, and to people by its title: in Vietnamese, as documents are. */
function citationInWords(citation: string): string {
  return citation.replace(/party-fees\.[a-z0-9-]+/g, (key) => {
    const setting = TARIFF_SETTINGS.find((each) => each.key === key)
    return setting ? `“${setting.title.vi}”` : key
  })
}

export function classInWords(feeClass: FeeClass, language: Language): string {
  return `${feeClass} (${EXPLANATION_TEXTS[language].classes[feeClass]})`
}

/** A fact that is missing is a defect of the law, not something to print. */
function factInWords(name: string, fact: string | number | undefined, language: Language): string {
  if (fact === undefined) throw new Error(`a step speaks of ${name}, which it does not have`)
  if (name.endsWith('Vnd')) return `${numberVi(Number(fact))} đ`
  if (name.endsWith('Exact')) return `${amountInFigures(String(fact))} đ`
  if (name === 'rate') return `${language === 'vi' ? String(fact).replace('.', ',') : fact} %`
  if (name === 'class') return classInWords(fact as FeeClass, language)
  if (isPlainMonth(fact)) return formatMonth(fact, language)
  if (isPlainDate(fact)) return formatDate(fact, language)
  return EXPLANATION_TEXTS[language].codes[fact] ?? String(fact)
}

/** '4778.55' → '4.778,55', in both languages, as amounts of đồng are written. */
function amountInFigures(text: string): string {
  const [whole = '0', decimals] = text.split('.')
  return [numberVi(BigInt(whole)), ...(decimals === undefined ? [] : [decimals])].join(',')
}
