/** Bank, number and holder of an account, as they are asked for wherever money is to go. */
import { SelectField, TextField } from '../../../ui/text-field.tsx'

export interface AccountFieldsProps {
  readonly texts: Readonly<Record<'bank' | 'chooseBank' | 'number' | 'holder' | 'holderHint', string>> & {
    readonly numberHint?: string
  }
  readonly banks: readonly { readonly bin: string; readonly shortName: string }[]
  readonly entered: Readonly<Record<string, string>>
  readonly errors: Readonly<Record<string, string>>
}

export function AccountFields({ texts, banks, entered, errors }: AccountFieldsProps) {
  return (
    <>
      <SelectField
        name="bank"
        label={texts.bank}
        empty={texts.chooseBank}
        value={entered.bank}
        error={errors.bank}
        options={banks.map(({ bin, shortName }) => ({ value: bin, text: shortName }))}
      />
      <TextField
        name="number"
        label={texts.number}
        hint={texts.numberHint}
        value={entered.number}
        error={errors.number}
        width={20}
        autocomplete="off"
      />
      <TextField
        name="holder"
        label={texts.holder}
        hint={texts.holderHint}
        value={entered.holder}
        error={errors.holder}
        autocomplete="off"
      />
    </>
  )
}
