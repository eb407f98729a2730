/** What each act is called where it waits or is listed: as its button says it. */
import type { Language } from '../../kernel/plain-date.ts'
import { isShown } from './page-data.ts'
import { REQUEST_TEXTS } from './request/texts.ts'
import { TRANSFER_TEXTS } from './texts.ts'

/** 'Ký giấy giới thiệu', 'Gửi hồ sơ'. */
export function actTitle(command: string, language: Language): string {
  if (isShown(command)) return TRANSFER_TEXTS[language].commands[command].title
  const { check, supplement } = REQUEST_TEXTS[language]
  return command === 'submit' ? check.send : command === 'answer-supplement' ? supplement.answer : command
}
