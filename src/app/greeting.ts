/** What `npm start` says when it is ready: the address, and whom to sign in as. */
import { todayIn } from '../kernel/plain-date.ts'
import { listDemoPeople } from './demo-people.ts'
import type { Instance } from './instance.ts'

/** The words for the terminal: the address, the demo's people by role, and what a real installation still lacks. */
export async function greet({ parts, demo }: Instance): Promise<string> {
  const { config, development, relyingParty, signers } = parts
  const lines = [`Máy chủ đã sẵn sàng: ${config.publicUrl}`, '']
  if (demo && development) {
    const people = await listDemoPeople(parts.database.read, todayIn(parts.clock.now()))
    lines.push('Bản dùng thử, người không có thật. Đăng nhập với vai (sign in as):', '')
    lines.push(...table(people.map(({ role, name, personalId }) => [role, name, personalId])), '')
  } else if (development) {
    lines.push(`Đăng nhập thử nghiệm, ai cũng vào được với tên người khác: chỉ dùng trên máy này.`, '')
  }
  if (!relyingParty) lines.push('CHƯA đăng nhập được: chưa cấu hình VNEID_ISSUER.', '')
  const signing = await signers.check().then(
    () => undefined,
    () =>
      'CHƯA ký được giấy tờ: chưa có chứng thư số còn hiệu lực trong SIGNING_FOLDER, hoặc token chưa sẵn sàng (xem nhật ký).',
  )
  if (signing) lines.push(signing, '')
  return [...lines, 'Dừng: Ctrl-C'].join('\n')
}

function table(rows: readonly (readonly string[])[]): string[] {
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  return rows.map((row) =>
    `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('   ')}`.trimEnd(),
  )
}
