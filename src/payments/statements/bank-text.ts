/** Text files of banks: Unicode, or the Vietnamese code page of Windows that some still write. */
import { nfc } from '../../kernel/vietnamese-text.ts'

/**
 * UTF-8 with or without its mark; whatever is not UTF-8 is taken for Windows-1258, in which tones stand as marks of
 * their own. Letters in Windows-1258 are hardly ever UTF-8 by chance.
 */
export function decodeBankText(bytes: Uint8Array): string {
  try {
    return nfc(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    return nfc(new TextDecoder('windows-1258').decode(bytes))
  }
}
