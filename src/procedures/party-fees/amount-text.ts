/** Amounts as pages and papers write them, in both languages: 1.234.567 đ. */
import { numberVi } from '../../kernel/vietnamese-numbers.ts'

export function dong(amountVnd: number): string {
  return `${numberVi(amountVnd)} đ`
}
