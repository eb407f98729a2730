/** The holder of an account (chủ tài khoản) as banks write it: capitals without accents, one blank between words. */
import { foldName } from '../../../kernel/vietnamese-text.ts'

/** 'Đảng ủy  phường Tân Tạo' → 'DANG UY PHUONG TAN TAO'. */
export function holderAsBanksWrite(name: string): string {
  return foldName(name).toUpperCase()
}

/** Whether two ways of writing name the same holder, whatever the accents and capitals. */
export function isSameHolder(one: string, other: string): boolean {
  return holderAsBanksWrite(one) === holderAsBanksWrite(other)
}
